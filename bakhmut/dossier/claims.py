"""A dossier: what a text claims, read from small CSV tables into typed frames, and written back.

A claim is one figure as printed, with its quote, source, hedge and scope; a dossier holds the
claims of a text and what is needed to read them. `data/README.md` describes every column.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import compress
from pathlib import Path

import pandas as pd

from bakhmut.dossier.checks import check_tables
from bakhmut.dossier.derived import DERIVED, derive
from bakhmut.dossier.hedging import HEDGES, hedges
from bakhmut.dossier.notation import (
    parse_date,
    parse_number,
    parse_period,
    parse_sum,
)
from bakhmut.dossier.problems import DossierError, Problem
from bakhmut.dossier.quotes import verify_quotes
from bakhmut.dossier.tables import TABLES, Table, clean, place_files, read_table, write_table

__all__ = [
    "DATA",
    "HEDGES",
    "TABLES",
    "Dossier",
    "DossierError",
    "build_dossier",
    "hedges",
    "new_dossier",
    "parse_date",
    "parse_number",
    "parse_period",
    "parse_sum",
    "read_dossier",
    "verify_quotes",
    "write_dossier",
]

DATA = Path(__file__).parents[1] / "data"
ARTICLE = DATA / "article"


@dataclass(frozen=True, eq=False)
class Dossier:
    """The tables of a dossier, checked and typed. Blank text is "", an open number NaN.

    `claims` has the columns of claims.csv and, derived: `kind` ("count" or "ratio"), `origin` (the
    source at the root of the `repeats` chain, "the text" where none is named), `low_value` and
    `high_value` (float, before any hedge), `period_start` and `period_end` (first and last day; NaT
    where open, unstated or a term), `published` as a date (the first day of the month or year where
    only that is known) beside `published_text` as written. `sha256` is that of the tables' content:
    the same for any delimiter, line ending, byte-order mark or order of columns.
    """

    name: str
    folder: Path | None
    sha256: str
    claims: pd.DataFrame
    sources: pd.DataFrame
    terms: pd.DataFrame
    readings: pd.DataFrame
    positions: pd.DataFrame
    assumptions: pd.DataFrame


Frames = Mapping[str, "pd.DataFrame | Iterable[Mapping[str, str]]"]


def read_dossier(path: str | Path | None = None) -> Dossier:
    """Return the dossier in a folder or a claims.csv; without a path, the article's.

    Only claims.csv is needed. Where another table is missing the article's stands in: terms,
    sources and assumptions whole; readings only for claims with the same id, quote and figure,
    positions only where the dossier has one of the article's claims. A table with a header and no
    rows says "none". All faults are raised together in one `DossierError`.
    """
    target = ARTICLE if path is None else Path(path)
    # os.path answers False where pathlib would raise: a name too long, a folder closed to us.
    is_file = os.path.isfile(target)
    folder = target.parent if is_file else target
    files = {name: folder / f"{name}.csv" for name in TABLES}
    if is_file:
        files["claims"] = target
    elif not os.path.isdir(folder):
        raise DossierError([Problem(str(path), "is neither a folder nor a file that can be read")])
    tables, problems = {}, []
    for name, file in files.items():
        if name == "claims" or os.path.lexists(file):
            tables[name], faults = read_table(file, name)
            problems += faults
    problems += [] if is_file else _misnamed(folder, tables)
    if problems:
        raise DossierError(problems)
    _default(tables)
    own_name = is_file and target.name != "claims.csv"
    name = target.stem if own_name else Path(os.path.abspath(folder)).name
    return _assemble(tables, name=name or "dossier", folder=folder)


def _misnamed(folder: Path, tables: Mapping[str, Table]) -> list[Problem]:
    """Return files that look like a table under another name and would be passed over."""
    missing = [f"{name}.csv" for name in TABLES if name not in tables or not tables[name].columns]
    try:
        names = {path.name for path in folder.iterdir()} - {f"{name}.csv" for name in TABLES}
    except OSError:
        return []
    return [
        Problem(name, f"is not a table of a dossier; did you mean {close[0]}?")
        for name in sorted(names)
        if (close := difflib.get_close_matches(name.lower(), missing, n=1, cutoff=0.85))
    ]


def _default(tables: dict[str, Table]) -> None:
    """Let the article's tables stand in for those that are missing."""
    shared = None
    for name in TABLES:
        if name in tables:
            continue
        table, _ = read_table(ARTICLE / f"{name}.csv", name)
        if name in ("readings", "positions"):
            shared = _shared_claims(tables["claims"]) if shared is None else shared
            keep = [bool(shared) if name == "positions" else row[0] in shared for row in table.rows]
            table.numbers = list(compress(table.numbers, keep))
            table.rows = list(compress(table.rows, keep))
        tables[name] = table


def borrows_assumptions(dossier: Dossier) -> bool:
    """Return whether the article's assumptions stand in, for the dossier's folder has none."""
    return dossier.folder is not None and not (dossier.folder / "assumptions.csv").exists()


def _shared_claims(claims: Table) -> set[str]:
    """Return the claims that are the article's own: same id, quote and printed figure."""

    def figures(table: Table) -> dict[str, tuple[str, ...]]:
        rows = (row for _, row in table.records())
        return {row["claim"]: (row["quote"], row["low"], row["high"]) for row in rows}

    own = figures(read_table(ARTICLE / "claims.csv", "claims")[0])
    return {claim for claim, figure in figures(claims).items() if own.get(claim) == figure}


def build_dossier(frames: Frames, *, name: str = "dossier", folder: Path | None = None) -> Dossier:
    """Return a checked dossier from frames, or lists of rows, by table name.

    Derived columns are computed anew, so an altered `dossier.claims` may be passed as it is. A
    table left out is empty: nothing of the article's stands in.
    """
    tables, problems = {}, []
    for table, columns in TABLES.items():
        frame = frames.get(table, ())
        if not isinstance(frame, pd.DataFrame):
            frame = pd.DataFrame(list(frame), dtype=object)
        strange = [str(column) for column in frame if column not in (*columns, *DERIVED)]
        problems += [Problem(f"{table}.csv", "is not a column", 1, value=it) for it in strange]
        texts = [_texts(frame, column) for column in columns]
        rows = [clean(row, columns) for row in zip(*texts, strict=True)]
        tables[table] = Table(table, f"{table}.csv", rows, range(2, len(rows) + 2))
    if problems:
        raise DossierError(problems)
    return _assemble(tables, name=name, folder=folder)


def _texts(frame: pd.DataFrame, column: str) -> list[str]:
    """Return one column as the texts that a table holds."""
    if column not in frame:
        return [""] * len(frame)
    values = frame[column].tolist()
    if column == "published" and "published_text" in frame:
        pairs = zip(values, frame["published_text"].tolist(), strict=True)
        return [text if _same_day(day, text) else _text(day) for day, text in pairs]
    return [value if type(value) is str else _text(value) for value in values]


def _text(value: object) -> str:
    if value is None or value is pd.NaT or value != value:
        return ""
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else str(value)


def _same_day(day: object, text: str) -> bool:
    try:
        return _text(day) == (parse_date(text)[0].isoformat() if text else "")
    except ValueError:
        return False


def _assemble(tables: dict[str, Table], *, name: str, folder: Path | None) -> Dossier:
    """Return the dossier of tables whose form is right; raise what else is wrong with them."""
    if problems := check_tables(tables):
        raise DossierError(problems)
    frames = {
        table: pd.DataFrame(tables[table].rows, columns=list(columns), dtype=str)
        for table, columns in TABLES.items()
    }
    frames["claims"] = derive(frames["claims"])
    return Dossier(name, folder, _sha256(tables), **frames)


def _sha256(tables: Mapping[str, Table]) -> str:
    """Return the digest of {table: rows of cells} as one line of JSON."""
    content = {
        name: [[_one_line_end(cell) for cell in row] for row in tables[name].rows]
        for name in TABLES
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _one_line_end(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n") if "\r" in cell else cell


def write_dossier(dossier: Dossier | Frames, folder: str | Path) -> Path:
    """Return the folder that now holds the dossier's tables; nothing there is ever overwritten.

    The tables are checked first, written beside, then moved into place. `folder` must be new or
    empty; reading it gives the same cells back.
    """
    if not isinstance(dossier, Dossier):
        dossier = build_dossier(dossier)
    files = {}
    for name, columns in TABLES.items():
        frame = getattr(dossier, name)
        texts = zip(*(_texts(frame, column) for column in columns), strict=True)
        files[f"{name}.csv"] = write_table(texts, name).encode()
    return place_files(files, Path(folder))


def new_dossier(folder: str | Path, *, empty: bool = False) -> Path:
    """Return a new folder with a copy of the article's dossier to edit, file by file.

    Empty, its tables have their header rows alone, and the folder's name for a title.
    """
    path = Path(folder)
    if empty:
        files = {
            f"{name}.csv": f"{','.join(columns)}\n".encode() for name, columns in TABLES.items()
        }
        title = {"title": path.resolve().name}
        files["datapackage.json"] = f"{json.dumps(title, ensure_ascii=False, indent=1)}\n".encode()
    else:
        files = {one.name: one.read_bytes() for one in ARTICLE.iterdir() if one.is_file()}
    return place_files(files, path)
