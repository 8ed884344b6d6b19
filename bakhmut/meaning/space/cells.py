"""The cells of all scopes of a dossier, and of parts of which only the container is known.

A part of which only the container is known (an unstated period, say, within the war) does not
cut the cells of its container: it gets *sub-cells* that add up to the container's cells. For
any sub-cells with the right sums the pieces themselves can be chosen, so nothing is lost, and
ten origins that do not state their period cost ten times as much instead of 2**10 times.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from bakhmut.dossier.claims import DossierError
from bakhmut.meaning.space.boxes import (
    Box,
    Cells,
    EachPair,
    Form,
    Grid,
    bits_of_parts,
    cut,
    masks_of,
    pair_up,
    parts_of,
    tell_apart,
)
from bakhmut.meaning.space.divisions import Groups
from bakhmut.meaning.space.pieces import ALWAYS, Space, is_stretch
from bakhmut.meaning.vocabulary import Part

MOST_PARTS_TOGETHER = 6


def build_cells(space: Space, wanted: Iterable[Box], each: Iterable[EachPair] = ()) -> Cells:
    """Return the cells of the boxes, with the definitions and the pairs of `each`."""
    each = list(each)
    cells = Cells()
    plain: dict[Box, None] = {}
    partial: dict[Box, None] = {}
    for box in wanted:
        if space.container and any((n, part) in space.container for n, part in enumerate(box)):
            partial[box] = None
        else:
            plain[box] = None
    families = _families(space, partial)
    for family in families:
        plain.update(dict.fromkeys(b for bs in family.within.values() for b in bs))
    where = Grid(space, plain, each)
    holders = {b for family in families for bs in family.within.values() for b in bs}
    for group in where.groups():
        concerned = where.concerned(group)
        if concerned or not holders.isdisjoint(group):
            cut(space, group, cells, each=concerned)
        else:
            tell_apart(space, group, cells)
    for family in families:
        _subdivide(space, family, cells, where)
    return cells


@dataclass
class _Family:
    """Boxes tied by parts of which only the container is known."""

    within: dict[Box, tuple[Box, ...]]


def _families(space: Space, partial: Iterable[Box]) -> list[_Family]:
    linked: Groups[tuple[int, Part]] = Groups()
    own = {}
    for box in partial:
        inner = [(n, part) for n, part in enumerate(box) if (n, part) in space.container]
        own[box] = inner
        for other in inner[1:]:
            linked.link(other, inner[0])
    families: dict[tuple, _Family] = {}
    for box, inner in own.items():
        family = families.setdefault(linked.find(inner[0]), _Family({}))
        ways = [space.container.get((n, part), (part,)) for n, part in enumerate(box)]
        family.within[box] = tuple((s, m, p, t) for s, m, p, t in product(*ways))
    return list(families.values())


def _subdivide(space: Space, family: _Family, cells: Cells, where: Grid) -> None:
    """Add the sub-cells of a family: they add up to the cells of the containers."""
    inner = sorted({
        (n, part) for box in family.within for n, part in enumerate(box)
        if (n, part) in space.container
    })  # fmt: skip
    if len(inner) > MOST_PARTS_TOGETHER:
        words = ", ".join(dict.fromkeys(part.name or "not stated" for _, part in inner))
        raise DossierError([
            f"claims.csv: more than {MOST_PARTS_TOGETHER} parts whose place within a whole is "
            f"unknown occur together ({words}); allowed: {MOST_PARTS_TOGETHER}"
        ])  # fmt: skip
    groups: dict[tuple, dict[Box, None]] = defaultdict(dict)
    for holders in family.within.values():
        for box in holders:
            groups[where.find(where.key[box])][box] = None
    held: dict[Box, list[int]] = {box: [] for box in family.within}
    for group in groups.values():
        _subdivide_group(
            space, family, list(group), inner, held, cells, where.concerned(list(group))
        )
    for box, some in held.items():
        cells.of[box] = tuple(some)


def _subdivide_group(
    space: Space,
    family: _Family,
    group: list[Box],
    inner: list[tuple[int, Part]],
    held: dict[Box, list[int]],
    cells: Cells,
    each: list[EachPair],
) -> None:
    extra = parts_of(each)
    extra += [
        (key[0], c) for key in inner for c in space.container[key] if (key[0], c) not in extra
    ]
    bit_of = bits_of_parts(extra, group)
    masks = masks_of(space, group, extra)
    stretches = sorted(piece for piece in masks[3] if is_stretch(piece))
    whole: dict[tuple, list[int]] = defaultdict(list)
    for number in sorted({number for box in group for number in cells.of[box]}):
        whole[tuple(
            masks[n][_in_stretch(piece, stretches)] for n, piece in enumerate(cells.piece[number])
        )].append(number)  # fmt: skip
    numbers: dict[tuple, int] = {}
    insides: dict[frozenset, None] = {}
    for at, cells_here in whole.items():
        can = [k for k in inner if any(at[k[0]] & bit_of[k[0], c] for c in space.container[k])]
        definition: Form = dict.fromkeys(cells_here, -1)
        for chosen in product((False, True), repeat=len(can)):
            inside = frozenset(k for k, yes in zip(can, chosen, strict=True) if yes)
            insides[inside] = None
            number = numbers[(*at, inside)] = cells.count
            cells.count += 1
            definition[number] = 1
            bits = at[0] & at[1] & at[2] & at[3]
            for box, within in family.within.items():
                needs = {(n, p) for n, p in enumerate(box) if (n, p) in space.container}
                if needs <= inside and any(
                    bits >> group.index(b) & 1 for b in within if b in group
                ):
                    held[box].append(number)
        cells.definitions.append(definition)
    classes = [dict.fromkeys(mask.values()) for mask in masks]
    pair_up(each, numbers, bit_of, classes, cells, inside=[(inside,) for inside in insides])


def _in_stretch(piece: object, stretches: list) -> object:
    """Return the stretch of time that holds a shorter one; any other piece as it is."""
    if not is_stretch(piece):
        return piece
    return stretches[bisect_right(stretches, (piece[0], ALWAYS[1] + 1)) - 1]  # type: ignore[index]
