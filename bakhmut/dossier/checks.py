"""What must hold before a dossier is used: every fault in its tables, each with its place.

Form (is it a table at all?) is checked by `tables`; here words, names, numbers and the links
between rows. All checks are loops over rows or graph walks without recursion, so a table of many
thousand rows, or a chain as long, costs no more than it should.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any

from bakhmut.dossier.derived import STANDINGS
from bakhmut.dossier.doors.typed import MONTH_AND_NUMBER, how_to_write
from bakhmut.dossier.fills import ABOVE
from bakhmut.dossier.links import circular_repeats, circular_terms
from bakhmut.dossier.parsing.hedging import CEILINGS, FLOORS, hedges
from bakhmut.dossier.parsing.notation import parse_date, parse_number, parse_period, parse_sum
from bakhmut.dossier.parsing.printed import figure_in_words
from bakhmut.dossier.problems import COMPARED_NAMES, MOST_PROBLEMS, Problem
from bakhmut.dossier.tables import PER, SCOPE, Table

TIERS = ("plausible", "what-if")
FIELDS = (*SCOPE, *PER, "hedge", "low", "high")
NAMED = ("yes", "no")
USUAL = ("yes",)

_KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_ID = 100
_HALF = re.compile("[\ud800-\udfff]")
_POINT_OR_GROUP = re.compile(r"[0-9]{1,3}\.[0-9]{3}")

Row = Mapping[str, str]
Problems = Iterator[Problem]
Faults = Iterator[tuple[str, str]]


def check_tables(tables: Mapping[str, Table]) -> list[Problem]:
    """Return every fault of a dossier's tables, check after check, each in the order of rows.

    Looking stops at `MOST_PROBLEMS`: a table that is wrong throughout is refused quickly.
    """
    claims = tables["claims"]
    checks = (
        *map(_half_characters, tables.values()),
        _claims(claims),
        circular_repeats(claims),
        _sources(tables["sources"]),
        _terms(tables["terms"]),
        circular_terms(tables["terms"]),
        _readings(tables["readings"], claims),
        _positions(tables["positions"], claims),
        _assumptions(tables["assumptions"]),
    )
    return list(islice(chain.from_iterable(checks), MOST_PROBLEMS))


def _half_characters(table: Table) -> Problems:
    """Yield cells that no file of ours can hold: half of a character that UTF-16 writes in two."""
    for number, row in table.records():
        for column, cell in row.items():
            if not cell.isascii() and (half := _HALF.search(cell)):
                what = f"holds half of a character (U+{ord(half[0]):04X}); type it anew"
                yield table.problem(what, number, column=column)


# ---- claims


def _claims(table: Table) -> Problems:
    if not table.rows:
        yield table.problem("has no rows; a dossier needs at least one claim")
    yield from _identifiers(table, "claim")
    for number, row in table.records():
        for column, what in (*figure_faults(row), *_text_faults(row)):
            yield table.problem(what, number, column=column, value=row[column])
        if row["standing"]:
            yield from _word(table, number, row, column="standing", allowed=tuple(STANDINGS))


def figure_faults(row: Row, *, each: bool = False) -> Faults:
    """Yield (column, what is wrong) for the scope, hedge and numbers of one row."""
    filled = [column for column in (*SCOPE, *PER) if row[column]]
    for column in filled:
        if row[column] == ABOVE:
            yield column, "says 'as in the row above', and there is none"
        elif row[column] != "each":
            parse = _periods if column.endswith("period") else _names
            yield from _unreadable(row, column, parse)
        elif not each:
            yield column, "is for assumptions.csv only; name what is counted"
    is_ratio = any(column in PER for column in filled)
    for column, per in zip(SCOPE, PER, strict=True):
        if is_ratio and row[column] and not row[per]:
            yield per, f"is blank: {column} is filled, so the ratio's denominator needs its own"
    unread = list(_unreadable(row, "hedge", hedges))
    unread += [fault for end in ("low", "high") for fault in _unreadable(row, end, parse_number)]
    yield from unread if unread else _misfits(row, is_ratio=is_ratio)
    for column in ("low", "high"):
        if not is_ratio and _POINT_OR_GROUP.fullmatch(row[column]):
            grouped = row[column].replace(".", ",")
            yield column, f"may be {grouped} or a decimal; a count of {grouped} is written so"


def _misfits(row: Row, *, is_ratio: bool) -> Faults:
    """Yield where the two numbers and the hedge of a row, each readable, do not fit together."""
    low, high = (parse_number(row[end]) if row[end] else None for end in ("low", "high"))
    if low is not None and high is not None and low > high:
        yield (
            "low",
            (
                f"is above the high end {row['high']!r}; low must not be above high: the "
                "numbers of two recorders are two rows"
            ),
        )
    said = hedges(row["hedge"])
    is_difference = "difference" in said
    below = next((end for end, v in (("low", low), ("high", high)) if v is not None and v < 0), "")
    if below and not is_difference:
        yield (
            below,
            "is negative; a count or a ratio is zero or more, and what may be below zero, "
            "one number less another, has the hedge 'difference' and the per_ columns",
        )
    if is_difference and not is_ratio:
        yield "hedge", "needs the per_ columns: a difference is the scope's number less theirs"
    beside = f"is blank beside the hedge {row['hedge']!r}"
    if CEILINGS & set(said) and low is not None and high is None:
        yield "high", f"{beside}; a ceiling stands here: move {row['low']} from low"
    if FLOORS & set(said) and high is not None and low is None:
        yield "low", f"{beside}; a floor stands here: move {row['high']} from high"
    if any(one.startswith("±") for one in said) and (low is None or low != high):
        yield "hedge", "needs one number: write the same in low and in high"


def _text_faults(row: Row) -> Faults:
    yield from _unreadable(row, "published", parse_date)
    yield from _unreadable(row, "via", _relays)


def _unreadable(row: Row, column: str, parse: Callable[[str], object]) -> Faults:
    """Yield what a parser says of a cell that is not blank."""
    if row.get(column):
        try:
            parse(row[column])
        except ValueError as error:
            yield column, how_to_write(column, row[column]) or str(error)


def _names(text: str) -> tuple[str, ...]:
    parts, _ = parse_sum(text)
    if "each" in parts:
        raise ValueError("has 'each' in a sum; it stands alone, and in assumptions.csv only")
    return parts


def _periods(text: str) -> None:
    for part in _names(text):
        if parse_period(part) is None and MONTH_AND_NUMBER.fullmatch(part):
            raise ValueError("is not a period; write it like 2024-05 or 2024-05-24")


def _relays(text: str) -> None:
    if not all(name.strip() for name in text.split(">")):
        raise ValueError("has an empty relay; write the names with ' > ' between them")


def _identifiers(table: Table, column: str) -> Problems:
    """Yield ids that are empty, not kebab-case, or used before."""
    first: dict[str, int] = {}
    for number, row in table.records():
        name = row[column]
        place: dict[str, Any] = {"row": number, "column": column, "value": name}
        if not name:
            yield table.problem("is empty; each row needs an id of its own", **place)
        elif name in first:
            yield table.problem(f"is used in row {first[name]:,} already; an id is unique", **place)
        elif not _KEBAB.fullmatch(name) or len(name) > _LONGEST_ID:
            what = "is not an id; write small letters, digits and hyphens, like russia-total"
            yield table.problem(what, **place)
        first.setdefault(name, number)


# ---- the other tables


def _sources(table: Table) -> Problems:
    first: dict[str, int] = {}
    for number, row in table.records():
        name = row["source"]
        if not name:
            yield table.problem("is empty; name the source", number, column="source")
        elif name in first:
            what = f"is described in row {first[name]:,} already; each source has one row"
            yield table.problem(what, number, column="source", value=name)
        first.setdefault(name, number)
        if row["named"]:
            yield from _word(table, number, row, column="named", allowed=NAMED)


def _word(table: Table, number: int, row: Row, *, column: str, allowed: Iterable[str]) -> Problems:
    words = tuple(allowed)
    if row[column] not in words:
        what = f"is not allowed; allowed are {', '.join(words)}"
        yield table.problem(what, number, column=column, value=row[column], near=words)


def _terms(table: Table) -> Problems:
    for number, row in table.records():
        yield from _word(table, number, row, column="kind", allowed=SCOPE)
        if row["usual"]:
            yield from _word(table, number, row, column="usual", allowed=USUAL)
        if not row["term"]:
            yield table.problem("is empty; name the term", number, column="term")
        elif "+" in row["term"] or row["term"] in ("each", "...", "…"):
            what = "cannot be a term; a term is one name, without '+'"
            yield table.problem(what, number, column="term", value=row["term"])
        if not row["means"]:
            what = "is empty; write the parts, like 'killed + wounded'"
            yield table.problem(what, number, column="means")
        parse = _periods if row["kind"] == "period" else _names
        for column, what in _unreadable(row, "means", parse):
            yield table.problem(what, number, column=column, value=row[column])


def _readings(table: Table, claims: Table) -> Problems:
    """Yield rows that fit no claim, and readings under which a claim makes no sense."""
    rows: dict[tuple[str, str, str], int] = {}
    first: dict[str, int] = {}
    changes: dict[str, dict[str, dict[str, str]]] = {}
    named = {row["claim"] for _, row in table.records()}
    known = {row["claim"]: row for _, row in claims.records() if row["claim"] in named}
    for number, row in table.records():
        claim, reading, column = key = (row["claim"], row["reading"], row["field"])
        problems = list(_reading_row(table, number, row))
        if claim not in known and claim not in first:  # once for all its rows
            near = tuple(islice(claims.column("claim"), COMPARED_NAMES))
            what = "is not a claim of claims.csv"
            problems.append(table.problem(what, number, column="claim", value=claim, near=near))
        if key in rows:
            what = f"is set for this reading in row {rows[key]:,} already"
            problems.append(table.problem(what, number, column="field", value=column))
        yield from problems
        rows.setdefault(key, number)
        first.setdefault(claim, number)
        if not problems and claim in known:
            changes.setdefault(claim, {}).setdefault(reading, {})[column] = row["value"]
    for claim, readings in changes.items():
        for reading, change in readings.items():
            for column, what in _reading_faults(known[claim], change):
                number = rows.get((claim, reading, column), first[claim])
                said = f"as the {column} of {claim} under the reading {reading!r} {what}"
                value = change.get(column, known[claim][column])
                yield table.problem(said, number, column="value", value=value)
        yield from _unheld(table, first[claim], known[claim], readings=readings.values())


def _unheld(table: Table, number: int, claim: Row, *, readings: Iterable[Row]) -> Problems:
    """Yield a claim whose printed figure no reading holds: an edit that would have no effect."""
    if not any(_overlap(claim, change) for change in readings):
        what = (
            f"is printed as {_printed(claim)}, which none of its readings here holds; "
            "change their values too, or delete its rows here"
        )
        yield table.problem(what, number, column="claim", value=claim["claim"])


def _reading_row(table: Table, number: int, row: Row) -> Problems:
    if not row["reading"]:
        yield table.problem("is empty; give the reading a name", number, column="reading")
    yield from _word(table, number, row, column="field", allowed=FIELDS)
    if row["usual"]:
        yield from _word(table, number, row, column="usual", allowed=USUAL)


def _reading_faults(claim: Row, change: Row) -> Faults:
    """Yield what is wrong with a claim under one reading and was not wrong before."""
    added = [column for column in PER if change.get(column)]
    if added and not any(claim[column] for column in PER):
        yield added[0], "would make a ratio of a count; code the ratio in claims.csv"
        return
    known = set(figure_faults(claim))
    yield from (fault for fault in figure_faults({**claim, **change}) if fault not in known)


def _overlap(claim: Row, change: Row) -> bool:
    """Tell whether a reading's numbers share a point with those printed; unreadable ones do."""
    try:
        low, high = (parse_number(claim[end]) if claim[end] else None for end in ("low", "high"))
        ends = {**claim, **change}
        least, most = (parse_number(ends[end]) if ends[end] else None for end in ("low", "high"))
    except ValueError:
        return True
    below = high is not None and least is not None and least > high
    return not below and not (low is not None and most is not None and most < low)


def _printed(claim: Row) -> str:
    return figure_in_words("", claim["low"], claim["high"])


def _positions(table: Table, claims: Table) -> Problems:
    yield from _identifiers(table, "claim")
    figures = set(claims.column("claim"))
    for number, row in table.records():
        if row["claim"] and row["claim"] in figures:
            what = "is the id of a claim in claims.csv; an account has an id of its own"
            yield table.problem(what, number, column="claim", value=row["claim"])
        for column in ("topic", "stance"):
            if not row[column]:
                what = f"is empty; opposed accounts are found by their {column}"
                yield table.problem(what, number, column=column)
        for column, what in _unreadable(row, "via", _relays):
            yield table.problem(what, number, column=column, value=row[column])


def _assumptions(table: Table) -> Problems:
    yield from _identifiers(table, "assumption")
    for number, row in table.records():
        yield from _word(table, number, row, column="tier", allowed=TIERS)
        for column, what in figure_faults({**row, "hedge": ""}, each=True):
            yield table.problem(what, number, column=column, value=row[column])
        if not row["low"] and not row["high"]:
            what = "is blank, and so is 'high'; an assumption says at least one of them"
            yield table.problem(what, number, column="low")
