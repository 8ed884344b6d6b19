"""Which figures may well count the same, the likeliest first: the question that decides most.

Nothing that is stated keeps them apart, and they would not go together: what the text leaves open
is for the coder to say. Two voices on one thing come before one voice, which seldom gives it two
numbers, and figures that lie close before figures that lie far apart: 46 dead and 71 dead are two
tolls, 21 and 1,000 more likely two events.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING, Any

from bakhmut.dossier.derived import headlines, set_aside, stated
from bakhmut.dossier.doors.frames import tuples_of
from bakhmut.findings.advice.disputes import Dispute, parts
from bakhmut.findings.misfits.quotients import beside, divided, is_divided
from bakhmut.findings.misfits.surest import misfits
from bakhmut.findings.misfits.told import Misfit, may_be_one, time_of

if TYPE_CHECKING:
    import pandas as pd

    from bakhmut.consistency.verbs import Check
    from bakhmut.findings.evidence import Evidence, Statement

# Police and organisers count one crowd up to tenfold apart; where one of two figures has no voice
# of its own, only near ones are taken for two counts of one thing.
FARTHEST, NEAR = 10, 3
# Beyond these every figure has a rival somewhere.
MOST_CLAIMS = 200
QUESTIONS = {"side": "whose", "measure": "what", "place": "where", "period": "when"}
_KINDS, _SIDES = ("count", "ratio"), ("side", "per_side")


@dataclass(frozen=True)
class Alike:
    """Figures that may count the same and would then not go together.

    `row` is their conflict where a check has one, `dispute` the several counts where they are some;
    `unsaid`: whose, what, where, when, as far as it is not stated of each. `misfit`:
    where they are parts of a whole and do not fit it.
    """

    claims: tuple[str, ...]
    unsaid: tuple[str, ...]
    row: Any = None
    dispute: Dispute | None = None
    misfit: Misfit | None = None

    @property
    def named(self) -> tuple[str, ...]:
        """All figures that the question names, a whole before its parts."""
        return (*([self.misfit.whole] if self.misfit else []), *self.claims)


def likeliest(evidence: Evidence, sets: pd.DataFrame) -> Alike | None:
    """Return the figures that most likely count the same and do not go together, None if none.

    Parameters
    ----------
    evidence
        The statements of a text.
    sets
        Its conflicts of status `not-checkable`, as the check has them.
    """
    if misfit := next(misfits(evidence), None):
        return Alike(misfit.claims, (), misfit=misfit)
    found = [*_of_disputes(evidence, sets), *_of_sets(evidence, sets), *_of_pairs(evidence)]
    ratios = list(beside(evidence))
    found += [_alike(evidence, claims) for claims, given in ratios if not given]
    known = {given for _, given in ratios if given}  # a ratio that two counts give is of these
    claims = evidence.dossier.claims
    heads = headlines(claims)
    aside = parts(claims)
    aside |= {s.claim for s in evidence if _tells_of_one(s) or _TO_COME.search(s.quote)}
    grown = {(s.low, s.measure) for s in evidence if _GROWN.search(s.quote)}
    found = [
        one
        for one in found
        if not _grows(evidence, one.claims, grown) and not _is_change(evidence, one.claims)
        if heads & set(one.claims) or not _is_of_a_place(evidence, one.claims)
        if not known & set(one.claims)
        if aside.isdisjoint(one.claims) or divided(evidence, one.claims)
    ]
    best = min(found, key=lambda one: _rank(evidence, one), default=None)
    # Far apart and in one voice they are hardly two counts of one thing.
    return None if best and _rank(evidence, best)[0] and _voices(evidence, best) < 2 else best


def is_far(check: Check, row: Any) -> bool:
    """Return whether a conflict is of figures that nothing stated compares, and far apart.

    A common error of e makes of one number another that is (1 + e) / (1 - e) times as large.
    """
    return row.status == "not-checkable" and check.margin(row.conflict) > _FAR_OFF


_FAR_OFF = (FARTHEST - 1) / (FARTHEST + 1)


def _voices(evidence: Evidence, one: Alike) -> int:
    return len({evidence.statements[claim].source for claim in one.claims} - {""})


# "could exceed 2,500", "we must expect 137 dead": no count of what has happened
_TO_COME = re.compile(
    r"\b(?:could|may|might|would|will|likely|expected|feared)\s+(?:to\s+|well\s+|yet\s+)?"
    r"(?:exceed|rise|reach|climb|pass|top|grow|go)\b|\bmust\s+expect\b|\bchance\s+of\b|\bforecast",
    re.I,
)
_GROWN = re.compile(r"\b(?:ris(?:es|en|ing)|rose|climb(?:s|ed)|grown|grew|now\s+stands)\b", re.I)


def _grows(evidence: Evidence, claims: Sequence[str], grown: Collection[tuple]) -> bool:
    """Return whether the larger of two counts is one that has risen to it: "rose to 23"."""
    own = sorted((evidence.statements[claim] for claim in claims), key=_size)
    counts = len(own) == 2 and all(statement.kind == "count" for statement in own)
    return counts and (own[1].low, own[1].measure) in grown


# "a drop of a third": of another time; "twice as high as the official number": of another count
_CHANGED = re.compile(
    r"\b(?:drop|fall|rise|increase|decrease|decline|jump)\s+of\b|\b(?:rose|fell|dropped|increased|grew)\s+by\b|"
    r"\b(?:more|fewer|less|up|down)\b[^.;]{0,12}\bthan\s+(?:in|last|the\s+(?:week|month|year))\b",
    re.I,
)


def _is_change(evidence: Evidence, claims: Sequence[str]) -> bool:
    """Return whether one of two ratios says how far a count has changed, and the other does not."""
    own = [evidence.statements[claim] for claim in claims]
    ratios = len(own) == 2 and all(s.kind == "ratio" and not s.is_share_printed for s in own)
    return ratios and len({bool(_CHANGED.search(s.quote)) for s in own}) > 1


def _is_of_a_place(evidence: Evidence, claims: Sequence[str]) -> bool:
    """Return whether the smaller count is nobody's and of one place: a row of a table, a part."""
    own = sorted((evidence.statements[claim] for claim in claims), key=_size)
    if len(own) != 2 or own[0].source or any(statement.kind != "count" for statement in own):
        return False
    return bool(stated(own[0].place)) and not stated(own[1].place)


def _tells_of_one(one: Statement) -> bool:
    """Return whether a text tells what happened to one: "One died on the way" is no toll."""
    return one.kind == "count" and one.low == one.high == 1 and not one.source


def _of_disputes(evidence: Evidence, sets: pd.DataFrame) -> Iterator[Alike]:
    """Yield the counts of each dispute that lie near one another."""
    rows = {row.conflict: row for row in tuples_of(sets)}
    for one in dict.fromkeys(evidence.disputes.values()):
        own = sorted((evidence.statements[claim] for claim in one.claims), key=_size)
        ends = [n for n, (low, high) in enumerate(pairwise(own), 1) if _apart(low, high) > FARTHEST]
        for start, end in pairwise([0, *ends, len(own)]):
            near = {statement.claim for statement in own[start:end]}
            conflicts = [name for name in one.conflicts if near.issuperset(rows[name].claims)]
            claims = tuple(claim for claim in one.claims if claim in near)
            if len(claims) == 2 and conflicts:
                yield _alike(evidence, claims, row=rows[conflicts[0]])
            elif conflicts:
                yield _alike(evidence, claims, dispute=Dispute(claims, tuple(conflicts)))


def _of_sets(evidence: Evidence, sets: pd.DataFrame) -> Iterator[Alike]:
    """Yield the other conflicts."""
    for row in tuples_of(sets):
        yield _alike(evidence, row.claims, row=row)


def _of_pairs(evidence: Evidence) -> Iterator[Alike]:
    """Yield two voices' figures that no stated cell keeps apart, a side that is not stated, too.

    The engine compares no claim with another of which only one says whose losses they are.
    """
    aside = set_aside(evidence.dossier.claims)
    own = [s for s in evidence if s.has_number and s.claim not in aside and s.kind in _KINDS]
    own = [s for s in own if not (s.is_share or s.is_share_printed)]
    for one, other in combinations(own, 2) if len(own) <= MOST_CLAIMS else ():
        alike = one.kind == other.kind and one.text == other.text and one.root != other.root
        if not (alike and _collide(one, other)):
            continue
        part = _exceeds_its_whole(evidence, one, other)
        one_voice = _is_one_voice(one.source, other.source)
        falls = one_voice and _falls(one, other)
        if one_voice and not (part or falls):
            continue  # one voice seldom gives a thing two numbers, and a part more than the whole
        said = [s for s in own if s.root == one.root], [s for s in own if s.root == other.root]
        if not all(_collide(*pair) for pair in product(*said)):
            continue  # the headline's "5 to 1" was "at least 5": that may be 7
        farthest = FARTHEST if one.source and other.source else NEAR
        if _nothing_apart(one, other, part=part, falls=falls) and _apart(one, other) <= farthest:
            yield _alike(evidence, (one.claim, other.claim))


def _is_one_voice(one: str, other: str) -> bool:
    """Return whether two names may be of one: "the national disaster agency", "the agency"."""
    first, second = set(one.lower().split()), set(other.lower().split())
    return first == second or bool(first and second and (first <= second or second <= first))


# What counts all the dead so far: "the toll had reached 5,300", "that 3,840 people had died"
_SO_FAR = re.compile(
    r"\b(?:toll|so\s+far|total|had\s+(?:been\s+)?(?:died|killed|reached|risen|perished)|stood\s+at)\b",
    re.I,
)


def _falls(one: Statement, other: Statement) -> bool:
    """Return whether a toll is told after a higher one of the same voice: "On Friday it said"."""
    tolls = all(s.kind == "count" and _SO_FAR.search(s.quote) for s in (one, other))
    alike = tolls and one.measure == other.measure and one.side == other.side
    return bool(alike and one.source and _size(other) < _size(one))


def _exceeds_its_whole(evidence: Evidence, one: Statement, other: Statement) -> bool:
    """Return whether more is counted in a part of a place than in all of it."""
    whole, part = sorted((one, other), key=_size)
    return whole.place != part.place and evidence.within("place", part.place, whole.place)


def _nothing_apart(
    one: Statement, other: Statement, *, part: bool = False, falls: bool = False
) -> bool:
    """Return whether no cell that both state keeps two figures apart; counts say what they are.

    `part`: one is of a part of the other's place, and is the larger; `falls`: a toll is lower than
    one of an earlier day.
    """
    if one.kind == "count" and not (stated(one.measure) and stated(other.measure)):
        return False
    sides = {stated(one.side), stated(other.side)}
    if len(sides) > 1:
        # "14,500 children" are no second count of "20,000 dead", but too many beside "10,000 dead".
        whole, group = sorted((one, other), key=lambda s: stated(s.side).islower())
        if stated(group.side).islower() and (stated(whole.side) or _size(group) <= _size(whole)):
            return False
    # "Losses" is the noun of "lost": words that are read alike are one.
    if not (may_be_one(one.measure, other.measure) or one.measures == other.measures):
        return False
    if not (
        may_be_one(one.per_measure, other.per_measure) or one.per_measures == other.per_measures
    ):
        return False
    when = may_be_one(time_of(one.period), time_of(other.period))
    if not (when or falls or _are_since(one.period, other.period)):
        return False
    if not part and not may_be_one(_where(one.place), _where(other.place)):
        return False
    return all(may_be_one(getattr(one, cell), getattr(other, cell)) for cell in _SIDES)


_BACK_TO = {"town", "city", "village", "area", "region", "district", "province", "front", "there"}
_DATED = re.compile(r"\d|\b(?:Jan|Febr)uary|\b(?:March|April|May|June|July|August)\b|\b\w+ber\b")


def _where(place: str) -> str:
    """Return a place, "" where a word refers back to one: "the town"."""
    return "" if place.lower() in _BACK_TO else place


def _are_since(one: str, other: str) -> bool:
    """Return whether two periods may begin alike: "since 2 August", "since the outbreak began"."""
    begun = all(re.match(r"since\s", period, re.I) for period in (one, other))
    return begun and not all(_DATED.search(period) for period in (one, other))


def _collide(one: Statement, other: Statement) -> bool:
    """Return whether no number is in the ranges of both."""
    ends = ((one.high, other.low), (other.high, one.low))
    return any(high is not None and low is not None and high < low for high, low in ends)


def _alike(evidence: Evidence, claims: Sequence[str], **known: Any) -> Alike:
    own = [evidence.statements[claim] for claim in claims]
    unsaid = (
        word
        for name, word in QUESTIONS.items()
        if not all(stated(getattr(statement, name)) for statement in own)
    )
    return Alike(tuple(claims), tuple(unsaid), **known)


def _size(statement: Statement) -> float:
    """Return the middle of a range, its end where it has only one."""
    ends = [float(end) for end in (statement.low, statement.high) if end is not None]
    return sum(ends) / len(ends) if ends else 0.0


def _apart(one: Statement, other: Statement) -> float:
    """Return how many times the smaller the larger is; none at all is as far as may be."""
    small, large = sorted((_size(one), _size(other)))
    return large / small if small else FARTHEST


def _rank(evidence: Evidence, one: Alike) -> tuple:
    """Return what puts likelier figures first.

    A ratio with the counts of its two sides is rarely by chance; then two voices come before one,
    a measure of its own before one carried on from another figure, a side that is stated before
    one that is not, and what lies nearest.
    """
    carried = evidence.carried
    own = sorted((evidence.statements[claim] for claim in one.claims), key=_size)
    voices = _voices(evidence, one)
    silent = any(not statement.source for statement in own)
    apart = min((_apart(low, high) for low, high in pairwise(own)), default=1)
    divided = is_divided(own)
    counts = all(statement.kind == "count" for statement in own)
    farthest = NEAR if silent and counts else FARTHEST
    several = voices > 1 and apart < FARTHEST
    mixed = len({statement.kind for statement in own}) > 1 and not divided
    groups = {stated(statement.side) for statement in own}
    return (
        (apart > farthest or mixed) and not divided,
        len(groups) > 1 and any(map(str.islower, groups)) and not divided,
        not divided,
        0 if several else 2 - silent,
        0 if one.dispute else len(own),
        -voices,
        sum(claim in carried for claim in one.claims),
        "whose" in one.unsaid,
        apart,
    )
