"""One dimension to its smallest pieces: which pieces each word of it is made of.

A *piece* of a dimension lies in a word either whole or not at all: the war is the front and the
rest of the war. Words that no claim uses are left out; dated periods are cut where one of them
begins or ends, when boxes are told apart (see `boxes`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from bakhmut.dossier.derived import reached
from bakhmut.dossier.parsing.notation import parse_period
from bakhmut.dossier.tables import SCOPE as DIMENSIONS
from bakhmut.meaning.space.divisions import (
    connected,
    graph_pieces,
    owned,
    pruned_rows,
    tree_pieces,
    without_idle_roots,
)
from bakhmut.meaning.vocabulary import EACH, UNSTATED, WIDEST, Part, Parts, Scope, Vocabulary

Widest = tuple[Parts | None, ...]
Divided = tuple[
    dict[Part, tuple[object, ...]], dict[Part, object], dict[tuple[int, Part], Parts]
]  # fmt: skip
# A word divided in more ways than this has the simplest divisions beyond it as sub-cells.
WAYS_CROSSED = 3
ALWAYS = (-1, 10_000_000)
# All dated stretches can overlap, so they are one group.
DATED = "dated"


class Space:
    """The pieces of each dimension, for the parts that a dossier uses."""

    def __init__(
        self, vocabulary: Vocabulary, scopes: Iterable[Scope], *, widest: Widest | None = None
    ):
        self.vocabulary = vocabulary
        self.container: dict[tuple[int, Part], Parts] = {}
        used: list[set[Part]] = [set(), set(), set(), set()]
        sums: list[dict[Parts, None]] = [{}, {}, {}, {}]
        for scope in dict.fromkeys(scopes):
            for n, parts in enumerate(scope):
                if widest and parts[0].sort in {"unknown", "widest"} and widest[n]:
                    used[n].update(widest[n])
                used[n].update(parts)
                sums[n][parts] = None
        self.dates: dict[Part, tuple[tuple[int, int], ...]] = {}
        self._date_words(used[3])
        self.pieces = [_Pieces(vocabulary, n, used[n], self) for n in range(4)]
        self.widest: Widest = widest or tuple(self._widest(n, sums[n]) for n in range(4))
        for n in range(1, 4):
            for part in used[n]:
                if part.sort == "unknown" and self.widest[n]:
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
            if part.sort == "time":
                self.dates[part] = (days_of(part.name),)
        for kind, term in self.vocabulary.rows:
            if kind == "period" and (spans := self._spans(term)):
                self.dates["term", term] = spans
        for (kind, term), readings in self.vocabulary.rows.items():
            if kind != "period" or Part("term", term) not in self.dates:
                continue
            for parts, _, _ in (row for rows in readings.values() for row in rows):
                for part in parts:
                    if Part("term", part) not in self.dates and not parse_period(part):
                        self.container.setdefault((3, Part("term", part)), (Part("term", term),))

    def _spans(self, term: str, depth: int = 0) -> tuple[tuple[int, int], ...] | None:
        """Return the intervals of a word that some row divides into dates entirely."""
        if interval := parse_period(term):
            return (days_of("/".join(str(day or "..") for day in interval)),)
        readings = self.vocabulary.rows.get(("period", term), {})
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
            if any(sort in {*UNSTATED, "each", "widest"} for sort, _ in parts):
                continue
            if any((n, part) in self.container for part in parts):
                continue
            if n == 3 and all(part in self.dates for part in parts):
                held: set[object] = {s for part in parts for s in self.dates[part]}
            else:
                held = {piece for part in parts for piece in self.pieces[n].of[part]}
            every |= held
            candidates.append((held, parts))
        if n == 3 and candidates and all(is_stretch(e) for e in every):
            spans = [e for e in every if isinstance(e, tuple)]
            whole = (min(a for a, _ in spans), max(b for _, b in spans))
            return next((parts for held, parts in candidates if held == {whole}), None)
        best = [parts for held, parts in candidates if held == every]
        return min(best, key=len) if best else None


class _Pieces:
    """The pieces of one dimension: which pieces each part is made of."""

    def __init__(self, vocabulary: Vocabulary, n: int, used: set[Part], space: Space):
        self.of: dict[Part, tuple[object, ...]] = {}
        self.group: dict[Part, object] = {}
        self.vocabulary, self.n, self.space = vocabulary, n, space
        terms = []
        # In an order of their own: that of a set is another in every run.
        for part in sorted(used):
            if part.sort == "term" and not (n == 3 and part in space.dates):
                terms.append(part.name)
            elif part != EACH:
                self.of[part] = (part,)
                self.group[part] = part
        self._divide(terms)

    def _divide(self, terms: list[str]) -> None:
        """Add the pieces of words, worked out once for each set of words of a vocabulary."""
        known, key = self.vocabulary.divided, (self.n, *terms)
        if key not in known:
            known[key] = self._divided(terms)
        of, group, aside = known[key]
        self.of |= of
        self.group |= group
        self.space.container |= aside

    def _divided(self, terms: list[str]) -> Divided:
        """Return the pieces of words, their groups and the containers of what is set aside."""
        rows = self._rows_below(reached(terms, self.vocabulary.owners(DIMENSIONS[self.n]).get))
        wanted = set(terms)
        rows = pruned_rows(without_idle_roots(rows, wanted), wanted)
        rows, aside = self._set_aside(rows, wanted)
        groups = connected(rows, sorted(wanted))
        shared = {groups[part] for part, count in owned(rows).items() if count > 1}
        trees = {t: d for t, d in rows.items() if groups[t] not in shared}
        signatures = tree_pieces(trees, wanted, [t for t in groups if groups[t] not in shared])
        for group in sorted(shared):
            members = [t for t in groups if groups[t] == group]
            divisions = tuple((t, tuple(rows.get(t, ()))) for t in members)
            signatures |= graph_pieces(divisions, frozenset(wanted.intersection(members)))
        held: dict[str, list[object]] = defaultdict(list)
        for signature in sorted(signatures, key=sorted):
            for term in signature:
                held[term].append(signature)
        of = {Part("term", term): tuple(held[term]) for term in sorted(wanted)}
        return of, {part: (groups[part.name],) for part in of}, aside

    def _rows_below(self, terms: list[str]) -> dict[str, list[tuple[tuple[str, ...], bool]]]:
        """Return the divisions of these words and of all that they are divided into."""
        kind = DIMENSIONS[self.n]
        found: dict[str, list] = {}
        waiting = list(terms)
        while waiting:
            term = waiting.pop()
            if term in found or (kind, term) not in self.vocabulary.rows:
                continue
            readings = self.vocabulary.rows[kind, term]
            found[term] = [
                (parts, is_open) for rows in readings.values() for parts, is_open, _ in rows
            ]
            waiting.extend(part for parts, _ in found[term] for part in parts)
        return found

    def _set_aside(
        self, rows: dict[str, list], wanted: set[str]
    ) -> tuple[dict[str, list], dict[tuple[int, Part], Parts]]:
        """Give words with many divisions their simplest ones as containers of sub-cells."""
        seen = owned(rows)
        kept = {}
        aside: dict[tuple[int, Part], Parts] = {}
        for term, divisions in rows.items():
            keep = []
            for parts, is_open in divisions:
                leaf = is_open and len(parts) == 1 and parts[0] not in rows and seen[parts[0]] == 1
                if leaf and len(divisions) > WAYS_CROSSED:
                    aside[self.n, Part("term", parts[0])] = (Part("term", term),)
                    wanted.add(term)
                else:
                    keep.append((parts, is_open))
            if keep:
                kept[term] = keep
        return kept, aside


def days_of(interval: str) -> tuple[int, int]:
    """Return the first day of an interval and the day after its last, as day numbers."""
    period = parse_period(interval)
    assert period is not None
    first, last = period
    return (first.toordinal() if first else ALWAYS[0], last.toordinal() + 1 if last else ALWAYS[1])


def is_stretch(piece: object) -> bool:
    """Return whether a piece is a stretch of days."""
    return isinstance(piece, tuple) and len(piece) == 2 and isinstance(piece[0], int)
