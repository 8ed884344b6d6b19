"""Boxes that can overlap, cut into cells.

A *box* is one part in each dimension (side x measure x place x period), a *cell* a piece that
every box either holds whole or not at all. Cells that lie in exactly the same boxes are one cell.
Only boxes that can overlap are ever compared, so that a dossier of many small stories costs no
more than its stories one by one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod

from bakhmut.dossier.claims import DossierError
from bakhmut.meaning.space.divisions import Groups
from bakhmut.meaning.space.pieces import DATED, Space
from bakhmut.meaning.vocabulary import EACH, Part, Scope

Box = tuple[Part, Part, Part, Part]
Form = dict[int, int]
MOST_BOXES = 10_000
MOST_CELLS = 4_000_000


@dataclass
class Cells:
    """The cells of a set of boxes.

    `of` gives for each box its cells; `definitions` are forms that are 0 by meaning alone
    (sub-cells less the cells that they make up); `each` has what an assumption compares in one
    piece: its number, the top and the bottom form, and whether each of them is all there is.
    """

    count: int = 0
    of: dict[Box, tuple[int, ...]] = field(default_factory=dict)
    definitions: list[Form] = field(default_factory=list)
    each: list[tuple[int, Form, Form, bool, bool]] = field(default_factory=list)
    # One piece in each dimension that stands for a cell; only where sub-cells need to know.
    piece: dict[int, tuple[object, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class EachPair:
    """An assumption that holds in every piece of some dimensions: top and bottom boxes."""

    number: int
    top: tuple[Box, ...]
    bottom: tuple[Box, ...]


def boxes(scope: Scope) -> list[Box]:
    """Return the boxes whose counts add up to a scope's."""
    sides, measures, places, periods = scope
    if len(sides) == len(measures) == len(places) == len(periods) == 1:
        return [(sides[0], measures[0], places[0], periods[0])]
    size = 1
    for parts in scope:
        size *= len(parts)
    if size > MOST_BOXES:
        raise DossierError([
            f"terms.csv: one scope is a sum of {size:,} pieces; allowed: at most {MOST_BOXES:,}"
        ])  # fmt: skip
    return list(product(sides, measures, places, periods))


class Grid:
    """Boxes grouped so that only boxes of one group can share cells or be paired by `each`."""

    def __init__(self, space: Space, plain: Iterable[Box], each: list[EachPair]):
        self.space, self.each = space, each
        sides, measures, places, periods = (pieces.group for pieces in space.pieces)
        self.key = {
            (s, m, p, t): (
                sides[s], measures[m], places[p], DATED if t in space.dates else periods[t]
            )
            for s, m, p, t in plain
        }  # fmt: skip
        keys = dict.fromkeys(self.key.values())
        self.linked: Groups[tuple] = Groups()
        for key in keys:
            self.linked.find(key)
        for pair in each:
            for top, bottom in product(pair.top, pair.bottom):
                self._link(space, top, bottom)

    def _link(self, space: Space, top: Box, bottom: Box) -> None:
        """Group together what an assumption compares piece by piece."""
        fixed = [n for n in range(4) if top[n] != EACH]
        try:
            high = {n: space.group(n, top[n]) for n in fixed}
            low = {n: space.group(n, bottom[n]) for n in fixed}
        except KeyError:  # a word that no claim uses
            return
        for key in list(self.linked.leader):
            if all(key[n] == high[n] for n in fixed):
                other = tuple(low.get(n, key[n]) for n in range(4))
                if other in self.linked.leader:
                    self.linked.link(other, key)

    def find(self, key: tuple) -> tuple:
        """Return the key that speaks for the group of a key."""
        return self.linked.find(key)

    def groups(self) -> Iterator[list[Box]]:
        """Yield the boxes of each group."""
        found: dict[tuple, list[Box]] = defaultdict(list)
        for box, key in self.key.items():
            found[self.find(key)].append(box)
        yield from found.values()

    def concerned(self, group: list[Box]) -> list[EachPair]:
        """Return the assumptions of which the top or the bottom can lie in a group's boxes."""
        if not self.each:
            return []
        keys = {self.key[box] for box in group}
        return [
            pair for pair in self.each
            if any(self._meets(box, key) for box in (*pair.top, *pair.bottom) for key in keys)
        ]  # fmt: skip

    def _meets(self, box: Box, key: tuple) -> bool:
        return all(
            part == EACH or self.space.group(n, part) == key[n] for n, part in enumerate(box)
        )


def tell_apart(space: Space, group: list[Box], cells: Cells) -> None:
    """Add the cells of a group: one for each set of boxes that overlap outside all others."""
    if len(group) == 1:
        cells.of[group[0]] = (cells.count,) if _has_pieces(space, group[0], 0) else ()
        cells.count += len(cells.of[group[0]])
        return
    found: dict[tuple[int, ...], None] = {}
    total = 0
    waiting = [(0, list(range(len(group))))]
    while waiting:
        n, together = waiting.pop()
        if n < 4 and len(together) > 1:
            waiting.extend((n + 1, some) for some in _apart(space, group, together, n))
            continue
        if n < 4 and not _has_pieces(space, group[together[0]], n):
            continue
        found[tuple(sorted(together))] = None
        total += len(together)
        if total > MOST_CELLS:
            raise DossierError([
                f"claims.csv: {len(group):,} claims overlap in more than {MOST_CELLS:,} pieces; "
                "allowed: fewer; check the dossier in parts"
            ])  # fmt: skip
    held: list[list[int]] = [[] for _ in group]
    for number, together in enumerate(found, start=cells.count):
        for box in together:
            held[box].append(number)
    cells.count += len(found)
    for box, some in zip(group, held, strict=True):
        cells.of[box] = tuple(some)


def _apart(space: Space, group: list[Box], together: list[int], n: int) -> Iterable[list[int]]:
    """Return the sets of boxes that lie in one piece of a dimension, each once."""
    holders: dict[Part, list[int]] = {}
    for box in together:
        holders.setdefault(group[box][n], []).append(box)
    if len(holders) == 1:
        return [together] if _pieces_of(space, n, next(iter(holders))) else []
    inside: dict[object, list[int]] = defaultdict(list)
    dated = {part: space.dates[part] for part in holders if n == 3 and part in space.dates}
    cuts = sorted({day for spans in dated.values() for span in spans for day in span})
    place = {day: k for k, day in enumerate(cuts)}
    for part, boxes_ in holders.items():
        if part in dated:
            for first, last in dated[part]:
                for k in range(place[first], place[last]):
                    inside[k].extend(boxes_)
        else:
            for piece in space.pieces[n].of.get(part, ()):
                inside[piece].extend(boxes_)
    return {tuple(some): some for some in inside.values()}.values()


def _has_pieces(space: Space, box: Box, n: int) -> bool:
    """Return whether a box has pieces in each dimension from a number on."""
    return all([_pieces_of(space, k, box[k]) for k in range(n, 4)])


def _pieces_of(space: Space, n: int, part: Part) -> Sequence[object]:
    return space.dates[part] if n == 3 and part in space.dates else space.pieces[n].of.get(part, ())


def masks_of(space: Space, group: list[Box], extra: Iterable[tuple[int, Part]] = ()) -> list[dict]:
    """Return for each dimension the pieces of a group of boxes, each with the boxes it is in.

    The boxes are the bits of a number. `extra` parts get bits of their own, beyond the boxes',
    so that pieces inside and outside them are told apart.
    """
    masks: list[dict[object, int]] = [{}, {}, {}, {}]
    spans: list[tuple[int, int, int]] = []
    holders: list[dict[Part, int]] = [{}, {}, {}, {}]
    for bit, box in enumerate(group):
        for n, part in enumerate(box):
            holders[n][part] = holders[n].get(part, 0) | 1 << bit
    for bit, (n, part) in enumerate(extra, start=len(group)):
        holders[n][part] = holders[n].get(part, 0) | 1 << bit
    for n, parts in enumerate(holders):
        mask = masks[n]
        for part, bits in parts.items():
            if n == 3 and part in space.dates:
                spans.extend((*span, bits) for span in space.dates[part])
                continue
            for piece in space.pieces[n].of.get(part, ()):
                mask[piece] = mask.get(piece, 0) | bits
    if spans:
        cuts = sorted({day for first, last, _ in spans for day in (first, last)})
        place = {day: k for k, day in enumerate(cuts)}
        stretches = [0] * len(cuts)
        for first, last, bits in spans:
            for k in range(place[first], place[last]):
                stretches[k] |= bits
        masks[3].update({(cuts[k], cuts[k + 1]): m for k, m in enumerate(stretches) if m})
    return masks


def cut(space: Space, group: list[Box], cells: Cells, *, each: list[EachPair]) -> None:
    """Add the cells of one group of boxes with their pieces, and what `each` says of them."""
    extra = parts_of(each)
    masks = masks_of(space, group, extra)
    classes = [{bits: piece for piece, bits in reversed(mask.items())} for mask in masks]
    size = prod(map(len, classes))
    if size > MOST_CELLS:
        raise DossierError([
            f"claims.csv: {len(group):,} claims overlap in {size:,} pieces; "
            f"allowed: at most {MOST_CELLS:,}; check the dossier in parts"
        ])  # fmt: skip
    held: list[list[int]] = [[] for _ in group]
    numbers: dict[tuple, int] = {}
    for at, bits in _overlaps(classes, (1 << len(group)) - 1):
        number = numbers[at] = cells.count
        cells.count += 1
        cells.piece[number] = tuple(classes[n][at[n]] for n in range(4))
        while bits:
            lowest = bits & -bits
            held[lowest.bit_length() - 1].append(number)
            bits ^= lowest
    for box, some in zip(group, held, strict=True):
        cells.of[box] = tuple(some)
    pair_up(each, numbers, bits_of_parts(extra, group), classes, cells)


def _overlaps(classes: list[dict[int, object]], inside: int) -> Iterator[tuple[tuple, int]]:
    """Return each combination of pieces that lies in some box, and in which boxes."""
    for s in classes[0]:
        for m in classes[1]:
            sm = s & m & inside
            if not sm:
                continue
            for p in classes[2]:
                smp = sm & p
                if not smp:
                    continue
                for t in classes[3]:
                    if smp & t:
                        yield (s, m, p, t), smp & t


def parts_of(each: Iterable[EachPair]) -> list[tuple[int, Part]]:
    """Return the parts that assumptions name, which no cell may straddle."""
    return list(dict.fromkeys(
        (n, part) for pair in each for box in (*pair.top, *pair.bottom)
        for n, part in enumerate(box) if part != EACH
    ))  # fmt: skip


def bits_of_parts(extra: list[tuple[int, Part]], group: list[Box]) -> dict[tuple[int, Part], int]:
    """Return the bit of each further part: those after the bits of the boxes."""
    return {part: 1 << (len(group) + k) for k, part in enumerate(extra)}


def pair_up(
    each: Iterable[EachPair],
    numbers: dict[tuple, int],
    bit_of: dict[tuple[int, Part], int],
    classes: Sequence[Iterable[int]],
    cells: Cells,
    *,
    inside: Iterable[tuple] = ((),),
) -> None:
    """Add, for every piece, the forms that an assumption about each piece compares."""
    for pair in each:
        free = [n for n in range(4) if pair.top[0][n] == EACH]
        places = product(*(classes[n] if n in free else [None] for n in range(4)))
        for at, more in product(places, inside):
            sides = [
                _form_at(boxes_, at, more, numbers=numbers, bit_of=bit_of, classes=classes)
                for boxes_ in (pair.top, pair.bottom)
            ]
            (top, top_whole), (bottom, bottom_whole) = sides
            if top or bottom:
                cells.each.append((pair.number, top, bottom, top_whole, bottom_whole))


def _form_at(
    side: tuple[Box, ...],
    at: tuple,
    more: tuple,
    *,
    numbers: dict[tuple, int],
    bit_of: dict[tuple[int, Part], int],
    classes: Sequence[Iterable[int]],
) -> tuple[Form, bool]:
    """Return the sum of a side's cells in one piece, and whether all of it has cells."""
    form: Form = {}
    whole = True
    for box in side:
        ways = []
        for n, part in enumerate(box):
            bit = bit_of.get((n, part), 0)
            ways.append([at[n]] if part == EACH else [c for c in classes[n] if c & bit])
        whole &= all(ways)
        for place in product(*ways):
            number = numbers.get((*place, *more))
            if number is None:
                whole = False
            else:
                form[number] = form.get(number, 0) + 1
    return form, whole
