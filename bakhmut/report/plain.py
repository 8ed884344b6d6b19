"""Plain words for what the package has short names for: figures, flags, assumptions, conflicts.

A reader of the page meets no id: a claim is named by its figure and where it stands, a conflict by
the figures in it, a flag by what it asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from bakhmut.base.sentences import listed, quoted
from bakhmut.base.words import count
from bakhmut.dossier.notation import period_in_words
from bakhmut.dossier.printed import NO_NUMBER, claim_in_words
from bakhmut.meaning.readings import ABOUT, ONCE

if TYPE_CHECKING:
    pass

# What a flag asks, as a heading, and as a remark beside a quote.
FLAGS = {
    "metric-drift": ("One voice, other words each time", "counted in other words elsewhere"),
    "mixed-measures": ("Two halves that count different things", "its halves count unlike things"),
    "dropped-hedge": ("Caution lost on the way", "has lost a caution it had when first said"),
    "load-bearing-hedge": ("A small word that decides", "a small word in it decides"),
    "undefined-measure": ("A word that nobody defines", "what its word covers is not said"),
    "times-more": ("“Times more” or “times as many”", "“times more” can be taken two ways"),
    "implausible-implication": ("What it would imply", "read one way, it implies an odd rate"),
    "scope-mismatch": ("Different places or times", "about another place or time than others"),
    "point-against-bound": ("A number over an open one", "beside an open number it only bounds"),
    "unstated-period": ("No period given", "no period is given"),
    "stale": ("Not of the same day", "not of the same day as the figure beside it"),
    "false-precision": ("More digits than it can carry", "more digits than such a count can carry"),
    "cumulative-fall": ("A running total that falls", "below an earlier running total"),
    "slip": ("A small difference", "off by little, like a slip"),
    "single-origin": ("One voice, told several times", "one voice with others here"),
    "unnamed-source": ("A source without a name", "nobody is named for it"),
    "interested-source": ("A side counts the other", "a party with an interest counts"),
    "accounts-differ": ("Accounts that differ", "others tell it differently"),
}  # fmt: skip
MOST_NAMED = 3


def flag_heading(flag: str) -> str:
    """Return what a flag asks, in words.

    >>> flag_heading("unstated-period"), flag_heading("of-a-plug-in")
    ('No period given', 'Of a plug in')
    """
    return FLAGS[flag][0] if flag in FLAGS else flag.replace("-", " ").capitalize()


def flag_remark(flag: str) -> str:
    """Return what a flag says beside a quote, in a few words."""
    return FLAGS[flag][1] if flag in FLAGS else flag.replace("-", " ")


def figure(claim: Any) -> str:
    """Return a claim's figure as a reader would say it: `at least 900`, `5 to 1`, `nearly 40%`."""
    said = claim_in_words(claim)
    is_share = f"{claim.low}{claim.high}".endswith("%")
    return f"{said} to 1" if claim.kind == "ratio" and said != NO_NUMBER and not is_share else said


def label(claim: Any) -> str:
    """Return how a claim is named where its quote stands elsewhere: its figure and its place.

    The place is the one in the text, else what tells the figure from others: `10 (North)`.
    """
    where = claim.locator or claim.place or claim.side or claim.measure
    if not (claim.low or claim.high):
        words = quoted(claim.quote or claim.claim)
        return f"the words in {claim.locator}" if claim.locator else words
    return f"{figure(claim)} ({where})" if where else figure(claim)


def counts(claim: Any) -> str:
    """Return what a claim counts; of a ratio both halves, what they share said once.

    The place is left out where it is the side's own name.
    """
    over, under = _half(claim, ""), _half(claim, "per_")
    halves = over[0] if claim.kind != "ratio" else f"{over[0]} per {under[0]}"
    rest = over[1:]
    if claim.kind == "ratio":
        rest = [a if a == b else f"{a or 'not stated'} per {b or 'not stated'}"
                for a, b in zip(over[1:], under[1:], strict=True)]  # fmt: skip
    return ", ".join(filter(None, [halves, *rest])) or "not stated"


def _half(claim: Any, prefix: str) -> list[str]:
    side, measure, place, period = (
        getattr(claim, prefix + name) for name in ("side", "measure", "place", "period")
    )
    what = " ".join(filter(None, (side, measure)))
    return [what, place if place != side else "", period_in_words(period)]


def conflict_name(claims: Sequence[Any], assumptions: Sequence[str] = ()) -> str:
    """Return how a conflict is called: by the figures in it, and what it assumes besides."""
    named = listed(map(label, claims), most=MOST_NAMED)
    return f"{named}, if {listed(assumptions)}" if assumptions else named


def assumed(name: str, assumptions: pd.DataFrame) -> str:
    """Return an assumption in words: its own where the dossier has it, else what the engine means.

    >>> assumed(ABOUT, pd.DataFrame({"assumption": []}))
    '“about” means within 5 %'
    """
    rows = assumptions[assumptions["assumption"].eq(name)]
    if rows.empty:
        built_in = {
            ABOUT: "“about” means within 5 %",
            ONCE: "nothing was added or corrected between the days of publication",
        }
        return built_in.get(name, name.replace("-", " "))
    row = rows.iloc[0]
    ends = dict.fromkeys(end for end in (row["low"], row["high"]) if end)
    said = " to ".join(ends)
    if not (row["low"] and row["high"]):
        said = f"{'at least' if row['low'] else 'at most'} {said}"
    side, below = row["side"], row["per_side"]
    same = below in ("", side, "each")
    over = row["measure"] if same else f"{side} {row['measure']}"
    under = row["per_measure"] if same else f"{below} {row['per_measure']}"
    what = f"{over} for each {under}" if under else over
    where = [side if same else "", row["place"]]
    return ", ".join([what, *(w for w in where if w not in ("", "each"))]) + f": {said}"


def why(status: str, claims: int, *, voices: Sequence[str], assumptions: Iterable[str]) -> str:
    """Return why figures are a conflict, and whether one voice or several stand behind it."""
    all_ = "both" if claims == 2 else "all"
    said = {
        "contradiction": f"As worded they cannot {all_} be true, whichever way they are read.",
        "contradiction-in-some-readings": f"As worded they cannot {all_} be true in some readings; "
        "in others they can.",
        "not-checkable": "Only by assuming more could they be set against each other.",
        "undecided": "A limit was reached before this was decided.",
    }.get(status, f"They cannot {all_} be true if {listed(assumptions)}.")
    if len(voices) == 1:
        return f"{said} They go back to one voice, {voices[0]}." if voices[0] else said
    return f"{said} {count(len(voices), 'voice')} disagree." if voices else said
