"""The five small CSV tables of a dossier as rows of text: read with care, written back whole.

A row number is the one a spreadsheet shows: the header is row 1. Nothing here knows what a cell
means; that is for `checks`. Every fault becomes a `Problem`, and reading goes on.
"""

from __future__ import annotations

import difflib
import errno
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bakhmut.base.files import clear_parts, create, stage
from bakhmut.dossier.doors.delimited import (
    LONGEST_CELL,
    Fault,
    Records,
    bytes_of,
    column_of,
    header_row,
    records_of,
    text_of,
)
from bakhmut.dossier.problems import DossierError, Problem, show

SCOPE = ("side", "measure", "place", "period")
PER = tuple(f"per_{column}" for column in SCOPE)

TABLES: dict[str, tuple[str, ...]] = {
    "claims": (
        *("claim", "article", "locator", "quote", "source", "via", "repeats", "published"),
        *(*SCOPE, *PER, "hedge", "low", "high", "url", "note", "standing"),
    ),
    "sources": ("source", "side", "kind", "named", "note"),
    "terms": ("kind", "term", "reading", "means", "because", "usual"),
    "readings": ("claim", "reading", "field", "value", "because", "usual"),
    "positions": ("claim", "quote", "locator", "source", "via", "topic", "stance", "note"),
    "assumptions": ("assumption", "tier", *SCOPE, *PER, "low", "high", "because", "url"),
}
# What stands beside the tables of a drafted dossier: for each cell the words that support it.
EVIDENCE = ("claim", "field", "value", "start", "end", "rule", "sure", "confirmed")
# Last columns that older dossiers do not have: blank throughout they change nothing.
LATER = frozenset({"standing", "usual"})
COLUMNS = TABLES | {"evidence": EVIDENCE}
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

MOST_COLUMNS = 100
# A column that is nearly one of ours is a slip; any other is the coder's own.
_NEARLY = 0.75


@dataclass
class Table:
    """The rows of one table, each cell a text, "" where blank, and where each row stood.

    `columns` are those that its header names; `aside` says what of it was not used.
    """

    name: str
    file: str
    rows: list[list[str]] = field(default_factory=list)
    numbers: Sequence[int] = ()
    columns: frozenset[str] = frozenset()
    aside: list[str] = field(default_factory=list)

    def records(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield row number and {column: text}."""
        for number, row in zip(self.numbers, self.rows, strict=True):
            yield number, dict(zip(COLUMNS[self.name], row, strict=True))

    def column(self, name: str) -> Iterator[str]:
        """Yield the cells of one column."""
        at = COLUMNS[self.name].index(name)
        return (row[at] for row in self.rows)

    def problem(self, what: str, row: int | None = None, **details: object) -> Problem:
        """Return a problem in this table."""
        return Problem(self.file, what, row, **details)  # type: ignore[arg-type]


def read_table(path: Path | None, name: str) -> tuple[Table, list[Problem]]:
    """Return one table of a file, in the fixed order of columns, with what is wrong in its form.

    Without a path it is read from standard input.
    """
    try:
        content = bytes_of(path)
    except OSError as error:
        table = Table(name, _named(path))
        return table, [table.problem(f"cannot be read ({error.strerror or error})")]
    except Fault as error:
        table = Table(name, _named(path))
        return table, [table.problem(str(error))]
    return table_in(content, name, file=_named(path))


def _named(path: Path | None) -> str:
    return "standard input" if path is None else path.name


def table_in(content: bytes, name: str, *, file: str) -> tuple[Table, list[Problem]]:
    """Return the table that bytes hold, with what is wrong in its form."""
    table = Table(name, file)
    try:
        text, encoding = text_of(content)
        records = records_of(text, COLUMNS[name])
    except Fault as error:
        return table, [table.problem(str(error), error.row)]
    if encoding:
        table.aside.append(f"{file}: is not UTF-8 and was read as {encoding}")
    return table, fill(table, records)


def fill(table: Table, records: Records) -> list[Problem]:
    """Put the cells under their columns into `table`; return what does not fit."""
    if not records:
        return [table.problem("is empty; its first row must name the columns")]
    known = COLUMNS[table.name]
    (at, header), *rows = records
    if (below := header_row(records, known)) is not None:
        above = "row 1" if below == 2 else f"rows 1 to {below - 1}"
        what = f"names no columns; they stand in row {below}: delete {above}"
        return [table.problem(what, at)]
    names = [column_of(name) for name in header]
    while names and not names[-1]:
        names.pop()
    problems = list(_header_problems(table, header[: len(names)], rows))
    if problems:
        return problems
    table.columns = frozenset(names) & frozenset(known)
    table.aside += not_ours(table, header[: len(names)])
    problems += _rows(table, names, rows)
    return problems


def _rows(table: Table, names: list[str], rows: Records) -> Iterator[Problem]:
    """Put each row's cells in the order of the columns; yield the rows that have too many."""
    known = COLUMNS[table.name]
    places = [names.index(column) if column in names else None for column in known]
    numbers = []
    for number, cells in rows:
        while len(cells) > len(names) and not cells[-1].strip():
            cells.pop()
        if len(cells) != len(names):
            count = f"{len(cells):,} cell{'s' if len(cells) > 1 else ''}"
            what = f"has {count} where the header names {len(names)} columns"
            hint = "; put a cell that holds the delimiter in double quotes"
            yield table.problem(what + (hint if len(cells) > len(names) else ""), number)
            continue
        row = ["" if at is None else cells[at] for at in places]
        for column, cell in zip(known, row, strict=True):
            if len(cell) > LONGEST_CELL:
                what = f"has more than {LONGEST_CELL:,} characters"
                yield table.problem(what, number, column=column)
        numbers.append(number)
        table.rows.append(clean(row, known))
    table.numbers = numbers


def clean(row: Sequence[str], columns: Sequence[str]) -> list[str]:
    """Return a row whose names and numbers have no blanks around them; free text stays as it is."""
    pairs = zip(columns, row, strict=True)
    return [cell if column in FREE_TEXT else cell.strip() for column, cell in pairs]


def _header_problems(table: Table, header: list[str], rows: Records) -> Iterator[Problem]:
    """Yield what is wrong with the names of the columns."""
    if len(header) > MOST_COLUMNS:
        yield table.problem(f"names {len(header):,} columns; {MOST_COLUMNS} are the most", 1)
        return
    for at, name in enumerate(header, 1):
        if not name.strip() and any(
            len(cells) >= at and cells[at - 1].strip() for _, cells in rows
        ):
            yield table.problem(f"column {at} has no name; name it, or delete it", 1)
    yield from column_problems(table, header)


def column_problems(table: Table, header: Sequence[str]) -> Iterator[Problem]:
    """Yield names of columns that stand twice, are nearly one of the table's, or are missing."""
    known = COLUMNS[table.name]
    names = [column_of(name) for name in header]
    for name in dict.fromkeys(filter(None, names)):
        if names.count(name) > 1:
            yield table.problem("names more than one column", 1, value=name)
    slips = list(_slips(table, header))
    for name, nearest in slips:
        yield table.problem(f"is not a column; did you mean {nearest!r}?", 1, value=name)
    if slips:
        return  # a column that is written wrong is not said to be missing, too
    if not set(names) & set(known):
        yield table.problem(f"names no column of this table; they are {', '.join(known)}", 1)
        return
    for name in NEEDED[table.name]:
        if name not in names:
            yield table.problem(f"the column {name!r} is missing", 1)
    if table.name in ("claims", "assumptions") and not {"low", "high"} & set(names):
        yield table.problem("the columns 'low' and 'high' are missing; one is needed", 1)


def _slips(table: Table, header: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each name that is nearly that of a column which is not there, and that column."""
    names = {column_of(name): name.strip() for name in header}
    absent = [column for column in COLUMNS[table.name] if column not in names]
    for name, written in names.items():
        if name and name not in COLUMNS[table.name]:
            swapped = [column for column in absent if sorted(column) == sorted(name)]
            near = difflib.get_close_matches(name[:80], absent, n=1, cutoff=_NEARLY)
            if swapped or near:
                yield written, (swapped or near)[0]


def not_ours(table: Table, header: Sequence[str]) -> list[str]:
    """Return a sentence that names the columns which are the coder's own, if there are any."""
    own = [name.strip() for name in header if column_of(name) not in COLUMNS[table.name]]
    own = [show(name) for name in own if name]
    if not own:
        return []
    more = f" and {len(own) - 10:,} more" if len(own) > 10 else ""
    word = "columns that are not used: " if len(own) > 1 else "a column that is not used: "
    return [f"{table.file} has {word}{', '.join(own[:10])}{more}"]


def write_table(rows: Iterable[Sequence[str]], name: str) -> str:
    """Return one table as CSV text with its header; `read_table` gives the same rows back."""
    return "".join(",".join(map(_quoted, row)) + "\n" for row in [COLUMNS[name], *rows])


def _quoted(cell: str) -> str:
    # csv.writer leaves a lone carriage return bare, which would come back as a new row.
    if cell == cell.strip() and not any(mark in cell for mark in ',;"\r\n'):
        return cell
    return '"' + cell.replace('"', '""') + '"'


def place_files(files: Mapping[str, bytes], folder: Path) -> Path:
    """Return `folder` with `files` in it, written aside first; it must be new or empty.

    Into a folder that is there the files are moved one by one, claims.csv last: it is what makes a
    folder a dossier. Where a killed run had moved some, the same content again is no hindrance.
    """
    try:
        if folder.is_dir() and not folder.is_symlink():
            clear_parts(folder, inside=True)
        if folder.is_symlink() or (
            folder.exists()
            and (not folder.is_dir() or not all(_is_left(p, files) for p in folder.iterdir()))
        ):
            raise FileExistsError(errno.EEXIST, "is not a new or empty folder")
        beside = folder if folder.exists() else folder.parent
        beside.mkdir(parents=True, exist_ok=True)
        clear_parts(folder)
        with stage(beside, folder.name) as aside:
            for name, content in files.items():
                (aside / name).write_bytes(content)
            if beside != folder:
                aside.rename(folder)
                return folder
            for name in sorted(files, key=lambda name: name == "claims.csv"):
                (aside / name).rename(folder / name)
        return folder
    except OSError as error:
        what = f"{error.strerror or error}; nothing there was changed"
        raise DossierError([Problem(str(folder), what)]) from error


def _is_left(path: Path, files: Mapping[str, bytes]) -> bool:
    """Return whether a file is one that a killed run had moved before claims.csv."""
    return (
        path.name != "claims.csv"
        and path.name in files
        and path.is_file()
        and path.stat().st_size == len(files[path.name])
        and path.read_bytes() == files[path.name]
    )


def place_file(content: bytes, path: Path) -> Path:
    """Return `path`, a new file with `content`, in one step; what is there is left as it is."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        clear_parts(path)
        create(path, content)
    except OSError as error:
        there = "is there already; nothing is overwritten"
        what = there if isinstance(error, FileExistsError) else error.strerror or str(error)
        raise DossierError([Problem(str(path), what)]) from error
    return path
