"""The words that make a number a rate: "30 are killed a day", "every day 35 die".

A rate counts for each of a length of time, and not over one: it is compared with no total.
"""

from __future__ import annotations

import re

# The length of time within such words: "a day" of "150 to 300 men killed a day".
A_TIME = re.compile(
    r"\b(?:(?:an?|per|each|every)\s+(?:hour|day|night|week|month|year)|daily|weekly|monthly)\b",
    re.I,
)
_BEHIND = re.compile(
    r"(?:\s+(?!in\b|over\b|within\b)[\w-]+){0,5}?(?<!\bon)\s+(?:a|per|each|every)\s+"
    r"(?:day|week|month|hour|night|year)\b(?!\s+(?:ago|earlier|later|before|after|or))|"
    r"(?:\s+\w+){0,2}\s+daily\b"
)
_BEFORE = re.compile(
    r"\b(?:daily|weekly|monthly)\s+(?:average|losses|toll|rate|figure)\s+"
    r"(?:(?:in|for|of|during)\s+[^.;,\d]{2,30}\s+)?"
    r"(?:was|is|of|at|were|had\s+been|stood\s+at|rose\s+to|fell\s+to|reached)\s+"
    r"(?:about\s+|around\s+|some\s+|over\s+)?$|"
    r"\b(?:every|each)\s+(?:day|week|month|hour|night|year),?\s+"
    r"(?:(?:about|around|some|up\s+to|at\s+least|more\s+than|nearly|almost|over|an\s+average\s+of|"
    r"an\s+estimated)\s+)*$",
    re.I,
)


def rate_of(sentence: str, at: int) -> re.Match[str] | None:
    """Return what makes a number that ends at a place a rate: "30 are killed a day"."""
    return _BEHIND.match(sentence, at)


def rate_before(sentence: str, start: int, at: int) -> re.Match[str] | None:
    """Return what, from `start` on, makes a number that begins at a place a rate: "each day 35"."""
    return _BEFORE.search(sentence, start, at)
