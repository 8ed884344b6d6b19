"""Numbers as a reader would print them: 153,770, 1.28 to 1, 25.6 %, at least 120,000."""

from __future__ import annotations

import math
from fractions import Fraction

MOST_DIGITS = 6


def number(value: float | Fraction, *, exact: bool = False) -> str:
    """Return a number as a reader would print it; for a proof exact: to six digits or a fraction.

    >>> number(153770), number(1.28142), number(0.0512), number(0.0000413), number(2_500_000)
    ('153,770', '1.28', '0.051', '0.000041', '2.5 million')
    >>> number(Fraction(21, 2), exact=True), number(Fraction(1, 3), exact=True)
    ('10.5', '1/3')
    """
    if exact:
        return _exact(Fraction(value))
    value = float(value)
    if math.isnan(value):
        return "not stated"
    if abs(value) >= 1e6 and float(value / 1e5).is_integer():
        return f"{value / 1e6:,g} million"
    if float(value).is_integer() or abs(value) >= 1000:
        return f"{value:,.0f}"
    if (10 * value).is_integer():  # 4.5 was printed so; 4.50 would claim more
        return f"{value:.1f}"
    size = abs(value)
    small = 3 if size >= 0.01 else 1 - math.floor(math.log10(size))  # two digits that tell
    return f"{value:.{0 if size >= 100 else 1 if size >= 10 else 2 if size >= 0.1 else small}f}"


def _exact(value: Fraction) -> str:
    if value.denominator == 1:
        return f"{value.numerator:,}"
    for digits in range(1, 7):
        if (value * 10**digits).denominator == 1:
            return f"{float(value):,.{digits}f}"
    return f"{value.numerator:,}/{value.denominator:,}"


def to_one(value: float) -> str:
    """Return a ratio in words: `5 to 1`."""
    return f"{number(value)} to 1"


def percent(share: float) -> str:
    """Return a share as a percentage: `25.6 %`."""
    return f"{100 * share:.1f} %"


def span(low: float, high: float) -> str:
    """Return a range in words, an open end said as such.

    >>> span(5, 5), span(4.5, 5.5), span(120000, float("nan")), span(float("nan"), 2)
    ('5', '4.5 to 5.5', 'at least 120,000', 'at most 2')
    """
    if math.isnan(low) and math.isnan(high):
        return "no number"
    if math.isnan(low):
        return f"at most {number(high)}"
    if math.isnan(high):
        return f"at least {number(low)}"
    return number(low) if low == high else " to ".join(outward(low, high))


def interval(low: float, high: float) -> str:
    """Return a range of what cannot be below 0 in words; "anything" where both ends are open.

    >>> interval(0, 5), interval(4.5, 5.5), interval(0, float("nan"))
    ('at most 5', '4.5 to 5.5', 'anything')
    """
    low = low or float("nan")
    return "anything" if math.isnan(low) and math.isnan(high) else span(low, high)


def outward(low: float, high: float) -> tuple[str, str]:
    """Return the ends of a range, with so many digits that the words say neither less nor more.

    >>> outward(0.795, 0.805), outward(4.5, 5.5), outward(1.9993, 2.0004), outward(1200.4, 9e4)
    (('0.795', '0.805'), ('4.5', '5.5'), ('1.9993', '2.0004'), ('1,200', '90,000'))
    """
    size = math.floor(math.log10(high - low)) if high > low else 0
    texts = []
    for end, to in ((low, math.floor), (high, math.ceil)):
        own = math.floor(math.log10(abs(end))) if end else 0
        digits = min(MOST_DIGITS, max(0, 1 - size, 2 - own))
        # What is a binary fraction away from a decimal one is that one.
        value = to(round(end * 10**digits, MOST_DIGITS)) / 10**digits
        text = f"{value:,.{digits}f}"
        plain = text.rstrip("0").rstrip(".") if "." in text else text
        texts.append(number(value) if value.is_integer() else plain)
    return texts[0], texts[1]


def bound(kind: str, low: float, high: float) -> str:
    """Return what is implied for a quantity in words; a share is said as one.

    >>> bound("count", 5, 7), bound("share", 0.3335, 0.334), bound("share", 0, 0.2563)
    ('5 to 7', '33.35 % to 33.4 %', 'at most 25.6 %')
    """
    if kind != "share":
        return span(low, high)
    if not low:
        return f"at most {percent(high)}"
    ends = [percent(low)] if low == high else [f"{end} %" for end in outward(100 * low, 100 * high)]
    return " to ".join(ends)


def count(many: int, what: str) -> str:
    """Return a number with its noun in the right form.

    >>> count(1, "figure"), count(8, "figure")
    ('1 figure', '8 figures')
    """
    return f"{many:,} {what}" + ("" if many == 1 else "s")


SPELLED = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen", "twenty"),
)


def spelled(many: int) -> str:
    """Return a small number as a word.

    >>> spelled(3), spelled(1200)
    ('three', '1,200')
    """
    return SPELLED[many] if 0 < many < len(SPELLED) else f"{many:,}"


def gone_of(before: int, left: int) -> str:
    """Return how many conflicts an edit takes away.

    >>> gone_of(1, 0), gone_of(2, 0), gone_of(10, 0), gone_of(10, 4)
    ('the conflict goes', 'both conflicts go', 'all 10 conflicts go', '6 of 10 conflicts go')
    """
    if left:
        return f"{before - left} of {before} conflicts go{'es' if before - left == 1 else ''}"
    return {1: "the conflict goes", 2: "both conflicts go"}.get(
        before, f"all {before} conflicts go"
    )


def off_by(margin: float) -> str:
    """Return a margin as a percentage, with two digits where it is small.

    >>> off_by(0.0914), off_by(0.00017)
    ('9.1 %', '0.017 %')
    """
    return f"{100 * margin:.1f} %" if margin >= 0.001 else f"{100 * margin:.2g} %"
