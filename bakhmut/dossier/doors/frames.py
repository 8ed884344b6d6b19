"""Frames and lists of rows, whatever their types, as the rows of text that a table holds.

The one place where a value becomes the text of a cell: 3.0 is "3", a missing value is blank, a
timestamp is its day. What the same figures say does not depend on the way they came in.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from bakhmut.dossier.derived import DERIVED
from bakhmut.dossier.doors.delimited import column_of
from bakhmut.dossier.problems import DossierError, Problem
from bakhmut.dossier.tables import COLUMNS, Table, clean, column_problems, not_ours

Rows = Iterable[Mapping[str, object]]
Frames = Mapping[str, "pd.DataFrame | Rows"]
Column = pd.Series | list[object]
# As many digits of a float as a spreadsheet shows; those beyond are the machine's.
_DIGITS = 15


def is_bare(given: object) -> bool:
    """Tell a claims table that is given alone from tables by name."""
    return isinstance(given, pd.DataFrame) or not isinstance(given, Mapping)


def tables_of(given: Frames | pd.DataFrame | Rows) -> dict[str, Table]:
    """Return the tables of frames by name, or of claims given alone, as rows of text.

    Raises
    ------
    DossierError
        Names that are no table, columns that are missing or nearly ours, what is no table at all.
    """
    frames: Mapping[Any, Any] = {"claims": given} if is_bare(given) else given  # type: ignore[assignment,dict-item]
    what = f"is not a table; the tables are {', '.join(COLUMNS)}"
    strange = [str(name) for name in frames if name not in COLUMNS]
    problems = [Problem("frames", what, value=name, near=tuple(COLUMNS)) for name in strange]
    tables = {}
    for name, rows in frames.items():
        if name in COLUMNS:
            tables[name], faults = _table(*_columns(rows, name), name)
            problems += faults
    if problems:
        raise DossierError(problems)
    return tables


def _columns(rows: object, name: str) -> tuple[list[tuple[str, Column]], int]:
    """Return the columns of what was given for a table, each with its name, and how many rows.

    A named index is a column like any other.
    """
    if hasattr(rows, "to_pandas"):
        rows = rows.to_pandas()
    if isinstance(rows, pd.DataFrame):
        named = [
            it for it in rows.index.names if it is not None and column_of(str(it)) in COLUMNS[name]
        ]
        frame = rows.reset_index(named) if named else rows
        return [(str(column), values) for column, values in frame.items()], len(frame)
    kept = None if isinstance(rows, str | bytes) or not isinstance(rows, Iterable) else list(rows)
    if kept is None or not all(isinstance(row, Mapping) for row in kept):
        what = f"is {type(rows).__name__}, no table; give a frame, or a list of rows as dicts"
        what += "; read_dossier reads files" if isinstance(rows, str) else ""
        raise DossierError([Problem(f"{name}.csv", what)])
    names = dict.fromkeys(column for row in kept for column in row)
    return [(str(column), [row.get(column) for row in kept]) for column in names], len(kept)


def _table(columns: list[tuple[str, Column]], count: int, name: str) -> tuple[Table, list[Problem]]:
    table = Table(name, f"{name}.csv")
    header = [it for it, _ in columns if name != "claims" or column_of(it) not in DERIVED]
    if not count:
        what = "the frame has 0 rows; a dossier needs at least one claim"
        return table, [table.problem(what)] if name == "claims" else []
    problems = list(column_problems(table, header))
    if problems:
        return table, problems
    table.aside += not_ours(table, header)
    table.columns = frozenset(map(column_of, header)) & frozenset(COLUMNS[name])
    given = {column_of(column): values for column, values in columns}
    blank = [""] * count
    texts = [_texts(given[it]) if it in given else blank for it in COLUMNS[name]]
    table.rows = [clean(row, COLUMNS[name]) for row in zip(*texts, strict=True)]
    table.numbers = range(2, count + 2)
    return table, []


def texts_of(frame: pd.DataFrame, column: str) -> list[str]:
    """Return one column as the texts that a table holds; blank where the frame has none such."""
    return _texts(frame[column]) if column in frame else [""] * len(frame)


def _texts(column: Column) -> list[str]:
    values = _values(column) if isinstance(column, pd.Series) else column
    return [value if type(value) is str else text_of(value) for value in values]


def _values(column: pd.Series) -> list[object]:
    """Return the values of a column; floats of half width as they print, not as doubles."""
    width = getattr(column.dtype, "itemsize", 8)
    if pd.api.types.is_float_dtype(column.dtype) and width < 8:
        return list(column.to_numpy(dtype=f"float{8 * width}", na_value=np.nan))
    return column.tolist()


def text_of(value: object) -> str:
    """Return a value as the text of a cell.

    >>> from datetime import date
    >>> text_of(3.0), text_of(1.28), text_of(None), text_of(date(2023, 3, 6)), text_of(True)
    ('3', '1.28', '', '2023-03-06', 'yes')
    """
    if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):  # type: ignore[call-overload]
        return ""
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, np.datetime64 | datetime):
        return pd.Timestamp(value).date().isoformat()
    if isinstance(value, Decimal | float | np.floating):
        return _number(value)
    return str(value)


def _number(value: Decimal | float | np.floating) -> str:
    """Return a number without an exponent, and without the point of one that is whole."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if not exact.is_finite():
        return str(value)
    if not isinstance(value, Decimal):
        exact = Decimal(f"{exact:.{_DIGITS}g}")
    text = f"{exact:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rows_of(frame: pd.DataFrame) -> Iterator[dict[str, str]]:
    """Yield the rows of a frame as dicts: `to_dict("records")`, several times as quick."""
    columns = list(frame.columns)
    for row in _rows(frame):
        yield dict(zip(columns, row, strict=True))


def tuples_of(frame: pd.DataFrame) -> Iterator[Any]:
    """Yield the rows of a frame, its columns as attributes: `itertuples`, many times as quick."""
    return map(_row(tuple(frame.columns))._make, _rows(frame))


def _rows(frame: pd.DataFrame) -> Iterator[tuple]:
    columns = (column.tolist() for _, column in frame.items()) if len(frame) else ()
    return zip(*columns, strict=True)


@lru_cache
def _row(columns: tuple[str, ...]) -> Any:
    """Return the type of a frame's rows; to make one costs as much as a thousand rows."""
    return namedtuple("Row", columns, rename=True)
