"""Figures that a text gives as parts of another and that do not fit it.

Parts by places that are more than all, a group that is more than those it is said to be of, a
percentage that is not the quotient printed beside it: no cell of the table says so, the words do.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from bakhmut.base.sentences import listed
from bakhmut.base.words import percent
from bakhmut.dossier.derived import set_aside, stated
from bakhmut.dossier.parsing.printed import number_in
from bakhmut.findings.advice.to_print import name_of

if TYPE_CHECKING:
    from bakhmut.findings.evidence import Evidence, Statement


class Misfit(NamedTuple):
    """Figures that do not fit one that they are parts or ends of, and what to say of them.

    `by_words`: the text says that they are, and not only perhaps.
    """

    claims: tuple[str, ...]
    whole: str
    says: str
    by_words: bool = False


def misfits(evidence: Evidence) -> Iterator[Misfit]:
    """Yield what the words of a text say of parts and wholes that cannot be."""
    claims = evidence.dossier.claims
    where = locators(evidence)
    aside = set_aside(claims)
    apart = set(claims["claim"][claims["standing"].eq("apart")])
    told = [s for s in evidence if s.has_number and s.claim not in aside - apart]
    own = [s for s in told if s.claim not in apart]
    for every in (own, told):  # "released 140. Among those 140 were 163": told twice, it is apart
        for before, one, other in zip([None, *every], every, every[1:], strict=False):
            if where[one.claim] == where[other.claim]:
                near = before is not None and where[before.claim] == where[one.claim]
                yield from _beside(evidence, before if near else None, one, other)
    yield from _sums(evidence, own, where)
    yield from _rests(told, apart)
    yield from _fates(evidence, told, where)
    by_place = [s for s in own if is_count(s) and s.measure and s.source]
    yield from _lists(evidence, by_place, where)


def locators(evidence: Evidence) -> Mapping[str, str]:
    """Return in which paragraph of its text each claim is."""
    claims = evidence.dossier.claims
    return dict(zip(claims["claim"], claims["locator"], strict=True))


def is_count(one: Statement) -> bool:
    """Return whether a figure is a number of some, and no share of them."""
    return one.kind == "count" and one.low is not None and not one.is_share


def _in_all(evidence: Evidence, parts: Sequence[Statement], whole: Statement) -> Misfit:
    """Return that figures are more than all of what they may be parts of."""
    claims = tuple(one.claim for one in parts)
    named = [name_of(evidence, c, by=False, place=True, group=True) for c in claims]
    least, all_ = sum(one.low or 0 for one in parts), name_of(evidence, whole.claim)
    says = f"If {listed(named)} are parts of the {all_}, they are more than all: {least:,.0f}."
    return Misfit(claims, whole.claim, says)


# -- of them -------------------------------------------------------------------------------

ABOUT = r"(?:(?:at\s+least|about|around|some|nearly|almost|more\s+than|up\s+to)\s+)?"
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


def _beside(
    evidence: Evidence, before: Statement | None, one: Statement, other: Statement
) -> Iterator[Misfit]:
    """Yield that a figure, right behind another, is said to be a part of it and cannot be."""
    if other.kind == "ratio" and is_count(one) and _differs(one, other):
        printed, given, _ = _so_many_of(one)
        beside = name_of(evidence, other.claim)
        says = f"{printed} is {percent(given or 0)}; beside it stands {beside}."
        yield Misfit((other.claim,), one.claim, says, by_words=True)
    if not (is_count(one) and is_count(other) and _is_of(one, other)):
        return
    rest = 0.0
    if before is not None and is_count(before) and before.root != one.root:
        # "40 were hurt and 12 killed, 15 of them children", "Thirteen died, not nine. Ten of them"
        both = before.source == one.source or other.quote[:1].isupper()
        rest = (before.high or 0) if both else rest
    if one.high is not None and one.high > 1 and (other.low or 0) > one.high + rest:
        group = name_of(evidence, other.claim, by=False, place=True, group=True)
        whole = name_of(evidence, one.claim)
        says = f"{group} are more than the {whole} that they are said to be of."
        yield Misfit((other.claim,), one.claim, says, by_words=True)


def _sums(
    evidence: Evidence, own: Sequence[Statement], where: Mapping[str, str]
) -> Iterator[Misfit]:
    """Yield parts in one list that are said to be of a figure before, and are more together."""
    for at, first in enumerate(own):
        whole = _whole_of(own[:at], first, where)
        if whole is None or whole.high is None:
            continue
        parts = [first]
        for one in own[at + 1 :]:
            here = where[one.claim] == where[first.claim] and is_count(one)
            if not (here and (one.quote == first.quote or _goes_on(parts[-1], one))):
                break
            parts.append(one)
        told = {(one.side, one.measure, one.place) for one in parts}
        if len({one.measure for one in parts}) > 1 and not _is_made_up(first):
            continue
        several = len(told) == len(parts) > 1
        if (several or _is_of_the_dead(first)) and sum(one.low or 0 for one in parts) > whole.high:
            yield _in_all(evidence, parts, whole)


def _whole_of(
    before: Sequence[Statement], first: Statement, where: Mapping[str, str]
) -> Statement | None:
    """Return the figure of which another is said to be a part: the one right before it.

    Of "among the dead were 22 women" it is the last of all the dead that the text has told.
    """
    if not before or not is_count(first):
        return None
    whole = before[-1]
    near = where[whole.claim] == where[first.claim] and is_count(whole)
    if near and (_is_of(whole, first) or _are_of(whole, first)):
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
    number = number_in(first.quote, first.printed)
    if number is None or {whole.measure, first.measure} & _THINGS:
        return False
    same = whole.measure == first.measure and _OF_THE_SAME.match(first.quote, number.end())
    return bool(same) or _is_made_up(first)


def _is_made_up(first: Statement) -> bool:
    number = number_in(first.quote, first.printed)
    return bool(number and _MAKE_UP.search(first.quote, 0, number.start()))


def _is_of(one: Statement, other: Statement) -> bool:
    """Return whether the words of the second figure say that it is of the first."""
    if {one.measure, other.measure} & _THINGS:
        return False
    first, number = number_in(one.quote, one.printed), number_in(other.quote, other.printed)
    if not (first and number):
        return False
    start, end = number.span()
    lead = other.quote[:start].removeprefix(one.quote[: first.end()]).strip()
    of_the = _OF_THE.match(one.quote[: first.start()]) and not _CLAUSE.search(lead)
    return bool(_LED.search(other.quote, 0, start) or _OF_THEM.match(other.quote, end) or of_the)


# -- a share of so many ----------------------------------------------------------------------

_SO_MANY = re.compile(
    r"\s+(?:out\s+)?of\s+(?:(?:the|its|their|all|some|about)\s+)*(\d[\d,]*)\b(?!\s*(?:%|per\s?cent))"
)
_THAT_IS = re.compile(r"\brate|\bratio|\bor\b|\b(?:that|which)\s+is\b|\(", re.I)


def _differs(one: Statement, share: Statement) -> bool:
    """Return whether "312 of 1,840" is another percentage than the one told right behind it."""
    _, given, _ = _so_many_of(one)
    told = share.is_share_printed and one.measure == share.measure and one.source == share.source
    if given is None or not (told and _THAT_IS.search(share.quote)):
        return False
    below = share.low is not None and given < share.low
    return below or (share.high is not None and given > share.high)


def _so_many_of(one: Statement) -> tuple[str, float | None, float]:
    """Return "312 of 1,840" of a quote, how much that is of 1, None for no such; and the 1,840."""
    number = number_in(one.quote, one.printed)
    of = number and _SO_MANY.match(one.quote, number.end())
    whole = float(of[1].replace(",", "")) if of else 0
    if not (number and of and whole and one.low is not None):
        return "", None, 0.0
    return f"{number[0]} of {of[1]}", float(one.low) / whole, whole


_REMAIN = re.compile(rf"\b(?:the|its)\s+(?:remaining|rest,?)\s+{ABOUT}$", re.I)
_OF_ALL = re.compile(rf"\bof\s+(?:(?:the|its|their|all)\s+)*{ABOUT}$", re.I)


def _rests(told: Sequence[Statement], apart: Collection[str]) -> Iterator[Misfit]:
    """Yield what is said to remain of a whole where it and the parts before are not all of it.

    "Of the 42 killed, 24 were women and the remaining 21 men."
    """
    for at, rest in enumerate(told):
        near = told[max(0, at - 4) : at]
        wholes = [n for n, s in enumerate(near) if is_led(s, _OF_ALL)]
        if not (wholes and is_led(rest, _REMAIN)):
            continue
        whole = near[wholes[-1]]
        behind = near[wholes[-1] + 1 :]  # the first is of the whole, one apart of that before it
        parts = [s for n, s in enumerate(behind) if n == 0 or s.claim not in apart]
        for s in near[: wholes[-1]][-1:]:  # "24 of the 42 are known, the remaining 18 are not"
            parts += [s] if s.quote == whole.quote or _so_many_of(s)[2] == whole.low else []
        exact = all(is_count(s) and s.low == s.high for s in (whole, rest, *parts))
        if parts and exact and sum(s.low or 0 for s in (rest, *parts)) != whole.low:
            left = (whole.low or 0) - sum(s.low or 0 for s in parts)
            taken = f"{listed([s.figure for s in parts])} of {whole.figure}"
            leave = "leaves" if len(parts) == 1 else "leave"
            says = f"{taken} {leave} {left:,.0f}; beside it stands {rest.said}."
            claims = tuple(s.claim for s in (*parts, rest))
            yield Misfit(claims, whole.claim, says, by_words=True)


# What became of one excludes the others.
_FATES = {"rescued": "alive", "survived": "alive", "killed": "dead", "missing": "missing"}
_MOST_FATES = 5  # figures behind a whole, among which they are looked for


def _fates(
    evidence: Evidence, told: Sequence[Statement], where: Mapping[str, str]
) -> Iterator[Misfit]:
    """Yield the rescued, the dead and the missing who are more than all who were aboard."""
    for at, whole in enumerate(told):
        of_all = is_led(whole, _OF_ALL)
        if not is_count(whole) or whole.high is None or not (of_all or whole.measure == "aboard"):
            continue
        parts: dict[str, Statement] = {}
        for one in told[at + 1 :][:_MOST_FATES]:
            if of_all and where[one.claim] != where[whole.claim]:
                break
            if one.measure in _FATES and is_count(one):
                parts.setdefault(_FATES[one.measure], one)
        if len(parts) > 1 and sum(one.low or 0 for one in parts.values()) > whole.high:
            yield _in_all(evidence, [*parts.values()], whole)


def is_led(one: Statement, words: re.Pattern[str]) -> bool:
    """Return whether words lead up to the number of a figure, in its quote."""
    number = number_in(one.quote, one.printed)
    return bool(number and words.search(one.quote, 0, number.start()))


# -- lists by places -------------------------------------------------------------------------

# As wide as all that a text tells of.
_EVERYWHERE = ("country", "nation", "province", "region", "state")


def _lists(
    evidence: Evidence, own: Sequence[Statement], where: Mapping[str, str]
) -> Iterator[Misfit]:
    """Yield the counts of a list by places that are more than one of all, in one voice.

    "214 killed ... It lists 131 around Vovchansk, 67 near Lyptsi and 42 at Kupiansk": 240.
    """
    voices: dict[tuple[str, str], list[Statement]] = {}
    for s in own:
        voices.setdefault((s.source, s.measure), []).append(s)
    for said in voices.values():
        for whole in (s for s in said if s.low == s.high and _is_everywhere(s.place)):
            lists: dict[str, list[Statement]] = {}
            for s in said:
                alike = all(
                    may_be_one(getattr(s, cell), getattr(whole, cell))
                    for cell in ("side", "period")
                )
                if alike and stated(s.place) and s.low < whole.low:  # type: ignore[operator]
                    lists.setdefault(where[s.claim], []).append(s)
            for parts in lists.values():
                places = {s.place for s in parts}
                if len(places) == len(parts) > 1 and sum(s.low for s in parts) > whole.high:  # type: ignore[misc,operator]
                    yield _in_all(evidence, parts, whole)


def _is_everywhere(place: str) -> bool:
    """Return whether a place is none, or all that a text tells of."""
    return not stated(place) or place.lower() in _EVERYWHERE


def may_be_one(cell: str, other: str) -> bool:
    """Return whether two cells are alike, or one of them is not stated."""
    return cell == other or not (stated(cell) and stated(other))


# "in that week", "the town": of which is told before.
_BACK = re.compile(
    r"(?:(?:in|over|during|for|on)\s+)?(?:the\s+same|that|this)\s+(?:day|night|week|month|year|period|time)",
    re.I,
)
_LEAD = re.compile(r"^(?:in|for|during|throughout|over)\s+(?:the\s+)?", re.I)


def time_of(period: str) -> str:
    """Return a period without the word that leads it: "in January" and "for January" are one."""
    return "" if _BACK.fullmatch(period) or not stated(period) else _LEAD.sub("", period)
