"""Who is counted as a share or ratio, and of whom: who makes one up, who outnumbers whom."""

from __future__ import annotations

import re

from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.numbers.numerals import SMALL
from bakhmut.drafting.patterns.needing import Needing
from bakhmut.drafting.phrases import counted, kind_of, noun_phrase
from bakhmut.drafting.said.tallies import VERB
from bakhmut.drafting.scope.carried import HEDGING
from bakhmut.drafting.scope.sides import GENERIC, WHO, Named, of_phrase
from bakhmut.drafting.scope.wholes import MAKE_UP
from bakhmut.drafting.words import key, last, listed, measures, persons, window

_IS = re.compile(
    r"\s+(?:of\s+(?:them|these|those|whom)\s+(?:who\s+\w+\s+|killed\s+|wounded\s+|injured\s+)?|(?:of|in)\s+the\s+\w+\s+)?(?:(?:were|was|are|is)"
    r"\s+)(?:an?\s+|the\s+|those\s+of\s+)?(?=[A-Za-z])|\s+of\s+(?:them|these|whom)\s+(?:among\s+)?(?:an?\s+)?(?=[a-z])",
    re.I,
)


# "2,113 of the 6,100 people detained since August are women"
_IS_FAR = re.compile(
    r"\s+(?:out\s+)?of\s+(?:all\s+)?(?:the|its|their|those)\s+(?:[^,.;:]|(?<=\d),(?=\d)){3,70}?\s(?:were|was|are|is)\s+(?:an?\s+)?(?=[a-z])"
)
_AND_ONE = re.compile(r"\s+an?\s+(?=[a-z]+\b[^.;]{0,20}(?:[.;,]|$))")
_WERE = re.compile(r"\b(?:were|was|are|is)\s+(?:[a-z]+\s+){1,2}(?:and|,)[^.;]{0,12}$")


def is_what(mention: Mention, sentence: str, named: list[Named]) -> Named | None:
    """Return who they were: `3,760 were children`, `197 of them women`, `one in 12 is a child`."""
    match = _IS.match(sentence, mention.end)
    if (
        match
        and not noun_phrase(sentence, match.end() - 1)[2]
        and not _AGED.match(sentence, match.end())
    ):
        match = None  # "of those killed were women"
    if not match and _WERE.search(sentence, 0, mention.start):
        match = _AND_ONE.match(sentence, mention.end)  # "nine were soldiers and one a policeman"
    if not match and (far := _IS_FAR.match(sentence, mention.end)):
        start, end, head = noun_phrase(sentence, far.end() - 1)
        return of_phrase(sentence, start, end, head, named) if head and start == far.end() else None
    if not match:
        return None
    if aged := _AGED.match(sentence, match.end()):
        return Named(aged[0], *aged.span(), "how old they were", "inferred")
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
            return Named(sentence[start:end_], start, end_, "who they were", "inferred")
    if side := of_phrase(sentence, start, end, head, named):
        return side
    noun = kind_of(sentence[start:end]) == "soldiers" or (
        head.endswith("s")
        and head == head.lower()
        and head[-2:] not in ("us", "ss")
        and head not in GENERIC
    )
    return Named(sentence[start:end], start, end, "who they were", "inferred") if noun else None


_SMALL = "(?:" + "|".join(SMALL) + ")"
_AGED = re.compile(
    rf"(?:(?:aged?\s+)?(?:under|over|below|above|older\s+than|younger\s+than)\s+(?:\d+|{_SMALL})|"
    rf"(?:aged\s+)?(?:\d+|{_SMALL})\s+or\s+(?:older|over|younger|under))\b"
)
_OF_WHOM = re.compile(
    r"(?:^|[,;.]\s|\b(?:and|that|said)\s)((?:[\w’'-]+\s+){0,3}[\w’'-]+),\s+[^,.;]{0,30}$"
)


def whose_part(mention: Mention, sentence: str, named: list[Named]) -> Named | None:
    """Return those in front of "a quarter of whom": `ambulance crews, a quarter of whom`."""
    if mention.kind != "share" or not re.match(r"\s+of\s+whom\b", sentence[mention.end :]):
        return None
    match = _OF_WHOM.search(sentence, 0, mention.start)
    if match is None or re.search(r"\d", match[1]) or VERB.search(match[1]):
        return None  # "were arrested, the report says, a third of whom"
    name = re.sub(r"^(?:the|its|their|his|her|an?)\s+", "", match[1], flags=re.I)
    return Named(name, match.end(1) - len(name), match.end(1), "of whom", "inferred")


# "attackers numbering about 500", "the gendarmes, of whom there were between 30 and 40"
_NUMBERING = Needing(
    r"\b([A-Za-z-]+)(?:\s+(?:numbering|totalling)|,\s+(?:(?:who|which)\s+numbered|of\s+whom\s+there\s+were))\s+"
    rf"(?:perhaps\s+)?{HEDGING}$"
)


def numbering(mention: Mention, sentence: str) -> Named | None:
    """Return whose number stands behind what they are: "attackers numbering about 500"."""
    match = _NUMBERING.search(sentence, 0, mention.start)
    units = listed("units of a force") | listed("parties")
    if match is None or key(match[1]) in measures():
        return None  # "Casualties numbered 400"
    if kind_of(match[1]) not in ("soldiers", "group") and match[1] not in units:
        return None
    return Named(match[1], *match.span(1), "numbering", "inferred")


_PEOPLE_AGED = re.compile(rf"\b((?:[a-z]+\s+)?{_AGED.pattern})\s+$")
_TWO_WORDS = re.compile(r"(?:[a-z-]+\s+)?[A-Za-z]+")
# "volunteers make up 20 percent, convicts 17 and mobilised men 12"
_GAPPED = re.compile(r"(?:\band|,)\s+((?:[a-z-]+\s+)?[a-z]+s|(?:[a-z-]+\s+)?men)\s+$")
_ARE = re.compile(r"(?<=s)\s+(?:are|were)\s+(?:(?:about|some|nearly|over|more\s+than)\s+)?$")
_AND_FOR = Needing(r"(?:\band|,)\s+((?:[a-z-]+\s+)?[a-z-]+)\s+for\s+(?:\w+\s+){0,2}$")
_APPOSED = re.compile(r",\s[^,.;]{3,60},\s*$")


_OF_N = re.compile(r"\w\s+(?:out\s+)?of\s+(?:(?:the|all|its|their)\s+)*$")
_FOE = re.compile(r"\s+of\s+(?:ours|theirs|the\s+(?:enemy|attackers|defenders))\b")
_AND_SHARE = re.compile(r"\d[\d.]*\s?(?:%|per\s?cent)\s+of\s+[^,.;\d]{3,40}(?:\band|,)\s+$")


def makes_up(mention: Mention, sentence: str, named: list[Named]) -> Named | None:
    """Return who makes up a share: `children make up 40 per cent of those killed`."""
    if _OF_N.search(window(sentence, mention.start)) or _FOE.match(sentence, mention.end):
        return None  # "for 40 of the 212 dead", "for 14 of the enemy"
    also = last(_AND_FOR, sentence, (max(0, mention.start - 40), mention.start))
    where = also and also[1].split()[-1] in listed("common places")
    if also and not where and MAKE_UP.before(sentence, also.start()):
        side = of_phrase(sentence, *also.span(1), also[1].split()[-1], named)  # "and men for 83"
        return side or Named(also[1], *also.span(1), "who makes up", "inferred")
    also = _GAPPED.search(sentence, max(0, mention.start - 40), mention.start)
    if also and MAKE_UP.before(sentence, also.start(), 60):
        return Named(also[1], *also.span(1), "who makes up", "inferred")
    second = _AND_SHARE.search(sentence, 0, mention.start)  # "of the wounded and 9 per cent of the"
    until = second.start() if second else mention.start
    before = sentence[max(0, until - 60) : until]
    match = MAKE_UP.before(sentence, until, 60) or (mention.kind == "share" and _ARE.search(before))
    if not match:
        return None
    at = max(0, until - 60) + match.start()
    if aged := last(_PEOPLE_AGED, sentence, (max(0, at - 60), at)):
        return Named(aged[1], *aged.span(1), "how old they were", "inferred")
    if aside := _APPOSED.search(sentence, max(0, at - 90), at):
        at = aside.start()  # "Indigenous people, 11 per cent of the population, account for"
    off = max(0, at - 60)
    comma = sentence.rfind(", ", off, at)
    if comma >= 0 and " and " not in sentence[comma:at]:
        off = comma  # "if all were fighters, civilians make up"
    words = list(re.finditer(r"[\w’'-]+", sentence[off:at]))[-1 if match.re is _ARE else -4 :]
    spoke = [n for n, word in enumerate(words) if word[0] in listed("verbs of speaking")]
    for n in range(spoke[-1] + 1 if spoke else 0, len(words)):
        start = off + words[n].start()
        for final in reversed(words[n:]):
            phrase = sentence[start : off + final.end()]
            if side := of_phrase(sentence, start, off + final.end(), final[0], named):
                return side
            if kind_of(phrase) == "soldiers" and _TWO_WORDS.fullmatch(phrase):
                return Named(phrase, start, off + final.end(), "who makes up", "inferred")
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
    if mention.rule == "n in m" and mention.below and mention.below[1] <= mention.end:
        many = head if head.endswith("s") else f"{head}s"  # "one prisoner in nine"
        known = (head in GENERIC or many in GENERIC) and many not in WHO
        name = sentence[start : end - len(head)] + many
        return None if known else Named(name, start, end, "noun of the whole", "inferred")
    plain = key(sentence[start:end])
    if plain == "members" and _ITS.search(sentence, 0, start):
        return Named(plain, start, end, "noun of the whole", "inferred")
    if (
        plain in GENERIC
        or key(head) in GENERIC | measures().keys()
        or not head.lower().endswith("s")
        or head[0].isupper()
    ):
        return None
    return Named(sentence[start:end], start, end, "noun of the whole", "inferred")


_ITS = re.compile(r"\b(?:its|their)\s+$")
_WHICH = re.compile(
    r"\b((?:[A-Z][\w’-]+\s+){0,4}[A-Z][\w’-]+|[a-z]+s|army|force|garrison|side),?\s+"
    r"(?:which|who|that)\s+(?:(?:had|is|are|was|were)\s+)?$"
)
_WHO_OUTNUMBER = re.compile(
    r"(?:\b(?:the|our|their|his|its)\s+|(?:^|[,;]\s)(?:and\s+)?)((?:[a-z-]+\s+)?[a-z]*(?:s|men))\s+(?:\w+\s+)?$",
    re.I,
)
_OUTNUMBER = Needing(r"\boutnumber(?:ed|s|ing)?\b", re.I)


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
    if relative := _WHICH.search(head):  # "the Free Highlands Front, which outnumbered"
        first = Named(relative[1], *relative.span(1), "who outnumbers")
    if first is None and (words := _WHO_OUTNUMBER.search(head)):
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


_LIKELY = re.compile(
    r"\b([A-Za-z][\w’-]*(?:\s+[a-z]+)?)\s+(?:is|are|was|were)\s+(?:[a-z]+\s+){0,2}$", re.I
)
_THAN = re.compile(r"[^.;]{0,70}?\bthan\s+(?:the\s+)?(?:among\s+)?([a-z]+)\b")
_MORE_OF = re.compile(r"\s*(?:more\s+|fewer\s+)?([a-z]+)\s+than\s+([a-z]+)\b")


def more_likely(mention: Mention, sentence: str) -> tuple[Named | None, Named | None]:
    """Return who are set against whom: "women were 15 per cent more likely to die than men"."""
    if mention.rule not in ("more or fewer", "times", "factor"):
        return None, None
    of = _MORE_OF.match(sentence, mention.end)  # "63 per cent more women than men"
    if of and persons().get(of[1]) == persons().get(of[2]) == "group":
        return _against(of, 1), _against(of, 2)
    who = _LIKELY.search(sentence, max(0, mention.start - 60), mention.start)
    if who is None or not re.search(r"\blikely\b", sentence[mention.start : mention.end + 20]):
        return None, None
    than = _THAN.match(sentence, mention.end)
    return _against(who, 1), _against(than, 1) if than else None


def _against(match: re.Match[str], group: int) -> Named:
    return Named(match[group], *match.span(group), "more than others", "inferred")


_SHARE_OF = Needing(
    r"\b(?:share|proportion|percentage|fraction|number|toll|rate|incidence|figures?|entry|estimates?)\s+(?:of|among|for)"
    r"\s+(?:the\s+)?(?:(?:injured|wounded|dead|missing|infected|killed|displaced|identified|confirmed)\s+){0,2}(?=[A-Za-z])",
    re.I,
)


_NUMBER_AFTER = re.compile(r"(?:\s\(\d+\))?\s+the\s+(?:total\s+)?number\s+of\s")


_BESIDE = re.compile(
    rf"\b(?:against|versus|compared\s+(?:with|to)|and|but|to|shows?|showed|gives?|gave|lists?)\s+{HEDGING}$"
)


def number_of(mention: Mention, sentence: str, named: list[Named]) -> Named | None:
    """Return who is counted in "the share of striking teachers at 60 %"."""
    than = sentence.startswith(" for ", mention.end) and _BESIDE.search(sentence, 0, mention.start)
    if than and (own := [one for one in named if one.start == mention.end + 5]):
        return own[0]  # "against 100,000 for Ukraine"
    match = last(_SHARE_OF, sentence, (max(0, mention.start - 90), mention.start))
    if after := _NUMBER_AFTER.match(sentence, mention.end):  # "to seventy the number of assailants"
        start, end, head = noun_phrase(sentence, after.end() - 1)
        own = of_phrase(sentence, start, end, head, named) if head else None
        armed = head == "men" or kind_of(sentence[start:end]) in ("soldiers", "group")
        return own or (Named(sentence[start:end], start, end, "number of") if armed else None)
    if match is None:
        return None
    start, end, head = noun_phrase(sentence, match.end() - 1)
    return of_phrase(sentence, start, end, head, named) if head and end <= mention.start else None


_OF_THESE = re.compile(
    r"\bof\s+(?:the|its|their|his|her|these|those|all)\s+(?:[\w’']+['’]s?\s+)?(?=[a-z])", re.I
)


_OF_NAME = re.compile(
    r"\bOf\s+the\s+((?:[A-Z][\w’-]+\s+){0,3}[A-Z][\w’-]+s),\s+(?:who|which)\b[^.;]*$"
)
_WORDS = r",?\s+(?:(?!that\b|down\b|up\b|from\b|against\b|than\b)[a-z]+\s+){0,3}"
_NOBODY = listed("wholes of nobody")


# "Among the former detainees who spoke to us, 61 described beatings"
_AMONG = re.compile(
    r"(?:^\W*|[.;:]\s+(?:(?:and|but)\s+)?)(?:[Aa]mong(?:st)?|[Oo]f)\s+(?:(?:the|its|their|those)\s+)?"
    r"(?:\d[\d,]*\s+)?((?!\d)(?:[\w’'-]+\s+){0,2}?(?:[a-z]+s|[a-z]*men|children|police|staff|crew))"
    r"(?:\s+(?:who|that|at|in|on|of|from|aboard|with|[a-z]+ed)\b[^,.;\d]{0,60})?,\s+"
    + HEDGING
    + "$"
)


def among(mention: Mention, sentence: str, named: list[Named]) -> Named | None:
    """Return those in front of a bare number: "among the gunmen, six were killed"."""
    match = _AMONG.search(sentence, 0, mention.start)
    if match is None or counted(sentence, mention)[2]:
        return None
    head = match[1].split()[-1]
    if head in _NOBODY or kind_of(match[1]) not in ("soldiers", "group"):
        return None
    whose = of_phrase(sentence, *match.span(1), head, named)
    return whose or Named(match[1], *match.span(1), "among whom", "inferred")


def of_which(mention: Mention, sentence: str, named: list[Named]) -> Named | None:
    """Return the whole in front: "of the city's hospitals, half are out of service"."""
    if named_one := _OF_NAME.search(sentence, 0, mention.start):  # "Of the Fusiliers, who had 812"
        return Named(named_one[1], *named_one.span(1), "name of the whole", "inferred")
    for match in _OF_THESE.finditer(sentence, max(0, mention.start - 60), mention.start):
        start, end, head = noun_phrase(sentence, match.end() - 1)
        if (
            head
            and head.lower() not in measures()
            and head.lower() not in _NOBODY
            and (head.endswith("s") or head[0].isupper() or kind_of(sentence[start:end]))
            and start == match.end()
            and (head.lower() not in listed("common places") or sentence[end] == ",")
            and re.fullmatch(_WORDS, sentence[end : mention.start])
            and measures().keys().isdisjoint(sentence[end : mention.start].split())
        ):
            return of_phrase(sentence, start, end, head, named) or Named(
                sentence[start:end], start, end, "noun of the whole", "inferred"
            )
    return None
