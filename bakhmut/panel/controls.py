"""The controls of the panel: a number to move, a switch with two numbers, a choice.

Each has a label of its own and can be worked by keyboard alone.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import floor, inf, log10
from pathlib import Path

from bakhmut.base.extras import require
from bakhmut.consistency.arranged import about
from bakhmut.dossier.parsing.notation import parse_number
from bakhmut.dossier.parsing.printed import range_in_words
from bakhmut.dossier.tables import SCOPE as DIMENSIONS
from bakhmut.panel.live import ROOM
from bakhmut.panel.told import alert
from bakhmut.views.states import Ends

require("lab", "explore")

import ipywidgets as widgets  # noqa: E402


def asset(name: str) -> str:
    """Return a style or a script that lies beside this module."""
    return (Path(__file__).parent / name).read_text(encoding="utf-8").strip()


def script(name: str) -> widgets.Widget:
    """Return an output that runs a script for the panel it is part of."""
    data = {"application/javascript": asset(name)}
    shown = {"output_type": "display_data", "data": data, "metadata": {}}
    return widgets.Output(outputs=(shown,))


WIDE = {"width": "100%", "height": "auto"}
STEPS = 120  # of a slider, from a number to ROOM times it


@dataclass(frozen=True)
class Number:
    """A number to move: a field to type in, and a slider beside it that follows.

    `refused` says why a number was not taken.
    """

    box: widgets.Widget
    field: widgets.FloatText
    refused: widgets.HTML
    start: float
    printed: str

    @property
    def text(self) -> str:
        """The number as a dossier writes it: as printed where it was not moved."""
        return self.printed if self.field.value == self.start else _written(self.field.value)


def number_control(label: str, printed: str, *, least: float = 0.0) -> Number:
    """Return a control for a number as printed.

    The slider runs from a quarter of the number to four times it; from a number of nought or
    less on an even scale. What is typed below `least` is not taken, and it is said why.
    """
    start = round(float(parse_number(printed)), 4)
    step = _step(abs(start))
    field = widgets.FloatText(
        value=start, step=step, description=label,
        layout=widgets.Layout(flex_flow="column", **WIDE),
    )  # fmt: skip
    slider: widgets.Widget
    if start <= 0:
        room = ROOM * abs(start) or 1.0
        slider = widgets.FloatSlider(value=start, min=max(least, -room), max=room, step=step)
    else:
        ends = {"min": log10(start / ROOM), "max": log10(start * ROOM)}
        slider = widgets.FloatLogSlider(value=start, step=log10(ROOM) / STEPS, **ends)
    slider.readout, slider.layout = False, widgets.Layout(width="100%")
    _follow(field, slider, step=step)
    refused = _refusing(field, least)
    box = widgets.VBox([field, slider, refused], layout=widgets.Layout(width="100%"))
    box.add_class("bakhmut-number")
    return Number(box, field, refused, start, printed)


def _written(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _step(start: float) -> float:
    """Return a step for a number: its third digit where it is large, its second where small."""
    if start >= 1000:
        return 10.0 ** (int(log10(start)) - 2)
    return min(0.1, 10.0 ** (floor(log10(start)) - 1)) if start > 0 else 0.1


def _refusing(field: widgets.FloatText, least: float) -> widgets.HTML:
    """Put a field back where it was when a number is typed that cannot be; return where it says so.

    A screen reader reads it at once.
    """
    said = widgets.HTML()

    def typed(change: dict) -> None:
        if least <= change["new"] < inf:
            said.value = ""
            return
        field.value = change["old"]
        said.value = alert(
            f"{_written(change['new'])} was not taken: a number of people, a ratio or a share "
            f"cannot be below 0. It stays {change['old']:,.15g}."
        )

    field.observe(typed, "value")
    return said


def _follow(field: widgets.FloatText, slider: widgets.Widget, *, step: float) -> None:
    """Let field and slider show one number; the slider moves in steps of the field.

    A browser puts a slider on the nearest of its own steps whenever it is set: what is as near as
    that to what was printed or typed has not been moved.
    """
    start, moving = field.value, False

    def slid(change: dict) -> None:
        nonlocal moving
        new = change["new"]
        if not moving and not _near(slider, new, field.value):
            moving = True
            near_start = _near(slider, new, start)
            field.value = start if near_start else round(round(new / step) * step, 4)
            moving = False

    def typed(change: dict) -> None:
        nonlocal moving
        if not moving:
            moving = True
            slider.value = min(max(change["new"], _least(slider)), _most(slider))
            moving = False

    slider.observe(slid, "value")
    field.observe(typed, "value")


def _near(slider: widgets.Widget, one: float, other: float) -> bool:
    """Return whether two numbers are at most half a step of a slider apart."""
    if isinstance(slider, widgets.FloatLogSlider):
        return min(one, other) > 0 and abs(log10(one / other)) < 0.501 * slider.step
    return abs(one - other) < 0.501 * slider.step


def _least(slider: widgets.Widget) -> float:
    return 10**slider.min if isinstance(slider, widgets.FloatLogSlider) else slider.min


def _most(slider: widgets.Widget) -> float:
    return 10**slider.max if isinstance(slider, widgets.FloatLogSlider) else slider.max


@dataclass(frozen=True)
class Switch:
    """Something that can be supposed or not, and the range it is supposed to lie in.

    One slider has both ends, or the one that is not open; `printed` are the ends as they were.
    """

    box: widgets.Widget
    on: widgets.Checkbox
    slider: widgets.FloatRangeSlider | widgets.FloatSlider
    printed: Ends
    start: tuple[float, ...]
    unit: str

    @property
    def texts(self) -> Ends:
        """The two ends as a dossier writes them, as printed where they were not moved."""
        moved = iter(zip(ends_of(self.slider), self.start, strict=True))
        low, high = (text and self._text(text, *next(moved)) for text in self.printed)
        return low, high

    def _text(self, printed: str, now: float, start: float) -> str:
        return printed if now == start else f"{_written(now)}{self.unit}"

    def reset(self, *, on: bool) -> None:
        """Put it back to what it was."""
        self.slider.value = self.start if len(self.start) > 1 else self.start[0]
        self.on.value = on


def ends_of(slider: widgets.Widget) -> tuple[float, ...]:
    """Return the ends that a slider shows: two, or the one that is not open."""
    return slider.value if isinstance(slider.value, tuple) else (slider.value,)


def switch(label: str, ends: Ends, *, on: bool, most: float, unit: str = "") -> Switch:
    """Return a switch with one slider for its range; `unit` is written behind a number."""
    start = tuple(float(parse_number(text)) * (100 if unit else 1) for text in ends if text)
    start = tuple(round(end, 4) for end in start)
    step = min([0.1, *(10.0 ** -_digits(text) for text in ends)])
    make = widgets.FloatRangeSlider if len(start) > 1 else widgets.FloatSlider
    slider = make(
        value=start if len(start) > 1 else start[0], min=0.0, max=max(most, *start, 1.0), step=step,
        readout=False, layout=widgets.Layout(width="100%"),
    )  # fmt: skip
    box = widgets.Checkbox(value=on, indent=False, layout=widgets.Layout(**WIDE))
    made = Switch(widgets.VBox([box, slider]), box, slider, ends, start, unit)
    made.box.add_class("bakhmut-range")

    def follow(_: object) -> None:
        """Say in the label where the range is; what is not supposed cannot be moved."""
        box.description = f"{label}: {range_in_words(*made.texts)}"
        slider.disabled = not box.value

    box.observe(follow, "value")
    slider.observe(follow, "value")
    follow(None)
    return made


def _digits(text: str) -> int:
    """Return how many digits stand behind the point of a number as printed."""
    return len(text.rstrip("% ").partition(".")[2])


def labels_of(rows: Sequence[dict[str, str]]) -> dict[str, str]:
    """Return what each assumption is about, in words; two about the same by tier, then by name."""
    said = {row["assumption"]: about(row) for row in rows}
    what_if = {row["assumption"] for row in rows if row["tier"] == "what-if"}
    for more in (lambda name: ", what-if" * (name in what_if), lambda name: f" ({name})"):
        often = Counter(said.values())
        said = {n: words + (more(n) if often[words] > 1 else "") for n, words in said.items()}
    return said


def assumption(row: dict[str, str], label: str) -> Switch:
    """Return a switch for an assumption, with the reason it has."""
    ends = row["low"], row["high"]
    most = max((float(parse_number(text)) for text in ends if text), default=1.0)
    is_ratio = any(row[f"per_{d}"] for d in DIMENSIONS)
    scale = 20.0 if is_ratio and most <= 20 else 2 * most
    made = switch(label, ends, on=row["tier"] == "plausible", most=scale)
    if row["because"]:
        why = f"<details><summary>Why</summary>{html.escape(row['because'])}</details>"
        made.box.children += (widgets.HTML(why),)
    return made


def choice(label: str, none: str, options: Iterable[str]) -> widgets.Dropdown:
    """Return a control to choose one of some options, or none (the value "")."""
    return widgets.Dropdown(
        options=[(none, ""), *((option, option) for option in options)], value="",
        description=label, layout=widgets.Layout(flex_flow="column", **WIDE),
    )  # fmt: skip


def in_order(ends: Ends) -> Ends:
    """Return two ends as text, the lower one first; an open one stays where it is."""
    low, high = ends
    return (high, low) if low and high and parse_number(low) > parse_number(high) else ends
