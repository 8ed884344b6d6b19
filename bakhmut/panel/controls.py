"""The controls of the panel: a number to move, a switch with two numbers, a choice.

Each has a label of its own and can be worked by keyboard alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor, log10
from pathlib import Path

from bakhmut.base.extras import require
from bakhmut.dossier.parsing.notation import parse_number
from bakhmut.panel.live import ROOM
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
    """A number to move: a field to type in, and a slider beside it that follows."""

    box: widgets.Widget
    field: widgets.BoundedFloatText
    start: float
    printed: str

    @property
    def text(self) -> str:
        """The number as a dossier writes it: as printed where it was not moved."""
        if self.field.value == self.start:
            return self.printed
        return f"{self.field.value:.4f}".rstrip("0").rstrip(".")

    def enable(self, on: bool) -> None:
        """Let the number be moved, or not."""
        for child in self.box.children:
            child.disabled = not on


def number_control(
    label: str, printed: str, *, step: float = 0.0, most: float = 0.0, per: float = 1.0
) -> Number:
    """Return a control for a number as printed.

    `most` is the end of an even scale from nought, without it the slider runs from a quarter to
    four times the number; `per` is what is shown for one (100 for a percentage).
    """
    start = round(float(parse_number(printed)) * per, 4)
    top = max(most, start) or 1.0
    step = step or _step(start)
    field = widgets.BoundedFloatText(
        value=start, min=0.0, max=top if most else max(1e12, start), step=step,
        description=label, layout=widgets.Layout(flex_flow="column", **WIDE),
    )  # fmt: skip
    slider: widgets.Widget
    if most > 0 or start <= 0:
        slider, near = widgets.FloatSlider(value=start, min=0.0, max=top, step=step), step
    else:
        ends = {"min": log10(start / ROOM), "max": log10(start * ROOM)}
        slider = widgets.FloatLogSlider(value=start, step=log10(ROOM) / STEPS, **ends)
        near = start * (ROOM ** (1 / STEPS) - 1)
    slider.readout, slider.layout = False, widgets.Layout(width="100%")
    _follow(field, slider, step=step, near=near / 2)
    box = widgets.VBox([field, slider], layout=widgets.Layout(width="100%"))
    box.add_class("bakhmut-number")
    return Number(box, field, start, printed)


def _step(start: float) -> float:
    """Return a step for a number: its third digit where it is large, its second where small."""
    if start >= 1000:
        return 10.0 ** (int(log10(start)) - 2)
    return min(0.1, 10.0 ** (floor(log10(start)) - 1)) if start > 0 else 0.1


def _follow(field: widgets.Widget, slider: widgets.Widget, *, step: float, near: float) -> None:
    """Let field and slider show one number; the slider moves in steps of the field.

    A browser puts a slider on a step of its own as soon as it is shown: what is as near to the
    start as that has not been moved.
    """
    start, moving = field.value, False

    def slid(change: dict) -> None:
        nonlocal moving
        if not moving:
            moving = True
            new = change["new"]
            field.value = start if abs(new - start) < near else round(round(new / step) * step, 4)
            moving = False

    def typed(change: dict) -> None:
        nonlocal moving
        if not moving:
            moving = True
            slider.value = min(max(change["new"], _least(slider)), _most(slider))
            moving = False

    slider.observe(slid, "value")
    field.observe(typed, "value")


def _least(slider: widgets.Widget) -> float:
    return 10**slider.min if isinstance(slider, widgets.FloatLogSlider) else slider.min


def _most(slider: widgets.Widget) -> float:
    return 10**slider.max if isinstance(slider, widgets.FloatLogSlider) else slider.max


@dataclass(frozen=True)
class Switch:
    """Something that can be supposed or not, between two ends; an open end has no number."""

    box: widgets.Widget
    on: widgets.Checkbox
    ends: tuple[Number | None, Number | None]

    @property
    def texts(self) -> Ends:
        """The two ends as a dossier writes them, the lower one first."""
        low, high = ("" if end is None else end.text for end in self.ends)
        return in_order((low, high))


def switch(label: str, ends: Ends, *, on: bool, most: float, per: float = 1.0) -> Switch:
    """Return a switch with a number for each end that is not open."""
    numbers = tuple(
        number_control(f"{label}, {word}", text, step=0.1, most=most, per=per) if text else None
        for word, text in zip(("from", "to"), ends, strict=True)
    )
    box = widgets.Checkbox(value=on, description=label, indent=False, layout=widgets.Layout(**WIDE))
    shown = [number.box for number in numbers if number]
    made = Switch(widgets.VBox([box, *shown]), box, (numbers[0], numbers[1]))

    def follow(change: dict) -> None:
        for number in filter(None, numbers):
            number.enable(change["new"])

    box.observe(follow, "value")
    follow({"new": on})
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
