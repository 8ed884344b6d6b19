"""The loss plane as a light SVG, quick enough to follow a hand: the numbers of one side upward,
the other's to the right, ratios as slanting lines between them.

`bakhmut.figures.plane` draws the figure for print; this one is redrawn at every move.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10
from typing import NamedTuple

from bakhmut.base.sentences import listed
from bakhmut.base.words import number, span, to_one

WIDE, HIGH, LEFT, FOOT, TOP, RIGHT = 460, 400, 12, 40, 26, 448
INK, GREY, LINE, BLUE, ORANGE, PURPLE = (
    *("#1a1a1a", "#595959", "#8c8c8c", "#005f99", "#b04a00", "#86356b"),
)
GLOW = 'stroke="#ffd54f" stroke-width="11" class="bakhmut-glow"'  # under what is lit
FADES = 2.5  # an open end fades out over this factor


class Band(NamedTuple):
    """A figure: what its words allow (NaN where open), the number printed, and both in words.

    `is_lit` where it is in the conflict that is looked at.
    """

    low: float
    high: float
    point: float
    said: str
    is_lit: bool = False


@dataclass(frozen=True)
class Frame:
    """The part of the plane that is shown: powers of ten of its lower left and upper right."""

    across: tuple[float, float]
    upward: tuple[float, float]

    def x(self, value: float) -> float:
        """Return where a number of the side to the right lies, held within the frame."""
        return _place(value, self.across, LEFT, RIGHT)

    def y(self, value: float) -> float:
        """Return where a number of the upward side lies, held within the frame."""
        return _place(value, self.upward, HIGH - FOOT, TOP)


def _place(value: float, ends: tuple[float, float], start: float, stop: float) -> float:
    share = (log10(max(value, 1e-9)) - ends[0]) / (ends[1] - ends[0])
    return round(start + min(1.0, max(0.0, share)) * (stop - start), 1)


def frame_for(over: Sequence[float], under: Sequence[float], ratios: Sequence[float]) -> Frame:
    """Return a frame with room for all numbers to move, the same number of decades both ways."""
    ends = []
    for own, others, turned in ((over, under, False), (under, over, True)):
        values = [v for v in own if v > 0]
        for ratio in (r for r in ratios if r > 0):
            values += [v / ratio if turned else v * ratio for v in others if v > 0]
        logs = [log10(v) for v in values] or [0.0]
        ends.append((min(logs), max(logs)))
    half = max(high - low for low, high in ends) / 2 + 0.6
    upward, across = ((sum(pair) / 2 - half, sum(pair) / 2 + half) for pair in ends)
    return Frame(across, upward)


def loss_plane(
    frame: Frame,
    sides: tuple[str, str],
    *,
    over: Band,
    under: Band,
    ratios: Sequence[Band],
    others: tuple[Sequence[Band], Sequence[Band]] = ((), ()),
) -> str:
    """Return the plane as SVG, with words that say what it shows.

    Parameters
    ----------
    frame
        As `frame_for` returns it.
    sides
        Upward, and to the right.
    over, under
        The two totals; an end that is open fades out.
    ratios
        The first is the one whose outcome at the totals is marked.
    others
        Counts besides the totals that are in the conflict looked at, of each side.
    """
    parts = [*_axes(frame, sides), *_totals(frame, over, under), *_others(frame, others)]
    parts += [*_ratios(frame, ratios), *_crossing(frame, over, under, ratios)]
    lit = [band for band in (over, under, *ratios, *others[0], *others[1]) if band.is_lit]
    said = html.escape(words(sides, over, under, ratios=ratios, lit=lit))
    return (
        f'<svg role="img" aria-label="{said}" viewBox="0 0 {WIDE} {HIGH}" width="{WIDE}" '
        f'style="max-width:100%;height:auto;background:#fff" font-family="sans-serif" '
        f'font-size="12">{_GRADIENTS}{"".join(parts)}</svg>'
    )


def words(
    sides: tuple[str, str], over: Band, under: Band, *, ratios: Sequence[Band], lit: Sequence[Band]
) -> str:
    """Return what the plane shows in a few sentences."""
    said = [f"{side}: {band.said}." for side, band in zip(sides, (over, under), strict=True)]
    said += [f"Divided: {span(*divided(over, under))} to 1."]
    said += [f"Reported: {ratio.said} to 1." for ratio in ratios]
    marked = [f"{band.said}{' to 1' * (band in ratios)}" for band in lit]
    said += [f"Lit, as in the conflict chosen: {listed(marked)}."] if lit else []
    return " ".join(said)


def divided(over: Band, under: Band) -> tuple[float, float]:
    """Return what the words of two totals allow for their quotient."""
    low = over.low / under.high if under.high else float("nan")
    return low, over.high / under.low if under.low else float("nan")


def _spread(band: Band) -> tuple[float, float]:
    """Return the ends of a figure as drawn: an open one fades out."""
    low = band.low if isfinite(band.low) else band.point / FADES
    return low, band.high if isfinite(band.high) else band.point * FADES


def _is_open(band: Band) -> bool:
    return not (isfinite(band.low) and isfinite(band.high))


_GRADIENTS = "<defs>" + "".join(
    f'<linearGradient id="fade-{name}" {ends}><stop offset="0" stop-color="{color}" '
    f'stop-opacity=".35"/><stop offset="1" stop-color="{color}" stop-opacity="0"/></linearGradient>'
    for name, ends, color in (
        ("up", 'x1="0" y1="1" x2="0" y2="0"', ORANGE),
        ("right", 'x1="0" y1="0" x2="1" y2="0"', BLUE),
    )
) + "</defs>"  # fmt: skip


def _text(x: float, y: float, text: str, *, color: str = INK, anchor: str = "start") -> str:
    return (
        f'<text x="{x}" y="{y}" fill="{color}" text-anchor="{anchor}" stroke="#fff" '
        f'stroke-width="3" paint-order="stroke">{html.escape(text)}</text>'
    )


def _line(x1: float, y1: float, x2: float, y2: float, *, color: str, more: str = "") -> str:
    stroke = f'stroke="{color}" ' if color else ""
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" {stroke}{more}/>'


def _axes(frame: Frame, sides: tuple[str, str]) -> list[str]:
    foot = HIGH - FOOT
    parts = [
        _line(LEFT, foot, RIGHT, foot, color=LINE), _line(LEFT, foot, LEFT, TOP, color=LINE),
        _text(LEFT, 14, f"↑ {sides[0]}, number reported", color=GREY),
        _text(RIGHT, HIGH - 6, f"{sides[1]}, number reported →", color=GREY, anchor="end"),
    ]  # fmt: skip
    for power in range(ceil(frame.across[0]), floor(frame.across[1]) + 1):
        x = frame.x(10.0**power)
        parts += [_line(x, foot, x, foot + 4, color=LINE)]
        parts += [_text(x, foot + 17, number(10.0**power), color=GREY, anchor="middle")]
    for power in range(ceil(frame.upward[0]), floor(frame.upward[1]) + 1):
        y = frame.y(10.0**power)
        if y < foot - 10:
            parts += [_line(LEFT, y, LEFT + 4, y, color=LINE)]
            parts += [_text(LEFT + 6, y + 4, number(10.0**power), color=GREY)]
    return parts


def _box(left: float, top: float, wide: float, high: float, *, fill: str) -> str:
    return (
        f'<rect x="{left}" y="{top}" width="{max(0.0, wide):.1f}" height="{max(0.0, high):.1f}" '
        f'fill="{fill}" fill-opacity=".5"/>'
    )


def _totals(frame: Frame, over: Band, under: Band) -> list[str]:
    foot = HIGH - FOOT
    low, high = map(frame.y, _spread(over))
    left, right = map(frame.x, _spread(under))
    y, x = frame.y(over.point), frame.x(under.point)
    side, shift = ("end", -5) if x > (LEFT + RIGHT) / 2 + 60 else ("start", 5)
    up = "url(#fade-up)" if _is_open(over) else ORANGE
    across = "url(#fade-right)" if _is_open(under) else BLUE
    glow = [_line(LEFT, y, RIGHT, y, color="", more=GLOW)] if over.is_lit else []
    glow += [_line(x, foot, x, TOP, color="", more=GLOW)] if under.is_lit else []
    return [
        _box(LEFT, high, RIGHT - LEFT, low - high, fill=up),
        _box(left, TOP, right - left, foot - TOP, fill=across),
        *glow,
        _line(LEFT, y, RIGHT, y, color=ORANGE, more='stroke-width="2"'),
        _line(x, foot, x, TOP, color=BLUE, more='stroke-width="2"'),
        _text(RIGHT - 4, y - 5, over.said, color=ORANGE, anchor="end"),
        _text(x + shift, foot - 8, under.said, color=BLUE, anchor=side),
    ]


def _others(frame: Frame, others: tuple[Sequence[Band], Sequence[Band]]) -> list[str]:
    """Return lines for counts besides the totals, with their numbers."""
    parts = []
    for band in others[0]:
        y = frame.y(band.point)
        parts += [_line(LEFT, y, RIGHT, y, color="", more=GLOW)]
        parts += [_line(LEFT, y, RIGHT, y, color=ORANGE, more='stroke-dasharray="6 3"')]
        parts += [_text(LEFT + 70, y - 5, band.said, color=ORANGE)]
    for band in others[1]:
        x = frame.x(band.point)
        parts += [_line(x, HIGH - FOOT, x, TOP, color="", more=GLOW)]
        parts += [_line(x, HIGH - FOOT, x, TOP, color=BLUE, more='stroke-dasharray="6 3"')]
        parts += [_text(x + 5, TOP + 14, band.said, color=BLUE)]
    return parts


def _ratios(frame: Frame, ratios: Sequence[Band]) -> list[str]:
    parts = [_slope(frame, 1.0, f'stroke="{LINE}" stroke-dasharray="2 4"')]
    for ratio in ratios:
        low, high = (_ends(frame, end) for end in _spread(ratio))
        if low and high:
            corners = " ".join(f"{x},{y}" for x, y in (*low, *reversed(high)))
            parts.append(f'<polygon points="{corners}" fill="{PURPLE}" fill-opacity=".12"/>')
        if ratio.is_lit:
            parts.append(_slope(frame, ratio.point, GLOW))
        parts.append(_slope(frame, ratio.point, f'stroke="{PURPLE}" stroke-width="2"'))
        if found := _ends(frame, ratio.point):
            x, y = found[1]
            anchor, x = ("end", x - 18) if x > (LEFT + RIGHT) / 2 else ("start", x + 8)
            parts.append(_text(x, y + 12, f"{ratio.said} to 1", color=PURPLE, anchor=anchor))
    return parts


def _ends(frame: Frame, ratio: float) -> list[tuple[float, float]] | None:
    """Return where a ratio's line enters and leaves the frame, None where it passes by."""
    if not ratio > 0:
        return None
    rise = log10(ratio)
    start = max(frame.across[0], frame.upward[0] - rise)
    stop = min(frame.across[1], frame.upward[1] - rise)
    if start >= stop:
        return None
    return [(frame.x(10**at), frame.y(10 ** (at + rise))) for at in (start, stop)]


def _slope(frame: Frame, ratio: float, look: str) -> str:
    ends = _ends(frame, ratio)
    if ends is None:
        return ""
    (x1, y1), (x2, y2) = ends
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" {look}/>'


def _crossing(frame: Frame, over: Band, under: Band, ratios: Sequence[Band]) -> list[str]:
    x, y = frame.x(under.point), frame.y(over.point)
    parts = [f'<rect x="{x - 5}" y="{y - 5}" width="10" height="10" fill="{INK}"/>']
    look = f'stroke="{INK}" stroke-width="2" fill="none"'
    if not isfinite(under.high):
        parts.append(f'<path d="M{x} {y}h26m-6 -5l6 5l-6 5" {look}/>')
    if not isfinite(over.high):
        parts.append(f'<path d="M{x} {y}v-26m-5 6l5 -6l5 6" {look}/>')
    parts.append(_text(x + 9, y + 20, f"{span(*divided(over, under))} to 1"))
    for ratio in (r.point for r in ratios[:1] if r.point > 0):
        parts += _implied(frame, (over.point / ratio, over.point), over.point / ratio, ratio)
        parts += _implied(frame, (under.point, under.point * ratio), under.point * ratio, ratio)
    return parts


def _implied(frame: Frame, at: tuple[float, float], value: float, ratio: float) -> list[str]:
    """Return a mark where the reported ratio would put a total, with its number."""
    x, y = frame.x(at[0]), frame.y(at[1])
    mark = f'<path d="M{x} {y - 7}l7 7l-7 7l-7 -7z" fill="#fff" stroke="{PURPLE}" '
    anchor, shift = ("end", -10) if x > LEFT + 130 else ("start", 10)
    said = f"{number(value)} if {to_one(ratio)}"
    return [f'{mark}stroke-width="2"/>', _text(x + shift, y - 8, said, color=PURPLE, anchor=anchor)]
