"""The JSON of the General Staff's daily bulletins, read with care: whole, or one clear error.

Two files count persons and equipment, one record a day, both cumulative; a third lists totals that
were corrected afterwards, and is used where it is beside them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from bakhmut.base.files import content_of, json_of
from bakhmut.dossier.parsing.notation import parse_date
from bakhmut.dossier.tables import DossierError, Problem

PERSONS = "personnel"
FILES = {
    "persons": "russia_losses_personnel.json",
    "equipment": "russia_losses_equipment.json",
    "corrections": "russia_losses_equipment_correction.json",
}
# The column beside the total of persons, and the hedge that it stands for.
HEDGED = {"about": "about", "more": "more than", "": ""}
NOT_COUNTS = ("date", "day", "greatest losses direction", f"{PERSONS}*")

Days = Iterable[str | date] | str | date | None
Records = dict[date, dict[str, Any]]


def load_bulletins(path: Path) -> tuple[Records, Records]:
    """Return the bulletins by day, and the corrections by the day whose totals hold them.

    `path` is a JSON file of persons or of equipment, or a folder that holds them under their usual
    names. Raises `DossierError` where a file cannot be read or is not this series.
    """
    folder = path if path.is_dir() else path.parent
    files = [path]
    if path.is_dir():
        files = [folder / FILES[kind] for kind in ("persons", "equipment")]
        files = [file for file in files if file.exists()]
        if not files:
            what = f"holds no {FILES['persons']}; name the file or the folder it is in"
            raise DossierError([Problem(str(path), what)])
    days: Records = {}
    for file in files:
        for day, record in _read(file).items():
            days[day] = days.get(day, {}) | record
    days = dict(sorted(days.items()))
    beside = folder / FILES["corrections"]
    corrections = _read(beside, signed=True) if beside.exists() and beside not in files else {}
    return days, _of_day(corrections, days)


def chosen_days(days: Records, dates: Days, *, name: str) -> list[date]:
    """Return the days asked for, all where `dates` is None; all faults are raised together."""
    if dates is None:
        return list(days)
    chosen, problems = [], []
    known = f"the series runs from {min(days)} to {max(days)}"
    for asked in [dates] if isinstance(dates, str | date) else dates:
        text = str(asked)[:10] if isinstance(asked, date) else asked
        try:
            first, last = parse_date(text)
        except ValueError as error:
            problems.append(Problem(name, str(error), value=text))
            continue
        if first != last:
            problems.append(Problem(name, "is not one day; write it like 2023-03-06", value=text))
        elif first not in days:
            problems.append(Problem(name, f"has no bulletin; {known}", value=text))
        else:
            chosen.append(first)
    if problems:
        raise DossierError(problems)
    return chosen


def _of_day(corrections: Records, days: Records) -> Records:
    """Return the corrections by the day whose totals hold them.

    Some are recorded a day early: their own day's totals, less the correction, would fall.
    """
    placed: Records = {}
    order = list(days)
    for day, change in corrections.items():
        at = order.index(day) if day in days else -1
        if at < 1:
            continue
        if not _fits(days, order[at - 1 : at + 1], change) and at + 1 < len(order):
            at += _fits(days, order[at : at + 2], change)
        counts = {field: n for field, n in change.items() if field not in NOT_COUNTS and n}
        placed[order[at]] = placed.get(order[at], {}) | counts
    return placed


def _fits(days: Records, two: list[date], change: dict[str, int]) -> bool:
    """Return whether no total falls from one day to the next once a correction is taken off."""
    before, after = (days[day] for day in two)
    shared = [field for field in change if field not in NOT_COUNTS]
    shared = [field for field in shared if field in before and field in after]
    return all(after[field] - before[field] >= change[field] for field in shared)


def _read(file: Path, *, signed: bool = False) -> Records:
    """Return one JSON file by day; all its faults are raised together."""
    try:
        content = content_of(file)
    except OSError as error:
        what = f"cannot be read ({error.strerror or error})"
        raise DossierError([Problem(file.name, what)]) from error
    except ValueError as error:
        raise DossierError([Problem(file.name, str(error))]) from error
    try:
        records = json_of(content)
    except ValueError as error:
        what = f"is not whole JSON ({error}); fetch the file again"
        raise DossierError([Problem(file.name, what)]) from error
    if not isinstance(records, list) or not records:
        what = "is not a list of bulletins; the series is a list of records with a date each"
        raise DossierError([Problem(file.name, what)])
    days: Records = {}
    problems = []
    for number, record in enumerate(records, start=1):
        day, faults = _record(record, signed=signed)
        if day in days:
            faults.append(f"has a second bulletin of {day}; each day has one")
        problems += [Problem(file.name, f"record {number:,} {fault}") for fault in faults]
        if day and not faults:
            days[day] = record
    if problems:
        raise DossierError(problems)
    return days


def _record(record: Any, *, signed: bool) -> tuple[date | None, list[str]]:
    """Return the day of one record and what is wrong with it."""
    if not isinstance(record, dict):
        return None, ["is not a record with fields"]
    try:
        day, last = parse_date(str(record.get("date", "")))
        if day != last:
            raise ValueError("is not one day")
    except ValueError:
        return None, [f"has the date {record.get('date')!r}; allowed: a day like 2023-03-06"]
    faults = []
    for field, value in record.items():
        if field == f"{PERSONS}*":
            if value not in HEDGED:
                faults.append(f"({day}) has {field} {value!r}; allowed: about, more or blank")
        elif field not in NOT_COUNTS:
            whole = isinstance(value, int) and not isinstance(value, bool)
            if not whole or (value < 0 and not signed):
                faults.append(f"({day}) has {field} {value!r}; allowed: a whole number")
    if not any(field not in NOT_COUNTS for field in record):
        faults.append(f"({day}) counts nothing; allowed: personnel, or fields of equipment")
    return day, faults
