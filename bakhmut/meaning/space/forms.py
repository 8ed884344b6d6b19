"""Sums of cells as variables of a tableau: cells that no sum tells apart are one cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from math import gcd

from bakhmut.meaning.space.boxes import Form

# Of so few forms cells are told apart by the bits of numbers, which costs next to nothing.
FEW_FORMS = 64
Masks = tuple[tuple[int, int], ...]  # weights, each with its cells as the bits of a number


def merge_cells(forms: Iterable[Form]) -> Forms:
    """Return forms as variables over the cells that they tell apart."""
    numbers: dict[tuple, int] = {}
    number_of: dict[int, int] = {}
    for form in forms:  # one form stands in many rows, mostly as one object
        if id(form) not in number_of:
            key = tuple(sorted(form.items())) if len(form) > 1 else tuple(form.items())
            number_of[id(form)] = numbers.setdefault(key, len(numbers))
    columns = columns_of((number, items) for items, number in numbers.items())
    table = Forms(columns.values(), numbers.values())
    table.known_as = number_of
    return table


def merge_numbered(forms: Mapping[int, Form], masks_of: Callable[[int], Masks]) -> Forms:
    """Return what `merge_cells` does for forms that differ, each by a number of its own."""
    if len(forms) > FEW_FORMS:
        held = columns_of((number, form.items()) for number, form in forms.items())
        return Forms(held.values(), forms)
    # One cell stands for all that lie in the same forms, as often in each.
    first = _first_cells([masks_of(number) for number in forms])
    columns = ([(n, form[cell]) for n, form in forms.items() if cell in form] for cell in first)
    return Forms(columns, forms)


def columns_of(
    forms: Iterable[tuple[int, Iterable[tuple[int, int]]]],
) -> dict[int, list[tuple[int, int]]]:
    """Return for each cell the forms, given by number, in which it is, with its weight there."""
    columns: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for number, form in forms:
        for cell, weight in form:
            columns[cell].append((number, weight))
    return columns


def told_apart(forms: Iterable[Masks]) -> list[int]:
    """Return the sets of cells that forms do not tell apart, each as the bits of a number.

    A form is given as weights, each with its cells.
    """
    apart: list[int] = []
    held = 0
    for form in forms:
        for _, mask in form:
            fresh = mask & ~held
            split = [fresh] if fresh else []
            for some in apart:
                inside = some & mask
                split += [inside, some ^ inside] if inside and inside != some else [some]
            apart = split
            held |= mask
    return apart


def _first_cells(forms: list[Masks]) -> list[int]:
    """Return one of each set of cells that forms do not tell apart, as each is first met."""
    met = ((next(n for n, form in enumerate(forms) if any(some & m for _, m in form)), some)
           for some in told_apart(forms))  # fmt: skip
    found = [(n, (some & -some).bit_length() - 1) for n, some in met]
    return [cell for _, cell in sorted(found)]


class Forms:
    """The distinct forms of a system, up to a factor; a single cell needs no form.

    Cells with the same weight in every form (a column of form and weight) are one cell.
    """

    def __init__(self, columns: Iterable[list[tuple[int, int]]], numbers: Iterable[int]):
        merged = dict.fromkeys(map(tuple, columns))
        rows: dict[int, Form] = {number: {} for number in numbers}
        for cell, column in enumerate(merged):
            for number, weight in column:
                rows[number][cell] = weight
        self.cells = len(merged)
        self.forms: list[Form] = []
        self._known: dict[tuple, int] = {}
        self.variable = {number: self._add(form) for number, form in rows.items()}
        self.known_as: dict[int, int] = {}

    def of(self, form: Form) -> tuple[int, int]:
        """Return the variable that stands for a form, and how many times it the form is."""
        return self.variable[self.known_as[id(form)]]

    def _add(self, form: Form) -> tuple[int, int]:
        """Return a variable and a factor for a form with its cells in order."""
        if not form:
            return self._number((), {}), 1
        first = next(iter(form))
        if len(form) == 1:
            return first, form[first]
        shared = gcd(*form.values())
        if form[first] < 0:
            shared = -shared
        if shared != 1:
            form = {cell: weight // shared for cell, weight in form.items()}
        return self._number(tuple(form.items()), form), shared

    def _number(self, key: tuple, form: Form) -> int:
        if key not in self._known:
            self._known[key] = self.cells + len(self.forms)
            self.forms.append(form)
        return self._known[key]
