"""How long the panel takes from a control that moves to all that is shown, in processor time."""

from __future__ import annotations

from statistics import median
from time import process_time

from bakhmut import read_dossier
from bakhmut.panel.explore import Panel

AIM = 0.1  # seconds
STEPS = 12


def moves(panel: Panel):
    """Yield one move after the other: each control from end to end, the others as printed."""
    supposed = [n for one in panel.assumed.values() if one.on.value for n in one.ends]
    printed = [low or high for low, high in panel.figures.values()]
    for kind, numbers in (("figures", printed), ("assumptions", supposed)):
        for number in filter(None, numbers):
            for step in range(STEPS):
                to = number.start * (0.25 + step / 4) + 0.003
                yield kind, lambda n=number, to=to: setattr(n.field, "value", to)
            number.field.value = number.start
    for control in (*panel.readings.values(), *panel.stated.values()):
        for _, reading in control.options:
            yield "readings", lambda c=control, r=reading: setattr(c, "value", r)
        control.value = ""
    if panel.share:
        panel.share.on.value = True
        for step in range(STEPS):
            to = 100 * step / STEPS + 0.07
            yield "share", lambda to=to: setattr(panel.share.ends[1].field, "value", to)


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
