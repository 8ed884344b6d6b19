"""The sum that refutes: rows and multipliers, checked without the solver.

Every step says that a form is at least or at most a number. Multiplied and added up they leave
what cannot be: this is Farkas's lemma, with whole numbers and fractions throughout.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

from bakhmut.base.basis import LOW
from bakhmut.base.simplex import Refutation
from bakhmut.meaning.rows import Row
from bakhmut.meaning.systems import System


@dataclass(frozen=True)
class Step:
    """One row of a proof with its multiplier; `premise` is empty for a definition."""

    premise: str
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

    def apart(self) -> Fraction | None:
        """Return by how many the counts miss each other, None where more than counts is added."""
        said = [step for step in self.steps if step.row is not None]
        counts = {"count", "difference"}
        if any(step.row.what not in counts or step.times != 1 for step in said if step.row):
            return None
        figures = [Fraction(step.row.figure) for step in said if step.row]
        ends = [step.end for step in said]
        return sum(
            (f if end == LOW else -f for f, end in zip(figures, ends, strict=True)), Fraction(0)
        )


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
            system.premises[literal.premise].name, times * scale, row, natural, turned,
            Fraction(row.value) / row.scale,
        ))  # fmt: skip
    # In the order of the claims, so that one conflict always reads the same.
    order = {premise.name: n for n, premise in enumerate(system.premises)}
    steps.sort(
        key=lambda s: (order.get(s.premise, len(order)), s.row is not None and s.row.what == "base")
    )
    size = lcm(*(step.times.denominator for step in steps))
    shared = gcd(*(int(step.times * size) for step in steps))
    factor = Fraction(size, shared)
    return Certificate(tuple(
        Step(s.premise, s.times * factor, s.row, s.form, s.end, s.value) for s in steps
    ))  # fmt: skip


def _cells_of(system: System, variable: int) -> tuple[tuple[int, Fraction], ...]:
    return tuple((cell, Fraction(weight)) for cell, weight in system.form_of(variable).items())
