"""What assumptions about each piece count, and no claim does.

"Wounded are at least three times the killed" and "wounded are at most twice the captured" say
together something of killed and captured, though nobody counts the wounded: what is only named
by assumptions must not be left out row by row. Where two of their sides can overlap, such a side
is counted wherever a claim counts something; one that stands alone says nothing and is left out.
In a part of which only the container is known it does say something: of "killed, some month" there
are no more than of "killed, the year", which a claim may count. There each side is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bakhmut.meaning.space.boxes import Box, EachPair
from bakhmut.meaning.space.pieces import Space
from bakhmut.meaning.vocabulary import EACH, Part


def linking_boxes(space: Space, each: Iterable[EachPair], counted: Iterable[Box]) -> Iterator[Box]:
    """Yield the sides of assumptions that others meet, in every scope that claims count."""
    sides = [
        (pair.number, n, box)
        for pair in each
        for n, side in enumerate((pair.top, pair.bottom))
        for box in side
    ]
    linking = [
        box
        for number, n, box in sides
        if any((number, n) != (m, k) and _meet(space, box, other) for m, k, other in sides)
    ]
    scopes = list(counted)
    for box in dict.fromkeys(linking):
        for scope in scopes:
            yield _filled(box, scope)
    partial = [s for s in scopes if any(at in space.container for at in enumerate(s))]
    for pair in each:
        both = (*pair.top, *pair.bottom)
        for scope in partial:
            if any(_meet(space, box, scope) for box in both):
                yield from (_filled(box, scope) for box in both)


def _filled(box: Box, scope: Box) -> Box:
    """Return a side of an assumption in the place of a scope, where it is about each."""
    parts = zip(box, scope, strict=True)
    s, m, p, t = (own if part == EACH else part for part, own in parts)
    return s, m, p, t


def _meet(space: Space, one: Box, other: Box) -> bool:
    """Return whether two boxes can have a piece in common in every dimension."""
    return all(_overlap(space, n, *parts) for n, parts in enumerate(zip(one, other, strict=True)))


def _overlap(space: Space, n: int, one: Part, other: Part) -> bool:
    if EACH in (one, other) or one == other:
        return True
    if (n, one) in space.container or (n, other) in space.container:
        return True
    if one in space.dates or other in space.dates:
        return True
    of = space.pieces[n].of
    return not set(of.get(one, ())).isdisjoint(of.get(other, ()))
