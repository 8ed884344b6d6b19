"""How long the panel takes from a control that moves to all that is shown, in processor time."""

from __future__ import annotations

from statistics import median
from time import process_time

from bakhmut import read_dossier
from bakhmut.panel.controls import Switch, ends_of
from bakhmut.panel.explore import Panel

AIM = 0.1  # seconds
STEPS = 6


def moves(panel: Panel):
    """Yield one move after the other: each control from end to end, the others as printed."""
    for low, high in panel.figures.values():
        if number := low or high:
            for step in range(STEPS):
                to = number.start * (0.25 + step / 4) + 0.003
                yield "figures", lambda n=number, to=to: setattr(n.field, "value", to)
            number.field.value = number.start
    for one in panel.assumed.values():
        if one.on.value:
            for step in range(STEPS):
                yield "assumptions", lambda one=one, step=step: slid(one, step / STEPS)
            one.reset(on=True)
    for control in (*panel.readings.values(), *panel.stated.values()):
        for _, reading in control.options:
            yield "readings", lambda c=control, r=reading: setattr(c, "value", r)
        control.value = ""
    if panel.share:
        panel.share.on.value = True
        for step in range(STEPS):
            yield "share", lambda step=step: slid(panel.share, step / STEPS)


def slid(switch: Switch, to: float) -> None:
    """Move the upper end of a switch's range so far of the way, and the lower one if it must."""
    slider = switch.slider
    end = slider.min + to * (slider.max - slider.min) + slider.step
    low, *rest = ends_of(slider)
    slider.value = (min(low, end), end) if rest else end


def main() -> None:
    """Print median and largest time of a move, by what is moved."""
    panel, took = Panel(read_dossier()), {}
    for kind, move in moves(panel):
        start = process_time()
        move()
        took.setdefault(kind, []).append(process_time() - start)
    print(f"\nThe panel, from a move to all that is shown (aim: {1000 * AIM:.0f} ms)")
    for kind, times in took.items():
        print(f"  {kind:12} {len(times):3} moves   median {1000 * median(times):4.0f} ms   "
              f"largest {1000 * max(times):4.0f} ms")  # fmt: skip


if __name__ == "__main__":
    main()
