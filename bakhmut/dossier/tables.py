"""The five small CSV tables of a dossier as rows of text: read with care, written back whole.

A row number is the one a spreadsheet shows: the header is row 1. Nothing here knows what a cell
means; that is for `checks`. Every fault becomes a `Problem`, and reading goes on.
"""

from __future__ import annotations

import csv
import errno
import io
import os
import secrets
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bakhmut.dossier.problems import DossierError, Problem

SCOPE = ("side", "measure", "place", "period")
PER = tuple(f"per_{column}" for column in SCOPE)

TABLES: dict[str, tuple[str, ...]] = {
    "claims": (
        *("claim", "article", "locator", "quote", "source", "via", "repeats", "published"),
        *(*SCOPE, *PER, "hedge", "low", "high", "url", "note"),
    ),
    "sources": ("source", "side", "kind", "named", "note"),
    "terms": ("kind", "term", "reading", "means", "because"),
    "readings": ("claim", "reading", "field", "value", "because"),
    "positions": ("claim", "quote", "locator", "source", "via", "topic", "stance", "note"),
    "assumptions": ("assumption", "tier", *SCOPE, *PER, "low", "high", "because", "url"),
}
# What stands beside the tables of a drafted dossier: for each cell the words that support it.
EVIDENCE = ("claim", "field", "value", "start", "end", "rule", "sure", "confirmed")
_COLUMNS = TABLES | {"evidence": EVIDENCE}
NEEDED = {
    "claims": ("claim",),
    "sources": ("source",),
    "terms": ("kind", "term", "means"),
    "readings": ("claim", "reading", "field", "value"),
    "positions": ("claim", "topic", "stance"),
    "assumptions": ("assumption", "tier"),
    "evidence": ("claim", "field", "value", "sure", "confirmed"),
}
# Free text keeps every character; names and numbers lose blanks around them, which a
# spreadsheet hides and which would make two sources out of one.
FREE_TEXT = frozenset({"quote", "note", "because"})

MOST_BYTES = 32 * 2**20
MOST_ROWS = 100_000
MOST_COLUMNS = 100
LONGEST_CELL = 100_000
LONGEST_LINE = 3_000_000


@dataclass
class Table:
    """The rows of one table, each cell a text, "" where blank, and where each row stood."""

    name: str
    file: str
    rows: list[list[str]] = field(default_factory=list)
    numbers: Sequence[int] = ()
    columns: frozenset[str] = frozenset()

    def records(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield row number and {column: text}."""
        for number, row in zip(self.numbers, self.rows, strict=True):
            yield number, dict(zip(_COLUMNS[self.name], row, strict=True))

    def column(self, name: str) -> Iterator[str]:
        """Yield the cells of one column."""
        at = _COLUMNS[self.name].index(name)
        return (row[at] for row in self.rows)

    def problem(self, what: str, row: int | None = None, **details: object) -> Problem:
        """Return a problem in this table."""
        return Problem(self.file, what, row, **details)  # type: ignore[arg-type]


def read_table(path: Path, name: str) -> tuple[Table, list[Problem]]:
    """Return one table of a file, in the fixed order of columns, with what is wrong in its form."""
    table = Table(name, path.name)
    try:
        text = _read_text(path)
    except OSError as error:
        return table, [table.problem(f"cannot be read ({error.strerror or error})")]
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n") + 1
        what = "is not UTF-8 text from here on; save the file as 'CSV UTF-8'"
        return table, [table.problem(what, row)]
    except ValueError as error:
        return table, [table.problem(str(error))]
    records, problems = _records(text, table)
    if not problems:
        problems = _fill(table, records)
    return table, problems


def _read_text(path: Path) -> str:
    if os.path.isdir(path):
        raise ValueError("is a folder; a table is a CSV file")
    if not stat.S_ISREG(path.stat().st_mode):
        raise ValueError("is not a plain file; a table is a CSV file")
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise ValueError(f"is larger than the {MOST_BYTES // 2**20} MB that a table may have")
    return content.decode("utf-8-sig")


def _records(text: str, table: Table) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    """Return the records that are not blank, numbered as a spreadsheet would."""
    records: list[tuple[int, list[str]]] = []
    number = 0
    reader = csv.reader(_lines(text), delimiter=_delimiter(text), strict=True)
    try:
        for number, cells in enumerate(reader, 1):
            if any(cell and not cell.isspace() for cell in cells):
                records.append((number, cells))
            if len(records) > MOST_ROWS + 1:
                raise ValueError(f"has more than the {MOST_ROWS:,} rows that a table may have")
    except csv.Error as error:
        what = "has a double quote out of place; inside a quoted cell write it twice"
        if "field limit" in str(error):
            what = f"has a cell of more than {LONGEST_CELL:,} characters"
        return [], [table.problem(what, number + 1)]
    except ValueError as error:
        return [], [table.problem(str(error), number + 1)]
    if not records:
        return [], [table.problem("is empty; its first row must name the columns")]
    return records, []


def _lines(text: str) -> Iterator[str]:
    for line in io.StringIO(text, newline=""):
        if "\0" in line:
            raise ValueError("holds a NUL byte; this is not a text file")
        if len(line) > LONGEST_LINE:
            raise ValueError(f"is longer than {LONGEST_LINE:,} characters")
        yield line


def _delimiter(text: str) -> str:
    header = next(iter(io.StringIO(text[:LONGEST_CELL], newline="")), "")
    return ";" if header.count(";") > header.count(",") else ","


def _fill(table: Table, records: list[tuple[int, list[str]]]) -> list[Problem]:
    """Put the cells under their columns into `table`; return what does not fit."""
    known = _COLUMNS[table.name]
    (_, header), *records = records
    names = [name.strip() for name in header]
    while names and not names[-1]:
        names.pop()
    problems = list(_header_problems(table, names))
    if problems:
        return problems
    table.columns = frozenset(names)
    places = [names.index(column) if column in names else None for column in known]
    numbers = []
    for number, cells in records:
        while len(cells) > len(names) and not cells[-1].strip():
            cells.pop()
        if len(cells) != len(names):
            count = f"{len(cells):,} cell{'s' if len(cells) > 1 else ''}"
            what = f"has {count} where the header names {len(names)} columns"
            hint = "; put a cell that holds the delimiter in double quotes"
            problems.append(table.problem(what + (hint if len(cells) > len(names) else ""), number))
            continue
        row = ["" if at is None else cells[at] for at in places]
        for column, cell in zip(known, row, strict=True):
            if len(cell) > LONGEST_CELL:
                what = f"has more than {LONGEST_CELL:,} characters"
                problems.append(table.problem(what, number, column=column))
        numbers.append(number)
        table.rows.append(clean(row, known))
    table.numbers = numbers
    return problems


def clean(row: Sequence[str], columns: Sequence[str]) -> list[str]:
    """Return a row whose names and numbers have no blanks around them; free text stays as it is."""
    pairs = zip(columns, row, strict=True)
    return [cell if column in FREE_TEXT else cell.strip() for column, cell in pairs]


def _header_problems(table: Table, names: list[str]) -> Iterator[Problem]:
    known = _COLUMNS[table.name]
    allowed = "allowed are " + ", ".join(known)
    if len(names) > MOST_COLUMNS:
        yield table.problem(f"names {len(names):,} columns; {allowed}", 1)
        return
    for name in dict.fromkeys(names):
        if not name:
            yield table.problem("a column has no name; " + allowed, 1)
        elif names.count(name) > 1:
            yield table.problem("names more than one column", 1, value=name)
        elif name not in known:
            yield table.problem(f"is not a column; {allowed}", 1, value=name, near=known)
    for name in NEEDED[table.name]:
        if name not in names:
            yield table.problem(f"the column {name!r} is missing", 1)
    if table.name in ("claims", "assumptions") and not {"low", "high"} & set(names):
        yield table.problem("the columns 'low' and 'high' are missing; one is needed", 1)


def write_table(rows: Iterable[Sequence[str]], name: str) -> str:
    """Return one table as CSV text with its header; `read_table` gives the same rows back."""
    return "".join(",".join(map(_quoted, row)) + "\n" for row in [_COLUMNS[name], *rows])


def _quoted(cell: str) -> str:
    # csv.writer leaves a lone carriage return bare, which would come back as a new row.
    if cell == cell.strip() and not any(mark in cell for mark in ',;"\r\n'):
        return cell
    return '"' + cell.replace('"', '""') + '"'


def place_files(files: Mapping[str, bytes], folder: Path) -> Path:
    """Return `folder` with `files` in it, written aside first; it must be new or empty.

    Into a folder that is there the files are moved one by one, claims.csv last: it is what makes a
    folder a dossier.
    """
    stage = None
    try:
        if folder.is_symlink() or (
            folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
        ):
            raise FileExistsError(errno.EEXIST, "is not a new or empty folder")
        beside = folder if folder.exists() else folder.parent
        beside.mkdir(parents=True, exist_ok=True)
        stage = beside / f".{folder.name}-{secrets.token_hex(4)}.part"
        stage.mkdir()
        for name, content in files.items():
            (stage / name).write_bytes(content)
        if beside != folder:
            stage.rename(folder)
            return folder
        for name in sorted(files, key=lambda name: name == "claims.csv"):
            (stage / name).rename(folder / name)
        stage.rmdir()
        return folder
    except OSError as error:
        what = f"{error.strerror or error}; nothing there was changed"
        raise DossierError([Problem(str(folder), what)]) from error
    finally:
        if stage is not None:
            shutil.rmtree(stage, ignore_errors=True)
