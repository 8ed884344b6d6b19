"""Words for the reader of a flag, a change or a table: quotes, lists, numbers, ranges."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from bakhmut.base.words import outward

LONGEST_QUOTE = 90
MOST_QUOTES = 4
A_FEW_WORDS = 34  # characters of a quote in the line of its conflict
INNER = str.maketrans("“”", "‘’")


def quoted(words: str) -> str:
    """Return words in typographic quotation marks, shortened where they run on.

    >>> quoted("they call it  “hell”")
    '“they call it ‘hell’”'
    """
    plain = re.sub(r"\s+", " ", words).strip().translate(INNER)
    if len(plain) > LONGEST_QUOTE:
        plain = plain[: LONGEST_QUOTE - 1].rstrip() + "…"
    return f"“{plain}”"


def first_words(quote: str) -> str:
    """Return the first words of a quote in its marks.

    >>> first_words("Russian troops lost for every Ukrainian soldier")
    '“Russian troops lost for every…”'
    """
    plain = " ".join(quote.split())
    if len(plain) > A_FEW_WORDS:
        plain = plain[:A_FEW_WORDS].rsplit(" ", 1)[0].rstrip(",;:.") + "…"
    return f"“{plain.translate(INNER)}”"


def listed(items: Iterable[str], most: int = MOST_QUOTES) -> str:
    """Return "a", "a and b" or "a, b and c"; beyond `most` the rest is counted.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    found = list(dict.fromkeys(items))
    if len(found) > most:
        found = [*found[: most - 1], f"{len(found) - most + 1} more"]
    return " and ".join([", ".join(found[:-1]), found[-1]] if len(found) > 1 else found)


def plain_number(value: float | Fraction) -> str:
    """Return a number to read: thousands set off, three digits where it is small.

    >>> plain_number(153770.0), plain_number(1.28141), plain_number(0.0513)
    ('153,770', '1.28', '0.0513')
    """
    number = float(value)
    if abs(number) >= 100 or number == int(number):
        return f"{number:,.0f}"
    return f"{number:.3g}"


def interval(low: float, high: float) -> str:
    """Return a range in words: "at least 5", "at most 1.28", "4.5 to 5.5", "anything"."""
    if low != low or low in (0, 0.0):
        return "anything" if high != high else f"at most {plain_number(high)}"
    if high != high:
        return f"at least {plain_number(low)}"
    if low == high:
        return plain_number(low)
    return " to ".join(outward(low, high))
