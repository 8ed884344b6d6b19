"""The verb `draft`: a text in, a dossier to confirm out."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bakhmut.base.sentences import quoted
from bakhmut.base.terminal import columns, escaped, safe, wrapped
from bakhmut.cli.console import Verb, say_lines
from bakhmut.cli.options import SECONDS

if TYPE_CHECKING:
    from bakhmut.drafting.drafts import Draft

WIDTHS = (24, 20, 14, 14)


@click.command(
    cls=Verb,
    epilog="""\b
Examples
  bakhmut draft story.html                  writes the folder story
  bakhmut draft story.docx -o story.xlsx    writes one workbook
  pbpaste | bakhmut draft - -o my-story     the text from a pipe
  bakhmut draft story.html --explain killed-400
then
  bakhmut check story

\b
Exit code: 2 where the text cannot be read or the folder holds something,
else 0.""",
)
@click.argument("text")
@click.option(
    "-o", "--output", metavar="FOLDER", help="A folder or .xlsx to write; else the text's name."
)
@click.option(
    "--explain",
    metavar="CLAIM",
    help="Print the words behind each cell of a claim; write nothing.",
)
@SECONDS
@click.help_option("-h", "--help")
def draft(text: str, *, output: str | None, explain: str | None, seconds: float) -> None:
    """Find the figures in TEXT and write them as a dossier, to be confirmed.

    TEXT is a .txt, .md, saved .html, .docx or .pdf file. Beside the tables stands evidence.csv: for
    each cell the words of the text that support it, and how sure it is.
    """
    from bakhmut.base.limits import within
    from bakhmut.drafting.kept.written import write_draft
    from bakhmut.drafting.texts import draft as drafted

    with within(seconds):
        found = drafted(text)
        if explain is not None:
            lines = list(explained(found, explain))
        else:
            shown = list(found_table(found))
            folder = write_draft(found, output or found.name)
            lines = [*shown, "", *map(escaped, _next(found, text, folder))]
    say_lines(lines)


def found_table(draft: Draft) -> Iterator[str]:
    """Yield a line or more for each figure: number and claim, what it counts, who, how sure."""
    from bakhmut.base.words import count
    from bakhmut.drafting.kept.shown import HEADS, rows

    if draft.claims.empty:
        yield "No figure was found."
        return
    found = list(rows(draft.claims, draft.evidence))
    yield f"{count(len(found), 'figure')} found, none confirmed"
    yield ""
    yield from _in_columns([[head] for head in map(str.upper, HEADS)])
    for one in found:
        yield from _in_columns(
            [[one.figure, f"  {one.claim}"], [one.counts], [one.who], [one.sure]]
        )


def _in_columns(cells: list[list[str]]) -> Iterator[str]:
    """Yield the lines of a row whose cells are broken within their columns."""
    broken = [
        [line for part in cell for line in _broken(part, width)]
        for cell, width in zip(cells, WIDTHS, strict=True)
    ]
    for place in range(max(map(len, broken))):
        line = " "
        for lines, width in zip(broken, WIDTHS, strict=True):
            words = lines[place] if place < len(lines) else ""
            line += f" {words}{' ' * (width - columns(words))} "
        yield line.rstrip()


def _broken(text: str, width: int) -> Iterator[str]:
    """Yield a text in lines of a width; the blanks before it stand before each of them."""
    indent = text[: len(text) - len(text.lstrip(" "))]
    line = indent
    for word in safe(text.strip()).split(" "):
        if line != indent and columns(line) + 1 + columns(word) <= width:
            line += f" {word}"
            continue
        if line != indent:
            yield line
        line = indent
        for letter in word:
            if columns(line) + columns(letter) > width:
                yield line
                line = indent
            line += letter
    yield line


def explained(draft: Draft, claim: str) -> Iterator[str]:
    """Yield what supports each cell of a claim: value, how sure, the words, where, which rule."""
    from bakhmut.dossier.problems import DossierError, Problem

    known = tuple(draft.claims["claim"])
    if claim not in known:
        what = "is no claim of this draft" + (
            f"; there are {', '.join(known[:20])}" if known else ""
        )
        raise DossierError([Problem("--explain", what, value=claim, near=known)])
    yield from wrapped(claim)
    for row in draft.evidence[draft.evidence["claim"].eq(claim)].itertuples():
        value = row.value or "blank"
        yield from wrapped(f"{row.field}: {value} ({row.sure})", indent="      ", first="  ")
        words = draft.text[row.start : row.end]
        where = (
            f"characters {row.start:,} to {row.end:,}: {quoted(words, longest=None)}; {row.rule}"
        )
        yield from wrapped(where, indent="      ")


def _next(draft: Draft, text: str, folder: Path) -> Iterator[str]:
    """Yield what was written, and what to do with it."""
    place = shlex.quote(str(folder))
    if folder.suffix.lower() == ".xlsx":
        yield f"Written: {place} (cells that are not sure are coloured, a note says why)"
    else:
        yield f"Written: {place} (claims.csv, evidence.csv, text.txt and the other tables)"
    yield "Next"
    if draft.claims.empty:
        yield f"  fill {place}/claims.csv by hand, then: bakhmut check {place}"
        return
    first = draft.claims["claim"].iloc[0]
    yield f"  bakhmut check {place}"
    yield f"  bakhmut draft {shlex.quote(text)} --explain {first}"
    yield f"  bakhmut report {place} -o {shlex.quote(f'{draft.name}-report.html')}"
    if folder.is_dir():
        yield "To confirm it figure by figure, in JupyterLab:"
        yield f"  import bakhmut as bk; bk.confirm({str(folder)!r})"
