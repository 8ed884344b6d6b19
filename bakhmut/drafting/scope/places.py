"""Where and when: the place and the period of a figure, by the words of its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bakhmut.drafting.numbers.masked import MONTHS, Mention
from bakhmut.drafting.scope.hits import hits
from bakhmut.drafting.scope.sides import Named
from bakhmut.drafting.words import capitals, peoples, territories

_CAP = r"[A-ZÀ-Þ][\w’'-]*"


_PLACE = re.compile(
    rf"\b(?:(?i:in|into|at|near|around|off|from|outside|across|throughout|on|inside|over|of)|"
    rf"(?:battle|fight|siege|struggle|bloodbath|battles|fighting)\s+(?:for|of))"
    rf"\s+((?:the\s+)?(?:(?:northern\s+|southern\s+|eastern\s+|western\s+|central\s+|coastal\s+)?(?:town|city|village|region|province|district|area|port|island|"
    rf"suburb|state|country)\s+of\s+)?"
    rf"(?:(?:northern|southern|eastern|western|central|north-?eastern|north-?western|"
    rf"south-?eastern|south-?western|whole|entire|neighbouring|besieged|occupied|nearby)\s+)*"
    rf"{_CAP}(?:\s+(?:(?:of|and|el|al|de|la)\s+)?{_CAP}){{0,3}}(?:\s+(?:province|region|"
    rf"district|county|front|oblast|camp|road|prefecture|state|area|city|strip|route|bridge|"
    rf"peninsula|valley|hospital|sea|direction|sector|axis))?)"
)


_COMMON = re.compile(
    r"\b(?:in|at|across|throughout|around|on|along|defending|attacking|storming|shelling|"
    r"besieging|holding|defended|attacked)\s+((?:the\s+)(?:whole\s+|entire\s+)?(?:city|town|"
    r"capital|country|village|region|province|district|area|state|front|island|camp|theatre|"
    r"territory|enclave|north|south|east|west|port|sea|"
    r"world|strip|valley|route|central\s+route|suburbs?|peninsula)|sea)\b(?!\s+of|['’]s)|"
    r"\b(elsewhere|nationwide|worldwide)\b",
    re.I,
)


_PLACE_OWNER = re.compile(
    r"\b(?i:in|at|near|through|outside|around|across|on)\s+([A-ZÀ-Þ][\w-]+)['’]s\s+"
)


_PART_OF_PLACE = re.compile(
    r"(?:\w+\s+)?(?:port|airport|centre|center|outskirts|suburbs?|streets|station|harbour|"
    r"market|stadium|old\s+town|capital|coast|border|hospitals?|north\w*|south\w*|east\w*|"
    r"west\w*)\b"
)


_IN_A = re.compile(r"\b(?:in|at|near|on)\s+an?\s+([A-ZÀ-Þ]\w+)\s+[a-z]")


_CITY_OF = re.compile(
    rf"\b(?:city|town|village|port|island|suburb)\s+of\s+({_CAP}(?:\s+{_CAP}){{0,2}})"
)


_LABEL_PLACE = re.compile(rf"\W*({_CAP}(?:\s+(?:of\s+|and\s+)?{_CAP}){{0,4}})\s*[:–—|]\s")


_PLACE_NOUN = re.compile(
    r"\b(?:Province|Region|District|Area|County|State|Oblast|City|Island|Governorate|"
    r"Department|Territory|North|South|East|West|Northern|Southern|Eastern|Western|Central)\b"
)


_NOT_PLACE = re.compile(
    rf"^(?:{MONTHS}|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun|Easter|Christmas|New\s+Year|Ramadan|"
    rf"The|It|He|She|They|This|That|There|We|GMT|I|Article|Covid|World\s+War|Day|Operation)"
    rf"(?:day)?\b|^\d"
)


_PERSONAL = re.compile(r"\b(?:of|from)\s+$")


def places(sentence: str, speakers: list[tuple[int, int]]) -> Iterator[Named]:
    """Yield the places named in a sentence, in order: `in Bakhmut`, `in the capital`."""
    for match in _PLACE.finditer(sentence):
        name = re.sub(
            r"^the\s+(?=(?:town|city|village|region|province|district|area|port|island|suburb|"
            r"state|country)\s+of)",
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
            or re.search(
                r"\b(?:front|route|road|island|river|sea|border|bridge|peninsula|ridge|beach|"
                r"coast)\b",
                bare,
                re.I,
            )
        ):
            continue
        if bare.isupper() and len(bare) <= 6 and bare not in ("UK", "US", "USA", "DRC", "UAE"):
            continue
        if re.match(
            r"['’]s\b|\s+(?:forum|summit|conference|meeting|talks|press|newspaper|government|"
            r"army|agreement|accords?)\b",
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
    if (
        (label := _LABEL_PLACE.match(sentence))
        and not hits(label[1])
        and (_PLACE_NOUN.search(label[1]) or label[1] in territories() or label[1] in capitals())
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


_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"


_DATE = (
    rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{MONTHS}(?:\s+\d{{1,2}}(?:st|nd|rd|"
    rf"th)?)?(?:,?\s+\d{{4}})?|\d{{4}}(?:-\d\d(?:-\d\d)?)?)"
)


_UNIT = (
    r"(?:hours?|days?|weeks?|months?|years?|decades?|fortnight|weekend|night|morning|"
    r"evening|afternoon|spring|summer|autumn|winter|century)"
)


_PERIOD = re.compile(
    rf"\b((?:since|until|by|as\s+of)\s+(?:the\s+(?:start|beginning|outbreak)"
    rf"\s+of\s+[\w’' -]{{2,60}}?(?=[,.;]|\s+(?:to|at|was|were|on\s+[A-Z])\b|$)"
    rf"(?:\s+on\s+{_DATE})?|(?:the\s+)?(?:conflict|war|invasion|uprising|outbreak)"
    rf"\s+began(?:\s+on\s+{_DATE})?|{_DATE}|last\s+\w+)"
    rf"|between\s+{_DATE}\s+and\s+{_DATE}|from\s+{_DATE}\s+to\s+{_DATE}|"
    rf"\d{{1,2}}\s*[-–]\s*\d{{1,2}}\s+{MONTHS}"
    rf"|(?:in|over|within|during|for|under)\s+(?:just\s+|only\s+|under\s+|less\s+than\s+|"
    rf"about\s+|the\s+)*(?:(?:past|last|first|previous|same|next|second|final|whole)"
    rf"\s+)?(?:half\s+of\s+the\s+year|(?:[a-z0-9]+\s+){{0,2}}{_UNIT})"
    rf"\b(?:\s+of\s+(?:the\s+)?[\w-]+)?"
    rf"|in\s+the\s+same\s+(?:period|time)|(?:on|last|this)\s+{_DAY}(?:\s+(?:morning|night|"
    rf"evening))?|(?:in|on|during)\s+{_DATE}|yesterday|today|overnight|last\s+(?:night|week|"
    rf"month|year)|this\s+(?:week|month|year|morning)|so\s+far\s+this\s+year)(?!\w)"
)


_WHEN_SAID = re.compile(
    r"\s*(?:in\s+(?:a|an|its|his|her|their|the)\s+(?:[\w-]+\s+){1,5}|reporters\s+|"
    r"the\s+\w+\s+|[A-Z]\w+\s+)?",
    re.I,
)


def period_of(mention: Mention, sentence: str, speakers: list[tuple[int, int]]) -> Named | None:
    """Return the nearest stretch of time in a sentence, as worded, but not when somebody spoke."""
    best, least = None, 25
    for match in _PERIOD.finditer(sentence):
        if any(
            b <= match.start() <= b + 60 and _WHEN_SAID.fullmatch(sentence[b : match.start()])
            for _, b in speakers
        ):
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
