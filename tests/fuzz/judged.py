"""Dossiers that are drawn and then judged by something that shares nothing with the package.

`stories` are several that share the words of their voices (`drawing`), `words` are joint dossiers
of many ambiguous ones (`literals`), `rules` have all that the verdict has rules for (`ruled`),
`large` have 20 to 40 claims besides, of `hedges` every sentence is walked (`hedged`), and `totals`
rise day by day (`rising`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from multiprocessing import get_context

import drawing
import hedged
import literals
import rising
import ruled
from reducing import TOO_LONG

from bakhmut.base.limits import cores

KINDS: dict[str, Callable[[int], str]] = {
    "stories": drawing.tried,
    "words": literals.tried,
    "rules": ruled.tried,
    "large": partial(ruled.tried, large=True),
    "hedges": hedged.tried,
    "totals": rising.tried,
}


def run(kind: str, seed: int) -> tuple[int, str, str]:
    """Return a seed, whether both judges agree on its dossier, and in what they do not."""
    said = KINDS[kind](seed)
    if said == TOO_LONG:
        return seed, said, ""
    return seed, "disagreed" if said else "agreed", said


def runs(kind: str, seeds: range) -> Iterator[tuple[int, str, str]]:
    """Yield how the dossiers of some seeds are judged, on all cores."""
    with get_context("fork").Pool(cores()) as pool:
        yield from pool.imap_unordered(partial(run, kind), seeds, chunksize=2)
