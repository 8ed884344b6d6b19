"""A panel to confirm a draft: one figure at a time in its lit sentence, least sure first.

Every answer is saved at once. All of it can be done by keyboard; whatever comes from the text is
shown as text.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from bakhmut.dossier.derived import is_open, stated
from bakhmut.dossier.parsing.printed import number_in
from bakhmut.dossier.problems import DossierError
from bakhmut.dossier.tables import PER, SCOPE
from bakhmut.drafting.drafts import Draft
from bakhmut.drafting.kept.confirmation import NO, Confirmation, confirmation_of
from bakhmut.panel.controls import WIDE, asset, script

import ipywidgets as widgets  # isort: skip

FIELDS = ("low", "high", "hedge", *SCOPE, *PER, "source", "via", "repeats", "standing")
ROOM = 400  # characters of the text to either side of the figure
# Key, name, and what it does.
BUTTONS = (
    ("a", "accept", "Accept"),
    ("m", "mend", "Mend"),
    ("d", "drop", "Drop"),
    ("b", "back", "Back"),
    ("n", "next", "Next"),
)
_STATES = {"yes": "confirmed", "no": "dropped", "": "open"}


def confirm(draft: Draft | str | Path, *, folder: str | Path | None = None) -> widgets.Widget:
    """Return a panel to confirm a draft, figure by figure.

    Parameters
    ----------
    draft
        As `draft` returns it, or a text to draft, or the folder of a dossier that was drafted.
    folder
        Where a draft is written; else a folder of its name. One that holds this draft already is
        taken up again.

    Returns
    -------
    Widget
        To be shown in JupyterLab. Keys: a accepts the figure as it stands, m goes to its first cell
        that is not sure, d drops it, n and b go on and back. What is said is saved at once.

    Raises
    ------
    DossierError
        There is no draft, or the folder holds another one.
    """
    return Confirming(confirmation_of(draft, folder)).widget


class Confirming:
    """The panel of one confirmation: where it stands, and what is shown of it."""

    def __init__(self, confirmation: Confirmation):
        self.confirmation = confirmation
        self.at = 0
        self.showing = False
        self.typed: dict[str, str] = {}  # cells that cannot stand by themselves, as they were typed
        self.head, self.sentence, self.said = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.fields = {field: self._field(field) for field in FIELDS}
        buttons = [self._button(key, name, words) for key, name, words in BUTTONS]
        grid = widgets.Box(list(self.fields.values()))
        grid.add_class("bakhmut-cells")
        row = widgets.Box(buttons)
        row.add_class("bakhmut-buttons")
        style = widgets.HTML(f"<style>{asset('confirming.css')}</style>")
        # What comes and goes stands below the buttons: none moves away under a pointer.
        parts = [style, self.head, row, self.said, self.sentence, grid, script("confirming.js")]
        self.widget = widgets.VBox(parts)
        self.widget.add_class("bakhmut-confirm")
        self.show()

    def _field(self, field: str) -> widgets.Text:
        text = widgets.Text(continuous_update=False, layout=widgets.Layout(**WIDE))
        text.observe(lambda change: self.mend(field, change["new"]), "value")
        return text

    def _button(self, key: str, name: str, words: str) -> widgets.Button:
        button = widgets.Button(
            description=f"{words} ({key})", layout=widgets.Layout(width="auto"),
            button_style="primary" if name == "accept" else "",
        )  # fmt: skip
        button.add_class(f"bakhmut-{name}")
        if name != "mend":  # the script goes to the cell
            button.on_click(lambda _: getattr(self, name)())
        return button

    @property
    def claim(self) -> str:
        """The claim that is shown."""
        return self.confirmation.order[self.at]

    def accept(self) -> None:
        """Confirm the claim that is shown, and go on."""
        self._answer(self._accept)

    def _accept(self, claim: str) -> None:
        self.confirmation.mend(claim, **self.typed)
        self.typed.clear()
        self.confirmation.accept(claim)

    def drop(self) -> None:
        """Drop the claim that is shown, and go on."""
        self._answer(self.confirmation.drop)

    def _answer(self, say: Callable[[str], None]) -> None:
        try:
            say(self.claim)
        except (DossierError, OSError) as error:
            self.said.value = _alert(str(error))
            return
        self._go_on()

    def _go_on(self) -> None:
        """Show the next figure that is open; where none is, say so and stay."""
        known, of = self.confirmation, len(self.confirmation.order)
        after = [(self.at + step) % of for step in range(1, of)]
        at = next((at for at in after if not known.state(known.order[at])), None)
        if at is None:
            self.show(f"All {of} done. Next: bakhmut check {known.folder}")
        else:
            self._go(at - self.at)

    def next(self) -> None:
        """Show the next claim, after the last one the first."""
        self._go(1)

    def back(self) -> None:
        """Show the claim before."""
        self._go(-1)

    def _go(self, steps: int) -> None:
        self.at = (self.at + steps) % len(self.confirmation.order)
        lost = " and ".join(self.typed)
        self.show(f"{lost} of the figure before: not saved" if lost else "")

    def mend(self, field: str, value: str) -> None:
        """Set a cell of the claim that is shown.

        What cannot stand by itself stays as it was typed, until another cell makes it fit: a low
        end above the high one.
        """
        if self.showing:
            return
        self.typed[field] = value
        try:
            self.confirmation.mend(self.claim, **self.typed)
        except (DossierError, OSError) as error:
            self.said.value = _alert(f"Not saved: {error}")
            return
        said = f"{' and '.join(self.typed)} saved"
        quote, number = self.confirmation.rows[self.claim]["quote"], value.strip()
        if field in ("low", "high") and number and not number_in(quote, (number, "")):
            said += f"; the quote does not print {number}"
        self.show(said)

    def show(self, said: str = "") -> None:
        """Show the claim with its sentence and its cells as they now stand."""
        known = self.confirmation
        row, evidence = known.rows[self.claim], known.evidence.get(self.claim, [])
        self.showing = True
        self.typed.clear()
        self.head.value = _head(known, self.at)
        self.sentence.value = lit(known.text, evidence, known.passages)
        unsure = {
            one["field"]: one["sure"] for one in evidence if is_open(one["sure"], one["confirmed"])
        }
        is_ratio = any(row[field] for field in PER)
        for field, text in self.fields.items():
            text.value = stated(row[field])
            text.placeholder = "compared" if field == "standing" else "not stated"
            text.description = _label(field, unsure.get(field, ""))
            text.layout.display = "none" if field in PER and not is_ratio else ""
            (text.add_class if field in unsure else text.remove_class)("bakhmut-unsure")
        self.showing = False
        self.said.value = f'<p role="status">{html.escape(said)}</p>' if said else ""


def _label(field: str, sure: str) -> str:
    named = field.replace("per_", "per ")
    return f"{named}: {'nothing found' if sure == 'blank' else sure}" if sure else named


def _head(known: Confirmation, at: int) -> str:
    done, of = known.done, len(known.order)
    state = known.state(known.order[at])
    return (
        f'<p class="bakhmut-progress"><strong>{done} of {of}</strong> done '
        f'<progress max="{of}" value="{done}" aria-label="{done} of {of} done"></progress> '
        f'<span role="status">Figure {at + 1} of {of}: <span data-state="{state or "open"}">'
        f"{_STATES[state]}</span></span> <code>{html.escape(known.order[at])}</code></p>"
    )


def lit(
    text: str, evidence: Iterable[Mapping[str, str]], passages: Sequence[tuple[int, int]] = ()
) -> str:
    """Return the passage of a figure as HTML: its number and the words of its cells are marked.

    `passages` are the spans of the paragraphs. Everything of the text is escaped. Words that
    several cells rest on bear all their names.
    """
    shown = [
        row for row in evidence
        if row["start"] and row["sure"] != "blank" and row["confirmed"] != NO
        and row["field"] not in ("kind", "low", "high")
    ]  # fmt: skip
    spans = [
        (int(row["start"]), int(row["end"]), row["field"].replace("per_", "per ")) for row in shown
    ]
    quotes = [span for span in spans if span[2] == "quote"] or spans
    if not quotes:
        return ""
    first, last = min(s for s, _, _ in quotes), max(e for _, e, _ in quotes)
    start = max([at for at, _ in passages if at <= first] or [0])
    stop = min([end for _, end in passages if end >= last] or [len(text)])
    start, stop = max(start, first - ROOM), min(stop, last + ROOM)
    marked = [span for span in spans if span[2] != "quote" and span[0] < stop and span[1] > start]
    edges = sorted({start, stop, *(min(max(e, start), stop) for s in marked for e in s[:2])})
    parts = [_piece(text, span, marked) for span in pairwise(edges)]
    # What is cut is said to be cut.
    parts.insert(0, "… " if start == first - ROOM else "")
    parts.append(" …" if stop == last + ROOM else "")
    return f'<p class="bakhmut-sentence" dir="auto">{"".join(parts)}</p>'


def _piece(text: str, span: tuple[int, int], marked: list[tuple[int, int, str]]) -> str:
    start, end = span
    names = [name for first, last, name in marked if first <= start and end <= last]
    words = html.escape(text[start:end])
    if not names:
        return words
    kind = ' class="bakhmut-figure"' if "number" in names else ""
    told = ", ".join(dict.fromkeys(names))
    return f"<mark{kind}>{words}<small> {html.escape(told)}</small></mark>"


def _alert(text: str) -> str:
    return f'<p role="alert">{html.escape(text)}</p>'
