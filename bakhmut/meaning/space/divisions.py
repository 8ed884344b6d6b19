"""How words are divided into others: the pieces that their divisions tell apart.

`rows` is one dimension of `terms.csv`: for each word its divisions, each the words that it names
and whether there may be more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from functools import lru_cache
from itertools import product
from typing import Generic, TypeVar

from bakhmut.dossier.claims import DossierError

MOST_PIECES = 4096
GRAPHS_KEPT = 256

Member = TypeVar("Member", bound=Hashable)


class Groups(Generic[Member]):
    """What is linked, as groups that each have one member to speak for them."""

    def __init__(self) -> None:
        self.leader: dict[Member, Member] = {}

    def find(self, member: Member) -> Member:
        """Return the member that speaks for a member's group; a new member is one by itself."""
        leader = self.leader
        leader.setdefault(member, member)
        while leader[member] != member:
            leader[member] = leader[leader[member]]
            member = leader[member]
        return member

    def link(self, member: Member, other: Member) -> Member:
        """Make one group of two; the other's member speaks for it, and is returned."""
        found = self.find(other)
        self.leader[self.find(member)] = found
        return found


def owned(rows: dict[str, list]) -> dict[str, int]:
    """Return how often each word is part of another."""
    owned: dict[str, int] = defaultdict(int)
    for divisions in rows.values():
        for parts, _ in divisions:
            for part in parts:
                owned[part] += 1
    return owned


def without_idle_roots(rows: dict[str, list], wanted: set[str]) -> dict[str, list]:
    """Leave out words that nobody uses and whose divisions say nothing of those used.

    They do say something where two divisions have one sum, one of them exhaustive, or where
    they keep apart what overlaps elsewhere.
    """
    rows = dict(rows)
    counts = owned(rows)
    waiting = [term for term in rows if not counts[term]]
    while waiting:
        term = waiting.pop()
        divisions = rows.get(term)
        if term in wanted or divisions is None:
            continue
        exhaustive = len(divisions) > 1 and not all(is_open for _, is_open in divisions)
        apart = any(sum(counts[part] > 1 for part in parts) > 1 for parts, _ in divisions)
        if exhaustive or apart:
            continue
        del rows[term]
        for parts, _ in divisions:
            for part in parts:
                counts[part] -= 1
                if not counts[part]:
                    waiting.append(part)
    return rows


def pruned_rows(rows: dict[str, list], wanted: set[str]) -> dict[str, list]:
    """Leave only divisions that tell wanted words apart; what is dropped goes to the rest."""
    below: dict[str, bool] = {}
    counts = owned(rows)
    for term in _children_first(rows):
        inner = [part for parts, _ in rows.get(term, []) for part in parts]
        below[term] = term in wanted or counts[term] > 1 or any(below[part] for part in inner)
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


def connected(rows: dict[str, list], terms: Iterable[str]) -> dict[str, str]:
    """Return for each word one name for all words that are linked to it by divisions."""
    groups: Groups[str] = Groups()
    for term in terms:
        groups.find(term)
    for term, divisions in rows.items():
        for parts, _ in divisions:
            for part in parts:
                groups.link(part, term)
    return {term: groups.find(term) for term in list(groups.leader)}


def tree_pieces(
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
def graph_pieces(
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
