"""Figures of words and order: who told whom, and which readings can all hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from bakhmut.base.sentences import quoted
from bakhmut.base.words import number
from bakhmut.consistency.arranged import Branch, reading_tree, stands_for
from bakhmut.dossier.claims import Dossier
from bakhmut.dossier.doors.frames import tuples_of
from bakhmut.engine.status import STATUS
from bakhmut.figures.style import (
    BLUE,
    GREY,
    INK,
    LINE,
    MARGIN,
    ORANGE,
    PAPER,
    SMALL,
    TEXT,
    VERDICTS,
    WIDTH,
    canvas,
    describe,
    empty_figure,
    frame_axes,
    legend,
    styled,
    wrap,
)
from bakhmut.figures.vector import mark
from bakhmut.views.sourcing import relays

if TYPE_CHECKING:
    from bakhmut.consistency.verbs import Check

_LINE = TEXT * 1.25 / 72  # height of a line of text, inches
_MOST_RELAYED = 10
_SIGNS = {"s": "■", "v": "▼", "o": "●", "X": "✕", "D": "◆"}
_RELAYED = (
    *(("■", "first said by"), ("▼", "relay"), ("●", "hedged"), ("○", "no hedge")),
    ("✕", "hedge lost"),
)
_HELD = (
    *(("●", "can all hold"), ("✕", "cannot, by definition")),
    *(("◆", "cannot, under an assumption"), ("■", "mixed")),
)


@dataclass(frozen=True)
class _Step:
    """One entry of the relay chain: a mark at a depth, words, and a lighter second line."""

    depth: int
    mark: str
    text: str
    note: str = ""
    color: str = INK
    hollow: bool = False
    claim: str = ""


def _sign(step: _Step) -> str:
    """Return the sign of a step as the key shows it."""
    return "○" if step.hollow and step.mark == "o" else _SIGNS[step.mark]


@styled
def plot_relays(dossier: Dossier, *, ax: Axes | None = None) -> Axes:
    """Return the chain each figure came through, with what its words lost on the way.

    A square is an origin, a triangle a relay, a circle a figure as the text prints it: filled
    with a hedge, hollow without; a cross has lost a hedge that its first statement had. Where a
    dossier has many, the chains in which most changed are drawn.

    Parameters
    ----------
    dossier
        any dossier.
    ax
        axes to draw on; without, a page of its own.

    Returns
    -------
    Axes
        in inches, downward; no scale is shown.
    """
    rows = relays(dossier)
    if rows.empty:
        return empty_figure(ax, "No figures in this dossier.")
    shown = _most_restated(rows)
    steps = _steps(dossier, shown)
    ax = _outline(steps, ax)
    title, told = _relay_words(rows)
    left_out = len(rows) - len(shown)
    more = f" {left_out} further figures are not drawn." if left_out else ""
    frame_axes(
        ax,
        title=title,
        subtitle=legend(_RELAYED, map(_sign, steps)),
        source="Chains as the text gives them." + more,
    )
    return describe(ax, f"{title}. {told}{more}")


def _outline(steps: list[_Step], ax: Axes | None) -> Axes:
    """Return axes with the steps as an indented outline, a line from each to what it leads to."""
    wide = WIDTH - 2 * MARGIN
    texts = [wrap(step.text, wide - _left(step), weight=_weight(step)) for step in steps]
    notes = [wrap(step.note, wide - _left(step), size=SMALL) for step in steps]
    heights = [
        _LINE * (text.count("\n") + 1 + (0.9 * (note.count("\n") + 1) if note else 0)) + 0.09
        for text, note in zip(texts, notes, strict=True)
    ]
    tops = np.cumsum([0.05, *heights])
    ax = canvas(ax, height=tops[-1])
    ax.set(xlim=(0, wide), ylim=(tops[-1], 0))
    ax.set_axis_off()
    middles = tops[:-1] + _LINE / 2
    for n, step in enumerate(steps):
        above = next((m for m in range(n - 1, -1, -1) if steps[m].depth < step.depth), None)
        if above is not None:
            turn = _dot(steps[above])
            ax.plot([turn, turn, _dot(step)], [middles[above], *[middles[n]] * 2], "-",
                    color=LINE, lw=1.2, zorder=1)  # fmt: skip
        fill = PAPER if step.hollow else step.color
        (drawn,) = ax.plot([_dot(step)], [middles[n]], step.mark, color=fill,
                           markeredgecolor=step.color, markersize=8, mew=1.8, zorder=3)  # fmt: skip
        if step.claim:
            mark(drawn, step.claim, f"{step.text}: {step.note}" if step.note else step.text)
        ax.text(_left(step), tops[n], texts[n], va="top", weight=_weight(step), linespacing=1.15)
        below = tops[n] + _LINE * (texts[n].count("\n") + 1)
        ax.text(_left(step), below, notes[n], va="top", size=SMALL, color=GREY, linespacing=1.15)
    return ax


def _dot(step: _Step) -> float:
    return 0.10 + 0.22 * step.depth


def _left(step: _Step) -> float:
    return _dot(step) + 0.17


def _weight(step: _Step) -> str:
    return "bold" if step.depth == 0 else "normal"


def _most_restated(rows: pd.DataFrame) -> pd.DataFrame:
    """Return at most a page of rows, in order: the chains in which most changed on the way."""
    if len(rows) <= _MOST_RELAYED:
        return rows
    changed = rows["hedge_lost"].ne("") | rows["reworded"]
    score = (changed.astype(int) * 2 + rows["restated"]).groupby(rows["root"]).transform("sum")
    keep = rows.assign(score=score, first=rows["restated"], same=~changed).sort_values(
        ["score", "root", "first", "same"], ascending=[False, True, True, True], kind="stable"
    )
    return rows.loc[rows.index.isin(keep.head(_MOST_RELAYED).index)]


def _steps(dossier: Dossier, rows: pd.DataFrame) -> list[_Step]:
    about = dossier.sources.set_index("source")
    steps = []
    for keys, group in rows.groupby(["origin", "via"], sort=False):
        origin, via = map(str, keys)
        kind = about["kind"].get(origin, "")
        named = "not named" if about["named"].get(origin, "") == "no" else ""
        first = _Step(0, "s", origin or "the text, no source given",
                      ", ".join(filter(None, (kind, named))))  # fmt: skip
        if first not in steps:
            steps.append(first)
        if via:
            steps.append(_Step(1, "v", "through " + via.replace(" > ", ", then "), color=GREY))
        steps += [_statement(row) for row in tuples_of(group)]
    return steps


def _statement(row: Any) -> _Step:
    notes = [f"hedge: {row.hedge}" if row.hedge else "no hedge"]
    sign, color = "o", BLUE if row.hedge else INK
    if row.hedge_lost:
        notes, sign, color = [f"without {quoted(row.hedge_lost)}", *notes], "X", ORANGE
    if row.reworded:
        notes.append(f"here {row.wording}")
    hollow = not row.hedge and not row.hedge_lost
    return _Step(2, sign, quoted(row.quote), "; ".join(notes), color, hollow, row.claim)


def _relay_words(rows: pd.DataFrame) -> tuple[str, str]:
    often = rows["origin"].value_counts(sort=False)
    name, most = often.idxmax(), int(often.max())
    lost = rows[rows["hedge_lost"].ne("")]
    words = list(dict.fromkeys(rows.loc[rows["reworded"], "wording"]))
    bare = name.startswith("the text")  # what `derived` calls a claim without a source
    title = f"{most} of {len(rows)} figures {'give no source' if bare else 'go back to one voice'}"
    if len(lost):
        kinds = list(dict.fromkeys(lost["hedge_lost"]))
        verb, own = ("has", "its") if len(lost) == 1 else ("have", "their")
        gone = quoted(kinds[0]) if len(kinds) == 1 else f"{own} hedge"
        title += f"; {len(lost)} {verb} lost {gone} on the way"
    elif words:
        first = rows[rows["root"].isin(rows.loc[rows["reworded"], "root"]) & ~rows["restated"]]
        title += f"; {quoted(first['wording'].iloc[0])} became {quoted(words[-1])}"
    told = [f"The most frequent voice is {name or 'not stated'}."]
    told += [
        f"{quoted(row.quote)}: {row.hedge or 'no hedge'}"
        + (f", has lost {row.hedge_lost}" if row.hedge_lost else "")
        + (f", here {row.wording}" if row.reworded else "")
        + "."
        for row in tuples_of(rows.head(_MOST_RELAYED))
    ]
    return title, " ".join(told)


@styled
def plot_reading_matrix(
    check: Check, dossier: Dossier | None = None, *, ax: Axes | None = None
) -> Axes:
    """Return which combinations of readings can all hold, as a tree of the words that decide it.

    The reading matrix with alike rows drawn together: each branch takes a word one way, each end
    has the verdict on all combinations that agree so far and how many these are. A circle can
    all hold, a cross cannot by definition, a diamond cannot under an assumption; a square is
    mixed, where the tree was cut short.

    Parameters
    ----------
    check
        of a dossier, with `readings` (the matrix) and `variables`.
    dossier
        the same; with it a claim that can be read in several ways is named by its quote.
    ax
        axes to draw on; without, a page of its own.

    Returns
    -------
    Axes
        in inches, downward; no scale is shown.
    """
    matrix = check.readings
    if matrix.empty or check.variables.empty or check.status == "not-checkable":
        outcome = STATUS[check.status].heading
        return empty_figure(
            ax, f"However the words are read, the outcome is the same: {outcome.lower()}."
        )
    asked = check.variables[check.variables["variable"].isin(matrix.columns)]
    words = dict(zip(asked["variable"], asked["word"], strict=True))
    if dossier is not None:
        quotes = dict(dossier.claims[["claim", "quote"]].itertuples(index=False))
        words |= {name: quotes[name] for name, word in words.items() if not word and name in quotes}
    tree, each = reading_tree(matrix), stands_for(check)
    steps = _branches(tree, words, each)
    steps = steps or [_end(matrix["status"], 0, "However the words are read", each)]
    ax = _outline(steps, ax)
    title, told = _matrix_words(matrix, steps, each)
    frame_axes(
        ax,
        title=title,
        subtitle=legend(_HELD, map(_sign, steps)),
        source=_matrix_source(len(matrix), each, check.readings_total),
    )
    return describe(ax, f"{title}. {told}")


def _matrix_source(drawn: int, each: int, total: int) -> str:
    if drawn * each == total:
        return "Counts are of combinations of readings."
    return f"{drawn:,} combinations of the readings that matter, of {number(total)} in all."


def _branches(tree: Branch, words: dict[str, str], each: int, *, depth: int = 0) -> list[_Step]:
    steps = []
    word = words.get(tree.ask, "")
    alone = list(words.values()).count(word) == 1
    name = f"{quoted(word)} taken as" if word and alone else f"{tree.ask}:"
    for readings, branch in tree.then:
        text = f"{name} {' or '.join(readings)}"
        if branch.then:
            steps.append(_Step(depth, "o", text, color=GREY, hollow=True))
            steps += _branches(branch, words, each, depth=depth + 1)
        else:
            steps.append(_end(branch.rows["status"], depth, text, each))
    return steps


def _end(status: pd.Series, depth: int, text: str, each: int) -> _Step:
    found = status.value_counts(sort=False) * each
    parts = [f"{VERDICTS[word][2]}: {many:,}" for word, many in found.items() if word in VERDICTS]
    if len(found) > 1:
        return _Step(depth, "s", text, "; ".join(parts), GREY)
    color, sign, _ = VERDICTS.get(found.index[0], (GREY, "s", ""))
    return _Step(depth, sign, text, "; ".join(parts) or f"{found.index[0]}: {found.iloc[0]}", color)


def _matrix_words(matrix: pd.DataFrame, steps: list[_Step], each: int) -> tuple[str, str]:
    many = matrix["status"].value_counts() * each
    hold = int(many.get("consistent", 0))
    title = f"{hold:,} of {len(matrix) * each:,} combinations of readings can all hold"
    rest = [
        f"{many[word]:,} {words}"
        for word, words in (
            ("contradiction", "cannot by definition"),
            ("conflicts-with-assumption", "cannot under an assumption"),
        )
        if word in many
    ]
    title += "; " + ", ".join(rest) if rest else ""
    told = " ".join(f"{step.text}{': ' + step.note if step.note else ''}." for step in steps)
    return title, f"Tree of readings. {told}"
