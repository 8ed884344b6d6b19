"""One style for every figure: palette, page, labels that do not overlap.

A figure is drawn with matplotlib's own objects, never through pyplot, so that nothing is shown,
saved or remembered behind the caller's back. It is sized for a column of 4.5 inches: printed, its
text is 11.5 points; on a phone 320 pixels wide it is about as many pixels high.
"""

from __future__ import annotations

import functools
import io
import math
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

import matplotlib.style
import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.dates import AutoDateLocator, DateFormatter
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patheffects import withStroke
from matplotlib.text import Annotation
from matplotlib.textpath import text_to_path
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter
from matplotlib.transforms import Bbox

from bakhmut.base.words import number

P = ParamSpec("P")
R = TypeVar("R")

# Blue and orange stay apart in every common colour blindness; all are dark enough for text.
INK, GREY, LINE, PALE, PAPER = "#1a1a1a", "#595959", "#8c8c8c", "#dddddd", "#ffffff"
BLUE, ORANGE, GREEN, PURPLE = "#005f99", "#b04a00", "#006d50", "#86356b"
VERDICTS = {  # status: colour, marker, words; the shape alone tells them apart
    "consistent": (BLUE, "o", "can all hold"),
    "contradiction": (ORANGE, "X", "cannot all hold, by definition"),
    "conflicts-with-assumption": (PURPLE, "D", "cannot all hold, under an assumption"),
}
WIDTH, MARGIN, TEXT, SMALL, TITLE = 4.5, 0.10, 11.5, 10.0, 13.0  # inches, inches, points

_STYLE: dict[Any, Any] = {
    "font.family": "DejaVu Sans",  # shipped with matplotlib: the same picture on every machine
    "font.size": TEXT,
    "text.color": INK,
    "text.parse_math": False,  # a dollar sign in a dossier is a dollar sign
    "axes.labelcolor": GREY,
    "axes.labelsize": SMALL + 0.5,
    "axes.edgecolor": LINE,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "xtick.color": LINE,
    "ytick.color": LINE,
    "xtick.labelcolor": GREY,
    "ytick.labelcolor": GREY,
    "xtick.labelsize": SMALL + 0.5,
    "ytick.labelsize": SMALL + 0.5,
    "hatch.linewidth": 0.6,
    "svg.hashsalt": "bakhmut",
}
_ALT: WeakKeyDictionary[Axes, str] = WeakKeyDictionary()
_OWN: WeakKeyDictionary[Figure, float] = WeakKeyDictionary()
_EMPTY: WeakKeyDictionary[Axes, bool] = WeakKeyDictionary()


def styled(draw: Callable[P, R]) -> Callable[P, R]:
    """Return `draw` run under the one style, whatever the reader's own settings are."""

    @functools.wraps(draw)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        # The default first: of what a reader has set otherwise nothing shows, and nothing is lost.
        with matplotlib.style.context(["default", _STYLE]), warnings.catch_warnings():
            # A letter that the font lacks is drawn as a box; the alt text has it in full.
            warnings.filterwarnings("ignore", message="Glyph")
            return draw(*args, **kwargs)

    return run


def canvas(ax: Axes | None, *, height: float = 3.6) -> Axes:
    """Return the axes given, or new ones, `height` inches high, on a page of our own."""
    if ax is not None:
        return ax
    figure = Figure(figsize=(WIDTH, height), facecolor=PAPER)
    FigureCanvasAgg(figure)
    _OWN[figure] = height
    return figure.add_axes((0.15, 0.15, 0.8, 0.7))


def figure_of(ax: Axes) -> Figure:
    """Return the figure that axes are on."""
    figure = ax.get_figure(root=True)
    assert figure is not None  # axes are made on a figure
    return figure


def wrap(text: str, width: float, *, size: float = TEXT, weight: str = "normal") -> str:
    """Return the text in lines of at most `width` inches, measured in the figure's own font."""
    lines, filled, space = list[str](), width, _wide(" ", size, weight)
    for word in text.split():
        wide = _wide(word, size, weight)
        # Drawn text is up to three per cent wider than measured: its letters sit on whole pixels.
        if 1.03 * (filled + space + wide) > width:
            lines, filled = [*lines, word], wide
        else:
            lines[-1], filled = f"{lines[-1]} {word}", filled + space + wide
    return "\n".join(lines)


@functools.lru_cache(maxsize=4096)
def _wide(word: str, size: float, weight: str) -> float:
    font = FontProperties(family="DejaVu Sans", size=size, weight=weight)
    return text_to_path.get_text_width_height_descent(word, font, False)[0] / 72


def frame_axes(ax: Axes, *, title: str, subtitle: str = "", source: str = "") -> Axes:
    """Return the axes with the finding above, units below it and the source at the foot.

    A page of our own grows with its words, so the axes keep their height. Axes that the caller
    brought keep their place too, and get the title and the units only.
    """
    if figure_of(ax) not in _OWN:
        ax.set_title("\n".join(filter(None, (title, subtitle))), loc="left", fontsize=SMALL)
        return ax
    words: tuple[tuple[str, dict[str, Any]], ...] = (
        (title, {"size": TITLE, "weight": "bold"}),
        (subtitle, {"size": TEXT - 0.5, "color": GREY}),
        (source, {"size": SMALL, "color": GREY}),
    )
    lines = [
        wrap(text, WIDTH - 2 * MARGIN, size=font["size"], weight=font.get("weight", "normal"))
        for text, font in words
    ]
    high = [
        (text.count("\n") + 1) * font["size"] * 1.34 / 72 if text else 0.0
        for text, (_, font) in zip(lines, words, strict=True)
    ]
    figure = figure_of(ax)
    height = _OWN[figure] + sum(high) + 2 * MARGIN + 0.14
    figure.set_figheight(height)
    tops = (height - MARGIN, height - MARGIN - high[0], MARGIN + high[2])
    for text, (_, font), top in zip(lines, words, tops, strict=True):
        figure.text(MARGIN / WIDTH, top / height, text, va="top", linespacing=1.2, **font)
    _fill(ax, MARGIN + high[2] + 0.06, height - MARGIN - high[0] - high[1] - 0.08)
    return ax


def _fill(ax: Axes, foot: float, top: float) -> None:
    """Stretch the axes, ticks and axis titles included, over the room between foot and top."""
    figure = figure_of(ax)
    height = figure.get_figheight()
    room = Bbox([[MARGIN / WIDTH, foot / height], [1 - MARGIN / WIDTH, top / height]])
    for _ in range(3):  # tick labels change with the size, so go round again
        box = ax.get_tightbbox()
        assert box is not None  # these axes are visible
        outer = box.transformed(figure.transFigure.inverted())
        inner = ax.get_position(original=True)
        ax.set_position(
            (
                inner.x0 + room.x0 - outer.x0,
                inner.y0 + room.y0 - outer.y0,
                inner.width + room.width - outer.width,
                inner.height + room.height - outer.height,
            )
        )


@dataclass(frozen=True)
class Label:
    """Words beside one of the points `at`; points and `sides` are tried in order, nearest first."""

    text: str
    at: tuple[tuple[float, float], ...]
    color: str = INK
    sides: tuple[str, ...] = ("right", "left", "above", "below")
    weight: str = "normal"
    size: float = TEXT - 0.5
    gap: float = 8.0  # points between the mark and its words


CORNERS = ("above right", "below right", "above left", "below left")
_OFFSETS = {  # side: where the words lie, and how they are aligned to the point
    "right": (1, 0, "left", "center"),
    "left": (-1, 0, "right", "center"),
    "above": (0, 1, "center", "bottom"),
    "below": (0, -1, "center", "top"),
    "above right": (1, 1, "left", "bottom"),
    "above left": (-1, 1, "right", "bottom"),
    "below right": (1, -1, "left", "top"),
    "below left": (-1, -1, "right", "top"),
}


def place_labels(ax: Axes, labels: Iterable[Label]) -> int:
    """Return how many labels found no room; the others are drawn where they overlap nothing.

    Earlier labels come first. A label stays inside the axes, keeps clear of every plotted point
    and, if it can, of every line. One that fits nowhere is left out, never drawn over
    another.
    """
    if figure_of(ax) not in _OWN:  # one of ours was laid out as it got its frame
        figure_of(ax).draw_without_rendering()
    taken, solid, broken = list[Bbox](), list[Bbox](), list[Bbox]()
    for line in ax.lines:
        path = line.get_transform().transform(line.get_xydata())
        if len(path) == 1:
            taken.append(_around(path[0], ax.figure.dpi / 72 * 4.5))
        if line.get_linestyle() == "None":
            continue
        for start, end in pairwise(path):
            steps = np.linspace(0, 1, 2 + int(np.hypot(*(end - start)) / 4))[:, None]
            lines = solid if line.get_linestyle() == "-" else broken
            lines += [_around(at, 1.0) for at in start + (end - start) * steps]
    return sum(
        not any(
            _place_labels(ax, label, taken, avoided) for avoided in ([*solid, *broken], solid, [])
        )
        for label in labels
    )


def _around(point: np.ndarray, reach: float) -> Bbox:
    return Bbox([point - reach, point + reach])


def _place_labels(ax: Axes, label: Label, taken: list[Bbox], crossed: list[Bbox]) -> bool:
    room = ax.get_window_extent().padded(2)
    for far, side, point in product((1.0, 1.8, 3.0), label.sides, label.at):
        text = _write(ax, label, point, side, far)
        box = text.get_window_extent().padded(1.0)
        inside = room.x0 <= box.x0 and box.x1 <= room.x1 and room.y0 <= box.y0 and box.y1 <= room.y1
        if inside and not any(box.overlaps(other) for other in (*taken, *crossed)):
            taken.append(box)
            return True
        text.remove()
    return False


def _write(ax: Axes, label: Label, point: tuple[float, float], side: str, far: float) -> Annotation:
    right, up, across, along = _OFFSETS[side]
    return ax.annotate(
        label.text,
        point,
        textcoords="offset points",
        xytext=(right * label.gap * far, up * label.gap * far),
        ha=across,
        va=along,
        color=label.color,
        size=label.size,
        weight=label.weight,
        linespacing=1.1,
        path_effects=[withStroke(linewidth=2.5, foreground=PAPER)],
        annotation_clip=False,
    )


def legend(marks: Iterable[tuple[str, str]], used: Iterable[str]) -> str:
    """Return the key to the marks that a figure has, of all that its kind may have.

    >>> legend([("●", "can all hold"), ("✕", "cannot")], ["✕"])
    '✕ cannot'
    """
    have = set(used)
    return " · ".join(f"{mark} {words}" for mark, words in marks if mark in have)


def axis_titles(ax: Axes, *, across: str = "", upward: str = "") -> None:
    """Title the axes in level words: the upward one above its axis, the other at its right end."""
    ax.set_xlabel(across + " →" if across else "", loc="right")
    if upward:
        ax.annotate(
            f"↑ {upward}", (0, 1), xycoords="axes fraction", xytext=(-4, 5),
            textcoords="offset points", color=GREY, size=SMALL + 0.5, va="bottom",
        )  # fmt: skip


def log_axes(*axes: Axis) -> None:
    """Mark logarithmic axes with few numbers in full, the finer ones only where decades are few."""
    for axis in axes:
        low, high = axis.get_view_interval()
        fine = math.log10(high / low) < 1.5
        axis.set_major_locator(LogLocator(subs=(1, 2, 5) if fine else (1,), numticks=4))
        axis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
        axis.set_minor_formatter(NullFormatter())


def date_axis(ax: Axes) -> None:
    """Mark the horizontal axis with few dates, as fine as the time it spans."""
    first, last = ax.get_xlim()
    words = "%Y" if last - first > 1400 else "%b %Y" if last - first > 120 else "%-d %b %Y"
    ax.xaxis.set_major_locator(AutoDateLocator(minticks=2, maxticks=3 if "d" in words else 4))
    ax.xaxis.set_major_formatter(DateFormatter(words))


def describe(ax: Axes, text: str) -> Axes:
    """Return the axes with the words that stand for them where the picture cannot be seen."""
    _ALT[ax] = " ".join(text.split())
    return ax


def alt_text(ax: Axes) -> str:
    """Return the words that stand for a figure: what is plotted, its extremes, the finding."""
    return _ALT.get(ax, "")


def empty_figure(ax: Axes | None, why: str) -> Axes:
    """Return axes that say in one plain sentence why there is nothing to draw."""
    ax = canvas(ax, height=1.2)
    ax.set_axis_off()
    ax.text(0, 0.5, wrap(why, WIDTH - 1.0), transform=ax.transAxes, va="center")
    _EMPTY[ax] = True
    return describe(ax, why)


def is_empty(ax: Axes) -> bool:
    """Return whether a figure only says that there is nothing to draw."""
    return ax in _EMPTY


@styled
@styled
def png(ax: Axes) -> bytes:
    """Return the axes' figure as a small PNG, the same bytes for the same figure."""
    from PIL import Image

    raw, small = io.BytesIO(), io.BytesIO()
    figure_of(ax).savefig(raw, format="png", dpi=144, metadata={"Software": None})
    # A chart needs few colours: a palette keeps the page a newsroom mails around light.
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for color in _tints() for part in color])
    picture = Image.open(raw).convert("RGB")
    picture = picture.quantize(palette=palette, dither=Image.Dither.NONE)
    picture.save(small, format="PNG", optimize=True)
    return small.getvalue()


def _tints(steps: int = 16) -> list[tuple[int, ...]]:
    """Return the colours of the style, each in steps from paper to full strength."""
    hues = [np.array(to_rgb(color)) for color in (INK, BLUE, ORANGE, GREEN, PURPLE)]
    mixed = [1 - (1 - hue) * step / steps for step in range(1, steps + 1) for hue in hues]
    return [tuple(int(part) for part in np.rint(255 * mix)) for mix in [np.ones(3), *mixed]]
