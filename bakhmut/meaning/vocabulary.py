"""What the words of a scope mean: each cell of a table as the parts it counts.

A word with several readings in `terms.csv` is spelt out into each of them; any other word stays
a word, and what it is divided into is looked up when scopes become pieces (see `pieces`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from math import prod
from typing import NamedTuple

import pandas as pd

from bakhmut.dossier.claims import DossierError
from bakhmut.dossier.derived import stated
from bakhmut.dossier.doors.frames import rows_of
from bakhmut.dossier.parsing.notation import parse_period, parse_sum
from bakhmut.dossier.tables import SCOPE as DIMENSIONS

MOST_READINGS = 20_000
DEEPEST_TERM = 200
MOST_STEPS = 500_000


class Part(NamedTuple):
    """A part of a scope in one dimension.

    Sorts: "term" a word that has one meaning; "time" a dated interval; "rest" what an open sum
    leaves unnamed; "unknown" a place, period or measure that an origin does not state, within the
    widest, "anywhere" one that need not lie in it; "widest" the widest of the dossier; "each" every
    one.
    """

    sort: str
    name: str


class Choice(NamedTuple):
    """What may be read in several ways: a word as one origin uses it, or a claim as a whole."""

    kind: str  # "term" or "claim"
    owner: str  # the origin that uses the word, or the claim
    dimension: str = ""
    word: str = ""


class Meaning(NamedTuple):
    """One meaning of a cell of a scope: the choices that it takes, and the parts it counts."""

    choices: dict[Choice, str]
    parts: tuple[Part, ...]
    because: tuple[str, ...] = ()
    # Other divisions of the same whole: a dimension and the parts on either side.
    equal: tuple[tuple[int, tuple[Part, ...], tuple[Part, ...]], ...] = ()


Parts = tuple[Part, ...]
Scope = tuple[Parts, Parts, Parts, Parts]
Choices = tuple[tuple[Choice, str], ...]
EACH = Part("each", "")
WIDEST = Part("widest", "")
UNSTATED = ("unknown", "anywhere")  # sorts of parts that no cell names


class Vocabulary:
    """What the words of `terms.csv` mean, looked up by dimension and word."""

    def __init__(self, terms: pd.DataFrame):
        self.rows: dict[tuple[str, str], dict[str, list[tuple[tuple[str, ...], bool, str]]]] = {}
        # The readings that most careful readers take first, of words where some are marked so.
        self.usual: dict[tuple[str, str], set[str]] = {}
        for row in rows_of(terms):
            parts, is_open = parse_sum(row["means"])
            readings = self.rows.setdefault((row["kind"], row["term"]), {})
            readings.setdefault(row["reading"], []).append((parts, is_open, row["because"]))
            if row.get("usual"):
                self.usual.setdefault((row["kind"], row["term"]), set()).add(row["reading"])
        self._ambiguous: dict[tuple[str, str], bool] = {}
        self._owners: dict[str, dict[str, list[str]]] = {}
        self._known: dict[tuple[str, str, str], list[Meaning]] = {}
        self._steps = 0
        # The pieces of sets of words, as far as they were asked for (see `space.pieces`).
        self.divided: dict[tuple, tuple] = {}

    def owners(self, kind: str) -> dict[str, list[str]]:
        """Return for each word the words of one meaning that it is part of."""
        if kind not in self._owners:
            owners = self._owners.setdefault(kind, {})
            for (own_kind, term), readings in self.rows.items():
                if own_kind == kind and not self.ambiguous(kind, term):
                    for parts, _, _ in (row for rows in readings.values() for row in rows):
                        for part in parts:
                            owners.setdefault(part, []).append(term)
        return self._owners[kind]

    def ambiguous(self, kind: str, term: str) -> bool:
        """Return whether a word must be spelt out before it can be counted.

        It must where it, or a word that it is made of, has several readings, or is a sum that
        counts something twice; any other word is a set of cells.
        """
        stack, opened = [(kind, term)], set()
        while stack:
            key = stack[-1]
            readings = self.rows.get(key, {})
            inner = [(kind, p) for rows in readings.values() for row in rows for p in row[0]]
            waiting = [k for k in inner if k not in self._ambiguous and k in self.rows]
            if waiting and len(readings) <= 1 and key not in self._ambiguous:
                if key in opened:  # refused where tables are read; a frame may be put in unseen
                    raise DossierError([f"terms.csv: {kind} {key[1]!r} is part of itself"])
                opened.add(key)
                stack.extend(waiting)
                continue
            stack.pop()
            self._ambiguous[key] = (
                len(readings) > 1
                or any(self._ambiguous.get(k) for k in inner)
                or any(
                    self._counts_twice(kind, row[0]) for rows in readings.values() for row in rows
                )
            )
        return self._ambiguous[(kind, term)]

    def _counts_twice(self, kind: str, parts: tuple[str, ...]) -> bool:
        """Return whether parts of one sum have a word in common."""
        seen: dict[str, str] = {}
        for part in parts:
            waiting = [part]
            while waiting:
                word = waiting.pop()
                owner = seen.setdefault(word, part)
                if owner != part:
                    return True
                rows = (row for rows in self.rows.get((kind, word), {}).values() for row in rows)
                waiting.extend(
                    p for row in rows for p in row[0] if p not in seen or seen[p] != part
                )
        return False

    def expand(self, kind: str, text: str, origin: str) -> list[Meaning]:
        """Return each meaning of a cell of a scope, as an origin uses its words."""
        shared = self._known.get((kind, text, ""))
        if shared is not None:
            return shared
        key = (kind, text, origin)
        if key not in self._known:
            self._steps = 0
            found = list(self._expand_cell(kind, text, origin))
            if not found[0].choices:  # a word with one meaning has it whoever uses it
                key = (kind, text, "")
            self._known[key] = found
        return self._known[key]

    def _expand_cell(self, kind: str, text: str, origin: str) -> Iterator[Meaning]:
        if text == "each":
            yield Meaning({}, (EACH,))
            return
        is_dated = kind == "period" and "+" not in text and parse_period(text)
        if (kind, text) in self.rows or is_dated:
            yield from self._expand_term(kind, text, origin, 0)
            return
        parts, is_open = parse_sum(text)
        yield from self._expand_sum(kind, parts, origin, 0, rest=text if is_open else None)

    def _expand_term(self, kind: str, term: str, origin: str, depth: int) -> Iterator[Meaning]:
        if depth > DEEPEST_TERM:
            raise DossierError([
                f"terms.csv: {kind} {term!r} lies more than {DEEPEST_TERM} terms deep; "
                "allowed: a shorter chain of meanings"
            ])  # fmt: skip
        if kind == "period" and (interval := parse_period(term)):
            first, last = (str(day or "..") for day in interval)
            yield Meaning({}, (Part("time", f"{first}/{last}"),))
            return
        if not self.ambiguous(kind, term):
            yield Meaning({}, (Part("term", term),))
            return
        readings = self.rows[kind, term]
        self._step(kind, 1)
        for reading, rows in readings.items():
            own = {Choice("term", origin, kind, term): reading} if len(readings) > 1 else {}
            ways = [
                list(
                    self._expand_sum(
                        kind,
                        parts,
                        origin,
                        depth + 1,
                        rest=f"{term}/{reading}/{n}" if more else None,
                    )
                )
                for n, (parts, more, _) in enumerate(rows)
            ]
            for combined in each_way(ways):
                choices = merged_choices([own, *(one.choices for one in combined)])
                if choices is None:
                    continue
                parts = combined[0].parts
                because = tuple(row[2] for row in rows if row[2])
                because += tuple(b for one in combined for b in one.because)
                equal = tuple(e for one in combined for e in one.equal)
                n = DIMENSIONS.index(kind)
                equal += tuple((n, parts, one.parts) for one in combined[1:])
                self._step(kind, len(equal) + len(because))
                yield Meaning(choices, parts, because if own else (), equal)

    def _expand_sum(
        self, kind: str, parts: tuple[str, ...], origin: str, depth: int, *, rest: str | None
    ) -> Iterator[Meaning]:
        ways = [list(self._expand_term(kind, part, origin, depth)) for part in parts]
        for combined in each_way(ways):
            choices = merged_choices(one.choices for one in combined)
            if choices is None:
                continue
            summed = tuple(p for one in combined for p in one.parts)
            if rest is not None:
                summed += (Part("rest", rest),)
            because = tuple(b for one in combined for b in one.because)
            self._step(kind, len(summed) + len(because))
            yield Meaning(choices, summed, because, tuple(e for one in combined for e in one.equal))

    def _step(self, kind: str, steps: int) -> None:
        """Count the steps of taking one cell apart; words within words can be very many."""
        self._steps += steps
        if self._steps > MOST_STEPS:
            raise DossierError([
                f"terms.csv: a {kind} takes more than {MOST_STEPS:,} steps to take apart; "
                "allowed: fewer meanings within meanings"
            ])  # fmt: skip

    def in_words(self, kind: str, parts: Parts) -> str:
        """Return parts in words, "" for what is not stated; sums of measures are written out."""
        said: list[str] = []
        waiting = list(reversed(parts))
        while waiting:
            sort, name = waiting.pop()
            rows = self.rows.get((kind, name), {}) if sort == "term" and kind == "measure" else {}
            only = next(iter(rows.values())) if len(rows) == 1 else []
            if len(only) == 1 and not only[0][1] and len(said) + len(waiting) < 50:
                waiting.extend(Part("term", part) for part in reversed(only[0][0]))
            elif sort in {*UNSTATED, "widest"}:
                said.append("")
            else:
                said.append("..." if sort == "rest" else stated(name) or sort * (sort == "each"))
        return " + ".join(said)


def each_way(ways: list[list]) -> Iterator[tuple]:
    """Return every way to take one of each, after a look at how many there would be."""
    count = prod(map(len, ways))
    if count > MOST_READINGS:
        raise DossierError([
            f"terms.csv: the words of one scope have {count:,} readings together; "
            f"allowed: at most {MOST_READINGS:,}"
        ])  # fmt: skip
    return product(*ways)


def both_sides(scope: list[Parts], n: int, left: Parts, right: Parts) -> tuple[Scope, Scope]:
    """Return a scope with one dimension divided in two ways."""
    found = [(*scope[:n], parts, *scope[n + 1 :]) for parts in (left, right)]
    return found[0], found[1]  # type: ignore[return-value]


def merged_choices(choices: Iterable[dict]) -> dict | None:
    """Return all choices together, or None where two of them differ on a variable."""
    merged: dict = {}
    for some in choices:
        for variable, reading in some.items():
            if merged.setdefault(variable, reading) != reading:
                return None
    return merged
