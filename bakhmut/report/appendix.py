"""What makes a page accountable: its dossier, versions, assumptions, and how to make it again."""

from __future__ import annotations

import platform
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING
from urllib.parse import quote

import pandas as pd

from bakhmut.base.terminal import as_csv
from bakhmut.dossier.parsing.printed import range_in_words
from bakhmut.dossier.tables import TABLES

if TYPE_CHECKING:
    from bakhmut.dossier.claims import Dossier

# What decides the figures, the pictures or the page.
LIBRARIES = (
    *("highspy", "ipykernel", "jinja2", "matplotlib", "nbclient", "nbconvert"),
    *("numpy", "pandas", "pillow"),
)

KEPT = " !$()*,-./:;=?@_~'"


@dataclass(frozen=True)
class Table:
    """One table of the dossier: to read (columns without entries left out), and to keep."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left_out: tuple[str, ...]
    download: str


def tables(dossier: Dossier) -> Iterator[Table]:
    """Yield the dossier's tables as they are written in its files."""
    for name, columns in TABLES.items():
        frame = texts(dossier, name)
        used = [column for column in columns if (frame[column] != "").any()]
        rows = frame.to_dict("records")
        yield Table(
            name,
            tuple(used),
            tuple(tuple(row[column] for column in used) for row in rows),
            tuple(column for column in columns if column not in used),
            data_url(as_csv(rows, list(columns)), "text/csv"),
        )


def texts(dossier: Dossier, name: str) -> pd.DataFrame:
    """Return a table of the dossier as text, as in its file."""
    return getattr(dossier, name)[list(TABLES[name])]


def data_url(content: str, mime: str) -> str:
    """Return an address that holds the content itself, so that it can be saved from the page.

    >>> data_url("a,b\\n1,50 %", "text/csv")
    'data:text/csv;charset=utf-8,a,b%0A1,50 %25'
    """
    # Spaces may stay, save at the end; what is left is shorter than base64.
    return f"data:{mime};charset=utf-8,{quote(content, safe=KEPT)}"


def in_force(dossier: Dossier, assume: Iterable[str]) -> list[dict[str, str]]:
    """Return the assumptions that the check made use of: the plausible ones, and those asked for.

    Each with its `range` in words.
    """
    asked = set(assume)
    rows = texts(dossier, "assumptions").to_dict("records")
    return [
        {**row, "range": range_in_words(row["low"], row["high"])}
        for row in rows
        if row["tier"] == "plausible" or row["assumption"] in asked
    ]


def versions() -> list[tuple[str, str]]:
    """Return the name and version of this package, Python, and the libraries that matter."""
    from bakhmut import __version__

    return [
        ("bakhmut", __version__),
        ("Python", platform.python_version()),
        *((name, _version(name)) for name in LIBRARIES),
    ]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def command(
    name: str,
    *,
    against: str = "",
    assume: Iterable[str] = (),
    updates: Iterable[str] = (),
    as_of: str = "",
    series: str = "",
    days: Iterable[str] = (),
    together: bool = False,
    text: str = "",
) -> str:
    """Return the command that makes the page again, from the folder that the dossier lies in.

    >>> command("my story", against="old", updates=["total=5"])
    "bakhmut report 'my story' --against old --set total=5"
    """
    words = ["bakhmut", "report", *([name] if name else [])]
    options = {
        "--against": [against] if against else [],
        "--assume": assume,
        "--set": updates,
        "--as-of": [as_of] if as_of else [],
        "--series": [series] if series else [],
        "--day": days,
        "--text": [text] if text else [],
    }
    for option, values in options.items():
        for value in values:
            words += [option, value]
    words += ["--together"] * together
    return shlex.join(words)
