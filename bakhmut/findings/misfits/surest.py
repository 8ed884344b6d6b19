"""What a text's own arithmetic gets wrong, the surest first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bakhmut.findings.misfits.casualties import casualties
from bakhmut.findings.misfits.changes import changes
from bakhmut.findings.misfits.days import days
from bakhmut.findings.misfits.parts import fates, lists, of_them, sums
from bakhmut.findings.misfits.rests import rests
from bakhmut.findings.misfits.shares import shares
from bakhmut.findings.misfits.told import Misfit, Told

if TYPE_CHECKING:
    from bakhmut.findings.evidence import Evidence

# Those that the words themselves say come before those that may only be meant.
_KINDS = (of_them, shares, changes, rests, sums, fates, lists, casualties, days)


def misfits(evidence: Evidence) -> Iterator[Misfit]:
    """Yield the figures of a text that do not fit what its words say they are of."""
    told = Told(evidence)
    for kind in _KINDS:
        yield from kind(told)
