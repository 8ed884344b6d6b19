"""Where: the place of a figure, as its sentence words it.

A name behind a preposition (`in the town of Velm`), a common place with its article (`the northern
province`), a label, or the country that reports (`Guinea reported 14 cases`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bakhmut.drafting.numbers.masked import MONTHS, Mention
from bakhmut.drafting.scope.hits import hits
from bakhmut.drafting.scope.sides import Named
from bakhmut.drafting.words import capitals, listed, peoples, territories, window

_CAP = r"[A-ZÀ-Þ][\w’'-]*"
_NAMES = rf"{_CAP}(?:\s+(?:(?:of|and|el|al|de|la|upon)\s+)?{_CAP}){{0,3}}"
_HEADS = "|".join(sorted(listed("common places"), key=lambda one: (-len(one), one)))
_WHERE = r"(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west|centre|center)"
_SIDE_OF = rf"(?:{_WHERE}(?:ern)?|central|coastal|upper|lower|greater|inner|outer)"
_AT = (
    r"(?:in|into|at|near|around|off|reported\s+from|left|(?:attacks?|strikes?|raids?|assaults?|"
    r"offensive|shelling|bombing)\s+on|fled|fleeing|flee|from|outside|across|throughout|on|inside|along|within|beside|"
    rf"over|of|{_WHERE}\s+of|(?:battle|fight|siege|struggle|bloodbath|battles|fighting)\s+"
    r"(?:for|of))"
)
# "stormed the village": what is struck is where it happened.
_STRIKING = (
    r"(?:(?:defend|attack|storm|shell|besieg|hold|bomb|pound|hit|strik|rock|shak|batter|"
    r"devastat|flood|ravag|sweep|engulf|target|raid|bombard|reach|enter)(?:s|ed|es|ing|e|ting)?|struck|shook|"
    r"swept(?:\s+through)?|held|(?:captur|seiz|liberat|retak)(?:e|es|ed|ing)|retook)"
)
_TAKING = re.compile(
    r"(?:defend|storm|besieg|shell|pound|bombard|captur|seiz|liberat|retak|retook)", re.I
)
_HELD_BY = re.compile(r"['’]\s")
_PLACE = re.compile(
    rf"\b(?i:({_AT}|{_STRIKING}))\s+(?:all\s+of\s+)?((?:the\s+)?(?:(?:{_SIDE_OF}\s+)?(?:{_HEADS})\s+of\s+)?"
    rf"(?:(?:{_SIDE_OF}|whole|entire|neighbouring|besieged|occupied|nearby|rebel-held|"
    rf"government-held)\s+)*{_NAMES}(?:\s+(?:{_HEADS}))?)"
)
_COMMON = re.compile(
    rf"\b({_AT}|{_STRIKING})\s+((?:the|an?|its|that|our|my|their|his|her)\s+"
    rf"(?:(?!(?:and|or|of|in|at|to|with|who|for|from|first|last|same|next|past|other|two|three|four|"
    rf"five|during|after|before|under|by|on|while|when|between|against|since|until|as)\b|\w+['’]s\b)[a-z][\w’'-]*\s+){{0,3}}?(?:{_HEADS}))\b(?!\s+of\b|['’]s|\s+(?:{_HEADS})\b|\s+(?:office|agency|"
    rf"government|police|council|authorit\w+|minist\w+|chief|service|side|line|officials?)\b)",
    re.I,
)
_SO_MANY = re.compile(
    r"\b(?:in|at|across|of|throughout)\s+((?:[a-z]+|\d+)\s+(?:of\s+(?:the|its)\s+)?(?:\w+\s+)?"
    r"(?:ports|sites|hospitals|schools|prisons|clinics|districts|provinces|regions|states|villages|towns|cities|countries|counties|camps|"
    r"municipalities|departments|islands))\b"
)
_ADVERB = re.compile(
    r"\b((?<!and\s)elsewhere|nationwide|worldwide|countrywide|statewide|abroad|overseas|at\s+sea|"
    r"(?:across|around)\s+the\s+(?:world|globe)|globally)\b",
    re.I,
)
_OWNER = re.compile(
    rf"\b(?i:in|at|near|through|outside|around|across|on|off|along)\s+({_CAP})['’]s\s+"
    rf"(?:(?!(?:and|of|in)\b)[\w-]+\s+){{0,2}}?({_HEADS})\b"
)
_IN_NAMED = re.compile(rf"\b(?:in|at|near|outside|on)\s+({_CAP})['’]s\s+")
_CAMPAIGN = re.compile(
    r"(?:[\w-]+\s+){0,2}?(?:campaign|war|invasion|offensive|operation|attacks?|assault|strikes?)\b"
)
_IN_A = re.compile(r"\b(?:in|at|near|on|outside)\s+an?\s+([A-ZÀ-Þ]\w+)\s+[a-z]")
_CITY_OF = re.compile(
    rf"\b(?:city|town|village|port|island|suburb|region|province|district|camp|state|county|"
    rf"governorate|municipality|peninsula|republic|territory)\s+of\s+({_CAP}(?:\s+{_CAP}){{0,2}})"
)
_REPORTS = re.compile(
    rf"(?:^|[,;]\s(?:and\s|while\s|but\s)?|\s(?=the\s))((?:[Tt]he\s+(?:{_HEADS})|{_CAP}(?:\s+{_CAP}){{0,2}}))"
    r"\s+(?:has\s+|have\s+|had\s+)?(?:recorded|reported|registered|confirmed|saw|seen|counted|"
    r"logged|reports|records|buried)\s"
)
_LABEL = re.compile(rf"\W*({_CAP}(?:\s+(?:of\s+|and\s+)?{_CAP}){{0,4}})\s*[:–—|]\s")
_PLACE_NOUN = re.compile(
    r"\b(?:Province|Region|District|Area|County|State|Oblast|City|Island|Governorate|"
    r"Department|Territory|North|South|East|West|Northern|Southern|Eastern|Western|Central)\b"
)
_NOT_PLACE = re.compile(
    rf"^(?:{MONTHS}|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun|Easter|Christmas|New\s+Year|Ramadan|"
    rf"The|It|He|She|They|This|That|There|We|GMT|I|Article|Covid|World\s+War|Day|Operation|"
    rf"Telegram|Twitter|Facebook|Instagram|X$|Telegraph)(?:day)?\b|^\d"
)
_OF_SOMEBODY = re.compile(
    r"['’]s\b|\s+(?:forum|summit|conference|meeting|talks|press|newspaper|government|"
    r"army|agreement|accords?|police|ministry|officials?)\b"
)
_LAND = re.compile(
    r"\b(?:front|route|road|island|river|sea|border|bridge|peninsula|ridge|beach|coast|"
    r"capital|city|town|village|province|region|district|camp|country|roads?|ground|ports?)\b",
    re.I,
)
_SPOKEN_AT = re.compile(r"\s+(?:(?:reporters|journalists|the\s+\w+|a\s+\w+|\w+)\s+){0,3}", re.I)


def places(sentence: str, speakers: list[tuple[int, int]]) -> list[Named]:
    """Return the places named in a sentence: `Velm`, `northern province`, `nationwide`."""
    found = [*_named(sentence), *_possessed(sentence), *_common(sentence), *_labelled(sentence)]
    return [one for one in found if not _of_speaker(one, sentence, speakers)]


def _of_speaker(one: Named, sentence: str, speakers: list[tuple[int, int]]) -> bool:
    """Whether a place belongs to one who speaks: `the mayor of Velm`, `told reporters in Velm`."""
    return any(start <= one.start < end for start, end in speakers)


def _named(sentence: str) -> Iterator[Named]:
    for match in _PLACE.finditer(sentence):
        name = re.sub(rf"^the\s+(?=(?:{_SIDE_OF}\s+)?(?:{_HEADS})\s+of)", "", match[2])
        name = re.sub(r"^(?:town|city|village|port|island|suburb)\s+of\s+", "", name)
        name = re.sub(r"['’]s?$", "", name)
        name = re.sub(r"^(?:the\s+)?(?:whole|entire)\s+", "", name)
        bare = re.sub(r"^the\s+", "", name)
        start = match.start(2) + match[2].find(name)
        if _NOT_PLACE.match(bare) or _is_people(bare):
            continue
        weak = match[1].lower() in ("of", "from", "on", "over", "by", "towards", "toward")
        if weak and not (bare in territories() or _LAND.search(bare)):
            continue
        struck = not re.fullmatch(_AT, match[1], re.I)
        known = all(one in territories() or one in capitals() for one in bare.split(" and "))
        taken = _TAKING.match(match[1]) and " " not in bare  # "to capture Bakhmut"
        if struck and not (known or taken or _LAND.search(bare)):
            continue
        if match[2].endswith(("'s", "’s")) and _CAMPAIGN.match(sentence, match.end() + 1):
            continue  # "in Moscow's campaign to capture Bakhmut": whose
        if _HELD_BY.search(bare) or _CITY_OF.match(sentence, match.end() - len(bare.split()[-1])):
            continue  # "Hamas' Oct 7 attacks"; "the Ukrainian city of Bakhmut": Bakhmut
        if bare.isupper() and len(bare) <= 6 and bare not in ("UK", "US", "USA", "DRC", "UAE"):
            continue
        if not _OF_SOMEBODY.match(sentence, match.end()):
            yield Named(bare, start, start + len(name), f"place after {match[1].lower()}")


def _is_people(name: str) -> bool:
    """Whether a name is of a people or side, and of no place besides."""
    land = name in territories() or name in ("Gaza", "Karabakh", "Tigray")
    return name in peoples() and not land


def _possessed(sentence: str) -> Iterator[Named]:
    owned = "’s" in sentence or "'s" in sentence
    for match in _OWNER.finditer(sentence) if owned else ():
        yield Named(sentence[match.start(1) : match.end(2)], match.start(1), match.end(2),
                    "place of what is there")  # fmt: skip
    for match in _IN_NAMED.finditer(sentence) if owned else ():
        known = match[1] in capitals() or match[1] in territories()
        if known and not _CAMPAIGN.match(sentence, match.end()):
            yield Named(match[1], *match.span(1), "place of what is there")
    for match in _IN_A.finditer(sentence):
        if match[1] in capitals():
            yield Named(match[1], *match.span(1), "place of what is there")
    for match in _CITY_OF.finditer(sentence):
        yield Named(match[1], *match.span(1), "place after of")


def _common(sentence: str) -> Iterator[Named]:
    for match in _COMMON.finditer(sentence):
        at = match[1].lower()
        if at in ("of", "from", "over", "on", "off") and not _LAND.search(match[2]):
            continue
        name = re.sub(
            r"^(?:the|an?|its|that|our|my|their|his|her)\s+(?:whole\s+|entire\s+)?", "", match[2]
        )
        rule = "common place after of" if at == "of" else "common place"
        rule = "common place after a" if match[2][:2] in ("a ", "an") else rule
        yield Named(name, match.end(2) - len(name), match.end(2), rule, "inferred")
    for match in _SO_MANY.finditer(sentence):
        if not re.match(r"(?:the|its|other|these|those|their|all)\b", match[1]):
            yield Named(match[1], *match.span(1), "common place", "inferred")
    for match in _ADVERB.finditer(sentence):
        yield Named(match[1], *match.span(1), "common place", "inferred")


def _labelled(sentence: str) -> Iterator[Named]:
    label = _LABEL.match(sentence)
    if label and not hits(label[1]):
        name = label[1]
        if _PLACE_NOUN.search(name) or name in territories() or name in capitals():
            yield Named(name, *label.span(1), "label of the line")
    for match in _REPORTS.finditer(sentence):
        name = re.sub(r"^[Tt]he\s+", "", match[1])
        common = name != match[1]
        if common or name in territories() or name in capitals():
            yield Named(name, match.end(1) - len(name), match.end(1), "who reports", "inferred")


_ASIDE = re.compile(
    r",\s(?:including|among\s+them|[\w-]+\s+of\s+(?:them|whom))\s[^,;.]{1,60}(?:,|(?=\s(?:were|was|have|had|died)\b))"
)
_FROM = re.compile(rf"\s+from\s+({_NAMES}(?:\s+(?:{_HEADS}|municipality))?)")


# "in Aden (34), Ibb (20)", "Norra 12, Tarsk nine and Velm four"
_BRACKETED = re.compile(rf"\b({_CAP}(?:\s+{_CAP}){{0,2}})\s\($")
_BARE = re.compile(rf"(?:[,:;]\s|\band\s)({_CAP}(?:\s+{_CAP}){{0,1}})\s$")
_CLOSED = re.compile(r"\s*(?:[,.;]|and\b|$)")


def _of_list(mention: Mention, sentence: str) -> Named | None:
    """Return the place in a list of places with a number each."""
    before = window(sentence, mention.start, 60)
    match = None
    if sentence.startswith(")", mention.end):
        match = _BRACKETED.search(before)
    elif _CLOSED.match(sentence, mention.end):
        match = _BARE.search(before)
    if match is None or match[1] in peoples() or _NOT_PLACE.match(match[1]) or hits(match[1]):
        return None
    start = mention.start - len(before) + match.start(1)
    return Named(match[1], start, start + len(match[1]), "place in a list", "inferred")


_RESPECTIVELY = re.compile(r"[^.;]{0,60}?\brespectively\b")
_ONE_NAME = rf"{_CAP}(?:\s+{_CAP})?"
_LISTED = re.compile(rf"\b({_ONE_NAME}(?:,\s+{_ONE_NAME})*,?\s+and\s+{_ONE_NAME})")


def _in_turn(mention: Mention, sentence: str, numbers: list[int]) -> Named | None:
    """Return the place of a number in "Blantyre and Mangochi, with 412 and 255 respectively"."""
    if not _RESPECTIVELY.match(sentence, mention.end):
        return None
    listed_names = [*_LISTED.finditer(sentence, 0, mention.start)]
    if not listed_names:
        return None
    group = listed_names[-1]
    names = re.split(r",\s+(?:and\s+)?|\s+and\s+", group[1])
    turn = sum(group.end() <= at < mention.start for at in numbers)
    behind = sum(group.end() <= at for at in numbers)
    if behind < len(names) or turn < behind - len(names):
        return None
    name = names[turn - (behind - len(names))]
    if _is_people(name) or _NOT_PLACE.match(name):
        return None
    start = group.start(1) + group[1].find(name)
    return Named(name, start, start + len(name), "in the order of a list", "inferred")


def place_of(
    mention: Mention, sentence: str, found: list[Named], numbers: list[int]
) -> Named | None:
    """Return the nearest place, one behind the number before one in front of it."""
    best, least = None, 1e9
    if bare := _FROM.match(sentence, mention.end):  # "131 from Valdoro, eleven from Pietrasca"
        return Named(bare[1], *bare.span(1), "place after from")
    if own := _of_list(mention, sentence) or _in_turn(mention, sentence, numbers):
        return own
    for one in found:
        behind = one.start >= mention.end
        span = (mention.end, one.start) if behind else (one.end, mention.start)
        gap = sentence[slice(*span)]
        aside = _ASIDE.search(gap) if behind else None
        breaks = len(re.findall(r"[;]|,\s(?:and|but|while)\b|\bwhile\b", gap))
        # A place behind the next number is that one's; one in front serves all that follow.
        others = sum(span[0] <= at < span[1] for at in numbers)
        if aside:  # "93 civilians, including 15 children, were killed in"
            inside = (span[0] + aside.start(), span[0] + aside.end())
            others -= sum(inside[0] <= at < inside[1] for at in numbers)
        cost = len(gap.split()) + 6 * breaks + (25 * others if behind else 3 + others)
        cost += 5 * (one.rule == "common place after a")
        cost += 4 * (one.rule == "common place after of") + 3 * (one.rule == "who reports")
        if cost < least:
            best, least = one, cost
    if (
        best
        and best.start >= mention.end
        and least >= 25
        and re.search(
            r"\bincluding\b|\bof\s+(?:them|whom)\b|\bamong\s+them\b|[;:]\s",
            sentence[mention.end : best.start],
        )
    ):
        return None
    return best
