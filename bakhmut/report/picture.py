"""The one picture of the first screen: what is said and what follows, as bars over one line.

The line runs from 0 upward. Where a ratio of a part stands beside counts of its whole, it shows
what the counts allow, what is reported for the part, and 1 to 1; else the counts of the gravest
conflict, or of what may well be one thing, on one scale; without either there is no picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10
from typing import TYPE_CHECKING, Any, NamedTuple

from bakhmut.base.sentences import quoted
from bakhmut.base.words import number, span, to_one
from bakhmut.dossier.derived import stated
from bakhmut.dossier.doors.frames import tuples_of
from bakhmut.engine.status import STATUSES, worst
from bakhmut.report import plain, record
from bakhmut.views.quotients import caps, ratio_bands

if TYPE_CHECKING:
    from bakhmut.dossier.claims import Dossier
    from bakhmut.findings.summary import Outcome

WIDE, LEFT, RIGHT, TOP, STEP, FOOT = 360, 10, 340, 8, 46, 30
MOST_BARS = 4
LETTER = 6.0  # of a tick's label, about
LONGEST = 47  # letters of a line of words
MOST_APART = 60  # of the largest bar to the smallest, else the smallest cannot be seen


class Bar(NamedTuple):
    """A range on the line, its printed point, and its words; an open end is None.

    Its `name` begins with the words that are seen: who speaks to a page says what is read there.
    """

    claims: tuple[str, ...]
    words: str
    name: str
    low: float | None
    high: float | None
    point: float | None
    look: str


@dataclass(frozen=True)
class Line:
    """Where everything lies, in units of the picture."""

    title: str
    high: int
    bars: tuple[dict[str, Any], ...]
    ticks: tuple[tuple[float, str], ...]
    level: float | None  # 1 to 1


def picture(dossier: Dossier, outcomes: Sequence[Outcome]) -> Line | None:
    """Return the picture of a dossier, None where none would help."""
    ratio, counted = _ratio_bars(dossier), _count_bars(dossier, outcomes)
    # What cannot be true in any reading is shown first.
    if counted and worst(o.check.status for o in outcomes) == STATUSES[0]:
        ratio = []
    bars = ratio or counted
    if not bars:
        return None
    title = "; ".join(bar.name for bar in bars) + "."
    return _laid_out(bars, title, level=1.0 if ratio else None)


def _ratio_bars(dossier: Dossier) -> list[Bar]:
    """Return what the counts of the whole allow, and what is reported for the part."""
    found = caps(dossier).dropna(subset=["quotient_high"])
    if found.empty:
        return []
    cap = found.iloc[0]
    band = ratio_bands(dossier).set_index("claim").loc[cap["claim"]]
    own = {row.claim: row for row in tuples_of(dossier.claims)}
    high = float(cap["quotient_high"])
    totals = f"Counts for all of {cap['whole']}: {span(float('nan'), high)} to 1"
    said = plain.figure(own[cap["claim"]])
    printed = said if isfinite(band["value"]) else to_one(cap["ratio"])
    return [
        Bar((cap["given"], cap["per_claim"]), totals, totals, 0.0, high, None, "allowed"),
        Bar(
            (cap["claim"],),
            f"Reported for {cap['part']}: {printed}",
            f"Reported for {cap['part']}: {printed}, {quoted(own[cap['claim']].quote)}",
            _known(band["band_low"]),
            _known(band["band_high"]),
            float(cap["ratio"]),
            "reported",
        ),
    ]


def _known(value: float) -> float | None:
    return float(value) if isfinite(value) else None


def _count_bars(dossier: Dossier, outcomes: Sequence[Outcome]) -> list[Bar]:
    """Return the gravest conflict that has counts of one side only."""
    own = {row.claim: row for row in tuples_of(dossier.claims)}
    for names in _gravest(outcomes):
        counted = [own[name] for name in names]
        sides = {stated(row.side) for row in counted} - {""}
        if any(row.kind != "count" for row in counted) or len(sides) > 1:
            continue
        # Who tells apart what no other cell does.
        same = all(
            len({getattr(row, n) for row in counted} - {""}) < 2 for n in ("measure", "place")
        )
        bars = [_count_bar(row, by=same) for row in counted if row.low or row.high]
        sizes = [end for bar in bars for end in (bar.low, bar.high) if end]
        if 2 <= len(bars) <= MOST_BARS and max(sizes) <= MOST_APART * min(sizes):
            return bars
    return []


def _gravest(outcomes: Sequence[Outcome]) -> Iterator[Sequence[str]]:
    """Yield the figures of each conflict, the gravest first, all that may be one thing together.

    Where nothing was compared the first screen asks about one of them: that is first.
    """
    found: list[tuple[str, Sequence[str]]] = []
    for outcome in outcomes:
        status, alike = outcome.check.status, outcome.evidence.alike
        if status == "not-checkable" and alike:
            found.append((status, alike.named))
        several = outcome.evidence.disputes
        for row in tuples_of(outcome.check.conflicts):
            found.append((row.status, several.get(row.conflict, row).claims))
    for _, names in sorted(found, key=lambda one: STATUSES.index(one[0])):
        yield names[:MOST_BARS]


def _count_bar(row: Any, *, by: bool) -> Bar:
    low, high = _known(row.low_value), _known(row.high_value)
    where = ", ".join(filter(None, (row.measure, row.place if row.place != row.side else "")))
    words = f"{plain.figure(row)}: {' '.join(filter(None, (stated(row.side), where)))}"
    words = _cut(f"{words}, {row.source}" if by and row.source else words)
    point = low if low == high else None
    start = 0.0 if point is not None else low  # a bar of its length, to compare with the others
    name = f"{words}, {quoted(row.quote)}" if row.quote else words
    return Bar((row.claim,), words, name, start, high, point, "")


def _cut(words: str) -> str:
    """Return words that fit on the line."""
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…"


def _laid_out(bars: Sequence[Bar], title: str, *, level: float | None) -> Line:
    """Return the bars with their places: one below the other, words above each."""
    ends = [end for bar in bars for end in (bar.low, bar.high, bar.point, level) if end is not None]
    top = max(max(ends) * 1.12, 1e-9)
    step = _step(top)
    while _wide(step, top) > step / top * (RIGHT - LEFT):
        step *= 2  # no label runs into the next

    def across(value: float) -> float:
        return round(LEFT + min(value / top, 1.0) * (RIGHT - LEFT), 1)

    placed = []
    for n, bar in enumerate(bars):
        low, high = (0.0 if bar.low is None else bar.low), (top if bar.high is None else bar.high)
        placed.append(
            {
                "claims": " ".join(bar.claims),
                "anchor": record.anchor("claim", bar.claims[0]),
                "words": _cut(bar.words),
                "name": bar.name,
                "look": bar.look,
                "y": TOP + n * STEP,
                "x": across(low),
                "wide": round(max(across(high) - across(low), 0.0), 1),
                "point": None if bar.point is None else across(bar.point),
                "open": bar.high is None,
            }
        )
    ticks = [(across(n * step), number(n * step)) for n in range(floor(top / step) + 1)]
    high_ = TOP + len(bars) * STEP + FOOT
    at = None if level is None else across(level)
    return Line(title, high_, tuple(placed), tuple(ticks), at)


def _wide(step: float, top: float) -> float:
    """Return how wide the longest label of the ticks is, with a gap."""
    labels = (number(n * step) for n in range(floor(top / step) + 1))
    return LETTER * (max(map(len, labels)) + 1)


def _step(top: float) -> float:
    """Return a round distance between four to eight ticks up to `top`.

    >>> _step(6.72), _step(694)
    (1.0, 100.0)
    """
    size = 10.0 ** floor(log10(top))
    steps = (size * part for part in (0.1, 0.2, 0.5, 1.0, 2.0))
    return next((s for s in steps if ceil(top / s) <= 7), size * 2)
