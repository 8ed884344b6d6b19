"""What a notebook shows: a figure with its words, a table that can be read aloud, a sentence."""

from __future__ import annotations

import html
import os
import re
import string
import sys
from collections.abc import Iterable
from numbers import Real
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from bakhmut.base import words
from bakhmut.base.sentences import IN_ADDRESS
from bakhmut.base.words import number
from bakhmut.figures.style import alt_text, is_empty, png
from bakhmut.figures.vector import svg


def _display(forms: dict[str, Any], **options: Any) -> None:
    """Show something in the best of its forms; without IPython, print it as text."""
    try:
        from IPython.display import display
    except ImportError:
        print(forms["text/plain"])
    else:
        display(forms, raw=True, **options)


def show(ax: Axes) -> None:
    """Show a figure once with its alt text; one with nothing to draw as its sentence.

    It is shown as PNG, which every viewer of notebooks has; as SVG, sharp and with named marks,
    where the environment asks for it (`BAKHMUT_FIGURES=svg`), as a report does.
    """
    words = alt_text(ax)
    if is_empty(ax):
        say("{words}", words=words)
        return
    kind, picture = "image/png", png
    if os.environ.get("BAKHMUT_FIGURES") == "svg":
        kind, picture = "image/svg+xml", svg
    _display(
        {kind: picture(ax), "text/plain": words}, metadata={kind: {"alt": words, "width": 560}}
    )
    if "matplotlib.pyplot" in sys.modules:  # else a reader's own pyplot figure is shown twice
        sys.modules["matplotlib.pyplot"].close(ax.figure)


def table(
    frame: pd.DataFrame,
    caption: str,
    columns: str | Iterable[str] | dict[str, str] | None = None,
    *,
    percent: str | Iterable[str] = (),
    most: int = 60,
    folded: bool = False,
    blank: str = "",
) -> None:
    """Show a frame as a table with a caption, scoped headers and escaped cells.

    Parameters
    ----------
    frame
        an empty one is said to be empty.
    caption
        what the rows are.
    columns
        those to show, in order: a list or a string of names, or a dict that also gives plain
        words for them. The first names its row.
    percent
        columns of shares, shown as percentages.
    most
        rows shown; the caption says how many there are.
    folded
        shown under its caption only when asked for: a table to look things up in.
    blank
        what stands where a cell has nothing.
    """
    chosen = frame.columns if columns is None else _names(columns)
    heads = {column: str(column).replace("_", " ") for column in chosen}
    heads |= columns if isinstance(columns, dict) else {}
    shares = set(_names(percent))
    shown = pd.DataFrame(
        {
            name: frame[column]
            .head(most)
            .map(share if column in shares else cell)
            .replace("", blank)
            for column, name in heads.items()
        }
    )
    if shown.empty:
        say("{caption}: none in this dossier.", caption=caption)
        return
    if len(frame) > most:
        caption = f"{caption} (the first {most:,} of {len(frame):,})"
    plain = f"{caption}\n{shown.to_string(index=False)}"
    markup = _html(shown, caption)
    if folded:
        summary = f"{html.escape(caption)}: {len(shown)} rows"
        markup = f"<details><summary>{summary}</summary>\n{markup}\n</details>"
    _display({"text/html": markup, "text/plain": plain})


def _names(columns: str | Iterable[str]) -> list[str]:
    return columns.split() if isinstance(columns, str) else list(columns)


def _html(shown: pd.DataFrame, caption: str) -> str:
    name = re.sub(r"[^a-z0-9]+", "-", caption.lower()).strip("-")[:40]
    head = "".join(f'<th scope="col">{html.escape(column)}</th>' for column in shown.columns)
    rows = []
    for values in shown.itertuples(index=False):
        first, *rest = (html.escape(value) for value in values)
        cells = "".join(f"<td>{value}</td>" for value in rest)
        rows.append(f'<tr><th scope="row">{first}</th>{cells}</tr>')
    return (
        f'<table id="table-{name}"><caption>{html.escape(caption)}</caption>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n" + "\n".join(rows) + "\n</tbody></table>"
    )


def share(value: float) -> str:
    """Return a share as a percentage, blank where it is open."""
    return "" if pd.isna(value) else words.percent(value)


def proofs(conflicts: pd.DataFrame) -> None:
    """Show the proof of each conflict as lines to follow, the first open, the others folded."""
    if conflicts.empty:
        say("No conflict, so there is nothing to prove.")
        return
    blocks, plain = [], []
    for n, (name, claims, lines) in enumerate(
        zip(conflicts["conflict"], conflicts["claims"], conflicts["proof"], strict=True)
    ):
        title = f"{name}: {cell(claims)}"
        body = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
        start = "<details open>" if n == 0 else "<details>"
        blocks.append(f"{start}<summary>{html.escape(title)}</summary>\n{body}\n</details>")
        plain += [title, *lines, ""]
    _display({"text/html": "\n".join(blocks), "text/plain": "\n".join(plain)})


def cell(value: Any) -> str:
    """Return a value as a reader would print it; what is missing is blank, never NaN."""
    if isinstance(value, dict):
        return "; ".join(f"{key}: {word}" for key, word in value.items())
    if isinstance(value, list | tuple):
        return "; ".join(cell(part) for part in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return number(float(value)) if isinstance(value, Real) else str(value)


def escape(text: object) -> str:
    """Return text that Markdown and HTML show letter by letter, whatever it holds.

    Marks become HTML entities, not backslashes: viewers that read mathematics take `\\(` for it.
    So does a character of an address, of which viewers would make a link.

    >>> escape("*5* <b>")
    '&#42;5&#42; &lt;b&gt;'
    """
    plain = html.escape(" ".join(cell(text).split()), quote=False)
    marks = rf"(?i)[\\`*_\[\]|~$#@]|{IN_ADDRESS}"
    return re.sub(marks, lambda mark: f"&#{ord(mark[0])};", plain)


def prose(template: str, **values: object) -> str:
    """Return a sentence in Markdown with the values filled in, escaped.

    >>> prose("**Said**: {what}.", what="[five]")
    '**Said**: &#91;five&#93;.'
    """
    return string.Formatter().vformat(template, (), {k: escape(v) for k, v in values.items()})


def say(template: str, **values: object) -> None:
    """Show a sentence with its computed values, escaped."""
    plain = string.Formatter().vformat(template, (), {k: cell(v) for k, v in values.items()})
    _display({"text/markdown": prose(template, **values), "text/plain": plain})


def lines(told: Iterable[tuple[str, str]]) -> None:
    """Show labelled sentences (a label may be ""), one a line, escaped."""
    pairs = list(told)
    marked = [
        prose("**{label}:** {words}" if label else "{words}", label=label, words=words)
        for label, words in pairs
    ]
    plain = [f"{label}: {words}" if label else words for label, words in pairs]
    _display({"text/markdown": "\n\n".join(marked), "text/plain": "\n".join(plain)})
