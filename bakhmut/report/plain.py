"""Plain words for what the package has short names for: figures, flags, assumptions, conflicts.

A reader of the page meets no id: a claim is named by its figure and where it stands, a conflict by
the figures in it, a flag by what it asks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from bakhmut.base.sentences import first_words, listed, quoted, with_article
from bakhmut.base.words import count
from bakhmut.dossier.derived import stated
from bakhmut.dossier.doors.frames import tuples_of
from bakhmut.dossier.parsing.hedging import hedges
from bakhmut.dossier.parsing.notation import period_in_words
from bakhmut.dossier.parsing.printed import NO_NUMBER, claim_in_words, in_per_cent, range_in_words
from bakhmut.dossier.tables import SCOPE
from bakhmut.meaning.readings import OURS

# What a flag asks, as a heading, and as a remark beside a quote.
_MANY = re.compile(r"\b(?:dozens|scores|hundreds|thousands|millions)\b", re.I)
FLAGS = {
    "metric-drift": ("One voice, other words each time", "counted in other words elsewhere"),
    "mixed-measures": ("Two halves that count different things", "its halves count unlike things"),
    "dropped-hedge": ("Caution lost on the way", "has lost a caution it had when first said"),
    "load-bearing-hedge": ("A small word that decides", "the answer turns on {hedge}"),
    "undefined-measure": ("A word that nobody defines", "what its word covers is not said"),
    "times-more": ("“Times more” or “times as many”", "“times more” can be taken two ways"),
    "implausible-implication": ("What it would imply", "read one way, it implies an odd rate"),
    "scope-mismatch": ("Different places or times", "about another place or time than others"),
    "point-against-bound": ("A number over an open one", "no exact ratio, beside an open number"),
    "unstated-period": ("No period given", "no period is given"),
    "rate-as-total": ("So many a day, not in all", "printed as so many a day, not as a total"),
    "stale": ("Not of the same day", "not of the same day as the figure beside it"),
    "false-precision": ("More digits than it can carry", "more digits than such a count can carry"),
    "cumulative-fall": ("A running total that falls", "below an earlier running total"),
    "slip": ("A small difference", "off by little, like a slip"),
    "single-origin": ("One voice, told several times", "one voice with others here"),
    "unnamed-source": ("A source without a name", "who says it is not named"),
    "interested-source": ("A party to it counts", "a party with an interest counts"),
    "accounts-differ": ("Accounts that differ", "others tell it differently"),
}  # fmt: skip
_SMALL = "a small word in it"  # a hedge that the quote has in other words
MOST_NAMED = 3


def flag_heading(flag: str) -> str:
    """Return what a flag asks, in words.

    >>> flag_heading("unstated-period"), flag_heading("of-a-plug-in")
    ('No period given', 'Of a plug in')
    """
    return FLAGS[flag][0] if flag in FLAGS else flag.replace("-", " ").capitalize()


def flag_remark(flag: str, claim: Any = None) -> str:
    """Return what a flag says beside a quote, in a few words; of a claim, with its own hedge.

    >>> flag_remark("load-bearing-hedge"), flag_remark("of-a-plug-in")
    ('the answer turns on a small word in it', 'of a plug in')
    """
    if flag not in FLAGS:
        return flag.replace("-", " ")
    own = hedges(claim.hedge) if claim else ()
    printed = [h for h in own if h in claim.quote.casefold() and h != "may"]
    return FLAGS[flag][1].format(hedge=listed(map(quoted, printed)) or _SMALL)


def figure(claim: Any) -> str:
    """Return a claim's figure as a reader would say it: `at least 900`, `5 to 1`, `nearly 40%`."""
    said = claim_in_words(claim)
    if (word := _MANY.search(claim.quote)) and not re.search(r"\d", claim.quote):
        return f"{word[0].lower()} ({said})"  # what stands in brackets is how the word is coded
    is_plain = claim.kind != "ratio" or said == NO_NUMBER or in_per_cent(claim.low, claim.high)
    return said if is_plain else f"{said} to 1"


def labels(claims: pd.DataFrame) -> dict[str, str]:
    """Return how each claim is named where its quote stands elsewhere: `10 (North)`.

    In brackets stands where the text has it, else what tells most of the figures apart: what they
    count, or of which place, side or time.
    """
    by = "locator"
    if claims["locator"].eq("").any():
        told = {name: claims[name].nunique() for name in _TELLING if claims[name].ne("").all()}
        by = max(told, key=lambda name: told[name], default="")
        by = by if told.get(by, 0) > 1 else ""
    rows = list(tuples_of(claims))
    made = {row.claim: _label(row, getattr(row, by) if by else "") for row in rows}
    many = Counter(made.values())
    alike = (row for row in rows if row.quote and many[made[row.claim]] > 1)
    return made | {row.claim: first_words(row.quote) for row in alike if not (row.low or row.high)}


_TELLING = ("measure", "place", "side", "period", "source")  # of equals the first


def _label(claim: Any, where: str) -> str:
    words = quoted(claim.quote or claim.claim)
    if not (claim.low or claim.high):
        return f"the words in {claim.locator}" if claim.locator else words
    return f"{figure(claim)} ({where})" if where else figure(claim)


@dataclass(frozen=True)
class Scopes:
    """What claims count, in words; what all of them have in common is said once, in `common`."""

    common: str
    dropped: frozenset[str]

    def of(self, claim: Any) -> str:
        """Return what a claim counts; of a ratio both halves, what they share said once.

        The place is left out where it is the side's own name.
        """
        over, under = self._half(claim, ""), self._half(claim, "per_")
        if claim.kind == "count":
            return ", ".join(filter(None, over)) or "not stated"
        per = (
            "minus"
            if claim.kind == "difference"
            else "among"
            if in_per_cent(claim.low, claim.high)
            else "per"
        )
        parts = [f"{over[0] or 'not stated'} {per} {under[0] or 'not stated'}"]
        for one, other in zip(over[1:], under[1:], strict=True):
            same = one == other
            parts.append(one if same else f"{one or 'not stated'} per {other or 'not stated'}")
        return ", ".join(filter(None, parts))

    def _half(self, claim: Any, prefix: str) -> list[str]:
        side, measure, place, period = (
            "" if name in self.dropped else stated(getattr(claim, prefix + name)) for name in SCOPE
        )
        every = (measure, side) if measure == "all" else (side, measure)  # "all revellers"
        what = " ".join(filter(None, every))
        return [what, place if place != side else "", period_in_words(period)]


def scopes(claims: pd.DataFrame) -> Scopes:
    """Return the scopes of some claims in words."""
    dropped, common = set(), []
    ratios = claims[claims["kind"].ne("count")]
    for name in SCOPE:
        values = {*claims[name], *ratios[f"per_{name}"]}
        if name != "measure" and len(claims) > 1 and len(values) == 1 and "" not in values:
            dropped.add(name)
            common.append(period_in_words(values.pop()) if name == "period" else values.pop())
    return Scopes(", ".join(dict.fromkeys(common)), frozenset(dropped))


def conflict_name(names: Sequence[str], assumptions: Sequence[str] = ()) -> str:
    """Return how a conflict is called: by the figures in it, and what it assumes besides."""
    named = listed(names, most=MOST_NAMED)
    return f"{named}, if {listed(assumptions)}" if assumptions else named


def assumed(name: str, assumptions: pd.DataFrame) -> str:
    """Return an assumption as a clause: its own where the dossier has it, else the engine's.

    >>> assumed("about-within-5-percent", pd.DataFrame({"assumption": []}))
    '“about” means within 5 %'
    """
    rows = assumptions[assumptions["assumption"].eq(name)]
    if rows.empty:
        return OURS.get(name, name.replace("-", " "))
    row = rows.iloc[0]
    said = range_in_words(row["low"], row["high"])
    same = row["per_side"] in ("", row["side"], "each")
    over = row["measure"] if same else f"{row['measure']} of {row['side']}"
    under = row["per_measure"] if same else f"{row['per_measure']} of {row['per_side']}"
    what = f"{said} {over}" + (f" for each {under}" if under else "")
    where = [
        name for name in (row["side"] if same else "", row["place"]) if name not in ("", "each")
    ]
    return f"there are {what}" + (f" ({', '.join(where)})" if where else "")


def why(row: Any, claims: pd.DataFrame, *, assumptions: Iterable[str]) -> str:
    """Return why figures are a conflict, and whether one voice or several stand behind it.

    `row` is one of a check's conflicts, `claims` are those in it.
    """
    all_, voices = "both" if len(claims) == 2 else "all", row.origin_names
    said = {
        "contradiction": f"As worded they cannot {all_} be true, whichever way they are read.",
        "contradiction-in-some-readings": f"As worded they cannot {all_} be true in some readings; "
        "in others they can.",
        "not-checkable": "They collide only if what is not stated is the same: "
        f"{listed(_left_open(claims))}.",
        "undecided": "A limit was reached before this was decided.",
    }.get(row.status, f"They cannot {all_} be true if {listed(assumptions)}.")
    if len(voices) == 1 and voices[0].startswith("the text"):
        return f"{said} None of them gives a source."
    if len(voices) == 1 and voices[0]:
        return f"{said} They go back to one voice, {with_article(voices[0])}."
    return f"{said} {count(len(voices), 'voice')} disagree." if len(voices) > 1 else said


def _left_open(claims: pd.DataFrame) -> list[str]:
    """Return what some of the claims do not state: `the place`."""
    words = {"side": "whom they count", "measure": "what they count", "place": "the place"}
    words["period"] = "the time"
    left = [said for name, said in words.items() if not claims[name].map(stated).all()]
    return left or ["what the other half of each ratio counts"]
