"""The next useful row: which line of terms.csv would link most figures, and which name is a slip.

Two figures can only be compared where their words overlap. A row `place, Marran front, , Karel +
...` says that one place is part of another; it is for the coder to say whether it is so.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

import pandas as pd

from bakhmut.base.sentences import quoted
from bakhmut.base.words import count
from bakhmut.consistency.case import stated_links
from bakhmut.dossier.claims import Dossier
from bakhmut.dossier.derived import NOT_FOUND, contents
from bakhmut.dossier.parsing.notation import parse_period, parse_sum
from bakhmut.drafting.words import capitals, territories
from bakhmut.meaning.interpretation import read

# Two sides are rarely part of each other.
KINDS = ("place", "measure")
# Each of them says one thing that was done: none is a wider word for another.
APART = {
    *("killed", "wounded", "captured", "missing", "abducted", "kidnapped", "arrested", "charged"),
    *("infected", "hospitalised", "treated", "discharged", "recovered", "identified", "survived"),
    *("displaced", "fled", "evacuated", "sheltering", "rescued", "trapped", "aboard", "attended"),
}
# What may be counted within what; of a draft nothing else is asked, for the words of its measures
# are often those of one sentence ("went into the village").
WITHIN = {
    **dict.fromkeys(("casualties", "losses", "lost"), ("killed", "wounded", "captured", "missing")),
    **dict.fromkeys(("aboard", "on board"), ("killed", "survived", "rescued", "missing")),
    "infected": ("killed", "hospitalised", "recovered"),
    "strength": ("killed", "wounded", "captured", "missing", "casualties", "losses", "lost"),
}
REGIONS = ("region", "province", "oblast", "district", "state", "county", "governorate", "front")
SHORTEST_SOURCE, ALIKE = 6, 0.86  # letters, and how alike: "Analists", "Analysts"
SHORTEST = 3  # a name so short has no letter too few
# Beyond these the search would take longer than the check itself.
MOST_CLAIMS, MOST_TRIED = 40, 24


@dataclass(frozen=True)
class NextRow:
    """A row of terms.csv that would link `figures` more figures; `part` may be part of `whole`."""

    kind: str
    whole: str
    part: str
    figures: int

    @property
    def row(self) -> tuple[str, str, str, str]:
        """The cells `kind`, `term`, `reading` and `means` of terms.csv."""
        return self.kind, self.whole, "", f"{self.part} + ..."

    def __str__(self) -> str:
        """Say what to add, and on which condition."""
        more, cells = count(self.figures, "more figure"), ", ".join(self.row)
        asked = f"Is {quoted(self.part)} part of {quoted(self.whole)}?"
        return f"{asked} Then {cells} in terms.csv links {more}."


def next_row(dossier: Dossier) -> NextRow | None:
    """Return the row of terms.csv that would link most figures, None where none would link any.

    Tried are pairs of words of one kind (places first, then measures) of which one
    stands in a claim that is compared with none. Which of the two is the whole is a guess: the
    word that more claims have.
    """
    if len(dossier.claims) > MOST_CLAIMS:
        return None
    alone = _alone(dossier)
    best: NextRow | None = None
    pairs = list(_pairs(dossier, alone)) if alone else []
    for kind, whole, part in pairs[:MOST_TRIED]:
        row = {"kind": kind, "term": whole, "reading": "", "means": f"{part} + ...", "because": ""}
        terms = pd.concat([dossier.terms, pd.DataFrame([row])], ignore_index=True)
        left = _alone(replace(dossier, terms=terms))
        linked = len(alone) - len(left)
        if linked > (best.figures if best else 0):
            best = NextRow(kind, whole, part, linked)
    return best


def _alone(dossier: Dossier) -> set[str]:
    """Return the claims with a number that share no cell with another."""
    numbers = dossier.claims[["low", "high"]].ne("").any(axis=1)
    return set(dossier.claims.loc[numbers, "claim"]) - stated_links(read(dossier))


def _pairs(dossier: Dossier, alone: set[str]) -> Iterator[tuple[str, str, str]]:
    """Yield kind, whole and part of the words that might be linked, the most frequent first."""
    claims = dossier.claims
    lists = _listed(claims) if len(dossier.evidence) else []
    for kind in KINDS:
        inside = contents(dossier.terms, kind)
        columns = [kind, f"per_{kind}"]
        often = Counter(_words(claims[columns].to_numpy().ravel()))
        lonely = set(_words(claims.loc[claims["claim"].isin(alone), columns].to_numpy().ravel()))
        words = sorted(often, key=lambda word: (-often[word], word))
        pairs = [(one, other) for n, one in enumerate(words) for other in words[n + 1 :]]
        may_be = _measures if kind == "measure" else _places
        for pair in pairs:
            if kind == "place" and any(beside.issuperset(pair) for beside in lists):
                continue  # "53 in Herat and 21 in Badghis": one beside the other
            whole, part = may_be(*pair, drafted=not dossier.evidence.empty) or ("", "")
            if whole and {whole, part} & lonely and whole not in inside.get(part, ()):
                yield kind, whole, part


def _listed(claims: pd.DataFrame) -> list[set[str]]:
    """Return places that a text tells beside each other: in one quote, or three in a row."""
    alike = claims[["locator", "source", "side", "measure"]].agg("|".join, axis=1)
    runs = alike.ne(alike.shift()).cumsum()
    long = [set(rows["place"]) for _, rows in claims.groupby(runs) if len(rows) > 2]
    return [*long, *(set(rows["place"]) for _, rows in claims.groupby(["quote", "measure"]))]


def _measures(whole: str, part: str, *, drafted: bool) -> tuple[str, str] | None:
    """Return which of two measures may be the whole of the other, None where neither can."""
    for one, other in ((whole, part), (part, whole)):
        if other in WITHIN.get(one, ()):
            return one, other
    things = whole.endswith(" lost") or part.endswith(" lost")
    return None if drafted or things or {whole, part} <= APART else (whole, part)


def _places(whole: str, part: str, *, drafted: bool) -> tuple[str, str] | None:
    """Return which of two places may be the whole of the other, None where neither can.

    A country lies in no town, a capital in its own country, one region in no other; where a draft
    has only "the hospital" for a place, nobody knows where that is.
    """
    if drafted and (whole.islower() or part.islower()):
        return None
    last = [name.split()[-1].lower() for name in (whole, part)]
    if _is_country(part) or (whole in capitals() and whole not in territories()):
        if drafted:  # of a war in one country another is named beside it, seldom a town of it
            return None
        whole, part = part, whole
    elif last[1] in REGIONS and last[0] not in REGIONS and not _is_country(whole):
        whole, part = part, whole
    country = capitals().get(part)
    if _is_country(part) or (country and _is_country(whole) and whole != country):
        return None
    if whole in capitals() and whole not in territories():
        return None
    alike = last[0] == last[1] and " " in whole and " " in part
    return None if alike else (whole, part)


def _is_country(name: str) -> bool:
    return name in territories() or name.endswith(" Territories")


def _words(cells: Iterable[str]) -> list[str]:
    """Return the words of cells, without what a draft calls what it did not find."""
    found = (cell for cell in cells if cell not in ("", "each") and NOT_FOUND not in cell)
    return [word for cell in found for word in parse_sum(cell)[0]]


def names_to_ask_about(dossier: Dossier, alone: Sequence[str]) -> str:
    """Return which names of claims that nothing links to others may keep them apart, "" if none.

    That they were compared with none, their rows say.
    """
    asked = [
        f"Is {quoted(name)} another name for {quoted(other)}? Then write both alike."
        for name, other in _alike(dossier, set(alone))
    ]
    asked += [
        f"Is the source {quoted(name)} the same as {quoted(other)}? Then write both alike."
        for name, other in _sources_alike(dossier)
    ]
    for name in _dates_by_name(dossier, set(alone) & _written(dossier, "period")):
        asked.append(
            f"{quoted(name)} is taken for a name; a date is written like 2024-05 or 2024-05-17."
        )
    return " ".join(asked)


def _written(dossier: Dossier, field: str) -> set[str]:
    """Return the claims of which somebody wrote a cell: all where no program drafted them."""
    claims = dossier.claims
    rows = dossier.evidence[dossier.evidence["field"].eq(field)]
    drafted = dict(zip(rows["claim"], rows["value"], strict=True))
    known = set(dossier.evidence["claim"])
    cells = zip(claims["claim"], claims[field], strict=True)
    return {claim for claim, cell in cells if claim not in known or drafted.get(claim, "") != cell}


def _sources_alike(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """Yield sources that somebody wrote and that are another one but for a letter or two."""
    claims, written = dossier.claims, _written(dossier, "source")
    names = [*dict.fromkeys([*dossier.sources["source"], *claims["source"]])]
    listed_ = set(dossier.sources["source"])
    for name in dict.fromkeys(claims.loc[claims["claim"].isin(written), "source"]):
        if name in listed_ or len(name) < SHORTEST_SOURCE:
            continue
        others = [one for one in names if one != name]
        yield from ((name, one) for one in get_close_matches(name, others, n=1, cutoff=ALIKE))


def _dates_by_name(dossier: Dossier, alone: set[str]) -> list[str]:
    """Return the periods of some claims that have a year in them and are no date of ours."""
    claims, terms = dossier.claims, dossier.terms
    named = set(terms.loc[terms["kind"].eq("period"), "term"])
    own = dict.fromkeys(claims.loc[claims["claim"].isin(alone), "period"])
    return [
        name
        for name in own
        if re.search(r"\b(1[5-9]|20)[0-9]{2}\b", name)
        and name not in named
        and "+" not in name
        and parse_period(name) is None
    ]


def _alike(dossier: Dossier, alone: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the names in some claims that are another name of the dossier but for a slip."""
    claims, terms = dossier.claims, dossier.terms
    own = claims[claims["claim"].isin(alone)]
    for dimension in ("side", "measure", "place"):
        columns = [dimension, f"per_{dimension}"]
        words = terms.loc[terms["kind"].eq(dimension), "term"]
        names = [*dict.fromkeys([*claims[columns].to_numpy().flat, *words])]
        known: dict[str, list[str]] = defaultdict(list)
        for name in names:
            for form in {name.casefold(), *_slips(name)}:
                known[form].append(name)
        seen: set[str] = set()
        for name in dict.fromkeys(own[columns].to_numpy().flat):
            seen.add(name)
            twins = [other for other in known[name.casefold()] if other not in seen]
            for slip in _slips(name):
                twins += [o for o in known[slip] if o.casefold() == slip and o not in seen]
            if name and twins:
                yield name, twins[0]


def _slips(name: str) -> Iterator[str]:
    """Yield a name with one letter left out or two changed about, in small letters.

    Digits are no slips, nor is one letter for another: Iran is not Iraq, phase 1 not phase 2.
    """
    plain = name.casefold()
    for n, letter in enumerate(plain if len(plain) > SHORTEST else ""):
        if not letter.isdigit():
            yield plain[:n] + plain[n + 1 :]
        if n and plain[n - 1] != letter and not plain[n - 1 : n + 1].isdigit():
            yield plain[: n - 1] + letter + plain[n - 1] + plain[n + 1 :]
