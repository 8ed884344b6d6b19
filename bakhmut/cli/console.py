"""What comes in and goes out on a terminal: a text read, lines made safe, one refusal."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click


def read_text(path: str) -> str:
    """Return the text of a file, or of standard input for "-"."""
    from bakhmut.dossier.doors import Fault, bytes_of, text_of

    try:
        return text_of(bytes_of(None if path == "-" else Path(path)))[0]
    except OSError as error:
        raise Unusable(f"{path}: cannot be read ({error.strerror or error})") from error
    except Fault as error:
        where = path if error.row is None else f"{path}, line {error.row}"
        raise Unusable(f"{where}: {error}") from error


class Unusable(Exception):
    """Input that cannot be used, with one sentence that says why."""


def shell(path: Path) -> str:
    """Return a path as one would type it."""
    import shlex

    return shlex.quote(str(path))


def say(text: str, *, err: bool = False) -> None:
    """Print plain text, made safe for a terminal."""
    from bakhmut.base.terminal import escaped

    click.echo(escaped(text), err=err, color=False)


def say_lines(lines: Any) -> None:
    """Print lines that are already safe, with colours where they can be shown."""
    click.echo("\n".join(lines), color=_colour())


def say_csv(rows: Any, columns: Sequence[str]) -> None:
    """Print rows for a spreadsheet."""
    from bakhmut.base.terminal import as_csv

    click.echo(as_csv(rows, columns), nl=False, color=False)


def say_xlsx(rows: Any, columns: Sequence[str], *, name: str) -> None:
    """Write rows to standard output as a workbook; a terminal is none to write it to."""
    from bakhmut.dossier.sheets import sheet_of

    if sys.stdout.isatty():
        raise Unusable(f"--format xlsx: name a file, like > {name}.xlsx")
    click.get_binary_stream("stdout").write(sheet_of(rows, columns, name=name))


def say_json(value: Any) -> None:
    """Print JSON, in ASCII where the terminal knows no more."""
    from bakhmut.base.terminal import as_json

    encoding = (getattr(sys.stdout, "encoding", "") or "").lower().replace("-", "")
    click.echo(as_json(value, ascii_only=encoding != "utf8"), color=False)


def _colour() -> bool | None:
    """Return whether to colour: never under NO_COLOR, else only on a terminal."""
    return False if os.environ.get("NO_COLOR") else None
