"""Proofs that a person can check: exact sums that end in an impossibility, in words.

Each row of a proof is written as *less <= more*, with a letter for each scope: what a claim
says, what an assumption says, what a ratio presupposes, and what holds by meaning alone (a part
is at most its whole). The rows are multiplied and added up. What stands on both sides is taken
away, and what is left is a larger number that would have to be at most a smaller one. This is
Farkas's lemma, with whole numbers and fractions throughout.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from math import gcd, lcm

from bakhmut.base.basis import LOW
from bakhmut.base.sentences import quoted
from bakhmut.base.words import number
from bakhmut.dossier.parsing.notation import period_in_words
from bakhmut.dossier.tables import SCOPE as DIMENSIONS
from bakhmut.engine.proving.certificates import Certificate, Step
from bakhmut.engine.proving.sums import NUMBER, SumRow, added, short
from bakhmut.meaning.rows import Row
from bakhmut.meaning.space.boxes import Form
from bakhmut.meaning.systems import System
from bakhmut.meaning.vocabulary import EACH, UNSTATED, Scope, Vocabulary

OTHERWISE = "Read otherwise:"  # between the proofs of one conflict


class ProofWriter:
    """Says scopes and proofs in the dossier's own words."""

    def __init__(self, vocabulary: Vocabulary, said: dict[str, str], figures: dict[str, str]):
        self.vocabulary = vocabulary
        self.said = said  # a claim's quote and source, or an assumption's name
        self.figures = figures  # each claim's figure as printed

    def scope(self, scope: Scope) -> str:
        """Return a scope as side, measure, place, period."""
        return ", ".join(text for n in range(4) if (text := self._part(n, scope)))

    def _part(self, n: int, scope: Scope) -> str:
        parts = scope[n]
        if parts == (EACH,):
            return ""
        text = self.vocabulary.in_words(DIMENSIONS[n], parts)
        if not text and (parts[0].sort in {*UNSTATED, "widest"} or parts[0].name):
            return f"{DIMENSIONS[n]} not stated"
        return period_in_words(text) if n == 3 else text

    def lines(self, system: System, certificate: Certificate) -> tuple[str, ...]:
        """Return a proof: what the letters stand for, the rows, their sum, what is left of it."""
        sums = _Sums(system, self)
        rows = [sums.row(steps) for steps in _together(certificate)]
        rows = short(rows + sums.meaning(rows))
        letters = [f"{letter} = {words}" for words, letter in sums.letters.items()]
        numbered = [f"({n}) {row.said}: {row}" for n, row in enumerate(rows, 1)]
        return (*letters, *numbered, *added(rows))

    def differences(self, inner: Scope, outer: Scope) -> str:
        """Return in which way one scope lies within another."""
        said = []
        for n in range(4):
            if inner[n] != outer[n]:
                part, whole = (self._part(n, scope) for scope in (inner, outer))
                if inner[n][0][0] == "unknown":
                    said.append(f"a {part} is taken as part of the widest one, {whole}")
                else:
                    said.append(f"{part} is part of {whole}")
        return " and ".join(said)


def _together(certificate: Certificate) -> list[list[Step]]:
    """Return a proof's steps, those that an assumption takes piece by piece put together."""
    found: dict[tuple, list[Step]] = {}
    for n, step in enumerate(certificate.steps):
        if step.row is not None:
            each = _is_each(step.row)
            found.setdefault((step.premise, step.end, step.times, each or n), []).append(step)
    return list(found.values())


class _Sums:
    """Letters for scopes, and their counts as sums of a system's cells."""

    def __init__(self, system: System, wording: ProofWriter):
        self.system, self.wording = system, wording
        self.letters: dict[str, str] = {}
        self.forms: dict[str, Form] = {}
        self.scopes: dict[str, Scope] = {}
        self.names = {
            scope: {cell: weight * times for cell, weight in system.form_of(variable).items()}
            for scope, (variable, times) in system.watched.items()
        }

    def letter(self, scope: Scope, form: Form) -> str:
        """Return the letter of a scope with this count."""
        if any(parts == (EACH,) for parts in scope):
            fits = [s for s, f in self.names.items() if f == form and _fits(scope, s)]
            if fits:
                scope = fits[0]
        words = self.wording.scope(scope)
        known = self.letters.get(words)
        if known is None or self.forms[known] != form:
            if known is not None:
                words = f"{words} ({len(self.letters) + 1})"
            known = self.letters.setdefault(words, _letter(len(self.letters)))
            self.forms[known], self.scopes[known] = form, scope
        return known

    def row(self, steps: list[Step]) -> SumRow:
        """Return one line of the proof."""
        first = steps[0]
        row = first.row
        assert row is not None and row.top is not None
        top, bottom = self._sides(steps)
        above = {self.letter(row.top, top): Fraction(1)}
        figure = Fraction(row.figure)
        if row.what == "base":
            said = f"{first.premise}, as a ratio is of something"
        else:
            said = self.wording.said.get(first.premise, first.premise) + self._read_as(
                first.premise
            )
            said += self._stands_for(first.premise, row)
        if row.bottom is None:
            below = {NUMBER: figure}
        elif row.what == "difference":
            below = {self.letter(row.bottom, bottom): Fraction(1)}
            (below if figure > 0 else above)[NUMBER] = abs(figure)
        else:
            times = Fraction(1) if row.what == "equal" else figure
            below = {self.letter(row.bottom, bottom): times} if times else {}
        less, more = (below, above) if first.end == LOW else (above, below)
        return SumRow(said, less, more, first.times, row.reached)

    def _stands_for(self, name: str, row: Row) -> str:
        """Return which end of a rounded figure, or of "about", a row takes."""
        one = next(premise for premise in self.system.premises if premise.name == name).readings[0]
        printed = self.wording.figures.get(name, "")
        if row.what not in {"count", "ratio", "difference"} or not one.bare or not printed:
            return ""
        share = "%" in printed
        end = number(Fraction(row.figure) * (100 if share else 1), exact=True) + (
            " %" if share else ""
        )
        how = "at least" if row.is_low else "at most" if row.reached else "less than"
        return f", where {printed} stands for {how} {end}"

    def _read_as(self, name: str) -> str:
        """Return how a claim of several readings is read here."""
        premise = next(premise for premise in self.system.premises if premise.name == name)
        if len(premise.readings) != 1:
            return ""
        said = [
            f"{quoted(variable.word)} as {quoted(reading)}"
            if variable.kind == "term"
            else quoted(reading)
            for variable, reading in premise.readings[0].choices
        ]
        return f", read as: {', '.join(said)}" if said else ""

    def _sides(self, steps: list[Step]) -> tuple[Form, Form]:
        """Return what a row's top and bottom count, all its pieces together."""
        top: Form = defaultdict(int)
        bottom: Form = defaultdict(int)
        for step in steps:
            row = step.row
            assert row is not None and row.top is not None
            if row.compared is None:
                # A scope in which nothing can lie has no cells, and no system watches it.
                pairs = [(top, self.names.get(row.top, {}))]
                if row.bottom is not None:
                    pairs.append((bottom, self.names.get(row.bottom, {})))
            else:
                pairs = [
                    (side, {c: w * times for c, w in self.system.form_of(v).items()})
                    for side, (v, times) in zip((top, bottom), row.compared, strict=True)
                ]
            for side, form in pairs:
                for cell, weight in form.items():
                    side[cell] += weight
        return dict(top), dict(bottom)

    def meaning(self, rows: list[SumRow]) -> list[SumRow]:
        """Return the rows that hold by meaning and make the rest cancel out."""
        left: dict[str, Fraction] = defaultdict(Fraction)
        for row in rows:
            for side, sign in ((row.less, 1), (row.more, -1)):
                for letter, times in side.items():
                    left[letter] += sign * times * row.times
        wholes = {k: v for k, v in left.items() if v > 0 and k != NUMBER}
        parts = {k: -v for k, v in left.items() if v < 0 and k != NUMBER}
        found = []
        for part in list(parts):
            if not self.forms[part]:
                said = f"by meaning, nothing is left for {part}"
                found.append(SumRow(said, {part: Fraction(1)}, {}, parts.pop(part)))
                continue
            for whole in wholes:
                times = min(parts[part], wholes[whole])
                if times and self._holds({part: Fraction(1)}, {whole: Fraction(1)}):
                    reason = self.wording.differences(self.scopes[part], self.scopes[whole])
                    one = {part: Fraction(1)}
                    found.append(SumRow(f"by meaning, {reason}", one, {whole: Fraction(1)}, times))
                    parts[part] -= times
                    wholes[whole] -= times
        parts, wholes = ({k: v for k, v in side.items() if v} for side in (parts, wholes))
        if parts and not self._holds(parts, wholes):  # pairs taken one by one led astray
            parts = {k: -v for k, v in left.items() if v < 0 and k != NUMBER}
            wholes = {k: v for k, v in left.items() if v > 0 and k != NUMBER}
            found = []
        found += self._pairs(parts, wholes)
        if any(parts.values()):
            parts, wholes = ({k: v for k, v in side.items() if v} for side in (parts, wholes))
            both = (*parts.values(), *wholes.values())
            size = Fraction(lcm(*(v.denominator for v in both)))
            size /= gcd(*(int(v * size) for v in both))
            less, more = ({k: v * size for k, v in side.items()} for side in (parts, wholes))
            said = "by meaning, each piece on the left is on the right at least as often"
            found.append(SumRow(said, less, more, 1 / size))
        return found

    def _pairs(self, parts: dict[str, Fraction], wholes: dict[str, Fraction]) -> list[SumRow]:
        """Take facts about two parts of a whole, or a whole of two, out of what must cancel.

        Each is plain at sight, which their sum is not. One is taken only if the rest still holds.
        """
        found = []
        for side, other, inward in ((parts, wholes, True), (wholes, parts, False)):
            for pair in combinations(list(side), 2):
                for one in list(other):
                    times = min(*(side[letter] for letter in pair), other[one])
                    two, single = dict.fromkeys(pair, Fraction(1)), {one: Fraction(1)}
                    less, more = (two, single) if inward else (single, two)
                    if not times or not self._holds(less, more):
                        continue
                    taken = {k: v - times * (k in less) for k, v in parts.items()}
                    left = {k: v - times * (k in more) for k, v in wholes.items()}
                    if self._holds(taken, left):
                        parts |= taken
                        wholes |= left
                        said = f"{pair[0]} and {pair[1]} lie in {one} and do not overlap"
                        if not inward:
                            said = f"all of {one} lies in {pair[0]} or in {pair[1]}"
                        found.append(SumRow(f"by meaning, {said}", less, more, times))
        return found

    def _holds(self, less: dict[str, Fraction], more: dict[str, Fraction]) -> bool:
        """Return whether less <= more for any cells, decided exactly."""
        size = lcm(*(v.denominator for v in (*less.values(), *more.values())))
        form: Form = defaultdict(int)
        for side, sign in ((less, 1), (more, -1)):
            for letter, times in side.items():
                for cell, weight in self.forms[letter].items():
                    form[cell] += sign * int(times * size) * weight
        if not self.system.definitions:
            return all(weight <= 0 for weight in form.values())
        tableau = self.system.simplex()
        gap = tableau.add_form({cell: weight for cell, weight in form.items() if weight})
        return tableau.maximise(gap)[0] == 0


def _fits(each: Scope, scope: Scope) -> bool:
    return all(parts in ((EACH,), own) for parts, own in zip(each, scope, strict=True))


def _letter(n: int) -> str:
    return chr(ord("A") + n) if n < 26 else f"A{n - 25}"


def _is_each(row: Row) -> bool:
    return row.top is not None and any(parts == (EACH,) for parts in row.top)


def split_lines(lines: Sequence[str]) -> tuple[list[list[str]], str]:
    """Return a proof's lines, one list for each reading that it is worked out for, and a remark.

    >>> split_lines(["1 ≤ 0.", "Read otherwise:", "2 ≤ 0.", "Under 3 more readings"])
    ([['1 ≤ 0.'], ['2 ≤ 0.']], 'Under 3 more readings')
    """
    parts: list[list[str]] = [[]]
    remark = ""
    for line in lines:
        if line == OTHERWISE:
            parts.append([])
        elif re.match(r"Under (one|\d+) more readings?\b", line):
            remark = line
        else:
            parts[-1].append(line)
    return [part for part in parts if part], remark
