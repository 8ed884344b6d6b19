"""Figures that restate another: a headline's, or the same number of the same thing said again.

And, on a page that is written hour by hour, tolls of an earlier entry, which are no second counts:

    20:10 - Death toll passes 1,400
    13:40 - The authority puts the number of dead at 1,124
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from bakhmut.dossier.parsing.notation import parse_number
from bakhmut.drafting.said.apart import APART

Row = dict[str, object]
# Words by which one text may name the same loss in its headline and in its body.
_ALIKE = {"lost": "killed", "losses": "killed", "casualties": "killed", "gone": "killed"}


def restatements(claims: list[dict[str, str]], evidence: list[Row]) -> list[Row]:
    """Fill `repeats` where a figure restates another, and return the evidence for it.

    A headline or bullet restates the body; within the body the later restates the earlier.
    """
    cells = {(row["claim"], row["field"]): row for row in evidence}
    roots: dict[tuple[str, ...], list[dict[str, str]]] = {}
    more: list[Row] = []
    for row in sorted(claims, key=lambda row: not row["locator"].startswith("paragraph")):
        kind = str(cells[row["claim"], "kind"]["value"])
        if not (row["low"] or row["high"]) and kind != "vague":
            continue
        same = roots.setdefault(
            (kind, row["low"], row["high"], _ALIKE.get(row["measure"], row["measure"])), []
        )
        root = next((one for one in same if _fits(one, row)), None)
        headline = not row["locator"].startswith("paragraph")
        telling = kind in ("ratio", "vague") or sum(map(str.isdigit, row["low"] or row["high"])) > 2
        if root and (headline or telling):
            row["repeats"] = root["claim"]
            at = cells[root["claim"], "number"]
            more += _scope_of(root, row, cells)
            more.append({"claim": row["claim"], "field": "repeats", "value": root["claim"],
                         "start": at["start"], "end": at["end"], "rule": "the same figure again",
                         "sure": "inferred", "confirmed": ""})  # fmt: skip
        else:
            same.append(row)
    return more


def _scope_of(
    root: dict[str, str], row: dict[str, str], cells: dict[tuple[object, object], Row]
) -> Iterator[Row]:
    """Fill the place and period that a restatement leaves out with those of what it restates.

    It stands apart as that does; whether it was denied or corrected is said of each by itself.
    """
    apart = ("standing",) if root["standing"] == APART else ()
    for cell in ("place", "period", *apart):
        if root[cell] and not row[cell]:
            row[cell] = root[cell]
            said = cells[root["claim"], cell]
            more = {"claim": row["claim"], "rule": "of the figure restated", "sure": "carried"}
            yield {**said, **more}


def _fits(one: dict[str, str], other: dict[str, str]) -> bool:
    """Whether no cell of the scope keeps two figures apart."""
    scope = ("side", "place", "per_side")
    return all(not one[c] or not other[c] or one[c] == other[c] for c in scope)


FEWEST = 3  # entries of a page; two times of day at heads of lines may be anything
FARTHEST = 10  # what a toll grows by in hours; beyond, two events are likelier
_STAMP = re.compile(
    r"^\W*([01]?\d|2[0-3])[:.h]([0-5]\d)(?!\d)(?:[^\S\n]?([ap])\.?m\b)?", re.M | re.I
)


def outgrown(claims: list[dict[str, str]], evidence: list[Row], text: str) -> list[Row]:
    """Set counts apart that a later entry of the same page has more of; return the evidence."""
    entries = [(match.start(), _minutes(match)) for match in _STAMP.finditer(text)]
    times = [time for _, time in entries]
    rises = all(one < other for one, other in pairwise(times))
    falls = all(one > other for one, other in pairwise(times))
    if len(entries) < FEWEST or not (rises or falls):
        return []
    numbers = {row["claim"]: row for row in evidence if row["field"] == "number"}
    kinds = {row["claim"]: row["value"] for row in evidence if row["field"] == "kind"}
    starts = [start for start, _ in entries]
    counts = []
    for row in claims:
        at = bisect_right(starts, int(str(numbers[row["claim"]]["start"])))
        number = row["low"] or row["high"]
        value = parse_number(number) if number else Fraction(0)
        if at and value and kinds[row["claim"]] == "count":
            counts.append((times[at - 1], value, row))
    found: list[Row] = []
    for time, value, row in counts:
        later = (
            other
            for then, more, other in counts
            if then > time and value < more <= FARTHEST * value and _may_be_one(row, other)
        )
        if not row["standing"] and (other := next(later, None)):
            row["standing"] = APART
            said = numbers[other["claim"]]
            found.append({**said, "claim": row["claim"], "field": "standing", "value": APART,
                          "rule": "a later hour has more", "sure": "inferred"})  # fmt: skip
    return found


def _minutes(stamp: re.Match[str]) -> int:
    hour, minute, half = int(stamp[1]), int(stamp[2]), (stamp[3] or "").lower()
    return (hour % 12 + 12 * (half == "p") if half else hour) * 60 + minute


def _may_be_one(one: dict[str, str], other: dict[str, str]) -> bool:
    """Whether two counts may be of the same, or one of it and more: of no other place or side."""
    measures = [set(filter(None, row["measure"].split(" + "))) for row in (one, other)]
    places = {one["place"], other["place"]} - {""}
    more = bool(measures[1]) and measures[1] <= measures[0]
    return more and one["side"] == other["side"] and len(places) < 2
