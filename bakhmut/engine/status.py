"""What a status is called, what it means, how grave it is: one table for every place it is shown.

The six words are fixed: scripts rest on them. All that is said of them stands here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd


class Status(NamedTuple):
    """What is shown for a status: a heading, a sentence of a text, of one claim, and a colour."""

    heading: str
    sentence: str
    claim: str
    colour: str


# Gravest first.
STATUS = {
    "contradiction": Status(
        "Cannot all be true",
        "Some of these figures cannot all be true as worded, whichever way their words are read.",
        "Cannot hold together with other figures of the text, as worded",
        "red",
    ),
    "contradiction-in-some-readings": Status(
        "Depends on the wording",
        "Some of these figures cannot all be true as worded under some readings of their words. "
        "Under others they can.",
        "Cannot hold together with other figures of the text under some readings of the words",
        "yellow",
    ),
    "conflicts-with-assumption": Status(
        "Can all be true, unless …",
        "The figures can all hold together, but not with every assumption that a reader may bring "
        "to them.",
        "Can hold together with the other figures, though not under every assumption",
        "yellow",
    ),
    "undecided": Status(
        "Undecided",
        "A limit was reached before everything could be decided.",
        "Cannot hold together with other figures of the text under some readings of the words; "
        "not all of them were decided",
        "yellow",
    ),
    "not-checkable": Status(
        "Not compared",
        "Too much is left unsaid to check these figures against each other.",
        "Not enough is stated to check it against the other figures",
        "",
    ),
    "consistent": Status(
        "Can all be true",
        "The figures can all hold together as worded. Whether they are right is another question.",
        "Can hold together with the other figures of the text",
        "green",
    ),
}
STATUSES = tuple(STATUS)
BY_DEFINITION = STATUSES[:2]
AT_ODDS = STATUSES[:4]


def worst(statuses: Iterable[str]) -> str:
    """Return the gravest of the statuses, `consistent` of none.

    >>> worst(["consistent", "contradiction-in-some-readings", "not-checkable"])
    'contradiction-in-some-readings'
    """
    return min(statuses, key=STATUSES.index, default="consistent")


def by_gravity(frame: pd.DataFrame, column: str, words: Iterable[str]) -> pd.DataFrame:
    """Return a frame with a column of ordered categories, the gravest the largest.

    `words` are all there are, gravest first: so `frame[column] >= "caution"` and sorting do what
    one expects of them.
    """
    kind = pd.CategoricalDtype(tuple(words)[::-1], ordered=True)
    return frame.astype({column: kind})
