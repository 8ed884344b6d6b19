"""What comes in and goes out on a terminal: lines made safe, one refusal."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from bakhmut.base import streams

CONTRADICTION, UNUSABLE = 1, 2


class Verb(click.Command):
    """A verb that answers on standard output, where nothing else is printed."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run it."""
        import pandas as pd

        # Of so few rows Python's own strings are quicker than those of Arrow.
        strings = pd.option_context("mode.string_storage", "python")
        with streams.answers_only(), strings:
            return super().invoke(ctx)


class Verbs(click.Group):
    """A group of such verbs."""

    command_class = Verb


class Unusable(Exception):
    """Input that cannot be used, with one sentence that says why."""


def shell(path: Path) -> str:
    """Return a path as one would type it."""
    import shlex

    return shlex.quote(str(path))


def say(text: str, *, err: bool = False) -> None:
    """Print plain text, made safe for a terminal."""
    from bakhmut.base.terminal import escaped

    click.echo(escaped(text), None if err else streams.answers(), err=err, color=False)


def say_lines(lines: Any) -> None:
    """Print lines that are already safe, with colours where they can be shown."""
    click.echo("\n".join(lines), streams.answers(), color=_colour())


def say_csv(rows: Any, columns: Sequence[str]) -> None:
    """Print rows for a spreadsheet."""
    from bakhmut.base.terminal import as_csv

    click.echo(as_csv(rows, columns), streams.answers(), nl=False, color=False)


def say_xlsx(rows: Any, columns: Sequence[str], *, name: str) -> None:
    """Write rows to standard output as a workbook; a terminal is none to write it to."""
    from bakhmut.dossier.doors.sheets import sheet_of

    answers = streams.answers()
    if answers.isatty():
        raise Unusable(f"--format xlsx: name a file, like > {name}.xlsx")
    content = sheet_of(rows, columns, name=name)
    answers.flush()
    answers.buffer.write(content)
    answers.buffer.flush()


def say_json(value: Any) -> None:
    """Print JSON, in ASCII where the terminal knows no more."""
    from bakhmut.base.terminal import as_json

    out = streams.answers()
    encoding = (getattr(out, "encoding", "") or "").lower().replace("-", "")
    click.echo(as_json(value, ascii_only=encoding != "utf8"), out, color=False)


def _colour() -> bool | None:
    """Return whether to colour: never under NO_COLOR, else only on a terminal."""
    return False if os.environ.get("NO_COLOR") else None
