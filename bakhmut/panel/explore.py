"""A panel to move what a dossier says and see at once what follows; needs ipywidgets.

Each control is labelled and can be reached and moved by keyboard alone. Whatever comes from the
dossier is shown as text.
"""

from __future__ import annotations

import html
import shlex
from collections.abc import Callable, Iterable
from math import inf
from pathlib import Path

from bakhmut.base.limits import uncollected
from bakhmut.base.sentences import quoted
from bakhmut.dossier.claims import Dossier, DossierError, write_dossier
from bakhmut.dossier.doors.frames import tuples_of
from bakhmut.dossier.tables import SCOPE as DIMENSIONS
from bakhmut.drafting.texts import read_dossier
from bakhmut.meaning.vocabulary import Choice
from bakhmut.panel.controls import (
    WIDE,
    Number,
    Switch,
    asset,
    assumption,
    choice,
    in_order,
    labels_of,
    number_control,
    script,
    switch,
    widgets,
)
from bakhmut.panel.live import Answer, Fixed, answer, plane
from bakhmut.panel.told import (
    Key,
    alert,
    conflict,
    implied,
    lines_of,
    moved_to,
    quotes_of,
    standing,
    text,
)
from bakhmut.views.states import Figure, State, checked

ANY, NOT_STATED = "any reading", "not stated"
MOST_FIGURES = 40
SHOWN = ("status", "plane", "text", "conflict", "implied")


def explore(dossier: Dossier | str | Path | None = None) -> widgets.Widget:
    """Return a panel to move figures, readings and assumptions of a dossier, with what follows.

    Parameters
    ----------
    dossier
        As `read_dossier` returns it, or what that takes; the article's without one.

    Returns
    -------
    Widget
        To be shown in JupyterLab. Beside the controls stand the status and how many conflicts
        there are, the quotes with what was moved, the conflicts, the loss plane, and what is
        implied. The conflict that is chosen is lit in quotes and plane, its proof stands below.
        A button writes the present state as a dossier that `bakhmut check` decides alike.
    """
    return Panel(dossier if isinstance(dossier, Dossier) else read_dossier(dossier)).widget


class Panel:
    """The panel of one dossier: its controls, the state they are in, and what is shown of it."""

    def __init__(self, dossier: Dossier):
        self.ground = Fixed(dossier)
        claims = dossier.claims
        self.text = quotes_of(dossier)
        self.quotes = dict(zip(claims["claim"], claims["quote"], strict=True))
        self.readings = {
            name: choice(self._named(name, one), ANY, options)
            for name, (one, options) in self.ground.choices.items()
        }
        self.stated = {
            key: choice(f"{key[1]}, {key[0]}", NOT_STATED, options)
            for key, options in self.ground.unstated.items()
        }
        self.figures = {one.claim: self._figure(one) for one in self.ground.figures[:MOST_FIGURES]}
        labels = labels_of(_records(dossier))
        self.assumed = {
            row["assumption"]: assumption(row, labels[row["assumption"]])
            for row in _records(dossier)
        }
        self.share = self._share()
        self.shown = {name: widgets.HTML() for name in SHOWN}
        self.listed = widgets.RadioButtons(
            options=[], description="Conflicts", layout=widgets.Layout(flex_flow="column", **WIDE)
        )
        self.listed.add_class("bakhmut-conflicts")
        self.folder = widgets.Text(
            value=f"{dossier.name or 'dossier'}-what-if", description="Folder to write",
            layout=widgets.Layout(flex_flow="column", **WIDE),
        )  # fmt: skip
        self.said = widgets.HTML()
        self.paused = False
        self.answer: Answer | None = None
        self.printed: dict[Key, str] = {}
        self._listen()
        self.widget = self._laid_out()
        self.update()

    # -- the controls --------------------------------------------------------------------

    def _named(self, name: str, one: Choice) -> str:
        """Return a name for a reader: a claim's quote, with its name if others have it, too."""
        quote = self.quotes.get(one.owner, "") if one.kind == "claim" else ""
        alike = list(self.quotes.values()).count(quote)
        return f"{quoted(quote)}{f' ({name})' * (alike > 1)}" if quote else name

    def _figure(self, one: Figure) -> tuple[Number | None, Number | None]:
        label = f"{self._named(one.claim, Choice('claim', one.claim))}{' (to 1)' * one.is_ratio}"
        least = -inf if one.is_difference else 0.0

        def make(words: str, printed: str) -> Number:
            return number_control(words, printed, least=least)

        if one.low == one.high or not (one.low and one.high):
            same = make(label, one.low or one.high)
            return (same if one.low else None), (same if one.high else None)
        return make(f"{label}, from", one.low), make(f"{label}, to", one.high)

    def _share(self) -> Switch | None:
        share = self.ground.share
        if share is None:
            return None
        label = f"Share of {share.side}'s total in {share.part}"
        return switch(label, ("10 %", "10 %"), on=False, most=100.0, unit=" %")

    def _numbers(self) -> Iterable[Number]:
        pairs = self.figures.values()
        return {id(n): n for pair in pairs for n in pair if n is not None}.values()

    def _switches(self) -> list[Switch]:
        return [*self.assumed.values(), *([self.share] if self.share else [])]

    def _listen(self) -> None:
        controls: list[widgets.Widget] = [*self.readings.values(), *self.stated.values()]
        controls += [number.field for number in self._numbers()]
        controls += [part for one in self._switches() for part in (one.on, one.slider)]
        # What is switched off by another goes first, so that no state is decided that nobody chose.
        rows = {row["assumption"]: _scope(row) for row in _records(self.ground.dossier)}
        for name, one in self.assumed.items():
            others = [self.assumed[n] for n, s in rows.items() if n != name and s == rows[name]]
            one.on.observe(_alone(others), "value")
        for control in controls:
            control.observe(lambda _: self.update(), "value")
        self.listed.observe(lambda _: self.light(), "value")

    @property
    def state(self) -> State:
        """What the controls say, as far as it differs from the dossier."""
        moved = {
            claim: (low.text if low else "", high.text if high else "")
            for claim, (low, high) in self.figures.items()
        }
        printed = {one.claim: (one.low, one.high) for one in self.ground.figures}
        return State(
            readings={n: c.value for n, c in self.readings.items() if c.value and not c.disabled},
            stated={key: control.value for key, control in self.stated.items() if control.value},
            figures={c: in_order(ends) for c, ends in moved.items() if ends != printed[c]},
            assumed={n: s.texts if s.on.value else None for n, s in self.assumed.items()},
            share=self.share.texts if self.share and self.share.on.value else None,
        )

    def reset(self) -> None:
        """Put every control back to what the dossier says."""
        self.paused = True
        for control in (*self.readings.values(), *self.stated.values()):
            control.value = ""
        for number in self._numbers():
            number.field.value, number.refused.value = number.start, ""
        for row in _records(self.ground.dossier):
            self.assumed[row["assumption"]].reset(on=row["tier"] == "plausible")
        if self.share:
            self.share.reset(on=False)
        self.paused = False
        self.update()

    # -- what follows --------------------------------------------------------------------

    @uncollected()  # a search for cycles takes longer than the answer
    def update(self) -> None:
        """Show what follows from the present state; what was shown before goes in any case."""
        if self.paused:
            return
        self._set_aside()
        self.said.value = ""
        try:
            self.answer = answer(self.ground, self.state)
        except DossierError as error:
            self.answer = None
            for part in self.shown.values():
                part.value = ""
            self.shown["status"].value = alert(str(error))
            return
        found = self.answer
        lines = lines_of(found.glance, found.dossier)
        self.printed = self.printed or lines
        self.shown["status"].value = standing(found.glance, lines, self.printed)
        self.shown["implied"].value = implied(found.implied)
        self._list(lines)
        self.light()

    def _list(self, lines: dict[Key, str]) -> None:
        """List the conflicts; the one that was looked at stays so as long as it is one."""
        chosen = self.listed.value
        options = tuple((line, key) for key, line in lines.items())
        if options != self.listed.options:
            self.paused = True  # it is lit once, below
            self.listed.options = options
            self.listed.value = chosen if chosen in lines else next(iter(lines), None)
            self.paused = False
        self.listed.layout.display = "" if options else "none"

    def light(self) -> None:
        """Light the conflict that is chosen in the quotes and in the plane, and show its proof."""
        found = self.answer
        if self.paused or found is None:
            return
        glance, sets = found.glance, found.glance.conflicts
        key = self.listed.value
        names = [
            row.conflict for row in tuples_of(sets)
            if (row.claims, row.assumptions) == key
        ]  # fmt: skip
        lit = key[0] if names else ()
        ends = self.state.figures
        moved = {
            claim: moved_to(ends[one.claim])
            for one in self.ground.figures if one.claim in ends
            for claim in one.claims
        }  # fmt: skip
        self.shown["text"].value = text(self.text, moved, lit)
        self.shown["plane"].value = plane(self.ground, found.bands, lit)
        rows = glance.explained(names[0]) if names else sets.head(0)
        self.shown["conflict"].value = conflict(rows, found.dossier)

    def _set_aside(self) -> None:
        """Close the readings of a figure that was moved: they were about the printed one."""
        gone = {
            claim for one in self.ground.figures[:MOST_FIGURES] for claim in one.claims
            if any(n and n.field.value != n.start for n in self.figures[one.claim])
        }  # fmt: skip
        own = self.ground.dossier.readings
        about = own[own["field"].isin(["low", "high"])]
        numbers = set(about["claim"]) - set(own[~own.index.isin(about.index)]["claim"])
        for name, (chosen, _) in self.ground.choices.items():
            if chosen.kind == "claim":
                self.readings[name].disabled = chosen.owner in gone & numbers

    def write(self) -> None:
        """Write the present state as a dossier, into a folder that must be new or empty."""
        if self.answer is None:
            self.said.value = alert("There is nothing to write.")
            return
        try:
            dossier = checked(self.answer.dossier, name=self.folder.value)
            folder = write_dossier(dossier, self.folder.value)
        except (DossierError, OSError, ValueError) as error:
            self.said.value = alert(str(error))
            return
        told = html.escape(f"Written. To decide it again: bakhmut check {shlex.quote(str(folder))}")
        self.said.value = f'<p role="status">{told}</p>'

    # -- the layout ----------------------------------------------------------------------

    def _laid_out(self) -> widgets.Widget:
        write, again = (
            widgets.Button(description=words, layout=widgets.Layout(width="auto"))
            for words in ("Write this state as a dossier", "Start over")
        )
        write.on_click(lambda _: self.write())
        again.on_click(lambda _: self.reset())
        numbers = [n.box for pair in self.figures.values() for n in dict.fromkeys(pair) if n]
        groups = (
            ("How the words are read", [*self.readings.values()]),
            ("What is not stated", [*self.stated.values()]),
            ("Figures", numbers),
            ("Assumptions", [one.box for one in self._switches()]),
            ("Keep it", [self.folder, widgets.HBox([write, again]), self.said]),
        )
        right = [self.shown[name] for name in SHOWN]
        right.insert(SHOWN.index("text"), self.listed)
        left = [_group(title, controls) for title, controls in groups if controls]
        column = {"min_width": "0", "width": "auto"}
        controls = widgets.VBox(left, layout=widgets.Layout(flex="1 1 17rem", **column))
        controls.add_class("bakhmut-controls")
        panel = widgets.Box(
            [
                widgets.HTML(f"<style>{asset('explore.css')}</style>"),
                controls,
                widgets.VBox(right, layout=widgets.Layout(flex="2 1 26rem", **column)),
                script("explore.js"),
            ],
            layout=widgets.Layout(display="flex", flex_flow="row wrap", width="100%"),
        )
        panel.add_class("bakhmut-explore")
        return panel


# -- parts of the panel ------------------------------------------------------------------


def _group(title: str, controls: list[widgets.Widget]) -> widgets.Widget:
    return widgets.VBox([widgets.HTML(f"<h3>{html.escape(title)}</h3>"), *controls])


def _records(dossier: Dossier) -> list[dict[str, str]]:
    return dossier.assumptions.to_dict("records")


def _scope(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(row[c] for d in DIMENSIONS for c in (d, f"per_{d}"))


def _alone(others: list[Switch]) -> Callable[[dict], None]:
    """Return what switches off others of the same scope, as a what-if replaces what it is about."""

    def off(change: dict) -> None:
        for other in others if change["new"] else ():
            other.on.value = False

    return off
