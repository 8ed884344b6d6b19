"""Readings to linear rows: the systems of bounds that the engine decides.

Claims that share no cell cannot contradict each other, so a dossier falls into *systems*, one
for each set of claims and assumptions that are linked by cells. Within a system each claim has
one *literal* for each of its readings: the rows that hold if the claim does, so read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, reduce
from itertools import count, permutations
from math import lcm
from operator import or_

from bakhmut.base.basis import HIGH, LOW
from bakhmut.base.simplex import Simplex
from bakhmut.dossier.claims import DossierError
from bakhmut.meaning.readings import Premise, as_widest, choices_of, known
from bakhmut.meaning.rows import (
    Draft,
    DraftRow,
    Literal,
    Row,
    divided,
    draft_rows,
    form_of,
    moved_row,
    says_something,
    scopes_of,
)
from bakhmut.meaning.space.boxes import Box, Cells, EachPair, Form, boxes
from bakhmut.meaning.space.cells import build_cells
from bakhmut.meaning.space.chained import linking_boxes
from bakhmut.meaning.space.divisions import Groups
from bakhmut.meaning.space.forms import Forms, merge_cells, merge_numbered
from bakhmut.meaning.space.pieces import Space, Widest
from bakhmut.meaning.vocabulary import EACH, Choice, Choices, Scope, Vocabulary

# Numbers this many times as large as those in the rows are still quicker than fractions.
MOST_GRAIN = 1 << 64


@dataclass(eq=False)
class System:
    """Premises linked by cells: forms over cells, literals of each, definitions (forms = 0)."""

    cells: int
    forms: list[Form]
    premises: list[Premise]
    literals: list[Literal]
    by_premise: list[list[Literal]]
    definitions: list[int]
    # Scopes asked about: a variable, and how many times it the scope's count is.
    watched: dict[Scope, tuple[int, int]] = field(default_factory=dict)
    _masks: dict[int, tuple[tuple[int, int], ...]] = field(default_factory=dict)

    @cached_property
    def grain(self) -> int:
        """How many times as large all bounds are kept in the simplex, to be whole numbers."""
        grain = lcm(*{row.value.denominator for one in self.literals for row in one.rows})
        return grain if grain < MOST_GRAIN else 1

    def simplex(self) -> Simplex:
        """Return the exact simplex over the cells and forms, bound by the definitions alone."""
        tableau = Simplex(self.cells, grain=self.grain)
        for form in self.forms:
            tableau.add_form(form)
        for variable in self.definitions:
            for end in (LOW, HIGH):
                tableau.set_bound(variable, end, 0, ("definition", variable))
        return tableau

    def form_of(self, variable: int) -> Form:
        """Return the form that a variable of the tableau stands for."""
        return {variable: 1} if variable < self.cells else self.forms[variable - self.cells]

    def masks_of(self, variable: int) -> tuple[tuple[int, int], ...]:
        """Return a variable's form as weights, each with its cells as the bits of a number."""
        if variable not in self._masks:
            bits: dict[int, int] = {}
            for cell, weight in self.form_of(variable).items():
                bits[weight] = bits.get(weight, 0) | 1 << cell
            self._masks[variable] = tuple(bits.items())
        return self._masks[variable]

    def held_by(self, variable: int) -> int:
        """Return the cells that a variable's form has, as the bits of a number."""
        return reduce(or_, (mask for _, mask in self.masks_of(variable)), 0)

    def cells_of(self, literal: Literal) -> int:
        """Return the cells that a literal's rows have, as the bits of a number."""
        return reduce(or_, (self.held_by(row.variable) for row in literal.rows), 0)

    def defining(self, variables: Iterable[int]) -> list[int]:
        """Return the definitions that the cells of some variables lie in, or each other's."""
        held = reduce(or_, map(self.held_by, variables), 0)
        waiting = dict.fromkeys(self.definitions)
        found: list[int] = []
        while linked := [v for v in waiting if held & self.held_by(v)]:
            for variable in linked:
                del waiting[variable]
                held |= self.held_by(variable)
            found += linked
        return found

    @cached_property
    def later(self) -> dict[int, int]:
        """Return for each literal those that count the same scope for its origin on a later day.

        Sets of literals are the bits of a number. What restates another is no new count.
        """
        counts: dict[tuple[str, Scope], list[tuple[Literal, Premise]]] = defaultdict(list)
        for literal in self.literals:
            premise = self.premises[literal.premise]
            scope = next((r.top for r in literal.rows if r.what == "count"), None)
            if premise.days and scope:
                counts[premise.origin, scope].append((literal, premise))
        found: dict[int, int] = defaultdict(int)
        for some in counts.values():
            for (one, premise), (other, newer) in permutations(some, 2):
                assert premise.days and newer.days
                if premise.days[1] < newer.days[0] and premise.root != newer.root:
                    found[one.number] |= 1 << other.number
        return found

    @cached_property
    def variables(self) -> dict[Choice, tuple[str, ...]]:
        """Return the choices of the system, each with its readings."""
        return choices_of(self.literals)


def build_systems(
    premises: list[Premise],
    vocabulary: Vocabulary,
    *,
    watch: Iterable[Scope] = (),
    linked: Iterable[tuple[Scope, Scope]] = (),
    widest: Widest | None = None,
    stated: bool = True,
    variable_figures: bool = False,
) -> list[System]:
    """Return the systems of a dossier's claims and assumptions.

    Parameters
    ----------
    premises
        Claims, then the assumptions in force.
    vocabulary
        What the dossier's words mean.
    watch
        Further scopes whose cells are wanted, so that bounds on them can be asked for.
    linked
        Pairs of watched scopes that are wanted in one system, although no claim links them.
    widest
        The widest parts of the whole dossier, where the premises are only some of its claims.
    stated
        False to take what is not stated as the widest (or as one and the same): what is then
        found rests on assuming more than the text says.
    variable_figures
        Keep what each ratio compares, so that its figure can be changed later.
    """
    if not stated:
        premises = [as_widest(premise) for premise in premises]
        watch = [known(scope) for scope in watch]
    watch = list(watch)
    scopes = [s for u in premises for a in u.readings for s in scopes_of(a)]
    space = Space(vocabulary, [*scopes, *watch], widest=widest)
    watch = list(dict.fromkeys(space.replace_widest(scope) for scope in watch))
    pairs: dict[int, tuple[int, int]] = {}
    each = []
    wanted: dict[Box, None] = {}
    numbers = count()
    for u, premise in enumerate(premises):
        for a, one in enumerate(premise.readings):
            tops = [space.replace_widest(s) for s in scopes_of(one)]
            if any((EACH,) in scope for scope in tops):
                _check_each(premise, tops)
                number = next(numbers)
                pairs[number] = (u, a)
                below = tuple(boxes(tops[1])) if one.bottom else ()
                each.append(EachPair(number, tuple(boxes(tops[0])), below))
            elif says_something(one):
                for scope in tops:
                    for box in boxes(scope):
                        wanted[box] = None
    wanted.update(dict.fromkeys(b for s in watch for b in boxes(s)))
    wanted.update(dict.fromkeys(linking_boxes(space, each, wanted)))
    cells = build_cells(space, wanted, each)
    drafts = draft_rows(premises, space, cells, pairs)
    pairs_linked = [(space.replace_widest(a), space.replace_widest(b)) for a, b in linked]
    return _split(premises, drafts, cells, watch, linked=pairs_linked, keep=variable_figures)


def _check_each(premise: Premise, scopes: list[Scope]) -> None:
    patterns = {tuple(parts == (EACH,) for parts in scope) for scope in scopes}
    if len(patterns) > 1:
        raise DossierError([
            f"assumptions.csv: {premise.name!r} has 'each' in a column of its numerator or its "
            "denominator alone; allowed: 'each' in both"
        ])  # fmt: skip


def _split(
    premises: list[Premise],
    drafts: list[Draft],
    cells: Cells,
    watch: list[Scope],
    *,
    linked: list[tuple[Scope, Scope]],
    keep: bool,
) -> list[System]:
    groups: Groups[int] = Groups()
    find, leader = groups.find, groups.leader

    def link(form: Iterable[int], first: int | None) -> int | None:
        for cell in form:
            if first is None:
                first = find(cell)
            elif leader.get(cell) != first:  # most are linked already
                first = groups.link(cell, first)
        return first

    home: dict[int, int | None] = {}
    for draft in drafts:
        alone = premises[draft.premise].is_assumption
        own = None if alone else home.get(draft.premise)
        forms = {id(row.form): row.form for row in draft.rows}
        for form in forms.values():
            own = link(form, own)
        if not alone:
            home[draft.premise] = own
    for form in cells.definitions:
        link(form, None)
    cache: dict[Scope, Form] = {}
    watched = {scope: form_of(scope, cells, cache) for scope in watch}
    for form in watched.values():
        link(form, None)
    for one, other in linked:
        link([*watched[one], *watched[other]], None)
    grouped: dict[object, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if not draft.rows:
            continue
        first = next((cell for row in draft.rows for cell in row.form), home.get(draft.premise))
        grouped[("empty", draft.premise) if first is None else find(first)].append(draft)
    definitions: dict[int, list[Form]] = defaultdict(list)
    for form in cells.definitions:
        definitions[find(next(iter(form)))].append(form)
    asked: dict[object, dict[Scope, Form]] = defaultdict(dict)
    for scope, form in watched.items():
        if form:
            asked[find(next(iter(form)))][scope] = form
    return [
        _system(
            premises,
            some,
            definitions.get(key, []) if isinstance(key, int) else [],
            asked[key],
            keep=keep,
        )
        for key, some in grouped.items()
        if any(not premises[draft.premise].is_assumption for draft in some)
    ]


def _system(
    premises: list[Premise],
    drafts: list[Draft],
    definitions: list[Form],
    watch: dict[Scope, Form],
    *,
    keep: bool,
) -> System:
    rows = [row for draft in drafts for row in draft.rows]
    compared = [side for row in rows for side in row.compared] if keep else []
    table = merge_cells([*(row.form for row in rows), *definitions, *watch.values(), *compared])
    system = System(table.cells, table.forms, [], [], [], [])
    local: dict[int, int] = {}
    # `each` compares piece by piece: the pieces of one reading belong to one literal.
    together: dict[tuple[int, Choices, bool], list[Row]] = {}
    for draft in drafts:
        local.setdefault(draft.premise, len(local))
        held = together.setdefault((draft.premise, draft.choices, draft.about), [])
        held += [_row(row, table, keep=keep) for row in draft.rows]
    system.premises = [premises[premise] for premise in local]
    system.by_premise = [[] for _ in local]
    for (premise, choices, about), held in together.items():
        literal = Literal(len(system.literals), local[premise], choices, tuple(held), about)
        system.literals.append(literal)
        system.by_premise[literal.premise].append(literal)
    for place, (premise, literals) in enumerate(
        zip(system.premises, system.by_premise, strict=True)
    ):
        # A reading under which a premise says nothing here still is one of its readings.
        if len(premise.readings) == 1:
            continue
        have = {literal.choices for literal in literals}
        for one in premise.readings:
            if one.choices not in have:
                literal = Literal(len(system.literals), place, one.choices, (), False)
                system.literals.append(literal)
                literals.append(literal)
    system.definitions = [table.of(form)[0] for form in definitions]
    system.watched = {scope: table.of(form) for scope, form in watch.items()}
    return system


def _row(row: DraftRow, table: Forms, *, keep: bool) -> Row:
    """Return a row about the variable that stands for its form."""
    variable, weight = table.of(row.form)
    scale: Fraction | int = row.figure.denominator if row.what == "ratio" else 1
    end = row.end if weight > 0 else 1 - row.end
    both = tuple(map(table.of, row.compared)) if keep and row.compared else None
    return Row(
        variable, end, divided(row.value, weight), row.what, row.figure, row.top, row.bottom,
        divided(scale, weight), both, row.reached,  # type: ignore[arg-type]
    )  # fmt: skip


def part_of(system: System, numbers: Iterable[int]) -> tuple[System, list[int]]:
    """Return the system of only some literals, and their numbers in the whole one.

    Cells that these literals no longer tell apart are merged, so that what is asked of a small
    part of a large dossier costs little.
    """
    numbers = sorted(numbers)
    literals = [system.literals[n] for n in numbers]
    forms = {row.variable: system.form_of(row.variable) for one in literals for row in one.rows}
    forms |= {variable: system.form_of(variable) for variable in system.defining(forms)}
    table = merge_numbered(forms, system.masks_of)
    premises = list(dict.fromkeys(one.premise for one in literals))
    place = {premise: n for n, premise in enumerate(premises)}
    part = System(table.cells, table.forms, [system.premises[u] for u in premises], [], [], [])
    part.by_premise = [[] for _ in premises]
    for one in literals:
        moved = tuple(moved_row(row, *table.variable[row.variable]) for row in one.rows)
        literal = one._replace(number=len(part.literals), premise=place[one.premise], rows=moved)
        part.literals.append(literal)
        part.by_premise[literal.premise].append(literal)
    part.definitions = [table.variable[v][0] for v in system.definitions if v in forms]
    return part, numbers
