"""The claims as the flags need them: joined with their readings, grouped, ready to be quoted.

A *statement* here is one row of claims.csv with what its words may mean. Statements linked by
`repeats` form a *group*: one voice, however often printed. Two counts are *set side by side*
where a reader would divide one by the other: two sides, one place, one start, one text, and
words that can mean the same.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import Any, NamedTuple

import pandas as pd

from bakhmut.base.sentences import quoted
from bakhmut.consistency.case import stated_links
from bakhmut.consistency.verbs import Check, checked
from bakhmut.dossier.changed.edits import Edit
from bakhmut.dossier.claims import Dossier
from bakhmut.dossier.derived import contents, is_confirmed, roots, unread
from bakhmut.dossier.doors.frames import tuples_of
from bakhmut.dossier.parsing.hedging import hedges
from bakhmut.dossier.parsing.notation import parse_date
from bakhmut.dossier.parsing.printed import figure_in_words, in_per_cent
from bakhmut.findings.advice.alike import Alike, likeliest
from bakhmut.findings.advice.disputes import Dispute, disputes
from bakhmut.meaning.interpretation import Interpretation, read
from bakhmut.views.quotients import caps

SAME_TIME = pd.Timedelta(days=7)
NEAREST = 4
FEW_SIDES = 4


class Finding(NamedTuple):
    """A flag before its severity is known: the edits say what acting on it would change.

    `keep`: the severities at which it is worth saying; `severity`: where it is known beforehand.
    """

    flag: str
    claims: tuple[str, ...]
    because: str
    edits: tuple[Edit, ...] = ()
    keep: tuple[str, ...] = ("serious", "caution", "note")
    severity: str = ""


class Statement(NamedTuple):
    """One row of claims.csv with its readings; `low` and `high` are None where open.

    `as_of` is the latest day that the figure can be of (the end of its period, or its publication
    where that is earlier), `earliest` the first day that it can be of where the publication is
    dated to a month or year only. `is_share`: by every reading the top is part of the bottom.
    """

    claim: str
    quote: str
    source: str
    via: str
    origin: str
    text: str
    url: str
    root: str
    kind: str
    side: str
    measure: str
    place: str
    period: str
    per_side: str
    per_measure: str
    per_period: str
    hedge: str
    start: pd.Timestamp
    end: pd.Timestamp
    as_of: pd.Timestamp
    earliest: pd.Timestamp
    hedges: tuple[str, ...]
    printed: tuple[str, str]
    low: float | None
    high: float | None
    measures: frozenset[str]
    per_measures: frozenset[str]
    is_share: bool

    @property
    def has_number(self) -> bool:
        """Whether any reading gives the claim a number."""
        return self.low is not None or self.high is not None

    @property
    def is_bound(self) -> bool:
        """Whether the number is only a floor or a ceiling."""
        return (self.low is None) != (self.high is None)

    @property
    def is_share_printed(self) -> bool:
        """Whether the number is printed in per cent."""
        return in_per_cent(*self.printed)

    @property
    def said(self) -> str:
        """The quote in marks; where there is none, the figure with what it counts."""
        words = self.quote or f"{self.figure} {self.measure}"
        return quoted(words)

    @property
    def figure(self) -> str:
        """The number as printed, with its hedges: "more than 120,000", "5 to 7"."""
        return figure_in_words(self.hedge, *self.printed, sure=True)


@dataclass(frozen=True, eq=False)
class Evidence:
    """A dossier's statements, by claim, and the check where one was made.

    `weighers` are `severity.Weigher`, by the assumptions in force: each decides a thing once.
    """

    interpretation: Interpretation
    statements: Mapping[str, Statement]
    check: Check | None = None
    weighers: dict[tuple[str, ...], Any] = field(default_factory=dict, repr=False)

    @property
    def dossier(self) -> Dossier:
        """The dossier whose statements they are."""
        return self.interpretation.dossier

    @property
    def checked(self) -> Check:
        """The check, where evidence was gathered with one."""
        if self.check is None:
            raise ValueError("evidence gathered without a check")
        return self.check

    def __iter__(self) -> Iterator[Statement]:
        """Yield the statements in the order of claims.csv."""
        return iter(self.statements.values())

    @cached_property
    def groups(self) -> list[list[Statement]]:
        """The statements that go back to one root, in order; a lone one is a group of one."""
        groups: dict[str, list[Statement]] = defaultdict(list)
        for statement in self:
            groups[statement.root].append(statement)
        return list(groups.values())

    @cached_property
    def sources(self) -> dict[str, Any]:
        """The rows of sources.csv, by name."""
        return {row.source: row for row in tuples_of(self.dossier.sources)}

    @cached_property
    def drafted(self) -> dict[str, frozenset[str]]:
        """The drafted claims that nobody has confirmed, with the fields that somebody has."""
        return unread(self.dossier.evidence)

    @cached_property
    def carried(self) -> frozenset[str]:
        """The claims whose measure a draft carried on from another figure."""
        rows = self.dossier.evidence
        own = rows[rows["field"].eq("measure") & rows["sure"].eq("carried")]
        return frozenset(own["claim"][~own["confirmed"].map(is_confirmed).astype(bool)])

    def is_unread(self, claim: str, field: str) -> bool:
        """Return whether a cell that is blank may only not have been found by a draft."""
        return claim in self.drafted and field not in self.drafted[claim]

    @cached_property
    def parts(self) -> dict[tuple[str, str], set[str]]:
        """What each side or place contains, at any depth, itself included."""
        return {
            (kind, word): {word, *inside}
            for kind in ("side", "place")
            for word, inside in contents(self.dossier.terms, kind).items()
        }

    @cached_property
    def caps(self) -> pd.DataFrame:
        """How large a part can be beside the counts of the whole (see `quotients.caps`)."""
        return caps(self.dossier)

    def within(self, kind: str, part: str, whole: str) -> bool:
        """Return whether `part` is `whole` or, by the terms, a part of it."""
        return part == whole or part in self.parts.get((kind, whole), ())

    def opposed(self, one: str, other: str) -> bool:
        """Return whether both sides are stated and neither contains the other."""
        apart = one and other and not self.within("side", one, other)
        return bool(apart and not self.within("side", other, one))

    @cached_property
    def disputes(self) -> Mapping[str, Dispute]:
        """Several counts of what may be one thing, by the names of their conflicts, in order."""
        found = disputes(self.checked.sets, self.dossier.claims)
        return {name: one for one in found for name in one.conflicts}

    @cached_property
    def linked(self) -> frozenset[str]:
        """The figures that what is stated links to another."""
        alone = set(self.checked.alone)
        found = frozenset(s.claim for s in self if s.has_number and s.claim not in alone)
        if self.checked.status != "not-checkable":
            return found
        return found & stated_links(self.interpretation)  # no conflict of what is not stated does

    @cached_property
    def alike(self) -> Alike | None:
        """The figures that most likely count the same and do not go together, if any do."""
        sets = self.checked.sets
        return likeliest(self, sets[sets["status"].eq("not-checkable")])

    @cached_property
    def side_by_side(self) -> list[tuple[Statement, Statement]]:
        """Pairs of counts that a reader would divide, each with the nearest in time.

        Only one statement of a group takes part, so that a figure said twice is one figure. Where
        there are more than a few sides (a table of countries), or a draft that nobody has
        confirmed, only those that a ratio divides.
        """
        shelves: dict[tuple, dict[str, list[Statement]]] = defaultdict(lambda: defaultdict(list))
        for group in self.groups:
            counted = [s for s in group if s.kind == "count" and s.has_number and s.side]
            if counted:
                first = counted[0]
                begins = first.period if pd.isna(first.start) else ""
                shelves[first.text, first.place, begins][first.side].append(first)
        pairs: list[tuple[Statement, Statement]] = []
        divided = {frozenset((s.side, s.per_side)) for s in self if s.kind == "ratio"}
        for sides in shelves.values():
            few = len(sides) <= FEW_SIDES and not self.drafted
            for one, other in combinations(sides, 2) if few else _named(divided, sides):
                if self.opposed(one, other):
                    pairs += _nearest_pairs(sides[one], sides[other])
        return pairs


def evidence_of(
    dossier: Dossier, check: Check | None = None, *, assume: Iterable[str] = ()
) -> Evidence:
    """Return the evidence of a dossier, read once, with its check; that is made if not given."""
    interpretation = read(dossier)
    return gather(interpretation, checked(interpretation, assume) if check is None else check)


def gather(interpretation: Interpretation, check: Check | None = None) -> Evidence:
    """Return the evidence: claims joined with the envelope of their readings.

    Parameters
    ----------
    interpretation : Interpretation
        The dossier, read into its meaning.
    check : Check, optional
        Kept for the flags that look at conflicts and bounds.
    """
    meant: dict[str, list[dict]] = defaultdict(list)
    for reading in interpretation.rows():
        meant[reading["claim"]].append(reading)
    claims = interpretation.dossier.claims
    root = roots(claims)
    statements = {
        row.claim: _statement(row, meant[row.claim], root[row.claim]) for row in tuples_of(claims)
    }
    return Evidence(interpretation, statements, check)


def _statement(row: Any, meant: list[dict], root: str) -> Statement:
    lows = [reading["low"] for reading in meant]
    highs = [reading["high"] for reading in meant]
    published = parse_date(row.published) if row.published else ()
    return Statement(
        **{
            name: getattr(row, name)
            for name in Statement._fields[: Statement._fields.index("start")]
            if name not in ("text", "root")
        },
        text=row.article,
        root=root,
        start=row.period_start,
        end=row.period_end,
        # A figure cannot be as of a day after it was published.
        as_of=_first(row.period_end, *published[1:]),
        earliest=_first(row.period_end, *published[:1]),
        hedges=hedges(row.hedge),
        printed=(row.low, row.high),
        low=None if not lows or any(pd.isna(low) for low in lows) else min(lows),
        high=None if not highs or any(pd.isna(high) for high in highs) else max(highs),
        measures=frozenset(reading["measure"] for reading in meant),
        per_measures=frozenset(reading["per_measure"] for reading in meant),
        is_share=bool(meant) and all(_is_part(r["measure"], r["per_measure"]) for r in meant),
    )


def _first(*days: Any) -> pd.Timestamp:
    """Return the earliest of the days that are known, else NaT."""
    known = [pd.Timestamp(day) for day in days if not pd.isna(day)]
    return min(known) if known else pd.NaT


def _is_part(part: str, whole: str) -> bool:
    return set(part.split(" + ")) < set(whole.split(" + "))


def _named(
    pairs: Iterable[frozenset[str]], sides: Mapping[str, object]
) -> Iterator[tuple[str, str]]:
    """Yield the pairs of which both are among the sides."""
    for pair in pairs:
        if len(pair) == 2 and all(side in sides for side in pair):
            one, other = sorted(pair, key=list(sides).index)
            yield one, other


def _nearest_pairs(
    ones: list[Statement], others: list[Statement]
) -> Iterable[tuple[Statement, Statement]]:
    """Yield each statement of the shorter list with the comparable one nearest in time."""
    swap = len(ones) > len(others)
    few, many = (others, ones) if swap else (ones, others)
    many = sorted(many, key=_days)
    days = [_days(statement) for statement in many]
    for statement in few:
        at = bisect_left(days, _days(statement))
        window = many[max(0, at - NEAREST) : at + NEAREST]
        near = [other for other in window if _comparable(statement, other)]
        if near:
            other = min(near, key=lambda other: abs(_days(other)[1] - _days(statement)[1]))
            yield (other, statement) if swap else (statement, other)


def _comparable(one: Statement, other: Statement) -> bool:
    """Return whether two counts may count the same thing from about the same start."""
    one_start, other_start = _days(one)[0], _days(other)[0]
    return abs(one_start - other_start) <= SAME_TIME.days and bool(one.measures & other.measures)


def _days(statement: Statement) -> tuple[int, int]:
    """Return start and as-of day as numbers; 0 where unknown."""
    start, as_of = statement.start, statement.as_of
    return (
        0 if pd.isna(start) else start.toordinal(),
        0 if pd.isna(as_of) else as_of.toordinal(),
    )
