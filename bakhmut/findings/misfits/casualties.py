"""Casualties beside the killed and the wounded of the same voice, who are not so many together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from bakhmut.findings.misfits.told import Misfit, Told, is_exact, may_be_one

_OTHERS = ("captured", "missing", "sick")
_FARTHEST = 2  # times: what lies further apart is hardly of the same


def casualties(told: Told) -> Iterator[Misfit]:
    """Yield casualties that are not the killed and wounded told beside them.

    "7,200 casualties, killed and wounded taken together ... 1,950 killed and 4,350 wounded".
    """
    own = [s for s in told.own if is_exact(s) and s.source]
    if any(s.measure in _OTHERS and s.low for s in own):
        return
    for whole in (s for s in own if s.measure == "casualties"):
        for one, other in pairwise(own):
            beside = told.near(one, other) and {one.measure, other.measure} == {"killed", "wounded"}
            cells = [
                (getattr(part, cell), getattr(whole, cell))
                for part in (one, other)
                for cell in ("side", "period")
            ]
            alike = beside and {one.source, other.source} == {whole.source}
            if not (alike and one.text == whole.text and all(may_be_one(*two) for two in cells)):
                continue
            both, all_ = (one.low or 0) + (other.low or 0), whole.low or 0
            if both != all_ and both < all_ * _FARTHEST and all_ < both * _FARTHEST:
                made = f"{one.figure} {one.measure} and {other.figure} {other.measure}"
                says = f"{made} are {both:,.0f}; beside it stands {whole.said}."
                yield Misfit((one.claim, other.claim), whole.claim, says)
