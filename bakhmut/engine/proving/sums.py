"""Rows of a proof added up: less on the one side, more on the other, and what is left of both."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from fractions import Fraction

from bakhmut.base.words import number


@dataclass(frozen=True)
class SumRow:
    """`less` <= `more`, each a number and so many times each scope, taken `times` times."""

    said: str
    less: dict[str, Fraction]
    more: dict[str, Fraction]
    times: Fraction
    reached: bool = True  # or less is less than more

    def __str__(self) -> str:
        return f"{_sum(self.less)} {'≤' if self.reached else '<'} {_sum(self.more)}"


NUMBER = ""  # the place of the plain number in a side of a row


def _sum(side: dict[str, Fraction]) -> str:
    texts = []
    for letter, times in side.items():
        if times and letter == NUMBER:
            texts.append(number(times, exact=True))
        elif times:
            texts.append(letter if times == 1 else f"{number(times, exact=True)} × {letter}")
    return " + ".join(texts) or "0"


def short(rows: list[SumRow]) -> list[SumRow]:
    """Return rows taken so many times that the sum is short to write: whole, or with decimals."""

    def written(by: Fraction) -> tuple[bool, int]:
        text = " ".join(added([replace(row, times=row.times / by) for row in rows]))
        return "/" in text, len(text)

    scales = dict.fromkeys((Fraction(1), *(row.times for row in rows)))
    best = min(scales, key=written) if len(scales) > 1 else Fraction(1)
    return [replace(row, times=row.times / best) for row in rows]


def added(rows: list[SumRow]) -> list[str]:
    """Return the sum of all rows, and what is left when both sides are cleared."""
    sides: list[dict[str, Fraction]] = [defaultdict(Fraction), defaultdict(Fraction)]
    for row in rows:
        for side, own in zip(sides, (row.less, row.more), strict=True):
            for letter, times in own.items():
                side[letter] += times * row.times
    reached = all(row.reached for row in rows)
    shares = [
        f"({n})" if row.times == 1 else f"{number(row.times, exact=True)} × ({n})"
        for n, row in enumerate(rows, 1)
    ]
    less, more = (side.pop(NUMBER, Fraction(0)) for side in sides)
    both = {letter: times for letter, times in sides[0].items() if sides[1].get(letter) == times}
    whole = [
        _sum({NUMBER: n, **dict(sorted(side.items()))})
        for n, side in zip((less, more), sides, strict=True)
    ]
    cleared = f" Without {_sum(dict(sorted(both.items())))} on both sides," if both else " So"
    return [
        f"{' + '.join(shares)}: {whole[0]} {'≤' if reached else '<'} {whole[1]}.",
        f"{cleared.strip()} {number(less, exact=True)} would have to be "
        f"{'at most' if reached else 'less than'} {number(more, exact=True)}. "
        "These cannot all be true as worded.",
    ]
