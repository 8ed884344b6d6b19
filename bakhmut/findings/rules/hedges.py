"""Flags on how firmly a figure is said: hedges lost on the way, and hedges that carry a verdict.

Each function takes the evidence and yields findings. The practice behind them: uncertainty is
said in fixed words, and a change of them is explained (US Intelligence Community Directive 203,
*Analytic Standards*, 2015; the yardstick of the UK's Professional Head of Intelligence
Assessment).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from bakhmut.base.sentences import listed, quoted
from bakhmut.dossier.changed.edits import Edit
from bakhmut.dossier.parsing.hedging import last_digit
from bakhmut.dossier.parsing.notation import parse_number
from bakhmut.findings.evidence import Evidence, Finding, Statement

# Hedges that say the same kind of thing: where the number stands to the quantity.
FAMILY = {
    "at least": "floor",
    "more than": "floor",
    "up to": "ceiling",
    "about": "approximate",
    "nearly": "approximate",
    "may": "unsure",
}


def dropped_hedge(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding for each figure said with a hedge here and without it there.

    Looks at statements linked by `repeats` that print the same number, and at the kinds of
    their hedges: floor (*at least*, *more than*), ceiling (*up to*), approximate (*about*,
    *nearly*), unsure (*may*). A hedge of the same kind is not a drop.
    Why: *at least five* leaves ten open; *five* does not. Hedges are lost on the way from
    source to headline.
    Practice: analytic standards ask that words of likelihood are kept and any change explained
    (ICD 203; PHIA yardstick); newsrooms keep a source's reservations with the claim.
    """
    for group in evidence.groups:
        same_number: dict[str, list[Statement]] = defaultdict(list)
        for statement in group:
            if statement.has_number and any(statement.printed):
                same_number[_number(statement)].append(statement)
        for statements in same_number.values():
            kept = {s.claim: {FAMILY[h] for h in s.hedges if h in FAMILY} for s in statements}
            every = set().union(*kept.values())
            if all(families == every for families in kept.values()):
                continue
            yield _dropped(statements, kept, every)


def _dropped(statements: list[Statement], kept: dict[str, set], every: set[str]) -> Finding:
    bare = [s for s in statements if kept[s.claim] < every]
    fullest = max(statements, key=lambda s: len(kept[s.claim]))
    low, high = fullest.printed
    restored = {"hedge": "; ".join(fullest.hedges), "low": low, "high": high}
    words = listed(quoted(h) for h in fullest.hedges if h in FAMILY)
    lost = {family for s in bare for family in every - kept[s.claim]}
    gone = [h for h in fullest.hedges if FAMILY.get(h) in lost]
    if kept[fullest.claim] == every:
        others = listed(s.said for s in bare)
        stands = "stands" if len(gone) == 1 else "stand"
        said = (
            f"{listed(map(quoted, gone))} {stands} in {fullest.said} but not in {others}: the "
            "figure is said more firmly than its own voice says it."
        )
    else:
        said = f"One voice hedges one figure in different ways: {listed(map(_hedged, statements))}."
    return Finding(
        "dropped-hedge",
        tuple(s.claim for s in statements),
        said,
        (Edit(f"with {words} everywhere", {s.claim: restored for s in bare}),),
    )


def _hedged(statement: Statement) -> str:
    """Return how a statement hedges, with its quote."""
    words = listed(quoted(h) for h in statement.hedges if h in FAMILY) or "no hedge"
    return f"{words} in {statement.said}"


def _number(statement: Statement) -> str:
    """Return the number of a statement, whichever end of it is printed and however."""
    low, high = (str(parse_number(text)) if text else "" for text in statement.printed)
    return f"{low}-{high}" if low and high and low != high else low or high


def load_bearing_hedge(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding for each hedge without which a verdict would be another.

    Looks at figures with a hedge that leaves room (*about*, *at least*, *more than*, *up to*,
    *nearly*), decided again as if only its last digit were rounded: 19.5 % is "close to 20 %" and
    rounds to it. Of "about 2 million" the digit leaves more room than the hedge: no hedge is lost.
    Kept only where a status turns, or where the figure is the open half of a division that a
    reader would make; then the hedge is all that keeps the quotient open.
    Why: such a hedge must not be lost in the next retelling.
    Practice: ICD 203: say how a judgement depends on what is uncertain.
    """
    open_halves = {
        s.claim
        for pair in evidence.side_by_side
        for s in pair
        if pair[0].is_bound != pair[1].is_bound and s.is_bound
    }
    for statement in evidence:
        hedges = [h for h in statement.hedges if FAMILY.get(h, "unsure") != "unsure"]
        low, high = statement.printed
        if not hedges or not (low or high):
            continue
        half = statement.claim in open_halves
        least, most = _rounded(low or high, -1), _rounded(high or low, +1)
        ends = (statement.low, statement.high)
        if None not in ends and all(Fraction(least) <= end <= Fraction(most) for end in ends):
            continue
        exact = {"hedge": "", "low": least, "high": most}
        words = listed(quoted(h) for h in hedges)
        yield Finding(
            "load-bearing-hedge",
            (statement.claim,),
            f"{statement.said}: what can be concluded turns on {words}"
            f"{', and ' + quoted('may') + ' besides' if 'may' in statement.hedges else ''}.",
            (Edit(f"without {words}", {statement.claim: exact}),),
            ("serious", "caution") if half else ("serious",),
        )


def _rounded(printed: str, halves: int) -> str:
    """Return a printed number moved by so many half units of its last digit, as a plain decimal."""
    number = parse_number(printed) + halves * last_digit(printed, is_hedged=True) / 2
    return f"{Decimal(number.numerator) / Decimal(number.denominator):f}"
