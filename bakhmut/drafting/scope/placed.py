"""Which place is a number's: the nearest, in a list each number's own, and how sure that is."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.patterns.needing import Needing
from bakhmut.drafting.scope.hits import hits
from bakhmut.drafting.scope.places import CAP, HEADS, LABEL, NAMES, NOT_PLACE, is_people, places
from bakhmut.drafting.scope.sides import Named
from bakhmut.drafting.words import SENTENCES, capitals, last, listed, peoples, territories, window

# "followed by Kenya with 1,350", "Guinea with 2,544 dead"
_WITH = Needing(
    rf"(?:[,;]\s|\b(?:followed\s+by|by|and|then|of)\s|^)({CAP}(?:\s+{CAP}){{0,2}}),?\s+(?:with|at)\s+(?:about\s+|some\s+|over\s+)?$"
)
_RESPECTIVELY = re.compile(r"[^.;]{0,60}?\brespectively\b")
_PUTS = re.compile(r"\b(?:puts?|estimates?|reckons?)\b[^.;]*\bat\b[^.;]*\sat\s+$")
_ONE_NAME = rf"{CAP}(?:\s+{CAP})?"
_LISTED = re.compile(rf"\b({_ONE_NAME}(?:,\s+{_ONE_NAME})*,?\s+and\s+{_ONE_NAME})")


def in_turn(mention: Mention, sentence: str, numbers: list[int]) -> Named | None:
    """Return the name of a number in "Blantyre and Mangochi, with 412 and 255 respectively"."""
    if "respectively" not in sentence or not _RESPECTIVELY.match(sentence, mention.end):
        return None
    group = last(_LISTED, sentence, (0, mention.start))
    if group is None:
        return None
    names = re.split(r",\s+(?:and\s+)?|\s+and\s+", group[1])
    turn = sum(group.end() <= at < mention.start for at in numbers)
    behind = sum(group.end() <= at for at in numbers)
    if behind < len(names) or turn < behind - len(names):
        return None
    name = names[turn - (behind - len(names))]
    start = group.start(1) + group[1].find(name)
    return Named(name, start, start + len(name), "in the order of a list", "inferred")


_ASIDE = re.compile(
    r",\s(?:including|among\s+them|[\w-]+\s+of\s+(?:them|whom))\s[^,;.]{1,60}(?:,|(?=\s(?:were|was|have|had|died)\b))"
)
_FROM = re.compile(rf"\s+(?:from|to)\s+({NAMES}(?:\s+(?:{HEADS}|municipality))?)")


# "in Aden (34), Ibb (20)", "Norra 12, Tarsk nine and Velm four"
_BRACKETED = re.compile(rf"\b({CAP}(?:\s+{CAP}){{0,2}})\s\($")
_BARE = re.compile(rf"(?:[,:;]\s|\band\s)({CAP}(?:\s+{CAP}){{0,1}})\s$")
# "The north accounted for 30 of the deaths, the capital for 12"
_FOR = re.compile(
    rf"(?:,|\band)\s+(?:the\s+)?((?:[a-z]+\s+)?(?:{HEADS})|{CAP}(?:\s{CAP})?)\s+for\s$"
)
_ACCOUNTED = re.compile(r"\baccount(?:s|ed)?\s+for\b")
# "They are followed by South Sudan (34) and Lebanon (20)"
_COMPARES = re.compile(r"\b(?:followed\s+by|most\s+in|highest\s+in|worst\s+in|deadliest)\b")
_CLOSED = re.compile(r"\s*(?:[,.;]|(?:and|since|this|last|in\s+\d|by)\b|$)")


def _of_list(mention: Mention, sentence: str, *, reported: bool) -> Named | None:
    """Return the place in a list of places with a number each."""
    before = window(sentence, mention.start, 60)

    def named(match: re.Match[str], rule: str) -> Named:
        start = mention.start - len(before) + match.start(1)
        return Named(match[1], start, start + len(match[1]), rule, "inferred")

    match = _WITH.before(sentence, mention.start, 60)
    known = match and (reported or match[1] in territories() or "followed by" in match[0])
    if match and known and not _PUTS.search(sentence, 0, mention.start):
        return named(match, "place with a number")
    if match := _FOR.search(before) if reported and _ACCOUNTED.search(before) else None:
        pass  # "accounted for 30 of the deaths, the capital for 12"
    elif sentence.startswith(")", mention.end):
        match = _BRACKETED.search(before)
        if match and match[1] in territories() and _COMPARES.search(before):
            return named(match, "place in a list")
    elif _CLOSED.match(sentence, mention.end):
        match = _BARE.search(before)
    if (
        match is None
        or (match[1] in peoples() and not (reported and match[1] in territories()))
        or NOT_PLACE.match(match[1])
        or hits(match[1])
        or any(one[0] < mention.start - len(before) + match.end(1) for one in mention.marks)
    ):
        return None  # the last: "A: About 40"
    return named(match, "place in a list")


def place_of(
    mention: Mention, sentence: str, found: list[Named], numbers: list[int]
) -> Named | None:
    """Return the nearest place, one behind the number before one in front of it."""
    best, least, best_sure = None, 1e9, ""
    turns = in_reports(sentence)
    if turns and mention.start == turns.start(2):
        return Named(turns[1], *turns.span(1), "who reports", "inferred")
    if bare := _FROM.match(sentence, mention.end):  # "131 from Valdoro, eleven from Pietrasca"
        return Named(bare[1], *bare.span(1), "place after from")
    reported = any(one.rule == "who reports" for one in found)
    if own := _of_list(mention, sentence, reported=reported):
        return own
    one = in_turn(mention, sentence, numbers)
    if one and one.name not in peoples() and not NOT_PLACE.match(one.name):
        return one
    for one in found:
        if _of_the_other(one, mention, sentence) or _NO_PLACE.search(one.name):
            continue
        if _HAD_LEFT.search(sentence, 0, one.start):
            continue  # "from a boat that had left Sfax in Tunisia": where it came from
        if _THOSE_OF.search(sentence, max(0, one.start - 12), one.start):
            continue  # "those of Russia at 250,000": whose they are
        if one.rule in ("place that has", "place where") and one.start >= mention.end:
            continue  # it has the numbers behind it
        cost, sure = _weighed(one, mention, sentence, numbers)
        if cost < least:
            best, least, best_sure = one, cost, sure
    return best and replace(best, sure=best_sure)


_HAD_LEFT = re.compile(
    r"\b(?:that|which|who)\s+(?:had\s+|has\s+|have\s+)?(?:left|sailed|departed|set\s+(?:out|sail))\b[^,;.]*$"
)
_SAYS_MORE = re.compile(
    r",\s+and\s+(?:credited|blamed|praised|thanked|urged|asked|warned|accused|promised|announced|called|"
    r"said|told|added|attributed|pledged|ordered|demanded|invited)\s"
)


# "Ondo has reported 702, Edo 488 and Bauchi 305": nobody says so, these are where
_IN_TURN = re.compile(
    r"\W*(?:[A-Z][a-z]+\s+[a-z]+,\s)?([A-Z][\w’-]+(?:\s[A-Z][\w’-]+)?)\s+(?:ha[sd]\s+|have\s+)?(?:notified|reported|recorded|registered|confirmed|counted|logged|had)\s+"
    r"([\d,]*\d)((?:\s+[a-z]+){0,3})(?:,|\s+and)\s+[A-Z][\w’-]+(?:\s[A-Z][\w’-]+)?\s+\d[\d,]*(?:[,.;]|\s+and\s)"
)


def in_reports(sentence: str) -> re.Match[str] | None:
    """Return the first of several places that report: a country reports itself."""
    found = _IN_TURN.match(sentence)
    return None if found and found[3] and found[1] in territories() else found


_WHOLE_FIRST = re.compile(r"(?:\s+[a-z]+){0,3},\s")
_OF_THE = re.compile(r"(?:^\W*|[.;]\s)Of\s+(?:the\s+|its\s+|their\s+)?(?:[\w’'-]+['’]s?\s+)?$")


def _is_whole(mention: Mention, sentence: str) -> bool:
    """Whether a part of a number follows: "Of the 126 dead, 83 were found in Osk"."""
    whole = _WHOLE_FIRST.match(sentence, mention.end)
    return bool(whole and _OF_THE.search(sentence, 0, mention.start))


def _weighed(one: Named, mention: Mention, sentence: str, numbers: list[int]) -> tuple[float, str]:
    """Return how far a place is from a number, and how sure it is that the place is the number's.

    One behind the next number is that one's; one in front serves all that follow.
    """
    behind = one.start >= mention.end
    span = (mention.end, one.start) if behind else (one.end, mention.start)
    gap = sentence[slice(*span)]
    inside = [m.span() for m in (_ASIDE if behind else _BRACKETS).finditer(gap)]
    inside += [m.span() for m in _BRACKETS.finditer(gap)]
    between = [at - span[0] for at in numbers if span[0] <= at < span[1]]
    # "93 civilians, including 15 children, were killed in", "32 (7%) in"
    if behind and between and _WENT_TO.search(gap):
        return 1e9, "read"  # "30 are missing and over 2,000 had fled to Daudu"
    if behind and _is_whole(mention, sentence):
        return 1e9, "read"  # "Of the 126 dead, 83 were found in Osk": where the part was
    if behind and _SAYS_MORE.search(gap):
        return 1e9, "read"  # "stood at 27 per cent, and credited a new unit in Owo"
    if behind and _NEXT.search(gap):
        return 1e9, "read"  # "four in ten perished; in London it was one in five"
    if not behind and _ANOTHER_THING.search(gap):
        return 1e9, "read"
    others = sum(not any(start <= at < end for start, end in inside) for at in between)
    if behind and others and _PART_OF.search(_ASIDE.sub("", gap)):
        return 1e9, "read"  # "156 deaths, of which 71 took place in": the place of the part
    words, breaks = len(gap.split()), len(_BREAKS.findall(gap))
    cost = words + 6 * breaks + (25 * (others + gap.count(";")) if behind else 3 + others)
    cost += _FAINT.get(one.rule, 0)
    owned = any(0 < one.start - at < 40 for at in numbers) and len(between) == 0
    if not behind and owned and _IN_LIST.fullmatch(gap):
        cost += 8  # "four in Norra and one, a boy of 7, in Tarsk": each number has its own
    near = (
        one.sure == "read"
        and one.rule != "place after left"
        and not (behind and others)
        and not breaks
        and words <= _NEAR
    )
    return cost, "read" if near else "inferred"


_THOSE_OF = re.compile(r"\bth(?:ose|at)\s+of\s+(?:the\s+)?$")
# "died in Bomber Command": a body that one is in.
_NO_PLACE = re.compile(
    r"^world$|\s(?:Command|Corps|Army|Navy|Force|Forces|Guard|Brigade|Division|Battalion|Regiment|Squadron|"
    r"Agency|Ministry|Party|Association|Committee|Commission)$"
)
_NEAR = 8
_WENT_TO = re.compile(
    r"\b(?:fled|gone|went|moved|taken|rushed|brought|sent|evacuated|displaced|escaped|crossed)\s+(?:\w+\s+)?(?:to|into)\b"
)
_NEXT = re.compile(r";\s+in\s+$|,\s+and\s+in\s+(?:the\s+)?$")
_ANOTHER_THING = re.compile(r"\b(?:though|although)\b")  # what is told now is of something else
_BREAKS = re.compile(
    r";|,\s(?:and|but|while)\b|\band\s+(?:sent|caused|triggered|forced|left|cut)\b|"
    r"\bwhile\b|\bwhich\b|\bwhom\b"
)
_BRACKETS = re.compile(r"\([^()]*\)")
_IN_LIST = re.compile(r",?\s+(?:and\s+)?(?:(?:the|a|remaining|other|another|further)\s+)*")
_PART_OF = re.compile(
    r"[;:]\s|\bincluding\b|\bof\s+(?:them|whom|which|these|those)\b|\bamong\s+them\b|"
    r"\bwith\s+\w+\s+each\b"
)
# Where the words of a place are less than a name behind a preposition.
_FAINT = {
    "common place after a": 5, "country of what happened": 4, "common place after of": 4,
    "who reports": 3,
}  # fmt: skip


# "twice as many men as the RSF at Wad Harun": both were there.
_AT_BOTH = re.compile(
    rf"\W*(?:[a-z]+\s+)?(?:(?:as|than)\s+)?(?:the\s+)?{CAP}(?:\s+{CAP})*\s+(?:at|near)\s+"
)


def _of_the_other(one: Named, mention: Mention, sentence: str) -> bool:
    """Whether a place is that of the figure compared with: "six times that of the Upper Town"."""
    if mention.kind != "ratio" or not mention.below or not mention.rule.startswith(("times", "as")):
        return False
    start = mention.below[0]
    near = start - 3 <= one.start and len(sentence[start : one.start].split()) < 6
    return near and not _AT_BOTH.fullmatch(sentence, start, one.start)


_WHO_SPEAK = listed("those who speak")
# "Situation by district:" heads lines of a place each.
_BY_PLACE = re.compile(
    r"\b(?:by|per|(?:from|in|of)\s+each)\s+(?:affected\s+)?(?:district|province|region|state|county|governorate|oblast|town|city|village|"
    r"municipality|department|area|country|camp|commune|parish)\b",
    re.I,
)


@lru_cache(maxsize=8)
def _by_place(text: str) -> bool:
    return _BY_PLACE.search(text) is not None


def _told_of(name: str, text: str) -> bool:
    """Whether a text says of anything that it is at a place of a name."""
    return any(f" {before} {name}" in text for before in ("in", "near", "at", "around", "from"))


def heading(sentence: str, text: str) -> Named | None:
    """Return the place a line is headed with, where its text names it as one: `Moma: 17 dead`."""
    label = LABEL.match(sentence)
    if not label or hits(label[1]) or NOT_PLACE.match(label[1]) or is_people(label[1]):
        return None
    name = label[1]
    if not re.match(r"\D{0,40}\d", sentence[label.end() :]) or name.isupper():
        return None
    speaks = any(one.lower() in _WHO_SPEAK for one in name.split())
    if (speaks or not _by_place(text)) and not _told_of(name, text):
        return None
    return Named(name, *label.span(1), "label of the line", "inferred")


Span = tuple[int, int]


@lru_cache(maxsize=SENTENCES)
def places_of(sentence: str, speakers: tuple[Span, ...]) -> list[Named]:
    """Return the places of a sentence but for those of the ones who speak in it."""
    return [one for one in places(sentence) if not _of_speaker(one, sentence, speakers)]


def _of_speaker(one: Named, sentence: str, speakers: tuple[Span, ...]) -> bool:
    """Whether a place belongs to one who speaks: `the mayor of Velm`, `told reporters in Velm`."""
    spoken = _SPEAKING_IN.search(sentence, max(0, one.start - 60), one.start)
    body = one.name in capitals() or one.name.split()[-1].lower() in _THAT_SPEAK
    reports = one.rule in ("who reports", "place that has") and not body
    return bool(spoken) or (
        not reports and any(start <= one.start < end for start, end in speakers)
    )


_THAT_SPEAK = listed("bodies that speak") - {"hospital", "clinic", "infirmary", "morgue"}
_SPEAKING_IN = re.compile(
    r"\b(?:[Ss]peaking|told\s+(?:(?:an?|the)\s+)?(?:[a-z]+\s+)?(?:reporters|journalists|conference|briefing))"
    r"\s+(?:in|at|from|on|near)\s+(?:the\s+)?$"
)
