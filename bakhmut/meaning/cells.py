"""Scopes to cells: the smallest pieces of side x measure x place x period.

A *part* is one word of a scope in one dimension (see `readings`), a *box* one part in each
dimension, a *cell* a piece that every box either holds whole or not at all. Cells that lie in
exactly the same boxes are one cell. Only boxes that can overlap are ever compared, so that a
dossier of many small stories costs no more than its stories one by one.

A part of which only the container is known (an unstated period, say, within the war) does not
cut the cells of its container: it gets *sub-cells* that add up to the container's cells. For
any sub-cells with the right sums the pieces themselves can be chosen, so nothing is lost, and
ten origins that do not state their period cost ten times as much instead of 2**10 times.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product

from bakhmut.dossier.claims import DossierError
from bakhmut.dossier.notation import parse_period
from bakhmut.meaning.readings import DIMENSIONS, EACH, WIDEST, Part, Parts, Scope, Vocabulary

Box = tuple[Part, Part, Part, Part]
Form = dict[int, int]
Widest = tuple[Parts | None, ...]

MOST_PIECES = 4096
GRAPHS_KEPT = 256
MOST_BOXES = 10_000
MOST_CELLS = 4_000_000
# A word divided in more ways than this has the simplest divisions beyond it as sub-cells.
WAYS_CROSSED = 3
MOST_PARTS_TOGETHER = 6
ALWAYS = (-1, 10_000_000)
# All dated stretches can overlap, so they are one group.
DATED = "dated"


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


class Space:
    """The pieces of each dimension, for the parts that a dossier uses."""

    def __init__(self, words: Vocabulary, scopes: Iterable[Scope], *, widest: Widest | None = None):
        self.words = words
        self.container: dict[tuple[int, Part], Parts] = {}
        used: list[set[Part]] = [set(), set(), set(), set()]
        sums: list[dict[Parts, None]] = [{}, {}, {}, {}]
        for scope in dict.fromkeys(scopes):
            for n, parts in enumerate(scope):
                if widest and parts[0][0] in {"unknown", "widest"} and widest[n]:
                    used[n].update(widest[n])
                used[n].update(parts)
                sums[n][parts] = None
        self.dates: dict[Part, tuple[tuple[int, int], ...]] = {}
        self._date_words(used[3])
        self.pieces = [_Pieces(words, n, used[n], self) for n in range(4)]
        self.widest: Widest = widest or tuple(self._widest(n, sums[n]) for n in range(4))
        for n in range(1, 4):
            for part in used[n]:
                if part[0] == "unknown" and self.widest[n]:
                    self.container[n, part] = self.widest[n]

    def replace_widest(self, scope: Scope) -> Scope:
        """Return a scope of an assumption with "the widest" put in place."""
        if (WIDEST,) not in scope:
            return scope
        return tuple(  # type: ignore[return-value]
            (self.widest[n] or parts) if parts == (WIDEST,) else parts
            for n, parts in enumerate(scope)
        )

    def group(self, n: int, part: Part) -> object:
        """Return what two parts of a dimension must share to be able to overlap."""
        if n == 3 and part in self.dates:
            return DATED
        return self.pieces[n].group[part]

    def _date_words(self, used: set[Part]) -> None:
        """Find the intervals of dated words, and the dated words that hold undated ones."""
        for part in used:
            if part[0] == "time":
                self.dates[part] = (_days(part[1]),)
        for kind, term in self.words.rows:
            if kind == "period" and (spans := self._spans(term)):
                self.dates["term", term] = spans
        for (kind, term), readings in self.words.rows.items():
            if kind != "period" or ("term", term) not in self.dates:
                continue
            for parts, _, _ in (row for rows in readings.values() for row in rows):
                for part in parts:
                    if ("term", part) not in self.dates and not parse_period(part):
                        self.container.setdefault((3, ("term", part)), (("term", term),))

    def _spans(self, term: str, depth: int = 0) -> tuple[tuple[int, int], ...] | None:
        """Return the intervals of a word that some row divides into dates entirely."""
        if interval := parse_period(term):
            return (_days("/".join(str(day or "..") for day in interval)),)
        readings = self.words.rows.get(("period", term), {})
        if len(readings) != 1 or depth > 50:
            return None
        for parts, is_open, _ in next(iter(readings.values())):
            spans = [self._spans(part, depth + 1) for part in parts]
            if not is_open and all(spans):
                return tuple(s for some in spans if some for s in some)
        return None

    def _widest(self, n: int, sums: Iterable[Parts]) -> Parts | None:
        """Return the parts that hold all others used in a dimension, if there are such."""
        every: set[object] = set()
        candidates = []
        for parts in sums:
            if any(sort in {"unknown", "each", "widest"} for sort, _ in parts):
                continue
            if any((n, part) in self.container for part in parts):
                continue
            if n == 3 and all(part in self.dates for part in parts):
                held: set[object] = {s for part in parts for s in self.dates[part]}
            else:
                held = {piece for part in parts for piece in self.pieces[n].of[part]}
            every |= held
            candidates.append((held, parts))
        if n == 3 and candidates and all(_is_stretch(e) for e in every):
            spans = [e for e in every if isinstance(e, tuple)]
            whole = (min(a for a, _ in spans), max(b for _, b in spans))
            return next((parts for held, parts in candidates if held == {whole}), None)
        best = [parts for held, parts in candidates if held == every]
        return min(best, key=len) if best else None


class _Pieces:
    """The pieces of one dimension: which pieces each part is made of."""

    def __init__(self, words: Vocabulary, n: int, used: set[Part], space: Space):
        self.of: dict[Part, tuple[object, ...]] = {}
        self.group: dict[Part, object] = {}
        self.words, self.n, self.space = words, n, space
        terms = []
        for part in used:
            if part[0] == "term" and not (n == 3 and part in space.dates):
                terms.append(part[1])
            elif part != EACH:
                self.of[part] = (part,)
                self.group[part] = part
        self._divide(terms)

    def _divide(self, terms: list[str]) -> None:
        rows = self._rows_below([*terms, *self._above(terms)])
        wanted = set(terms)
        rows = _prune(_without_idle_roots(rows, wanted), wanted)
        rows = self._set_aside(rows, wanted)
        groups = _connected(rows, terms)
        shared = {groups[part] for part, count in _owned(rows).items() if count > 1}
        trees = {t: d for t, d in rows.items() if groups[t] not in shared}
        signatures = _tree_pieces(trees, wanted, [t for t in groups if groups[t] not in shared])
        for group in shared:
            members = [t for t in groups if groups[t] == group]
            divisions = tuple((t, tuple(rows.get(t, ()))) for t in members)
            signatures |= _graph_pieces(divisions, frozenset(wanted.intersection(members)))
        held: dict[str, list[object]] = defaultdict(list)
        for signature in signatures:
            for term in signature:
                held[term].append(signature)
        for term in wanted:
            self.of["term", term] = tuple(held[term])
            self.group["term", term] = (groups[term],)

    def _above(self, terms: list[str]) -> list[str]:
        """Return all that these words are part of, step by step."""
        owners = self.words.owners(DIMENSIONS[self.n])
        found: dict[str, None] = {}
        waiting = list(terms)
        while waiting:
            for owner in owners.get(waiting.pop(), ()):
                if owner not in found:
                    found[owner] = None
                    waiting.append(owner)
        return list(found)

    def _rows_below(self, terms: list[str]) -> dict[str, list[tuple[tuple[str, ...], bool]]]:
        """Return the divisions of these words and of all that they are divided into."""
        kind = DIMENSIONS[self.n]
        found: dict[str, list] = {}
        waiting = list(terms)
        while waiting:
            term = waiting.pop()
            if term in found or (kind, term) not in self.words.rows:
                continue
            readings = self.words.rows[kind, term]
            found[term] = [
                (parts, is_open) for rows in readings.values() for parts, is_open, _ in rows
            ]
            waiting.extend(part for parts, _ in found[term] for part in parts)
        return found

    def _set_aside(self, rows: dict[str, list], wanted: set[str]) -> dict[str, list]:
        """Give words with many divisions their simplest ones as containers of sub-cells."""
        seen = _owned(rows)
        kept = {}
        for term, divisions in rows.items():
            keep = []
            for parts, is_open in divisions:
                leaf = is_open and len(parts) == 1 and parts[0] not in rows and seen[parts[0]] == 1
                if leaf and len(divisions) > WAYS_CROSSED:
                    self.space.container[self.n, ("term", parts[0])] = (("term", term),)
                    wanted.add(term)
                else:
                    keep.append((parts, is_open))
            if keep:
                kept[term] = keep
        return kept


def _owned(rows: dict[str, list]) -> dict[str, int]:
    """Return how often each word is part of another."""
    owned: dict[str, int] = defaultdict(int)
    for divisions in rows.values():
        for parts, _ in divisions:
            for part in parts:
                owned[part] += 1
    return owned


def _without_idle_roots(rows: dict[str, list], wanted: set[str]) -> dict[str, list]:
    """Leave out words that nobody uses and whose divisions say nothing of those used.

    They do say something where two divisions have one sum, one of them exhaustive, or where
    they keep apart what overlaps elsewhere.
    """
    rows = dict(rows)
    owned = _owned(rows)
    waiting = [term for term in rows if not owned[term]]
    while waiting:
        term = waiting.pop()
        divisions = rows.get(term)
        if term in wanted or divisions is None:
            continue
        exhaustive = len(divisions) > 1 and not all(is_open for _, is_open in divisions)
        apart = any(sum(owned[part] > 1 for part in parts) > 1 for parts, _ in divisions)
        if exhaustive or apart:
            continue
        del rows[term]
        for parts, _ in divisions:
            for part in parts:
                owned[part] -= 1
                if not owned[part]:
                    waiting.append(part)
    return rows


def _prune(rows: dict[str, list], wanted: set[str]) -> dict[str, list]:
    """Leave only divisions that tell wanted words apart; what is dropped goes to the rest."""
    below: dict[str, bool] = {}
    owned = _owned(rows)
    for term in _children_first(rows):
        inner = [part for parts, _ in rows.get(term, []) for part in parts]
        below[term] = term in wanted or owned[term] > 1 or any(below[part] for part in inner)
    pruned = {}
    for term, divisions in rows.items():
        kept = []
        for parts, is_open in divisions:
            some = tuple(part for part in parts if below[part])
            if some:
                kept.append((some, is_open or len(some) < len(parts)))
        if kept:
            pruned[term] = kept
    return pruned


def _children_first(rows: dict[str, list]) -> list[str]:
    order: dict[str, None] = {}
    for start in rows:
        stack = [(start, False)]
        while stack:
            term, done = stack.pop()
            if term in order:
                continue
            if done:
                order[term] = None
                continue
            stack.append((term, True))
            stack.extend((p, False) for parts, _ in rows.get(term, []) for p in parts)
    return list(order)


def _connected(rows: dict[str, list], terms: Iterable[str]) -> dict[str, str]:
    """Return for each word one name for all words that are linked to it by divisions."""
    leader: dict[str, str] = {}

    def find(term: str) -> str:
        leader.setdefault(term, term)
        while leader[term] != term:
            leader[term] = leader[leader[term]]
            term = leader[term]
        return term

    for term in terms:
        find(term)
    for term, divisions in rows.items():
        for parts, _ in divisions:
            for part in parts:
                leader[find(part)] = find(term)
    return {term: find(term) for term in list(leader)}


def _tree_pieces(
    rows: dict[str, list], wanted: set[str], terms: Iterable[str]
) -> set[frozenset[str]]:
    """Return the pieces where no word is part of two others: each a set of wanted words."""
    inner = {part for divisions in rows.values() for parts, _ in divisions for part in parts}
    pieces: dict[str, list[frozenset[str]]] = {}
    nothing: frozenset[str] = frozenset()
    for term in [*_children_first(rows), *terms]:
        if term in pieces:
            continue
        own = frozenset({term}) & wanted
        ways = []
        for parts, is_open in rows.get(term, []):
            way = [s for part in parts for s in pieces[part]]
            ways.append([*way, nothing] if is_open else way)
        total = 1
        for way in ways:
            total *= len(way)
        if total > MOST_PIECES and len(ways) > 1:
            raise _too_many(term, total)
        pieces[term] = list(
            dict.fromkeys(own.union(*combined) for combined in product(*ways))
        )  # fmt: skip
    roots = [term for term in pieces if term not in inner]
    return {s for term in roots for s in pieces[term] if s}


@lru_cache(maxsize=GRAPHS_KEPT)
def _graph_pieces(
    divisions: tuple[tuple[str, tuple], ...], wanted: frozenset[str]
) -> frozenset[frozenset[str]]:
    """Return the pieces where a word may be part of several others.

    The same words come again in one part of a dossier after the other, so what is found is kept.

    A piece inside a word lies in exactly one part of each of its divisions (or in the rest of
    an open one), and in a part only together with all that the part belongs to.
    """
    rows = {term: list(own) for term, own in divisions}
    order = list(reversed(_children_first(rows)))
    owners: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for term, divisions in rows.items():
        for n, (parts, _) in enumerate(divisions):
            for part in parts:
                owners[part].append((term, n))
    found: set[frozenset[str]] = set()
    states: list[tuple[int, frozenset[str], dict]] = [(0, frozenset(), {})]
    visited = 0
    while states:
        at, held, chosen = states.pop()
        visited += 1
        if visited > 50 * MOST_PIECES or len(found) > MOST_PIECES:
            raise _too_many(order[0], visited)
        if at == len(order):
            if held & wanted:
                found.add(held & wanted)
            continue
        term = order[at]
        picks = [chosen.get(owner) == term for owner in owners[term]]
        if picks and any(picks) and not all(picks):
            continue
        options = [False, True] if not picks else [all(picks)]
        for inside in options:
            if not inside:
                states.append((at + 1, held, chosen))
                continue
            ways = [[*parts, *([None] if is_open else [])] for parts, is_open in rows.get(term, [])]
            for combined in product(*ways):
                more = {(term, n): part for n, part in enumerate(combined)}
                states.append((at + 1, held | {term}, {**chosen, **more}))
    return frozenset(found)


def _too_many(term: str, count: int) -> DossierError:
    return DossierError([
        f"terms.csv: {term!r} is divided in so many overlapping ways that it has more than "
        f"{MOST_PIECES:,} pieces ({count:,} counted); allowed: fewer divisions of one word"
    ])  # fmt: skip


def _days(interval: str) -> tuple[int, int]:
    """Return the first day of an interval and the day after its last, as day numbers."""
    period = parse_period(interval)
    assert period is not None
    first, last = period
    return (first.toordinal() if first else ALWAYS[0], last.toordinal() + 1 if last else ALWAYS[1])


# -- cells of all boxes ------------------------------------------------------------------


@dataclass(frozen=True)
class EachPair:
    """An assumption that holds in every piece of some dimensions: top and bottom boxes."""

    number: int
    top: tuple[Box, ...]
    bottom: tuple[Box, ...]


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
    where = _Grid(space, plain, each)
    holders = {b for family in families for bs in family.within.values() for b in bs}
    for group in where.groups():
        concerned = where.concerned(group)
        if concerned or not holders.isdisjoint(group):
            _cut(space, group, cells, each=concerned)
        else:
            _tell_apart(space, group, cells)
    for family in families:
        _subdivide(space, family, cells, where)
    return cells


class _Grid:
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
        self.leader = {key: key for key in keys}
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
        for key in list(self.leader):
            if all(key[n] == high[n] for n in fixed):
                other = tuple(low.get(n, key[n]) for n in range(4))
                if other in self.leader:
                    self.leader[self.find(other)] = self.find(key)

    def find(self, key: tuple) -> tuple:
        while self.leader[key] != key:
            self.leader[key] = self.leader[self.leader[key]]
            key = self.leader[key]
        return key

    def groups(self) -> Iterator[list[Box]]:
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


def _tell_apart(space: Space, group: list[Box], cells: Cells) -> None:
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


def _masks(space: Space, group: list[Box], extra: Iterable[tuple[int, Part]] = ()) -> list[dict]:
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


def _cut(space: Space, group: list[Box], cells: Cells, *, each: list[EachPair]) -> None:
    """Add the cells of one group of boxes with their pieces, and what `each` says of them."""
    extra = _parts_of(each)
    masks = _masks(space, group, extra)
    classes = [{bits: piece for piece, bits in reversed(mask.items())} for mask in masks]
    size = 1
    for some in classes:
        size *= len(some)
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
    _pair_up(each, numbers, _bits(extra, group), classes, cells)


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


def _parts_of(each: Iterable[EachPair]) -> list[tuple[int, Part]]:
    """Return the parts that assumptions name, which no cell may straddle."""
    return list(dict.fromkeys(
        (n, part) for pair in each for box in (*pair.top, *pair.bottom)
        for n, part in enumerate(box) if part != EACH
    ))  # fmt: skip


def _bits(extra: list[tuple[int, Part]], group: list[Box]) -> dict[tuple[int, Part], int]:
    return {part: 1 << (len(group) + k) for k, part in enumerate(extra)}


def _pair_up(
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


# -- sub-cells ---------------------------------------------------------------------------


@dataclass
class _Family:
    """Boxes tied by parts of which only the container is known."""

    within: dict[Box, tuple[Box, ...]]


def _families(space: Space, partial: Iterable[Box]) -> list[_Family]:
    leader: dict[tuple[int, Part], tuple[int, Part]] = {}

    def find(part: tuple[int, Part]) -> tuple[int, Part]:
        leader.setdefault(part, part)
        while leader[part] != part:
            leader[part] = leader[leader[part]]
            part = leader[part]
        return part

    own = {}
    for box in partial:
        inner = [(n, part) for n, part in enumerate(box) if (n, part) in space.container]
        own[box] = inner
        for other in inner[1:]:
            leader[find(other)] = find(inner[0])
    families: dict[tuple, _Family] = {}
    for box, inner in own.items():
        family = families.setdefault(find(inner[0]), _Family({}))
        ways = [space.container.get((n, part), (part,)) for n, part in enumerate(box)]
        family.within[box] = tuple((s, m, p, t) for s, m, p, t in product(*ways))
    return list(families.values())


def _subdivide(space: Space, family: _Family, cells: Cells, where: _Grid) -> None:
    """Add the sub-cells of a family: they add up to the cells of the containers."""
    inner = sorted({
        (n, part) for box in family.within for n, part in enumerate(box)
        if (n, part) in space.container
    })  # fmt: skip
    if len(inner) > MOST_PARTS_TOGETHER:
        words = ", ".join(dict.fromkeys(part[1] or "not stated" for _, part in inner))
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
    extra = _parts_of(each)
    extra += [
        (key[0], c) for key in inner for c in space.container[key] if (key[0], c) not in extra
    ]
    bit_of = _bits(extra, group)
    masks = _masks(space, group, extra)
    stretches = sorted(piece for piece in masks[3] if _is_stretch(piece))
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
    _pair_up(each, numbers, bit_of, classes, cells, inside=[(inside,) for inside in insides])


def _is_stretch(piece: object) -> bool:
    return isinstance(piece, tuple) and len(piece) == 2 and isinstance(piece[0], int)


def _in_stretch(piece: object, stretches: list) -> object:
    """Return the stretch of time that holds a shorter one; any other piece as it is."""
    if not _is_stretch(piece):
        return piece
    return stretches[bisect_right(stretches, (piece[0], ALWAYS[1] + 1)) - 1]  # type: ignore[index]
