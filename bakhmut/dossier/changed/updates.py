"""Newer figures put in place of printed ones, without touching a file.

`CLAIM=VALUE` replaces the figure of one claim, `as_of` says of what day it is. What comes back is
a new dossier, checked like any other, and a table of every cell that changed. The quote stays what
the text printed; the note says what was put in place of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from bakhmut.dossier.claims import Dossier, build_dossier, lying_as
from bakhmut.dossier.doors.frames import text_of
from bakhmut.dossier.parsing.notation import parse_date, parse_number, parse_period
from bakhmut.dossier.parsing.printed import figure_in_words
from bakhmut.dossier.tables import TABLES, DossierError, Problem

COLUMNS = ["claim", "field", "before", "after", "because"]
_RANGE = re.compile(r"(.+?)(?:\s+to\s+|\s*\.\.\s*|\s*–\s*)(.+)")


def update(
    dossier: Dossier, figures: Mapping[str, object], *, as_of: str | date | None = None
) -> Dossier:
    """Return the dossier with newer figures in place of printed ones, checked anew.

    Parameters
    ----------
    dossier
        left as it is.
    figures
        {claim: value}: a number of any type, text as printed, or a pair (low, high).
    as_of
        the day of the new figures: their date of publication, and the end of their period.

    >>> from bakhmut.dossier.claims import read_dossier
    >>> newer = update(read_dossier(), {"russia-total": 154_830}, as_of="2023-03-07")
    >>> newer.claims.set_index("claim").loc["russia-total", "low_value"]
    np.float64(154830.0)

    Raises
    ------
    DossierError
        Every fault at once: what was written, and what is allowed.
    """
    pairs = {
        claim: value if isinstance(value, tuple | list) else (value,)
        for claim, value in figures.items()
    }
    texts = [f"{claim}={' to '.join(map(text_of, ends))}" for claim, ends in pairs.items()]
    return apply_updates(dossier, texts, as_of=None if as_of is None else text_of(as_of))[0]


def apply_updates(
    dossier: Dossier, updates: Iterable[str], *, as_of: str | Sequence[str] | None = None
) -> tuple[Dossier, pd.DataFrame]:
    """Return the dossier with newer figures in place, and a table of what was changed.

    Parameters
    ----------
    dossier
        left as it is.
    updates
        `CLAIM=VALUE`, as often as wanted. A value is a number as printed, or `LOW to HIGH` for a
        range. Open ends stay open: a claim of *more than* 120,000 keeps its hedge.
    as_of
        ISO day of the new figures: their date of publication, and the end of their period. One
        day for all of them, or one for each in order.

    Returns
    -------
    tuple of Dossier and DataFrame
        The table has one row a changed cell: `claim`, `field`, `before`, `after`, `because`.
        Readings that were about the old figure go with it, and are listed too.

    Raises
    ------
    DossierError
        Every fault at once: what was written, and what is allowed.
    """
    updates = list(updates)
    wanted, problems = _parse(updates, known=dossier.claims["claim"].tolist())
    days, faults = _days(updates, as_of)
    problems += faults
    claims = dossier.claims.copy()
    rows = {row["claim"]: row for row in claims.to_dict("records")}
    place = dict(zip(claims["claim"], claims.index, strict=True))
    changes: list[dict[str, str]] = []
    for claim, value in wanted.items():
        row = rows[claim]
        cells, fault = _cells(row, value)
        day = days.get(claim, "")
        dated, late = _dated(row, day) if day and not problems else ({}, "")
        problems += [Problem(f"--set {claim}", what) for what in (fault, late) if what]
        changes += _changes(row, cells | dated, claims=claims, as_of=day)
        for field, after in (cells | dated).items():
            claims.loc[place[claim], field] = after
        printed = _printed(row)
        claims.loc[place[claim], "note"] = f"{row['note']} Printed: {printed}; updated.".strip()
    if problems:
        raise DossierError(problems)
    stale = dossier.readings["claim"].isin(wanted) & dossier.readings["field"].isin(["low", "high"])
    changes += _set_aside(dossier.readings[stale])
    frames: dict[str, Any] = {table: getattr(dossier, table) for table in TABLES}
    frames["readings"] = dossier.readings[~stale]
    frames["claims"] = claims[list(TABLES["claims"])]
    updated = lying_as(dossier, build_dossier(frames, name=dossier.name))
    return updated, pd.DataFrame(changes, columns=COLUMNS)


Value = tuple[str, str]
Row = Mapping[Any, Any]


def _parse(updates: Iterable[str], *, known: list[str]) -> tuple[dict[str, Value], list[Problem]]:
    """Return claim -> (low, high) as written, and what is wrong with what was written."""
    wanted: dict[str, Value] = {}
    problems = []
    for text in updates:
        claim, equals, value = (part.strip() for part in text.partition("="))
        ends = _RANGE.fullmatch(value)
        low, high = (ends[1].strip(), ends[2].strip()) if ends else (value, value)
        if not equals or not value:
            what = "is not CLAIM=VALUE; write it like russia-total=154,830"
            problems.append(Problem("--set", what, value=text))
        elif claim not in known:
            what = "is not a claim of this dossier"
            problems.append(Problem("--set", what, value=claim, near=tuple(known[:1000])))
        elif claim in wanted:
            problems.append(Problem(f"--set {claim}", "is given twice; give each claim one value"))
        else:
            faults = [fault for end in dict.fromkeys((low, high)) for fault in _not_number(end)]
            if not faults and parse_number(low) > parse_number(high):
                faults = [("is above the other end; write the lower one first", low)]
            problems += [Problem(f"--set {claim}", what, value=end) for what, end in faults]
            if not faults:
                wanted[claim] = (low, high)
    return wanted, problems


def _not_number(text: str) -> list[tuple[str, str]]:
    try:
        parse_number(text)
    except ValueError as error:
        return [(str(error), text)]
    return []


def _days(
    updates: list[str], as_of: str | Sequence[str] | None
) -> tuple[dict[str, str], list[Problem]]:
    """Return claim -> day, and what is wrong with the days given."""
    asked = [as_of] if isinstance(as_of, str) else list(as_of or ())
    if asked and not updates:
        return {}, [Problem("--as-of", "says of what day new figures are; give them with --set")]
    if len(asked) not in (0, 1, len(updates)):
        what = f"is given {len(asked)} times for {len(updates)} figures; give one, or one for each"
        return {}, [Problem("--as-of", what)]
    problems = []
    for day in dict.fromkeys(asked):
        try:
            first, last = parse_date(day)
            if first != last:
                raise ValueError("is not one day; write it like 2023-03-06")
        except ValueError as error:
            problems.append(Problem("--as-of", str(error), value=day))
    claims = [update.partition("=")[0].strip() for update in updates]
    each = asked * len(updates) if len(asked) == 1 else asked
    return dict(zip(claims, each, strict=False)), problems


def _cells(row: Row, value: Value) -> tuple[dict[str, str], str]:
    """Return the cells that a value replaces in a claim, or what stands against it."""
    low, high = value
    is_range = parse_number(low) != parse_number(high)
    ends = [end for end in ("low", "high") if row[end]]
    if not ends:
        return {}, "has no figure to replace; give it one in claims.csv"
    if len(ends) == 1:
        if is_range:
            return {}, f"prints '{_printed(row)}', open at one end; give one number"
        return {ends[0]: low}, ""
    if not is_range and parse_number(row["low"]) != parse_number(row["high"]):
        return {}, f"prints a range, '{_printed(row)}'; give both ends, like '20,000 to 30,000'"
    return {"low": low, "high": high}, ""


def _dated(row: Row, as_of: str) -> tuple[dict[str, str], str]:
    """Return a claim's date of publication and period ends moved to a day."""
    day = parse_date(as_of)[0].isoformat()
    cells = {"published": day}
    for field in ("period", "per_period"):
        text = row[field]
        interval = parse_period(text) if text and "+" not in text else None
        if not interval or "/" not in text or interval[1] is None:
            continue  # a term, a single day or an open end does not run up to the figure's day
        start = text.split("/")[0].strip()
        if interval[0] and interval[0].isoformat() > day:
            return {}, f"begins on {interval[0]}, after the day of --as-of, {day}"
        cells[field] = f"{start}/{day}"
    return cells, ""


def _changes(
    row: Row, cells: dict[str, str], *, claims: pd.DataFrame, as_of: str
) -> list[dict[str, str]]:
    name, found = row["claim"], []
    keep = claims.loc[claims["repeats"].eq(name), "claim"].tolist()
    because = "given with --set"
    if keep:
        because += f"; what restates it keeps its own figure: {', '.join(keep)}"
    if {"low", "high"} & set(cells):
        found.append((name, "figure", _printed(row), _printed({**dict(row), **cells}), because))
    for field in ("published", "period", "per_period"):
        before = row[field]
        if cells.get(field, before) != before:
            why = f"as of {as_of}, given with --as-of"
            found.append((name, field, before, cells[field], why))
    return [dict(zip(COLUMNS, change, strict=True)) for change in found]


def _set_aside(readings: pd.DataFrame) -> list[dict[str, str]]:
    """Return a row for each reading that was about a figure now replaced."""
    why = "a reading of the figure that was replaced; the new one is taken as given"
    first = readings.drop_duplicates(["claim", "reading"])
    return [
        {"claim": claim, "field": "reading", "before": reading, "after": "", "because": why}
        for claim, reading in zip(first["claim"], first["reading"], strict=True)
    ]


def _printed(row: Row) -> str:
    """Return a claim's figure as printed, with its hedge."""
    return figure_in_words(row["hedge"], row["low"], row["high"])
