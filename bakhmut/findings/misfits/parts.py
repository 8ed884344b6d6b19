"""Parts that are more than what a text's words say they are of: groups, lists, fates, places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bakhmut.dossier.derived import stated
from bakhmut.dossier.parsing.printed import number_in
from bakhmut.findings.advice.to_print import name_of
from bakhmut.findings.misfits.told import (
    ABOUT,
    OF_ALL,
    Misfit,
    Told,
    follow,
    is_count,
    is_led,
    may_be_one,
)

if TYPE_CHECKING:
    from bakhmut.findings.evidence import Statement

_LED = re.compile(
    rf"\b(?:including|among\s+(?:them|whom)|(?:of|from)\s+(?:them|whom|these|those)),?\s+{ABOUT}$",
    re.I,
)
_OF_THEM = re.compile(r"(?:\s+[a-z]+)?\s+(?:of|among)\s+(?:them|whom)\b", re.I)
_OF_THE = re.compile(rf"^(?:of|among)\s+(?:the|these|those|its|their)\s+{ABOUT}$", re.I)
_CLAUSE = re.compile(r"[,;:.]|\b(?:and|but|while)\b|(?:\w+\s+){4}\w")
# "They comprised 64 dead and 156 wounded", "Eleven of the wounded were men"
_MAKE_UP = re.compile(
    r"\b(?:compris(?:e|es|ed|ing)|consist(?:s|ed|ing)\s+of|made\s+up\s+of|include[sd]?)\s+"
    rf"{ABOUT}$",
    re.I,
)
_OF_THE_SAME = re.compile(
    r"\s+of\s+the\s+(?:dead|killed|victims|wounded|injured|missing|casualties|arrested|"
    r"detained)\b",
    re.I,
)
# Of villages destroyed "including 300 houses" are no part that is counted like the whole.
_THINGS = frozenset((
    *("destroyed", "damaged", "sunk", "shot down", "closed", "disrupted", "out of service"),
    *("cancelled", "suspended", "flooded", "intercepted", "seized"),
))  # fmt: skip


def of_them(told: Told) -> Iterator[Misfit]:
    """Yield a figure that is said to be a part of the one right before it, and cannot be."""
    for every in (told.own, told.every):  # "released 140. Among those 140 were 163": told twice
        for before, one, other in zip([None, *every], every, every[1:], strict=False):
            if not (told.near(one, other) and is_count(one) and is_count(other)):
                continue
            rest = _of_both(told, before, one, other)
            more = one.high is not None and (other.low or 0) > one.high + rest
            if more and one.high != 1 and _is_of(one, other):
                group = name_of(told.evidence, other.claim, by=False, place=True, group=True)
                whole = name_of(told.evidence, one.claim)
                says = f"{group} are more than the {whole} that they are said to be of."
                yield Misfit((other.claim,), one.claim, says, by_words=True)


def _of_both(told: Told, before: Statement | None, one: Statement, other: Statement) -> float:
    """Return how many more a part may be of, where two counts stand before it.

    "40 were hurt and 12 killed, 15 of them children", "Thirteen died, not nine. Ten of them".
    """
    if before is None or not (told.near(before, one) and is_count(before)):
        return 0.0
    both = before.source == one.source or other.quote[:1].isupper()
    return (before.high or 0) if both and before.root != one.root else 0.0


def sums(told: Told) -> Iterator[Misfit]:
    """Yield parts in one list that are said to be of a figure before, and are more together."""
    for at, first in enumerate(told.own):
        whole = _whole_of(told, at)
        if whole is None or whole.high is None:
            continue
        parts = [first]
        for one in told.own[at + 1 :]:
            if not (told.near(one, first) and is_count(one)):
                break
            if not (one.quote == first.quote or _goes_on(parts[-1], one)):
                break
            parts.append(one)
        named = {(one.side, one.measure, one.place) for one in parts}
        if len({one.measure for one in parts}) > 1 and not is_led(first, _MAKE_UP):
            continue
        several = len(named) == len(parts) > 1
        if (several or _is_of_the_dead(first)) and sum(one.low or 0 for one in parts) > whole.high:
            yield told.in_all(parts, whole)


def _whole_of(told: Told, at: int) -> Statement | None:
    """Return the figure of which another is said to be a part: the one right before it.

    Of "among the dead were 22 women" it is the last of all the dead that the text has told.
    """
    before, first = told.own[:at], told.own[at]
    if not before or not is_count(first):
        return None
    whole = before[-1]
    if (
        told.near(whole, first)
        and is_count(whole)
        and (_is_of(whole, first) or _are_of(whole, first))
    ):
        return whole
    if not _is_of_the_dead(first):
        return None
    tolls = [s for s in before if is_count(s) and s.measure == first.measure]
    return next((s for s in reversed(tolls) if not stated(s.side).islower()), None)


_OF_THE_DEAD = re.compile(
    r"\b(?:among|of)\s+the\s+(?:dead|killed|victims|fatalities|wounded|injured|missing|arrested|"
    rf"detained)(?:,|\s+(?:were|are|was))?\s+{ABOUT}$",
    re.I,
)


def _is_of_the_dead(first: Statement) -> bool:
    """Return whether a number is said to be of all those of whom the text has told."""
    return is_led(first, _OF_THE_DEAD)


def _goes_on(last: Statement, one: Statement) -> bool:
    """Return whether a group is told in the sentence of another: "nine were women and eight"."""
    groups = stated(last.side).islower() and stated(one.side).islower()
    return groups and not one.quote[:1].isupper() and one.measure == last.measure


def _are_of(whole: Statement, first: Statement) -> bool:
    """Return whether a sentence begins to say what a figure is made up of."""
    if {whole.measure, first.measure} & _THINGS:
        return False
    same = whole.measure == first.measure and follow(first, _OF_THE_SAME)
    return bool(same) or is_led(first, _MAKE_UP)


def _is_of(one: Statement, other: Statement) -> bool:
    """Return whether the words of the second figure say that it is of the first."""
    if {one.measure, other.measure} & _THINGS:
        return False
    first, number = number_in(one.quote, one.printed), number_in(other.quote, other.printed)
    if not (first and number):
        return False
    lead = other.quote[: number.start()].removeprefix(one.quote[: first.end()]).strip()
    of_the = _OF_THE.match(one.quote[: first.start()]) and not _CLAUSE.search(lead)
    return bool(is_led(other, _LED) or follow(other, _OF_THEM) or of_the)


# What became of one excludes the others.
_FATES = {"rescued": "alive", "survived": "alive", "killed": "dead", "missing": "missing"}
_ABOARD = ("aboard", "on board")
_MOST_FATES = 5  # figures behind a whole, among which they are looked for


def fates(told: Told) -> Iterator[Misfit]:
    """Yield the rescued, the dead and the missing who are more than all who were aboard."""
    for at, whole in enumerate(told.every):
        of_all = is_led(whole, OF_ALL)
        if not is_count(whole) or whole.high is None or not (of_all or whole.measure in _ABOARD):
            continue
        parts: dict[str, Statement] = {}
        for one in told.every[at + 1 :][:_MOST_FATES]:
            if of_all and not told.near(one, whole):
                break
            if one.measure in _FATES and is_count(one):
                parts.setdefault(_FATES[one.measure], one)
        least = sum(one.low or 0 for one in parts.values())
        # "14 of the crew ... the 200 on board": of whom they were is another number
        others = (s for s in told.every if s.measure in _ABOARD or is_led(s, OF_ALL))
        enough = any(s.high is None or s.high >= least for s in others if is_count(s))
        if len(parts) > 1 and least > whole.high and not enough:
            yield told.in_all([*parts.values()], whole)


# -- lists by places ---

# As wide as all that a text tells of.
_EVERYWHERE = ("country", "nation", "province", "region", "state")


def lists(told: Told) -> Iterator[Misfit]:
    """Yield the counts of a list by places that are more than one of all, in one voice.

    "214 killed ... It lists 131 around Vovchansk, 67 near Lyptsi and 42 at Kupiansk": 240.
    """
    voices: dict[tuple[str, str], list[Statement]] = {}
    for s in told.own:
        if not (is_count(s) and s.measure and s.source):
            continue
        voices.setdefault((s.source, s.measure), []).append(s)
    for said in voices.values():
        for whole in (s for s in said if s.low == s.high and _is_everywhere(s.place)):
            by_place: dict[str, list[Statement]] = {}
            for s in said:
                alike = all(
                    may_be_one(getattr(s, cell), getattr(whole, cell))
                    for cell in ("side", "period")
                )
                if alike and stated(s.place) and s.low < whole.low:  # type: ignore[operator]
                    by_place.setdefault(told.where[s.claim], []).append(s)
            for parts in by_place.values():
                places = {s.place for s in parts}
                if len(places) == len(parts) > 1 and sum(s.low for s in parts) > whole.high:  # type: ignore[misc,operator]
                    yield told.in_all(parts, whole)


def _is_everywhere(place: str) -> bool:
    """Return whether a place is none, or all that a text tells of."""
    return not stated(place) or place.lower() in _EVERYWHERE
