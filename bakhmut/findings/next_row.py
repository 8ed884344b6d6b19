"""The next useful row: which line of terms.csv would link most figures that nothing links yet.

Two figures can only be compared where their words overlap. A row `place, Marran front, , Karel +
...` says that one place is part of another; it is for the coder to say whether it is so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import pandas as pd

from bakhmut.base.sentences import quoted
from bakhmut.base.words import count
from bakhmut.consistency.case import linked_claims
from bakhmut.dossier.claims import Dossier
from bakhmut.dossier.derived import NOT_FOUND, contents
from bakhmut.dossier.parsing.notation import parse_sum
from bakhmut.drafting.words import capitals, territories
from bakhmut.meaning.interpretation import read
from bakhmut.meaning.systems import build_systems

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
    whole = read(dossier)
    systems = build_systems(whole.claims, whole.vocabulary, widest=whole.widest)
    numbers = dossier.claims[["low", "high"]].ne("").any(axis=1)
    return set(dossier.claims.loc[numbers, "claim"]) - linked_claims(systems)


def _pairs(dossier: Dossier, alone: set[str]) -> Iterator[tuple[str, str, str]]:
    """Yield kind, whole and part of the words that might be linked, the most frequent first."""
    claims = dossier.claims
    for kind in KINDS:
        inside = contents(dossier.terms, kind)
        columns = [kind, f"per_{kind}"]
        often = Counter(_words(claims[columns].to_numpy().ravel()))
        lonely = set(_words(claims.loc[claims["claim"].isin(alone), columns].to_numpy().ravel()))
        words = sorted(often, key=lambda word: (-often[word], word))
        pairs = [(one, other) for n, one in enumerate(words) for other in words[n + 1 :]]
        may_be = _measures if kind == "measure" else _places
        for pair in pairs:
            whole, part = may_be(*pair, drafted=not dossier.evidence.empty) or ("", "")
            if whole and {whole, part} & lonely and whole not in inside.get(part, ()):
                yield kind, whole, part


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
