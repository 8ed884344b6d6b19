"""Flags on figures: what may be set against what, how exact a number is, what numbers imply.

Each function takes the evidence and yields findings. The practice behind them: like is compared
with like, numbers come with their time, place and uncertainty (BBC Editorial Policy guidance
*Reporting Statistics*; *Standards for Casualty Recording*, 2016; JCGM 100, the *Guide to the
Expression of Uncertainty in Measurement*).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from bakhmut.base.sentences import listed, listed_figures, quoted
from bakhmut.base.words import number
from bakhmut.consistency.explain import SLIP
from bakhmut.consistency.verbs import Check
from bakhmut.dossier.changed.edits import Edit
from bakhmut.dossier.changed.series import cumulative_falls
from bakhmut.dossier.doors.frames import tuples_of
from bakhmut.dossier.parsing.notation import parse_number
from bakhmut.findings.evidence import Evidence, Finding, Statement
from bakhmut.meaning.readings import ONCE

DIGITS_OF_AN_ESTIMATE = {"count": 3, "difference": 3, "ratio": 2}
IN_WORDS = {2: "two", 3: "three"}
GROUP_MARKS = r"(?<=\d)[,\s'’](?=\d{3})|\s+$"
SMALL_COUNT = 1000
WIDE_RANGE = 0.10
OFFICIAL = {"government", "military", "alliance"}


def rounding(statement: Statement) -> float:
    """Return half a unit of the last significant digit, relative to the number.

    120,000 is printed to the nearest 10,000: half of that is about 4 %.
    """
    halves = [_half_unit(text) for text in statement.printed if text]
    return max(halves, default=0.0)


def _half_unit(text: str) -> float:
    value = float(parse_number(text))
    digits = significant_digits(text)
    if not value or not digits:
        return 0.0
    size = len(f"{value:.0f}") if value >= 1 else 0
    return 0.5 * 10.0 ** (size - digits) / value


def significant_digits(text: str) -> int:
    """Return how many digits of a printed number carry precision.

    Zeros at the end of a whole number are taken as rounding; after a decimal point they count.

    >>> significant_digits("153,770"), significant_digits("120,000"), significant_digits("4.50")
    (5, 2, 3)
    """
    number = re.match(r"[\d.,\s'’]*", text.strip())
    digits = re.sub(r"[^\d.]", "", number.group() if number else "")
    whole, point, part = digits.partition(".")
    if not point:
        return len(whole.strip("0"))
    return len((whole + part).lstrip("0"))


def false_precision(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding for each voice whose estimates are printed too exactly.

    Looks at the significant digits as printed. More than three are too many for a number of
    1,000 or more that is hedged as approximate, is a range wider than a tenth, or that officials
    of one side give for another's losses, which they cannot count. For a ratio, more than two.
    Counts of own losses and records by researchers or the press pass.
    Digits that stand in no quote are the coder's (14.3 % for "one in seven") and pass.
    Why: 153,770 reads like a count of each person; the digits promise more than is known.
    Practice: an estimate is rounded to fit its uncertainty, which is itself given to at most two
    digits (JCGM 100:2008, 7.2.6).
    """
    found: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in evidence:
        exact = _digits(statement) > DIGITS_OF_AN_ESTIMATE[statement.kind]
        reason = _estimate(evidence, statement) if exact and not _is_small(statement) else ""
        if reason:
            found[statement.origin, statement.kind, reason].append(statement)
    for (_, kind, reason), statements in found.items():
        digits = max(map(_digits, statements))
        has = "has" if len(statements) == 1 else "have up to"
        most = IN_WORDS[DIGITS_OF_AN_ESTIMATE[kind]]
        yield Finding(
            "false-precision",
            tuple(s.claim for s in statements),
            f"{listed(s.said for s in statements)} {has} {digits} significant digits "
            f"for {reason}, which can hardly carry more than {most}.",
        )


def _digits(statement: Statement) -> int:
    """Return how many digits that the text prints carry precision."""
    return max((significant_digits(text) for text in _read_off(statement)), default=0)


def _read_off(statement: Statement) -> list[str]:
    """Return the numbers whose digits stand in the quote; all of them where there is none."""
    quote = re.sub(GROUP_MARKS, "", statement.quote)
    numbers = [text for text in statement.printed if text]
    return [
        text
        for text in numbers
        if not quote or re.sub(GROUP_MARKS, "", re.sub(r"[^\d.,\s'’].*", "", text)) in quote
    ]


def _is_small(statement: Statement) -> bool:
    numbers = [parse_number(text) for text in statement.printed if text]
    return statement.kind != "ratio" and max(numbers) < SMALL_COUNT


def _estimate(evidence: Evidence, statement: Statement) -> str:
    """Return why a figure is an estimate by its nature, or "" where nothing says so."""
    for hedge in ("about", "nearly"):
        if hedge in statement.hedges:
            return f"a figure hedged with {quoted(hedge)}"
    low, high = (parse_number(text) if text else None for text in statement.printed)
    if low is not None and high is not None and high - low > WIDE_RANGE * high:
        return "one end of a wide range"
    source = evidence.sources.get(statement.origin)
    if source and source.kind in OFFICIAL and evidence.opposed(source.side, statement.side):
        return f"an estimate by {statement.origin} of another side's losses"
    return ""


def point_against_bound(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding for each quotient of which one half is only a floor or a ceiling.

    Looks at counts of two sides that a reader would divide: one a point (or closed range), the
    other open at one end (*more than*, *at least*, *up to*).
    Why: 153,770 over *more than* 120,000 is *at most* 1.28, not 1.28.
    Practice: a bound is a bound; dropping its direction overstates what is known (ICD 203 on
    expressing uncertainty).
    """
    order = {
        (s.text, frozenset((s.side, s.per_side))): s.side for s in evidence if s.kind == "ratio"
    }
    for pair in evidence.side_by_side:
        if pair[0].is_bound == pair[1].is_bound:
            continue
        bound = pair[0] if pair[0].is_bound else pair[1]
        above = order.get((bound.text, frozenset((pair[0].side, pair[1].side))))
        point = pair[1] if bound is pair[0] else pair[0]
        top, bottom = (bound, point) if bound.side == above else (point, bound)
        quotient = _quotient(top, bottom)
        if quotient:
            yield _against_bound(top, bottom, bound, quotient)


def _quotient(top: Statement, bottom: Statement) -> str:
    """Return "at most 1.28" or "at least …" for one count over the other; "" if undefined."""
    if top.high is not None and bottom.low:
        return f"at most {number(top.high / bottom.low)}"
    if top.low is not None and bottom.high:
        return f"at least {number(top.low / bottom.high)}"
    return ""


def _against_bound(top: Statement, bottom: Statement, bound: Statement, value: str) -> Finding:
    number = bound.printed[0] or bound.printed[1]
    alike = top.measure == bottom.measure
    words = f"{quoted(top.measure)} and {quoted(bottom.measure)}"
    return Finding(
        "point-against-bound",
        (top.claim, bottom.claim),
        f"{quoted(top.figure)} of {top.side} over {quoted(bottom.figure)} of {bottom.side} is "
        f"{value}, {'' if alike else f'and that only if {words} count the same, '}because "
        f"{bound.said} is open at one end.",
        (
            Edit(
                f"with {quoted(number)} as an exact number",
                {bound.claim: {"hedge": "exact", "low": number, "high": number}},
            ),
        ),
    )


def implausible_implication(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding for each implied ratio outside every published range, or share above 1.

    Looks at the check's conflicts with an assumption: the value at which the conflict would
    dissolve, against all ranges of the dossier's assumptions on the same quantity, the wide
    what-ifs included. And at ratios of a part to its whole that exceed one.
    Why: figures can agree with each other and still imply what no one has observed, such as
    more wounded per killed than in any war, or fewer.
    Practice: a check against what is otherwise known is part of evaluating information
    (STANAG 2511's second scale: consistent with other information).
    """
    yield from _shares_above_one(evidence)
    if evidence.check is None:
        return
    ranges = _published_ranges(evidence)
    found: dict[str, list[tuple[Any, Any]]] = defaultdict(list)
    for conflict in tuples_of(evidence.check.sets):
        # With two assumptions each threshold hangs on the other: only a lone one says enough.
        if len(conflict.assumptions) != 1 or conflict.assumptions[0] not in ranges:
            continue
        for threshold in evidence.check.thresholds(conflict.conflict):
            if _outside(threshold, ranges[threshold["assumption"]]):
                found[threshold["assumption"]].append((conflict, threshold))
    for name, implied in found.items():
        yield _implied(evidence, implied, ranges[name])


def slip(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding for each conflict so small that rounding, or a slip, explains it.

    Looks at the check's notes, where only the last digit keeps figures apart: a *note*; and at
    its conflicts: a *caution* where an error of a hundredth in each figure would do. Two
    recorders who count alike, but not the same, have not slipped: only figures of one voice pass
    for one sum. Nor is a small remainder a slip where one of its figures is farther off in
    another set: then the error lies elsewhere.
    Why: parts that miss their total by three of a thousand are a slip in adding up or copying,
    not two accounts of one event; and rounded parts seldom add up to a rounded total.
    Practice: statistical offices say beside a table that parts may not sum to totals because of
    rounding; what rounding does not explain is asked about with its size.
    """
    if evidence.check is None:
        return
    for note in tuples_of(evidence.check.notes):
        if note.note == "slip":
            yield Finding("slip", note.claims, note.because, severity="note")
    said: dict[tuple, set[str]] = defaultdict(set)
    for conflict, margin in _small(evidence.check):
        apart = evidence.check.apart(conflict.conflict)
        # The same slip, seen through other rows of a table, is one.
        seen = said[str(apart), margin]
        if not seen.isdisjoint(conflict.claims):
            continue
        seen.update(conflict.claims)
        own = [evidence.statements[claim] for claim in conflict.claims]
        quotes = listed_figures((one.said, one.printed) for one in own)
        size = f"by {number(apart)} " if apart == apart else ""
        yield Finding(
            "slip",
            conflict.claims,
            f"{quotes} miss each other {size}({margin:.2%} of each figure), more than "
            "rounding explains, but no more than a slip in adding up or copying.",
            severity="caution",
        )


def _small(check: Check) -> Iterator[tuple[Any, float]]:
    """Yield each small contradiction of one voice that is the largest of its figures, and it."""
    sure = [one for one in tuples_of(check.sets) if one.status == "contradiction"]
    if not any(check.margin(one.conflict) <= SLIP for one in sure if one.origins <= 1):
        return
    measured = [(one, check.margin(one.conflict)) for one in sure]
    farther = {claim for one, margin in measured if margin > SLIP for claim in one.claims}
    for one, margin in measured:
        if margin <= SLIP and one.origins <= 1 and farther.isdisjoint(one.claims):
            yield one, margin


def cumulative_fall(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding for each total that is below an earlier one of the same series.

    Looks at totals of one source, side, measure, place and first day, running tolls ("so far")
    included. Where the two are in conflict already nothing is added, but for the conflict that two
    counts of one toll have whichever way it went.
    Why: a total since one day can stand or rise; one that falls was corrected, or counts
    something else from then on.
    Practice: corrections are made visibly (BBC Editorial Guidelines; *Standards for Casualty
    Recording*, 2016).
    """
    known = tuples_of(evidence.check.sets) if evidence.check else ()
    together = [set(one.claims) for one in known if ONCE not in one.assumptions]
    for row in tuples_of(cumulative_falls(evidence.dossier.claims)):
        if not any(set(row.claims) <= claims for claims in together):
            yield Finding(row.flag, row.claims, row.because, severity=row.severity)


def _shares_above_one(evidence: Evidence) -> Iterator[Finding]:
    for statement in evidence:
        if statement.kind != "ratio" or statement.low is None or statement.low <= 1:
            continue
        same = statement.side == statement.per_side
        if same and statement.is_share:
            yield Finding(
                "implausible-implication",
                (statement.claim,),
                f"{statement.said} makes {quoted(statement.measure)} more than all of "
                f"{quoted(statement.per_measure)}, of which it is a part.",
            )


def _published_ranges(evidence: Evidence) -> dict[str, list[tuple[float, float]]]:
    """Return for each assumption the ranges of all assumptions on the same quantity."""
    scope = ["side", "measure", "place", "period", "per_side", "per_measure"]
    ranges: dict[tuple, list[tuple[float, float]]] = defaultdict(list)
    names: dict[str, tuple] = {}
    for row in tuples_of(evidence.dossier.assumptions):
        key = tuple(getattr(row, column) for column in scope)
        low = float(parse_number(row.low)) if row.low else 0.0
        high = float(parse_number(row.high)) if row.high else float("inf")
        ranges[key].append((low, high))
        names[row.assumption] = key
    return {name: ranges[key] for name, key in names.items()}


def _outside(threshold: dict, ranges: list[tuple[float, float]]) -> bool:
    value = threshold["value"]
    return value < min(low for low, _ in ranges) or value > max(high for _, high in ranges)


def _implied(evidence: Evidence, implied: list[tuple[Any, Any]], ranges: list) -> Finding:
    low, high = min(low for low, _ in ranges), max(high for _, high in ranges)
    conflict, threshold = max(implied, key=lambda one: _beyond(one[1]["value"], low, high))
    rows = evidence.dossier.assumptions.set_index("assumption").loc[threshold["assumption"]]
    quotes = listed(evidence.statements[claim].said for claim in conflict.claims)
    read = _read_so(conflict)
    side = "at least" if threshold["value"] > high else "at most"
    return Finding(
        "implausible-implication",
        tuple(dict.fromkeys(claim for other, _ in implied for claim in other.claims)),
        f"{read}{quotes} can hold together only with {side} {number(threshold['value'])} "
        f"{rows['measure']} per {rows['per_measure']} for {rows['side'] or 'a side'}; the "
        f"published values are {number(low)} to {number(high)}.",
        severity="caution" if conflict.readings_hold else "serious",
    )


def _beyond(value: float, low: float, high: float) -> float:
    """Return by which factor a value lies outside a range."""
    return value / high if value > high else low / max(value, low * 1e-9)


def _read_so(conflict: Any) -> str:
    """Return "Read one way (lost: killed), " where other readings hold; else ""."""
    if not conflict.readings_hold or not conflict.readings_fail:
        return ""
    said = "; ".join(f"{word}: {reading}" for word, reading in conflict.readings_fail[0].items())
    return f"Read one way ({said}), " if said else ""
