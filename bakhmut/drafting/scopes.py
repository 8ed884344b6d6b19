"""Whose, where and when: the side, place and period of a figure, by the words of its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bakhmut.drafting.measures import Found, noun_phrase
from bakhmut.drafting.mentions import Mention
from bakhmut.drafting.others import MONTHS
from bakhmut.drafting.words import capitals, key, people_pattern, peoples, persons, territories


@dataclass(frozen=True)
class Named:
    """A name for a cell, the span of the words that support it, the rule, and how sure it is."""

    name: str
    start: int
    end: int
    rule: str
    sure: str = "read"


def sides(sentence: str) -> list[Named]:
    """Return territories, peoples and parties named in a sentence, in order."""
    found = []
    for match in people_pattern().finditer(sentence):
        word = " ".join(match[0].split())
        if re.match(r"[-–]\w", sentence[match.end() : match.end() + 2]) and not re.match(
            r"[-–](?:led|backed|held|run|born|controlled|occupied)", sentence[match.end() :]
        ):
            pass
        found.append(Named(peoples()[word], match.start(), match.end(), "people"))
    return found


_GENERIC = frozenset(key(word) for word, kind in persons().items() if kind == "anybody")
_OWN = re.compile(r"\b(its|their|his|her|our|ours|theirs)\b", re.I)


def of_noun(mention: Mention, sentence: str, named: list[Named]) -> Named | None:
    """Return the side that the number's own noun says: `Russian servicemen`, `civil servants`."""
    start, end, head = noun_phrase(sentence, mention.end)
    return of_phrase(sentence, start, end, head, named) if head else None


def of_phrase(sentence: str, start: int, end: int, head: str, named: list[Named]) -> Named | None:
    """Return the side of a noun phrase at `start:end`."""
    phrase = sentence[start:end]
    kinds, lower = persons(), key(phrase)
    inside = [one for one in named if start <= one.start and one.end <= end]
    words = lower.split()
    kind = next(
        (kinds[" ".join(words[i:])] for i in range(len(words)) if " ".join(words[i:]) in kinds), ""
    )
    if inside and kind in ("", "soldiers", "anybody") and kind != "thing":
        return Named(inside[0].name, inside[0].start, inside[0].end, "people in the noun")
    if kind == "group":
        cut = re.sub(
            r"^(?:more|other|fellow|additional|further|new|such|ordinary|unarmed|innocent|missing|dead|wounded|injured|of)\s+",
            "",
            phrase,
        )
        at = start + len(phrase) - len(cut)
        return Named(cut, at, end, "noun")
    return None


def before_word(found: Found, sentence: str, named: list[Named]) -> Named | None:
    """Return the side in front of a measure's noun: `Chinese losses`, `Ukraine's dead`."""
    floor = max(0, found.start - 40)
    for one in reversed(named):
        if floor <= one.start and one.end <= found.start:
            gap = sentence[one.end : found.start]
            if re.fullmatch(
                r"(?:['’]s?|\s+(?:side|army|forces|military)['’]s)?(?:\s+[a-z-]+){0,2}\s+", gap
            ) and not re.search(r"\b(?:and|in|of|said|at|on|for|to|by)\b", gap):
                return Named(one.name, one.start, one.end, "people before the word")
    match = re.search(
        r"\b((?:the\s+)?(?:enemy|adversary|opponent|other\s+side)(?:['’]s)?|civilian|each\s+side['’]s?|both\s+sides['’]?|military)\s+(?:[a-z]+\s+){0,2}$",
        sentence[floor : found.start],
        re.I,
    )
    if match:
        name = re.sub(r"^the\s+|['’]s?$", "", match[1], flags=re.I)
        name = {"civilian": "civilians"}.get(name.lower(), name)
        return Named(name, floor + match.start(1), floor + match.end(1), "noun before the word")
    return None


def after_word(found: Found, sentence: str, named: list[Named]) -> Named | None:
    """Return the side behind a measure's noun: `losses of the Red Army`, `deaths among nurses`."""
    link = re.match(r"\s+(?:of|among|amongst|by|for)\s+(?:the\s+|its\s+)?", sentence[found.end :])
    if not link:
        return None
    at = found.end + link.end()
    for one in named:
        if at <= one.start <= at + 12 and not re.search(r"\d", sentence[at : one.start]):
            return Named(one.name, one.start, one.end, "people behind the word")
    start, end, head = noun_phrase(sentence, at - 1)
    return of_phrase(sentence, start, end, head, named) if head else None


_EITHER = re.compile(r"\b(?:on\s+)?(each\s+side|both\s+sides|either\s+side|all\s+sides)\b", re.I)
_ENEMY = re.compile(
    r"\b(?:of|among)\s+(?:the\s+)?(enemy|adversary|opponent|attackers|defenders|invaders)\b", re.I
)


def around(mention: Mention, sentence: str) -> Named | None:
    """Return `each side`, `the enemy` behind a number; never guessed who that is."""
    for pattern in (_EITHER, _ENEMY):
        if match := pattern.search(sentence, mention.end, mention.end + 60):
            return Named(match[1], match.start(1), match.end(1), "side behind the number")
    return None


def subject_of(found: Found, sentence: str, named: list[Named]) -> Named | None:
    """Return who stands before the verb that says `lost`: `Russia has lost 153,770`."""
    clause = max(
        (
            m.end()
            for m in re.finditer(
                r"[;:.]\s|,\s(?:and|but|while)\s|\bthat\s|\bwhile\s|\bbut\s",
                sentence[: found.start],
            )
        ),
        default=0,
    )
    inside = [one for one in named if clause <= one.start and one.end <= found.start]
    for one in inside:
        before = sentence[max(0, one.start - 12) : one.start]
        if not re.search(r"\b(?:in|of|at|from|near|to|on)\s+(?:the\s+)?$", before):
            return Named(one.name, one.start, one.end, "subject", "inferred")
    return (
        Named(inside[0].name, inside[0].start, inside[0].end, "subject", "inferred")
        if inside
        else None
    )


# ---- places

_CAP = r"[A-ZÀ-Þ][\w’'-]*"
_PLACE = re.compile(
    rf"\b(?:in|at|near|around|off|from|outside|across|throughout|on|inside|over|of)\s+((?:the\s+)?(?:(?:town|city|village|region|province|district|area|port|island|suburb|state|country)\s+of\s+)?"
    rf"(?:(?:northern|southern|eastern|western|central|north-?eastern|north-?western|south-?eastern|south-?western|whole|entire|besieged|occupied|nearby)\s+)*"
    rf"{_CAP}(?:\s+(?:(?:of|and|el|al|de|la)\s+)?{_CAP}){{0,3}}(?:\s+(?:province|region|district|county|front|oblast|camp|road|prefecture|state|area|city|strip|route|bridge|peninsula|valley|hospital|sea))?)"
)
_COMMON = re.compile(
    r"\b(?:in|at|across|throughout|around|on|along)\s+((?:the\s+)(?:whole\s+|entire\s+)?(?:city|town|capital|country|village|region|province|district|area|state|front|island|camp|theatre|territory|enclave|north|south|east|west|port|sea|"
    r"world|strip|valley|route|central\s+route|suburbs?|peninsula)|sea)\b(?!\s+(?:of|['’]s))",
    re.I,
)
_NOT_PLACE = re.compile(
    rf"^(?:{MONTHS}|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun|Easter|Christmas|New\s+Year|Ramadan|The|It|He|She|They|This|That|There|We|GMT|I|Article|Covid|World\s+War|Day|Operation)(?:day)?\b|^\d"
)
_PERSONAL = re.compile(r"\b(?:of|from)\s+$")


def places(sentence: str, speakers: list[tuple[int, int]]) -> Iterator[Named]:
    """Yield the places named in a sentence, in order: `in Bakhmut`, `in the capital`."""
    for match in _PLACE.finditer(sentence):
        name = re.sub(
            r"^the\s+(?=(?:town|city|village|region|province|district|area|port|island|suburb|state|country)\s+of)",
            "",
            match[1],
        )
        name = re.sub(r"^(?:town|city|village|port|island|suburb)\s+of\s+", "", name)
        name = re.sub(r"['’]s?$", "", name)
        bare = re.sub(r"^the\s+", "", name)
        start = match.start(1) + match[1].find(name)
        if _NOT_PLACE.match(bare) or any(a <= start < b for a, b in speakers):
            continue
        word = match[0].split()[0]
        people = peoples().get(bare)
        if people and bare not in territories() and bare not in ("Gaza", "Karabakh", "Tigray"):
            continue
        if word in ("of", "from", "on", "over", "by") and not (
            bare in territories()
            or bare in capitals()
            or re.search(
                r"\b(?:front|route|road|island|river|sea|border|bridge|peninsula|ridge|beach|coast)\b",
                bare,
                re.I,
            )
            or (word == "from" and False)
        ):
            continue
        if bare.isupper() and len(bare) <= 6 and bare not in ("UK", "US", "USA", "DRC", "UAE"):
            continue
        if re.match(r"['’]s\b", sentence[match.end() :]):
            continue
        yield Named(bare, start, start + len(name), f"place after {word}")
    for match in _COMMON.finditer(sentence):
        name = re.sub(r"^the\s+(?:whole\s+|entire\s+)?", "", match[1])
        yield Named(
            name, match.start(1) + match[1].rfind(name), match.end(1), "common place", "inferred"
        )


def place_of(mention: Mention, sentence: str, found: list[Named]) -> Named | None:
    """Return the nearest place, one behind the number before one in front of it."""
    best, least = None, 1e9
    for one in found:
        gap = (
            sentence[mention.end : one.start]
            if one.start >= mention.end
            else sentence[one.end : mention.start]
        )
        cost = (
            len(gap.split())
            + 6 * len(re.findall(r"[;]|,\s(?:and|but|while)\b|\bwhile\b", gap))
            + (3 if one.start < mention.start else 0)
        )
        if cost < least:
            best, least = one, cost
    return best


# ---- periods

_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DATE = rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{MONTHS}(?:\s+\d{{1,2}}(?:st|nd|rd|th)?)?(?:,?\s+\d{{4}})?|\d{{4}}(?:-\d\d(?:-\d\d)?)?)"
_UNIT = r"(?:hours?|days?|weeks?|months?|years?|decades?|fortnight|weekend|night|morning|evening|afternoon|spring|summer|autumn|winter|century)"
_PERIOD = re.compile(
    rf"\b((?:since|until|by|as\s+of)\s+(?:the\s+(?:start|beginning|outbreak)\s+of\s+[\w’' -]{{2,60}}?(?=[,.;]|\s+(?:to|at|was|were|on\s+[A-Z])\b|$)(?:\s+on\s+{_DATE})?|(?:the\s+)?(?:conflict|war|invasion|uprising|outbreak)\s+began(?:\s+on\s+{_DATE})?|{_DATE}|last\s+\w+)"
    rf"|between\s+{_DATE}\s+and\s+{_DATE}|from\s+{_DATE}\s+to\s+{_DATE}|\d{{1,2}}\s*[-–]\s*\d{{1,2}}\s+{MONTHS}"
    rf"|(?:in|over|within|during|for|under)\s+(?:just\s+|only\s+|under\s+|less\s+than\s+|about\s+|the\s+)*(?:(?:past|last|first|previous|same|next|second|final|whole)\s+)?(?:half\s+of\s+the\s+year|(?:\w+\s+){{0,2}}{_UNIT})\b(?:\s+of\s+(?:the\s+)?[\w-]+)?"
    rf"|in\s+the\s+same\s+(?:period|time)|(?:on|last|this)\s+{_DAY}(?:\s+(?:morning|night|evening))?|(?:in|on|during)\s+{_DATE}|yesterday|today|overnight|last\s+(?:night|week|month|year)|this\s+(?:week|month|year|morning)|so\s+far\s+this\s+year)(?!\w)"
)


def period_of(mention: Mention, sentence: str, speakers: list[tuple[int, int]]) -> Named | None:
    """Return the nearest stretch of time in a sentence, as worded, but not when somebody spoke."""
    best, least = None, 25
    for match in _PERIOD.finditer(sentence):
        if any(b <= match.start() <= b + 2 for _, b in speakers):
            continue
        gap = (
            sentence[mention.end : match.start()]
            if match.start() >= mention.end
            else sentence[match.end() : mention.start]
        )
        cost = len(gap.split()) + 6 * gap.count(";")
        if cost < least:
            best, least = Named(match[1], match.start(1), match.end(1), "period"), cost
    return best
