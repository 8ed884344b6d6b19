"""A dossier: what a text claims, read from small CSV tables into typed frames, and written back.

A claim is one figure as printed, with its quote, source, hedge and scope; a dossier holds the
claims of a text and what is needed to read them. `data/README.md` describes every column.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from html import escape
from itertools import compress
from pathlib import Path

import numpy as np
import pandas as pd

from bakhmut.dossier.checks import check_tables
from bakhmut.dossier.derived import derive
from bakhmut.dossier.doors import package, workbook
from bakhmut.dossier.doors.frames import Frames, Rows, is_bare, tables_of, texts_of
from bakhmut.dossier.doors.opening import Opened, open_at
from bakhmut.dossier.fills import fill
from bakhmut.dossier.parsing.printed import claim_in_words
from bakhmut.dossier.problems import DossierError
from bakhmut.dossier.quotes import verify_quotes
from bakhmut.dossier.tables import (
    COLUMNS,
    EVIDENCE,
    LATER,
    TABLES,
    Table,
    place_file,
    place_files,
    read_table,
    write_table,
)

__all__ = [
    "DATA",
    "TABLES",
    "Dossier",
    "DossierError",
    "build_dossier",
    "new_dossier",
    "read_dossier",
    "verify_quotes",
    "write_dossier",
]

DATA = Path(__file__).parents[1] / "data"
ARTICLE = DATA / "article"
RECIPES = DATA / "recipes.md"


@dataclass(frozen=True, eq=False)
class Dossier:
    """The tables of a dossier, checked and typed. Blank text is "", an open number NaN.

    `claims` has the columns of claims.csv and, derived: `kind` ("count" or "ratio"), `origin` (the
    source at the root of the `repeats` chain, "the text" where none is named), `low_value` and
    `high_value` (float, before any hedge), `period_start` and `period_end` (first and last day; NaT
    where open, unstated or a term), `published_on` (a date: the first day of the month or year
    where only that is known). `sha256` is that of the tables' content:
    the same for any delimiter, line ending, byte-order mark or order of columns.

    `title` is what its data package or workbook is called, "" where that is not said; `file` the
    name of the one file that it is, "" for a folder; `borrowed` the tables in whose place the
    article's stand; `aside` has a sentence for what of the files was not used.

    `evidence` is there where the dossier was drafted from a text: for each cell the words that
    support it (`claim`, `field`, `value`, `start`, `end`, `rule`, `sure`, `confirmed`), all text.
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
    title: str = ""
    file: str = ""
    borrowed: frozenset[str] = frozenset()
    aside: tuple[str, ...] = ()
    evidence: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(EVIDENCE)))

    def _repr_html_(self) -> str:
        """Show a notebook what is claimed, by whom; every cell is escaped."""
        figures = [claim_in_words(claim) for claim in self.claims.itertuples()]
        shown = self.claims[["claim", "quote", "source"]].assign(figure=figures)
        head = f"<p><b>{escape(self.title or self.name)}</b></p>"
        aside = "".join(f"<p>{escape(sentence)}</p>" for sentence in self.aside)
        return head + aside + shown.to_html(index=False, max_rows=60)


def read_dossier(path: str | Path | None = None) -> Dossier:
    """Return the dossier in a folder, a claims.csv or a workbook; without a path, the article's.

    A workbook (.xlsx) has sheets named like the tables; `-` is standard input, a claims.csv or a
    workbook; `.csv.gz` is unpacked. Only the claims are needed. Where another table is missing the
    article's stands in: terms, sources and assumptions whole; readings only for claims with the
    same id, quote and figure, positions only where the dossier has one of the article's claims. A
    table with a header and no rows says "none". All faults are raised together in one
    `DossierError`.
    """
    opened = open_at(ARTICLE if path is None else path)
    if opened.problems:
        raise DossierError(opened.problems)
    return _assemble(opened, _default(opened.tables))


def _default(tables: dict[str, Table]) -> frozenset[str]:
    """Let the article's tables stand in for those that are missing; return their names."""
    borrowed = frozenset(TABLES) - frozenset(tables)
    shared = _shared_claims(tables["claims"]) if borrowed else set()
    for name in TABLES:
        if name in tables:
            continue
        table, _ = read_table(ARTICLE / f"{name}.csv", name)
        if name in ("readings", "positions"):
            keep = [bool(shared) if name == "positions" else row[0] in shared for row in table.rows]
            table.numbers = list(compress(table.numbers, keep))
            table.rows = list(compress(table.rows, keep))
        tables[name] = table
    # What was assumed for the article's own claims is at home where they are.
    return borrowed - {"assumptions"} if shared else borrowed


def _shared_claims(claims: Table) -> set[str]:
    """Return the claims that are the article's own: same id, quote and printed figure."""

    def figures(table: Table) -> dict[str, tuple[str, ...]]:
        rows = (row for _, row in table.records())
        return {row["claim"]: (row["quote"], row["low"], row["high"]) for row in rows}

    own = figures(read_table(ARTICLE / "claims.csv", "claims")[0])
    return {claim for claim, figure in figures(claims).items() if own.get(claim) == figure}


def build_dossier(
    frames: Frames | pd.DataFrame | Rows, *, name: str = "dossier", folder: Path | None = None
) -> Dossier:
    """Return a checked dossier from frames, or lists of rows, of any types.

    Parameters
    ----------
    frames
        frames or lists of rows (dicts) by table name; a table left out is empty, nothing of the
        article's stands in. Or the claims alone, as one frame or list of rows: they are read as a
        claims.csv alone is, and the article's other tables stand in.
    name, folder
        what the dossier is called, and where it lies.

    Derived columns are computed anew, so an altered `dossier.claims` may be passed as it is. Whole
    floats, numbers, dates and missing values of any type say what the same text in a file says.

    >>> build_dossier([{"claim": "a", "measure": "killed", "low": 5.0}]).claims["low"].tolist()
    ['5']

    Raises
    ------
    DossierError
        All faults at once: table, row (as a file would number it), column, value, what is allowed.
    """
    opened = Opened(name, folder, tables=tables_of(frames))
    borrowed = _default(opened.tables) if is_bare(frames) else frozenset()
    for table in TABLES:
        opened.tables.setdefault(table, Table(table, f"{table}.csv"))
    return _assemble(opened, borrowed)


def _assemble(opened: Opened, borrowed: frozenset[str]) -> Dossier:
    """Return the dossier of tables whose form is right; raise what else is wrong with them."""
    tables = opened.tables
    fill(tables["claims"])
    if problems := check_tables(tables):
        raise DossierError(problems)
    frames = {name: _frame(tables[name]) for name in COLUMNS if name in tables}
    frames["claims"] = derive(frames["claims"])
    return Dossier(
        opened.name,
        opened.folder,
        _sha256(tables),
        **frames,
        title=opened.title,
        file=opened.file,
        borrowed=borrowed,
        aside=tuple(sentence for table in TABLES for sentence in tables[table].aside),
    )


def _frame(table: Table) -> pd.DataFrame:
    """Return a table as a frame; one without rows is a copy of one that was made before."""
    if not table.rows:
        return _without_rows(table.name).copy()
    rows = np.array(table.rows, dtype=object)
    return pd.DataFrame(rows, columns=list(COLUMNS[table.name]), dtype=str)


@cache
def _without_rows(name: str) -> pd.DataFrame:
    return pd.DataFrame([], columns=list(COLUMNS[name]), dtype=str)


def lying_as(dossier: Dossier, other: Dossier) -> Dossier:
    """Return `other` with the place and the title of `dossier`, of which it was made."""
    kept = ("folder", "title", "file", "borrowed", "aside", "evidence")
    return replace(other, **{name: getattr(dossier, name) for name in kept})


def _sha256(tables: Mapping[str, Table]) -> str:
    """Return the digest of {table: rows of cells} as one line of JSON."""
    content = {
        name: [[_one_line_end(cell) for cell in row] for row in _without_later(tables[name])]
        for name in TABLES
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _without_later(table: Table) -> list[list[str]]:
    """Return the rows without a last column that came later, where it is blank throughout."""
    if TABLES[table.name][-1] in LATER and not any(row[-1] for row in table.rows):
        return [row[:-1] for row in table.rows]
    return table.rows


def _one_line_end(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n") if "\r" in cell else cell


def write_dossier(
    dossier: Dossier | Frames, folder: str | Path, *, beside: Mapping[str, bytes] | None = None
) -> Path:
    """Return the folder or workbook that now holds the dossier; nothing is ever overwritten.

    The tables are checked first, written beside, then moved into place. A name that ends in
    `.xlsx` is one new workbook, any other a folder, new or empty; reading either gives the same
    cells back. A folder gets a `datapackage.json` that says what each column means, and `beside`,
    further files by name.
    """
    if not isinstance(dossier, Dossier):
        dossier = build_dossier(dossier)
    rows = {
        name: list(zip(*(texts_of(getattr(dossier, name), c) for c in columns), strict=True))
        for name, columns in COLUMNS.items()
        if name in TABLES or len(dossier.evidence)
    }
    path = Path(folder)
    if workbook.is_named(path):
        evidence = [dict(zip(EVIDENCE, row, strict=True)) for row in rows.pop("evidence", ())]
        book = workbook.written(rows, title=dossier.title, file=path.name, evidence=evidence)
        return place_file(book, path)
    files = {f"{name}.csv": write_table(rows[name], name).encode() for name in rows}
    files |= beside or {}
    files[package.FILE] = package.describe(path.resolve().name, dossier.title)
    return place_files(files, path)


def new_dossier(folder: str | Path, *, empty: bool = False) -> Path:
    """Return a new folder, or workbook (.xlsx), with a copy of the article's dossier to edit.

    Empty, its tables have their header rows alone, and the name given for a title.
    """
    path = Path(folder)
    if empty:
        files = {f"{name}.csv": write_table([], name).encode() for name in TABLES}
        files[package.FILE] = package.describe(path.resolve().name, "")
    else:
        files = {one.name: one.read_bytes() for one in ARTICLE.iterdir() if one.is_file()}
    if not workbook.is_named(path):
        return place_files(files, path)
    if not empty:
        return write_dossier(read_dossier(), path)
    return place_file(
        workbook.written({name: [] for name in TABLES}, title=path.stem, file=path.name), path
    )
