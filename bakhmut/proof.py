"""Proofs that a person can check: exact sums that end in an impossibility, in words.

Each row of a proof is written as *less <= more*. The rows are multiplied, added up, and what
stands on both sides is taken away. What is then left of the scopes on the right is contained
in those on the left by meaning alone, so the number on the left cannot exceed the one on the
right; it does. This is Farkas's lemma, with whole numbers and fractions throughout.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

from bakhmut.cells import Form
from bakhmut.exact import LOW, Refutation
from bakhmut.readings import DIMENSIONS, EACH, Scope, Vocabulary
from bakhmut.systems import Row, System


@dataclass(frozen=True)
class Step:
    """One row of a proof with its multiplier; `unit` is empty for a definition."""

    unit: str
    times: Fraction
    row: Row | None
    form: tuple[tuple[int, Fraction], ...]
    end: int
    value: Fraction


@dataclass(frozen=True)
class Certificate:
    """Steps that cannot all hold: multiplied and added up they leave nothing but a falsehood."""

    steps: tuple[Step, ...]

    def verify(self) -> bool:
        """Return whether the sum is impossible for cells that are not negative.

        Every step says form >= value (or <=, which counts with the sign turned). Impossible is
        a sum whose weights are all zero or negative while its value is positive.
        """
        weights: dict[int, Fraction] = defaultdict(Fraction)
        total = Fraction(0)
        for step in self.steps:
            if step.times <= 0:
                return False
            signed = step.times if step.end == LOW else -step.times
            for cell, weight in step.form:
                weights[cell] += signed * weight
            total += signed * step.value
        return total > 0 and all(weight <= 0 for weight in weights.values())


def certify(system: System, refutation: Refutation) -> Certificate:
    """Return a refutation's rows with multipliers that are whole numbers without a common one."""
    steps = []
    for owner, variable, end, times in refutation.terms:
        if owner is None or not times:
            continue
        form = _cells_of(system, variable)
        if owner[0] == "definition":
            steps.append(Step("", Fraction(times), None, form, end, Fraction(0)))
            continue
        literal = system.literals[owner[0]]
        row = literal.rows[owner[1]]
        scale = abs(Fraction(row.scale))
        natural = tuple((cell, weight / row.scale) for cell, weight in form)
        turned = end if row.scale > 0 else 1 - end
        steps.append(Step(
            system.units[literal.unit].name, times * scale, row, natural, turned,
            Fraction(row.value) / row.scale,
        ))  # fmt: skip
    size = lcm(*(step.times.denominator for step in steps))
    shared = gcd(*(int(step.times * size) for step in steps))
    factor = Fraction(size, shared)
    return Certificate(tuple(
        Step(s.unit, s.times * factor, s.row, s.form, s.end, s.value) for s in steps
    ))  # fmt: skip


def _cells_of(system: System, variable: int) -> tuple[tuple[int, Fraction], ...]:
    return tuple((cell, Fraction(weight)) for cell, weight in system.form_of(variable).items())


# -- in words ----------------------------------------------------------------------------


def number(value: Fraction | int) -> str:
    """Return a number with thousands separators: exact where short, else to six digits."""
    value = Fraction(value)
    if value.denominator == 1:
        return f"{value.numerator:,}"
    for digits in range(1, 7):
        if (value * 10**digits).denominator == 1:
            return f"{float(value):,.{digits}f}"
    return f"{value.numerator:,}/{value.denominator:,}"


class Wording:
    """Says scopes and rows in the dossier's own words."""

    def __init__(self, words: Vocabulary, said: dict[str, str]):
        self.words = words
        self.said = said  # a claim's quote and source, or an assumption's reason

    def scope(self, scope: Scope) -> str:
        """Return a scope as side, measure, place, period."""
        texts = []
        for dimension, parts in zip(DIMENSIONS, scope, strict=True):
            if parts == (EACH,):
                continue
            text = self.words.say(dimension, parts)
            if text == "" and parts[0][0] in {"unknown", "widest"}:
                text = f"{dimension} not stated"
            if dimension == "period":
                text = text.replace("/", " to ")
            if text:
                texts.append(text)
        return ", ".join(texts)

    def lines(self, certificate: Certificate, names: dict[Scope, Form]) -> tuple[str, ...]:
        """Return the proof, a line for each row, then the sum and what is wrong with it.

        `names` has scopes in the certificate's cells: what is left of a sum is said with them.
        """
        left: dict[int, Fraction] = defaultdict(Fraction)
        low = high = Fraction(0)
        lines: list[str] = []
        taken: dict[tuple, list[Step]] = {}
        for step in certificate.steps:
            if step.unit:
                each = step.row is not None and _is_each(step.row)
                key = (
                    step.unit,
                    step.row and step.row.what,
                    step.end,
                    each or len(taken),
                    step.times,
                )
                taken.setdefault(key, []).append(step)
        for steps in taken.values():
            first = steps[0]
            total: dict[int, Fraction] = defaultdict(Fraction)
            for step in steps:
                for cell, weight in step.form:
                    total[cell] += weight
            lines.append(self._row(first, dict(total), names))
            sign = 1 if first.end == LOW else -1
            for cell, weight in total.items():
                left[cell] += sign * first.times * weight
            for step in steps:
                if step.end == LOW:
                    low += step.times * step.value
                else:
                    high += step.times * step.value
        for step in certificate.steps:
            if not step.unit:
                for cell, weight in step.form:
                    left[cell] += (1 if step.end == LOW else -1) * step.times * weight
        counted = [f"({n}) {line}" for n, line in enumerate(lines, 1)]
        return (*counted, *self._meaning(certificate, names), *self._end(certificate, low, high))

    def _row(self, step: Step, total: dict[int, Fraction], names: dict[Scope, Form]) -> str:
        row = step.row
        assert row is not None
        if row.what == "base":
            text = f"{self.scope(row.top)} is at least 1, or there would be no ratio"
            source = f"{step.unit}"
        else:
            text = self._relation(step, row, total, names)
            source = self.said.get(step.unit, step.unit)
        times = "" if step.times == 1 else f", taken {number(step.times)} times"
        return f"{source}: {text}{times}"

    def _relation(
        self, step: Step, row: Row, total: dict[int, Fraction], names: dict[Scope, Form]
    ) -> str:
        assert row.top is not None
        top, bottom = self.scope(row.top), row.bottom and self.scope(row.bottom)
        if _is_each(row):
            where = self._place_of(row, total, names)
            top, bottom = f"{top}{where}", bottom and f"{bottom}{where}"
        sense = "at least" if step.end == LOW else "at most"
        if row.what == "equal":
            return f"{top} and {bottom} are one scope, divided in two ways"
        if bottom:
            return f"{top} is {sense} {number(row.figure)} times {bottom}"
        return f"{top} is {sense} {number(row.figure)}"

    def _place_of(self, row: Row, total: dict[int, Fraction], names: dict[Scope, Form]) -> str:
        """Return where an assumption about every piece is used, in the words of a claim."""
        cells = {cell for cell, weight in total.items() if weight}
        best: tuple[int, str] | None = None
        for scope, form in names.items():
            if cells & form.keys():
                free = [n for n in range(4) if row.top and row.top[n] == (EACH,)]
                said = ", ".join(
                    text for n in free
                    if (text := self.scope(tuple(p if k == n else (EACH,) for k, p in enumerate(scope))))
                )  # fmt: skip
                if said and (best is None or len(cells ^ form.keys()) < best[0]):
                    best = (len(cells ^ form.keys()), said)
        return f", {best[1]}" if best else ""

    def _meaning(self, certificate: Certificate, names: dict[Scope, Form]) -> list[str]:
        """Return what the sum takes from the meaning of the words alone."""
        more: dict[Scope, Fraction] = defaultdict(Fraction)
        for step in certificate.steps:
            if step.row is None or _is_each(step.row) or step.row.top is None:
                continue
            sign = step.times if step.end == LOW else -step.times
            more[step.row.top] += sign
            if step.row.bottom is not None:
                factor = Fraction(1) if step.row.what == "equal" else Fraction(step.row.figure)
                more[step.row.bottom] -= sign * factor
        small = [s for s, weight in more.items() if weight > 0]
        large = [s for s, weight in more.items() if weight < 0]
        lines = []
        for inner in small:
            for outer in large:
                said = [
                    f"{self._part(n, inner)} is part of {self._part(n, outer)}"
                    for n in range(4)
                    if inner[n] != outer[n] and self._within(names, inner, outer)
                ]
                lines += [f"By meaning: {text}" for text in said]
        return list(dict.fromkeys(lines))

    def _within(self, names: dict[Scope, Form], inner: Scope, outer: Scope) -> bool:
        if inner not in names or outer not in names:
            return True
        return all(names[outer].get(cell, 0) >= weight for cell, weight in names[inner].items())

    def _part(self, n: int, scope: Scope) -> str:
        only = tuple(p if k == n else (EACH,) for k, p in enumerate(scope))
        text = self.scope(only)  # type: ignore[arg-type]
        return f"the {text}" if text.endswith("not stated") else text or DIMENSIONS[n]

    def _end(self, certificate: Certificate, low: Fraction, high: Fraction) -> list[str]:
        return [
            f"Added up, {number(low)} would have to be at most {number(high)}; "
            f"it is {number(low - high)} more. These cannot all be true as worded."
        ]


def _is_each(row: Row) -> bool:
    return row.top is not None and any(parts == (EACH,) for parts in row.top)
