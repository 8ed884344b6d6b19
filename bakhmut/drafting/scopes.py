"""Whose, where and when: the side, place and period of a figure, by the words of its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bakhmut.drafting.kinds import kind_of
from bakhmut.drafting.measures import Found, hits, noun_phrase
from bakhmut.drafting.mentions import MONTHS, Mention
from bakhmut.drafting.words import capitals, key, people_pattern, peoples, persons, territories


@dataclass(frozen=True)
class Named:
    """A name for a cell, the span of the words that support it, the rule, and how sure it is."""

    name: str
    start: int
    end: int
    rule: str
    sure: str = "read"


_UNIT_NAME = re.compile(
    r"\b\d{1,3}(?:st|nd|rd|th)\s+(?:[A-Z][\w’-]+\s+){0,3}[A-Z][\w’-]+(?!\s+(?:century|anniversary))"
)


def sides(sentence: str) -> list[Named]:
    """Return territories, peoples and parties named in a sentence, in order."""
    found = [Named(match[0], *match.span(), "unit") for match in _UNIT_NAME.finditer(sentence)]
    for match in people_pattern().finditer(sentence):
        word = " ".join(match[0].split())
        if all(match.end() <= one.start or match.start() >= one.end for one in found):
            found.append(Named(peoples()[word], match.start(), match.end(), "people"))
    return sorted(found, key=lambda one: one.start)


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
    if lower in ("men", "man") and re.search(r"\b(?:women|girls)\b", sentence):
        kind = "group"
    if kind == "group" or (not kind and kind_of(phrase) == "group"):
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


def around(mention: Mention, sentence: str, stop: int) -> Named | None:
    """Return `each side`, `the enemy` behind a number; never guessed who that is."""
    for pattern in (_EITHER, _ENEMY):
        if match := pattern.search(sentence, mention.end, min(stop, mention.end + 80)):
            return Named(match[1], match.start(1), match.end(1), "side behind the number")
    return None


def enemy_after(found: Found, sentence: str) -> Named | None:
    """Return `enemy` of "losses of the enemy"."""
    match = _ENEMY.match(sentence, found.end + 1)
    return Named(match[1], match.start(1), match.end(1), "side behind the word") if match else None


def either_side(mention: Mention, sentence: str) -> Named | None:
    """Return `both sides` in front of a number, where the sentence begins with them."""
    match = _EITHER.search(sentence, 0, mention.start)
    return (
        Named(match[1], match.start(1), match.end(1), "side before the number") if match else None
    )


_IS = re.compile(
    r"\s+(?:of\s+(?:them|these|those|whom)\s+|(?:of|in)\s+the\s+\w+\s+)?(?:(?:were|was|are|is)\s+)(?:an?\s+|the\s+)?(?=[A-Za-z])|\s+of\s+(?:them|these|those|whom)\s+(?=[a-z])",
    re.I,
)


def is_what(mention: Mention, sentence: str, named: list[Named]) -> Named | None:
    """Return who they were: `3,760 were children`, `197 of them women`, `one in 12 is a child`."""
    match = _IS.match(sentence, mention.end)
    if not match:
        return None
    start, end, head = noun_phrase(sentence, match.end() - 1)
    if not head or start != match.end():
        return None
    if key(sentence[start:end]) in ("men", "man"):
        return Named(sentence[start:end], start, end, "who they were")
    if (link := re.compile(r"\s+(?:or|and)\s+(?:an?\s+)?").match(sentence, end)) and of_phrase(
        sentence, start, end, head, named
    ):
        start_, end_, head_ = noun_phrase(sentence, link.end() - 1)
        if head_ and of_phrase(sentence, start_, end_, head_, named):
            return Named(sentence[start:end_], start, end_, "who they were")
    return of_phrase(sentence, start, end, head, named)


_MAKE_UP = re.compile(
    r"\b(?:make\s+up|made\s+up|makes\s+up|making\s+up|account(?:ed|s)?\s+for|accounting\s+for|compris\w+|constitut\w+|represent\w*)\s+[^.;]{0,30}$",
    re.I,
)


def makes_up(mention: Mention, sentence: str, named: list[Named]) -> Named | None:
    """Return who makes up a share: `children make up 40 per cent of those killed`."""
    match = _MAKE_UP.search(sentence[max(0, mention.start - 60) : mention.start])
    if not match:
        return None
    at = max(0, mention.start - 60) + match.start()
    words = list(re.finditer(r"[\w’'-]+", sentence[max(0, at - 60) : at]))[-4:]
    off = max(0, at - 60)
    for n in range(len(words)):
        start = off + words[n].start()
        for last in reversed(words[n:]):
            if side := of_phrase(sentence, start, off + last.end(), last[0], named):
                return side
    return None


def whole_of(mention: Mention, sentence: str, named: list[Named]) -> Named | None:
    """Return those of whom a share is said: `one in four civil servants`, `82 % of teachers`."""
    start, end, head = noun_phrase(sentence, mention.end)
    if mention.below and mention.below[1] <= mention.end:  # "One Finn in every 140"
        start, end = mention.below
        start += len(sentence[start:end]) - len(sentence[start:end].lstrip())
        head = sentence[start:end].split()[-1] if sentence[start:end].split() else ""
    if not head:
        return None
    if side := of_phrase(sentence, start, end, head, named):
        return side
    plain = key(sentence[start:end])
    if (
        plain in _GENERIC
        or key(head) in _GENERIC
        or not head.lower().endswith("s")
        or head[0].isupper()
    ):
        return None
    return Named(sentence[start:end], start, end, "noun of the whole")


_OUTNUMBER = re.compile(r"\boutnumber(?:ed|s|ing)?\b", re.I)


def outnumbering(sentence: str, named: list[Named]) -> tuple[Named | None, Named | None] | None:
    """Return the larger and the smaller side where a sentence says who outnumbers whom."""
    match = _OUTNUMBER.search(sentence)
    if not match:
        return None
    head = sentence[: match.start()]
    passive = re.search(r"\b(?:were|was|are|is|been|being)\s+(?:\w+\s+)?$", head) or not re.search(
        r"\w", head
    )
    left = [one for one in named if one.end <= match.start()]
    first = left[-1] if left else None
    if first is None and (
        words := re.search(
            r"\b(?:the|our|their|his|its)\s+((?:[a-z-]+\s+)?[a-z]+s)\s+(?:\w+\s+)?$", head, re.I
        )
    ):
        first = Named(words[1], words.start(1), words.end(1), "who outnumbers")
    by = (
        re.compile(r"[^.;]{0,60}?\bby\s+(?:the\s+)?").match(sentence, match.end())
        if passive
        else re.compile(r"\s+(?:the\s+|their\s+|its\s+|his\s+)?").match(sentence, match.end())
    )
    second = None
    if by:
        right = [one for one in named if by.end() - 6 <= one.start <= by.end() + 20]
        start, end, word = noun_phrase(sentence, by.end() - 1)
        second = (
            right[0]
            if right
            else Named(sentence[start:end], start, end, "who is outnumbered")
            if word and not word[0].isdigit()
            else None
        )
    return (second, first) if passive else (first, second)


_SHARE_OF = re.compile(
    r"\b(?:share|proportion|percentage|fraction|number|toll)\s+(?:of|among)\s+(?:the\s+)?(?=[A-Za-z])",
    re.I,
)


def number_of(mention: Mention, sentence: str, named: list[Named]) -> Named | None:
    """Return who is counted in "the share of striking teachers at 60 %"."""
    match = None
    for match in _SHARE_OF.finditer(sentence, max(0, mention.start - 90), mention.start):
        pass
    if match is None:
        return None
    start, end, head = noun_phrase(sentence, match.end() - 1)
    return of_phrase(sentence, start, end, head, named) if head and end <= mention.start else None


_OF_THESE = re.compile(
    r"\bof\s+(?:the|its|their|his|her|these|those|all)\s+(?:[\w’']+['’]s?\s+)?(?=[a-z])", re.I
)


def of_which(mention: Mention, sentence: str, named: list[Named]) -> Named | None:
    """Return the whole in front: "of the city's hospitals, half are out of service"."""
    for match in _OF_THESE.finditer(sentence, max(0, mention.start - 60), mention.start):
        start, end, head = noun_phrase(sentence, match.end() - 1)
        if (
            head
            and start == match.end()
            and re.fullmatch(r",\s+(?:[a-z]+\s+){0,3}", sentence[end : mention.start])
        ):
            return of_phrase(sentence, start, end, head, named) or Named(
                sentence[start:end], start, end, "noun of the whole"
            )
    return None


_SUFFER = re.compile(
    r"\b((?:[A-Za-z][a-z-]+\s+)?[a-z]+s)(?:,[^,.;]{0,70},)?\s+(?:(?:also|have|has|had|were|are|still|both|reportedly|then)\s+)*(?:suffer\w*|sustain\w*|took|take|taken|taking|incur\w*)\s",
    re.I,
)


def sufferer(mention: Mention, sentence: str, named: list[Named]) -> Named | None:
    """Return who suffered losses: "tank crews also took severe losses"."""
    match = None
    for match in _SUFFER.finditer(sentence, 0, mention.start + 1):
        pass
    if match is None:
        return None
    inside = [one for one in named if match.start(1) <= one.start and one.end <= match.end(1)]
    if inside:
        return Named(inside[0].name, inside[0].start, inside[0].end, "subject", "inferred")
    if persons().get(key(match[1]).split()[-1]) in ("group", "soldiers") or key(match[1]).split()[
        -1
    ] in ("crews", "units"):
        name = re.sub(r"^(?:the|our|their|his|its)\s+", "", match[1], flags=re.I)
        return Named(name, match.end(1) - len(name), match.end(1), "subject", "inferred")
    return None


_GROUPS = re.compile(
    r"\b(?:entire|whole|many|several|countless|numerous)\s+((?:\w+\s+)?\w+s)\b", re.I
)


def subject_group(mention: Mention, sentence: str) -> Named | None:
    """Return `families` of "entire families drowned"."""
    match = _GROUPS.match(sentence, mention.start)
    if not match or key(match[1]) in _GENERIC or "losses" in match[1] or "casualties" in match[1]:
        return None
    return Named(match[1], match.start(1), match.end(1), "noun")


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
    rf"\b(?:(?i:in|into|at|near|around|off|from|outside|across|throughout|on|inside|over|of)|(?:battle|fight|siege|struggle|bloodbath|battles|fighting)\s+(?:for|of))\s+((?:the\s+)?(?:(?:town|city|village|region|province|district|area|port|island|suburb|state|country)\s+of\s+)?"
    rf"(?:(?:northern|southern|eastern|western|central|north-?eastern|north-?western|south-?eastern|south-?western|whole|entire|besieged|occupied|nearby)\s+)*"
    rf"{_CAP}(?:\s+(?:(?:of|and|el|al|de|la)\s+)?{_CAP}){{0,3}}(?:\s+(?:province|region|district|county|front|oblast|camp|road|prefecture|state|area|city|strip|route|bridge|peninsula|valley|hospital|sea|direction|sector|axis))?)"
)
_COMMON = re.compile(
    r"\b(?:in|at|across|throughout|around|on|along|defending|attacking|storming|shelling|besieging|holding|defended|attacked)\s+((?:the\s+)(?:whole\s+|entire\s+)?(?:city|town|capital|country|village|region|province|district|area|state|front|island|camp|theatre|territory|enclave|north|south|east|west|port|sea|"
    r"world|strip|valley|route|central\s+route|suburbs?|peninsula)|sea)\b(?!\s+(?:of|['’]s))|\b(elsewhere|nationwide|worldwide)\b",
    re.I,
)
_PLACE_OWNER = re.compile(
    rf"\b(?i:in|at|near|through|outside|around|across|on)\s+([A-ZÀ-Þ][\w-]+)['’]s\s+"
)
_PART_OF_PLACE = re.compile(
    r"(?:\w+\s+)?(?:port|airport|centre|center|outskirts|suburbs?|streets|station|harbour|market|stadium|old\s+town|capital|coast|border|hospitals?|north\w*|south\w*|east\w*|west\w*)\b"
)
_IN_A = re.compile(r"\b(?:in|at|near|on)\s+an?\s+([A-ZÀ-Þ]\w+)\s+[a-z]")
_CITY_OF = re.compile(
    rf"\b(?:city|town|village|port|island|suburb)\s+of\s+({_CAP}(?:\s+{_CAP}){{0,2}})"
)
_LABEL_PLACE = re.compile(rf"\W*({_CAP}(?:\s+(?:of\s+|and\s+)?{_CAP}){{0,4}})\s*[:–—|]\s")
_PLACE_NOUN = re.compile(
    r"\b(?:Province|Region|District|Area|County|State|Oblast|City|Island|Governorate|Department|Territory|North|South|East|West|Northern|Southern|Eastern|Western|Central)\b"
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
        name = re.sub(r"^(?:the\s+)?(?:whole|entire)\s+", "", name)
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
        if re.match(
            r"['’]s\b|\s+(?:forum|summit|conference|meeting|talks|press|newspaper|government|army|agreement|accords?)\b",
            sentence[match.end() :],
        ):
            continue
        yield Named(bare, start, start + len(name), f"place after {word}")
    for match in _PLACE_OWNER.finditer(sentence):
        if (
            match[1] in capitals()
            or match[1] in territories()
            or _PART_OF_PLACE.match(sentence, match.end())
        ):
            yield Named(match[1], match.start(1), match.end(1), "place of what is there")
    for match in _IN_A.finditer(sentence):
        if match[1] in capitals():
            yield Named(match[1], match.start(1), match.end(1), "place of what is there")
    for match in _CITY_OF.finditer(sentence):
        yield Named(match[1], match.start(1), match.end(1), "place after of")
    if label := _LABEL_PLACE.match(sentence):
        if not hits(label[1]) and (
            _PLACE_NOUN.search(label[1]) or label[1] in territories() or label[1] in capitals()
        ):
            yield Named(label[1], label.start(1), label.end(1), "label of the line")
    for match in _COMMON.finditer(sentence):
        group = 1 if match[1] else 2
        name = re.sub(r"^the\s+(?:whole\s+|entire\s+)?", "", match[group])
        yield Named(
            name, match.end(group) - len(name), match.end(group), "common place", "inferred"
        )


def place_of(
    mention: Mention, sentence: str, found: list[Named], numbers: list[int]
) -> Named | None:
    """Return the nearest place, one behind the number before one in front of it."""
    best, least = None, 1e9
    for one in found:
        behind = one.start >= mention.end
        span = (mention.end, one.start) if behind else (one.end, mention.start)
        gap = sentence[slice(*span)]
        breaks = len(re.findall(r"[;]|,\s(?:and|but|while)\b|\bwhile\b", gap))
        # A place behind the next number is that one's; one in front serves all that follow.
        others = sum(span[0] <= at < span[1] for at in numbers)
        cost = len(gap.split()) + 6 * breaks + (25 * others if behind else 3 + others)
        if cost < least:
            best, least = one, cost
    if (
        best
        and best.start >= mention.end
        and least >= 25
        and re.search(
            r"\bincluding\b|\bof\s+(?:them|whom)\b|\bamong\s+them\b|;",
            sentence[mention.end : best.start],
        )
    ):
        return None
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
            name = match[1].rstrip(".")
            best, least = Named(name, match.start(1), match.start(1) + len(name), "period"), cost
    return best
