"""A panel to move what a dossier says and see at once what follows; needs ipywidgets.

Each control is labelled and can be reached and moved by keyboard alone. Whatever comes from the
dossier is shown as text.
"""

from __future__ import annotations

import html
import shlex
from collections.abc import Callable, Iterable

from bakhmut.consistency.case import uncollected
from bakhmut.dossier.claims import Dossier, DossierError, read_dossier, write_dossier
from bakhmut.dossier.parsing.notation import parse_number
from bakhmut.dossier.tables import SCOPE as DIMENSIONS
from bakhmut.engine.proving.proofs import OTHERWISE, split_lines
from bakhmut.engine.status import STATUS
from bakhmut.meaning.vocabulary import Choice
from bakhmut.panel.controls import (
    WIDE,
    Number,
    Switch,
    asset,
    choice,
    in_order,
    number_control,
    script,
    switch,
    widgets,
)
from bakhmut.panel.live import Answer, Fixed, answer
from bakhmut.views.states import Ends, Figure, State, checked

ANY, NOT_STATED = "any reading", "not stated"
MOST_FIGURES = 40


def explore(dossier: Dossier | None = None) -> widgets.Widget:
    """Return a panel to move figures, readings and assumptions of a dossier, with what follows.

    Parameters
    ----------
    dossier
        As `read_dossier` returns it; the article's without one.

    Returns
    -------
    Widget
        To be shown in JupyterLab. Under the controls stand the status, the loss plane, what is
        implied, and a conflict with its proof. A button writes the present state as a dossier
        that `bakhmut check` decides alike.
    """
    return Panel(read_dossier() if dossier is None else dossier).widget


class Panel:
    """The panel of one dossier: its controls, the state they are in, and what is shown of it."""

    def __init__(self, dossier: Dossier):
        self.ground = Fixed(dossier)
        claims = dossier.claims
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
        self.assumed = {row["assumption"]: _assumption(row) for row in _records(dossier)}
        self.share = self._share()
        self.shown = {name: widgets.HTML() for name in ("status", "plane", "implied", "conflict")}
        self.folder = widgets.Text(
            value=f"{dossier.name or 'dossier'}-what-if", description="Folder to write",
            layout=widgets.Layout(flex_flow="column", **WIDE),
        )  # fmt: skip
        self.said = widgets.HTML()
        self.paused = False
        self.answer: Answer | None = None
        self._listen()
        self.widget = self._laid_out()
        self.update()

    # -- the controls --------------------------------------------------------------------

    def _named(self, name: str, choice: Choice) -> str:
        """Return a name for a reader: a claim's with its quote, a word's as it is."""
        quote = self.quotes.get(choice.owner, "") if choice.kind == "claim" else ""
        return f"{name}: “{quote}”" if quote else name

    def _figure(self, one: Figure) -> tuple[Number | None, Number | None]:
        label = f"{self._named(one.claim, Choice('claim', one.claim))}{' (to 1)' * one.is_ratio}"
        if one.low == one.high or not (one.low and one.high):
            same = number_control(label, one.low or one.high)
            return (same if one.low else None), (same if one.high else None)
        return number_control(f"{label}, from", one.low), number_control(f"{label}, to", one.high)

    def _share(self) -> Switch | None:
        share = self.ground.share
        if share is None:
            return None
        label = f"Share of {share.side}'s total in {share.part}, in %"
        return switch(label, ("10 %", "10 %"), on=False, most=100.0, per=100.0)

    def _numbers(self) -> Iterable[Number]:
        pairs = [*self.figures.values(), *(s.ends for s in self.assumed.values())]
        pairs += [self.share.ends] if self.share else []
        return {id(n): n for pair in pairs for n in pair if n is not None}.values()

    def _switches(self) -> list[Switch]:
        return [*self.assumed.values(), *([self.share] if self.share else [])]

    def _listen(self) -> None:
        controls: list[widgets.Widget] = [*self.readings.values(), *self.stated.values()]
        controls += [number.field for number in self._numbers()]
        controls += [switch.on for switch in self._switches()]
        # What is switched off by another goes first, so that no state is decided that nobody chose.
        rows = {row["assumption"]: _scope(row) for row in _records(self.ground.dossier)}
        for name, one in self.assumed.items():
            others = [self.assumed[n] for n, s in rows.items() if n != name and s == rows[name]]
            one.on.observe(_alone(others), "value")
        for control in controls:
            control.observe(lambda _: self.update(), "value")

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
            share=_shares(self.share) if self.share and self.share.on.value else None,
        )

    def reset(self) -> None:
        """Put every control back to what the dossier says."""
        self.paused = True
        for control in (*self.readings.values(), *self.stated.values()):
            control.value = ""
        for number in self._numbers():
            number.field.value = number.start
        for row in _records(self.ground.dossier):
            self.assumed[row["assumption"]].on.value = row["tier"] == "plausible"
        if self.share:
            self.share.on.value = False
        self.paused = False
        self.update()

    # -- what follows --------------------------------------------------------------------

    @uncollected()  # a search for cycles takes longer than the answer
    def update(self) -> None:
        """Show what follows from the present state; what was shown before goes in any case."""
        if self.paused:
            return
        self.said.value = ""
        self._set_aside()
        try:
            self.answer = answer(self.ground, self.state)
        except DossierError as error:
            self.answer = None
            for part in self.shown.values():
                part.value = ""
            self.shown["status"].value = _alert(str(error))
            return
        found = self.answer
        self.shown["status"].value = _status(found.glance.status)
        self.shown["plane"].value = found.plane
        self.shown["implied"].value = _implied(found.implied)
        self.shown["conflict"].value = _conflict(found)

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
            self.said.value = _alert("There is nothing to write.")
            return
        try:
            dossier = checked(self.answer.dossier, name=self.folder.value)
            folder = write_dossier(dossier, self.folder.value)
        except (DossierError, OSError, ValueError) as error:
            self.said.value = _alert(str(error))
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
        left = [_group(title, controls) for title, controls in groups if controls]
        right = [self.shown[name] for name in ("status", "plane", "implied", "conflict")]
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


def _assumption(row: dict[str, str]) -> Switch:
    ends = row["low"], row["high"]
    most = max((float(parse_number(text)) for text in ends if text), default=1.0)
    is_ratio = any(row[f"per_{d}"] for d in DIMENSIONS)
    scale = 20.0 if is_ratio and most <= 20 else 2 * most
    return switch(row["assumption"], ends, on=row["tier"] == "plausible", most=scale)


def _alone(others: list[Switch]) -> Callable[[dict], None]:
    """Return what switches off others of the same scope, as a what-if replaces what it is about."""

    def off(change: dict) -> None:
        for other in others if change["new"] else ():
            other.on.value = False

    return off


def _shares(share: Switch) -> Ends:
    low, high = ("" if end is None else f"{end.field.value:.2f} %" for end in share.ends)
    return in_order((low, high))


def _alert(text: str) -> str:
    return f'<p role="alert">{html.escape(text)}</p>'


def _status(status: str) -> str:
    words = html.escape(status.replace("-", " "))
    return (
        f'<div role="status"><strong class="bakhmut-status" data-status="{html.escape(status)}">'
        f"{words}</strong><p>{html.escape(STATUS[status].sentence)}</p></div>"
    )


def _implied(rows: Iterable[tuple[str, str]]) -> str:
    body = "".join(
        f'<tr><th scope="row">{html.escape(what)}</th><td>{html.escape(told)}</td></tr>'
        for what, told in rows
    )
    if not body:
        return ""
    head = '<thead><tr><th scope="col">Quantity</th><th scope="col">Implied</th></tr></thead>'
    return f"<table><caption>What follows</caption>{head}<tbody>{body}</tbody></table>"


def _conflict(found: Answer) -> str:
    if found.glance.conflict.empty:
        return ""
    row = found.glance.conflict.iloc[0]
    parts, remark = split_lines(row["proof"])
    first, *others = ("".join(f"<p>{html.escape(line)}</p>" for line in part) for part in parts)
    shown = first + "".join(
        f"<details><summary>{OTHERWISE}</summary>{lines}</details>" for lines in others
    )
    shown += f"<p>{html.escape(remark)}</p>" if remark else ""
    title = ", ".join((*row["claims"], *row["assumptions"]))
    return (
        f"<h3>{html.escape(title)}</h3><p>{html.escape(row['because'])}</p>"
        f'<div class="bakhmut-proof">{shown}</div>'
    )
