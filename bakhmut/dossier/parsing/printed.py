"""A figure as printed, in words: the one place where a claim's number becomes part of a sentence.

A bound is never said as a point: `at least 900` stays "at least 900", and an end that is open
without a word for it is given one. A row `,"9,000",` of `hedge, low, high` is "at least 9,000".
"""

from __future__ import annotations

import re
from typing import Any

from bakhmut.base.words import SPELLED
from bakhmut.dossier.parsing.hedging import said as as_said

NO_NUMBER = "no number"
_UNSAID = {"exact", "difference", "may"}  # what is counted says it; or it is said apart
_FEWEST_DIGITS = 5  # a bare number so long is read more easily with its thousands set off


def figure_in_words(hedge: str, low: str, high: str, *, sure: bool = False) -> str:
    """Return a figure with its hedge: "more than 120,000", "5 to 7", "no number".

    Parameters
    ----------
    hedge, low, high
        As in claims.csv; a blank end is open.
    sure
        Leave out *may*, which changes no number.

    >>> figure_in_words("may; more than", "120,000", "")
    'may be more than 120,000'
    >>> figure_in_words("may; more than", "120,000", "", sure=True)
    'more than 120,000'
    >>> figure_in_words("", "9000", ""), figure_in_words("exact", "400000", "400000")
    ('at least 9000', '400,000')
    """
    if not (low or high):
        return NO_NUMBER
    before, behind = hedge_in_words(hedge, low, high)
    number = " to ".join(dict.fromkeys(_set_off(end) for end in (low, high) if end))
    said = " ".join([*before, number, *behind])
    return f"may be {said}" if "may" in as_said(hedge) and not sure else said


def hedge_in_words(hedge: str, low: str, high: str) -> tuple[list[str], list[str]]:
    """Return the words before and behind a figure that say how firmly it is meant, *may* left out.

    >>> hedge_in_words("may; over", "5", ""), hedge_in_words("", "5", "")
    ((['more than'], []), (['at least'], []))
    >>> hedge_in_words("± 9", "5", "5")
    ([], ['± 9'])
    """
    words = [word for word in as_said(hedge) if word not in _UNSAID]
    behind = [word for word in words if word.startswith("±")]
    before = [word for word in words if word not in behind]
    if not before and not (low and high):
        before = ["at least" if low else "up to"]
    return before, behind


def in_per_cent(*ends: str) -> bool:
    """Return whether a figure is printed in per cent: it is said as a share, not "to 1".

    >>> in_per_cent("88 %", "88 %"), in_per_cent("0.88", "")
    (True, False)
    """
    return any(end.endswith(("%", "percent", "per cent")) for end in ends)


def range_in_words(low: str, high: str) -> str:
    """Return the ends of an assumption, as they are written.

    >>> range_in_words("2", "3.5"), range_in_words("2", ""), range_in_words("2", "2")
    ('2 to 3.5', 'at least 2', '2')
    """
    if low and high:
        return low if low == high else f"{low} to {high}"
    return f"at least {low}" if low else f"at most {high}"


def claim_in_words(claim: Any) -> str:
    """Return the figure of a row of claims.csv, be it a tuple or a Series."""
    return figure_in_words(claim.hedge, claim.low, claim.high)


def as_printed(claim: Any) -> str:
    """Return the figure of a row of claims.csv without *may*, which changes no number."""
    return figure_in_words(claim.hedge, claim.low, claim.high, sure=True)


def _set_off(end: str) -> str:
    bare = end.isascii() and end.isdigit() and len(end) >= _FEWEST_DIGITS
    return f"{int(end):,}" if bare else end


def number_in(quote: str, printed: tuple[str, str]) -> re.Match[str] | None:
    """Return where a printed number stands in a quote, in digits or spelled out.

    >>> number_in("at least five for every one", ("5", "")).group()
    'five'
    """
    for text in dict.fromkeys(filter(None, printed)):
        texts = [text]
        if text.isdecimal() and 0 < int(text) < len(SPELLED):
            texts.append(SPELLED[int(text)])
        for one in texts:
            if found := re.search(rf"(?<![\w.,]){re.escape(one)}(?![\w]|[.,]\d)", quote, re.I):
                return found
    return None
