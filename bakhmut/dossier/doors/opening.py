"""Where a dossier lies: a folder of tables, one file, a workbook, standard input.

In: a path. Out: the tables found there as rows of text, with whatever is wrong in their form.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from bakhmut.dossier.doors import package, workbook
from bakhmut.dossier.doors.delimited import Fault, bytes_of
from bakhmut.dossier.problems import DossierError, Problem
from bakhmut.dossier.tables import COLUMNS, TABLES, Table, read_table, table_in

STANDARD_INPUT = "-"
_SUFFIXES = (".csv", ".csv.gz")


@dataclass
class Opened:
    """What lies at a path: tables and their faults, and what the place tells besides.

    `file` is the name of the one file where it is not the `claims.csv` of a folder; `title` is
    what the data package or the workbook is called.
    """

    name: str
    folder: Path | None = None
    file: str = ""
    title: str = ""
    tables: dict[str, Table] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def open_at(path: str | Path) -> Opened:
    """Return what lies at a path, `-` for standard input.

    Raises
    ------
    DossierError
        There is nothing at the path, or it is neither a folder nor a plain file.
    """
    if str(path) == STANDARD_INPUT:
        return _file(None)
    target = Path(path)
    # os.path answers False where pathlib would raise: a name too long, a folder closed to us.
    if os.path.isdir(target):
        return _folder(target)
    if os.path.isfile(target):
        return _file(target)
    what = "is neither a folder nor a file that can be read"
    if os.path.exists(target):
        what += "; what comes through a pipe is read as -"
    raise DossierError([Problem(str(path), what)])


def _folder(folder: Path) -> Opened:
    opened = Opened(_name(folder), folder)
    _take_tables(opened, folder, tuple(COLUMNS))
    opened.problems += _misnamed(folder, opened.tables)
    _take_title(opened, folder)
    return opened


def _file(path: Path | None) -> Opened:
    """Return a workbook, or a table of claims with the other tables of its folder."""
    file = "standard input" if path is None else path.name
    opened = Opened("dossier", path.parent if path else None, file)
    try:
        content = bytes_of(path)
    except OSError as error:
        opened.problems.append(Problem(file, f"cannot be read ({error.strerror or error})"))
        return opened
    except Fault as error:
        opened.problems.append(Problem(file, str(error)))
        return opened
    if path is not None:
        opened.name = file.split(".csv")[0] if file.endswith(_SUFFIXES) else path.stem
    if workbook.is_one(content):
        opened.tables, opened.problems, opened.title = workbook.tables_in(content, file=file)
        return opened
    opened.tables["claims"], opened.problems = table_in(content, "claims", file=file)
    if path is not None:
        _take_tables(opened, path.parent, tuple(name for name in TABLES if name != "claims"))
        if file in [f"claims{suffix}" for suffix in _SUFFIXES]:
            opened.name, opened.file = _name(path.parent), ""
            _take_tables(opened, path.parent, ("evidence",))
            _take_title(opened, path.parent)
    return opened


def _name(folder: Path) -> str:
    return Path(os.path.abspath(folder)).name or "dossier"


def _take_tables(opened: Opened, folder: Path, names: Collection[str]) -> None:
    """Read the tables of a folder, packed or not; claims.csv must be there."""
    for name in names:
        files = [folder / f"{name}{suffix}" for suffix in _SUFFIXES]
        there = [file for file in files if os.path.lexists(file)]
        if len(there) > 1:
            what = f"is there beside {there[0].name}; keep one of them"
            opened.problems.append(Problem(there[1].name, what))
        elif there or name == "claims":
            opened.tables[name], faults = read_table((there or files)[0], name)
            opened.problems += faults


def _take_title(opened: Opened, folder: Path) -> None:
    try:
        opened.title = package.title_of(folder)
    except ValueError as error:
        opened.problems.append(Problem(package.FILE, str(error)))


def _misnamed(folder: Path, tables: Collection[str]) -> list[Problem]:
    """Return files that look like a table under another name and would be passed over."""
    missing = [f"{name}.csv" for name in TABLES if name not in tables]
    known = {f"{name}{suffix}" for name in TABLES for suffix in _SUFFIXES}
    try:
        names = {path.name for path in folder.iterdir()} - known
    except OSError:
        return []
    return [
        Problem(name, f"is not a table of a dossier; did you mean {close[0]}?")
        for name in sorted(names)
        if (close := difflib.get_close_matches(name.lower(), missing, n=1, cutoff=0.85))
    ]
