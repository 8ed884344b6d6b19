"""Whose count a sentence gives without a verb of speaking.

"A count by the firm Occurrence", "the coastguard's own tally is", "by the union's estimate".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from bakhmut.drafting.patterns.led import Led
from bakhmut.drafting.patterns.needing import Needing
from bakhmut.drafting.said.speakers import CAPITAL, NO_SPEAKER, PRONOUNS, SPEAKERS, Voice, clean
from bakhmut.drafting.words import (
    any_of,
    capitals,
    is_speaker,
    key,
    listed,
    peoples,
    persons,
    territories,
    tokens,
    window,
)

SAID = any_of("verbs of speaking")
VERB = re.compile(rf"\b(?:{SAID})\b")
SAYING = frozenset(verb.split()[0] for verb in listed("verbs of speaking"))
VERBS = Led(VERB, " ".join(SAYING))
STOPS = re.compile(
    r"\s*(?:(?<!\b(?:Col|Gen|Cpt|Cap|Rev|Sgt|Cdr|Adm|Maj|Hon))(?<!\b(?:Dr|Mr|Ms|Lt|St|Fr|Jr|Sr|Dr|Sr))(?<!\b(?:Prof|Capt|Comm|Supt|Insp))(?<!\bMrs)(?<!\b[A-Z])\.|[,;:!?()\"”“—–\[\]]|\s-\s|\b(?:who|which|that|and\s+(?:at|\d)|but|while|"
    r"in\s+(?:a|an|its|his|their|the)\s+(?:\w+\s+){0,2}(?:statement|report|update|bulletin|"
    r"interview|briefing|post|tweet|message|letter|address|telegram)|on\s+(?:Mon|Tues|Wednes|"
    r"Thurs|Fri|Satur|Sun)day|yesterday|today|earlier|late|last|released|published|as\s+of|"
    r"since|though|when|where|with|before|after|are|is|was|were|has|have|had|at)\b)"
)
DATED = (
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tues|Wednes|Thurs|Fri|"
    r"Satur|Sun)[a-z]*\b|New\s+Year\b|Christmas\b|Easter\b|Ramadan\b|(?i:yesterday|today|last|this|next|the\s+(?:previous|year|month|week|day))\b"
)
_COUNTS = re.compile(
    r"\b(?:count|tally|estimates?|study|survey|report|analysis|investigation|research|figures|"
    r"data|census|database|review|bulletin|statement|assessment|claims?|allegations?|assertions?|toll(?!\s+from)|post|"
    r"tweet|letter|dispatch|cable|list|log|register)(?:,?\s+(?:compiled|published|released|conducted|made|kept|"
    r"collected|given|issued|maintained|written|carried\s+out|put\s+out|commissioned))?\s+(?:by|from)\s+"
)


_LED = re.compile(r",\s+(?:(?:an?|the|its|new)\s+(?:[\w-]+\s+){0,2})?$")


def counts(sentence: str) -> Iterator[Voice]:
    """Yield "a count by the firm Occurrence", "data from the ministry"."""
    if tokens(sentence).isdisjoint(("by", "from")):
        return
    for match in _COUNTS.finditer(sentence):
        stop = STOPS.search(sentence, match.end())
        end = stop.start() if stop else len(sentence.rstrip(".!? "))
        verb = VERB.search(sentence, match.end(), end)
        name = clean(sentence[match.end() : verb.start() if verb else end])
        if (
            name
            and len(name.split()) <= 8
            and (re.search(CAPITAL, name) or is_speaker(name))
            and not re.match(DATED, name)
            and not re.search(r"\d", name)
        ):
            start = sentence.find(name, match.end())
            led = _LED.search(sentence, 0, match.start())  # "..., a study by the university found"
            closed = verb and re.match(r"\s*(?:,|[.!?\"”]*$)", sentence[verb.end() :])
            last = start + len(name)
            yield Voice(name, start, last, match.start(), last, "count by", bool(led and closed))


_NP = (
    r"(?:[Tt]he\s+|[Aa]n?\s+)?(?:[a-z-]+\s+){0,3}?"
    rf"(?:(?:[a-z]+\s+of\s+)?{CAPITAL}(?:\s+(?:(?:of|de|des|du|la)\s+)?(?:l['’])?{CAPITAL}){{0,3}}|[a-z]+)"
)
_TALLY = (
    r"(?:ledger|count|tally|(?:death\s+)?toll|figures?|names|list|estimates?|total|numbers?|records?|data|statement|report|"
    r"claim|version|communiqu[eé])"
)
_TALLIES = listed("words of a count")
_OWN_COUNTS = re.compile(
    rf"\b({_NP})['’]s?\s+(?:(?:own|first|latest|initial|official|later|last|published|current)\s+)*{_TALLY}(?:\s+(?:at\s+the\s+time|so\s+far|then|now|alone))?(?:\s+(?:is|was|are|"
    rf"were|stands?|stood|puts?|says?|said|had|has|gives?|gave|shows?|spoke|speaks|of|runs?|ran|to\s+have)\b|,(?=\s\d))|"
    rf"\b({_NP}(?:\s+(?:of|for|in|at)\s+(?:the\s+)?(?:{CAPITAL}(?:\s+{CAPITAL})*|[a-z]+\s+[a-z]+))?)\s+(?:has|have|had|keeps?|kept|"
    rf"offer(?:s|ed)?|gives?|gave)\s+(?:an?|its|their|his|her|the)\s+(?:[\w-]+\s+){{0,3}}?{_TALLY}\b"
)
# "Its files hold 150,000 deaths", "the union's register lists 40".
_FILES = re.compile(
    rf"\b(?:([Ii]ts|[Tt]heir|[Hh]is|[Hh]er)|({_NP})['’]s?)\s+(?:own\s+)?(?:files|database|register|records|archives?|books|lists?|ledger|"
    r"log|diary|notebooks?)\s+(?:holds?|held|contained|contains?|lists?|shows?|has|have|had|counts?|r[au]ns?\s+to|comes?\s+to|came\s+to|"
    r"reach(?:es|ed)|numbers?)\b"
)
_HIS = {"his": "he", "her": "she", "their": "they", "its": "it"}
_FILED = {
    "files", "database", "register", "records", "archive", "archives", "books", "list", "lists",
    "ledger", "log", "diary", "notebook", "notebooks",
}  # fmt: skip
_KEEPS = {
    "offered", "has", "have", "had", "keep", "keeps", "kept", "offer", "offers", "give", "gives",
    "gave",
}  # fmt: skip
# "Her own reckoning is", "on his figures"
_OF_PRONOUN = Needing(
    r"\b(?:(?P<by>[Bb]y|[Oo]n|[Ii]n)\s+)?(?P<of>[Hh]is|[Hh]er|[Tt]heir|[Ii]ts)\s+(?:own\s+|[a-z]+(?:-[a-z]+)?\s+)?"
    r"(?:reckoning|figures?|count|estimates?|tally|arithmetic|account|total|view|opinion)\b(?(by)|(?=(?:\s+(?:for|of|in)\s[^,.;:]{3,40}?)?\s+(?:is|was|comes?|came|puts?|stands?|stood)\b))"
    r"|\bOf\s+(?P<own>his|her|their)\s+(?=\d[\d,]*,\s)"
)
_BRINGS = re.compile(
    r"\b(?:brings|brought|takes|took|raises|raised)\s+(its|their)\s+(?:own\s+)?(?:count|tally|total|toll|estimate)\b"
)
_BY_OWN = re.compile(
    rf"\b(?:[Bb]y|[Oo]n|[Ii]n)\s+({_NP})['’]s?\s+(?:own\s+)?"
    r"(?:estimates?|count|reckoning|computation|calculations?|tally|account|figures?|view|opinion|telling|version)\b|"
    rf"\bby\s+(?:that|those)\s+of\s+({_NP})"
)


def own_counts(sentence: str) -> Iterator[Voice]:
    """Yield "the coastguard's own tally is", "by the union's estimate"."""
    said = tokens(sentence)
    for match in () if said.isdisjoint(_FILED) else _FILES.finditer(sentence):
        of = _HIS.get((match[1] or "").lower())
        name = of or clean(match[2])
        start = match.start(1 if of else 2) + (0 if of else match[2].find(name))
        if of or is_speaker(name) or re.search(CAPITAL, name):
            end = match.end(1) if of else start + len(name)
            yield Voice(name, start, end, match.start(), match.end(), "own count", False)
    for match in _OF_PRONOUN.finditer(sentence):
        group = "own" if match["own"] else "of"  # "Of her 81, fourteen were boys"
        of = _HIS[match[group].lower()]
        trailing = bool(match["by"]) and match.start() > 2
        yield Voice(of, *match.span(group), match.start(), match.end(), "own count", trailing)
    if _TALLIES.isdisjoint(said):
        return
    for match in _BRINGS.finditer(sentence):
        yield Voice(_HIS[match[1]], *match.span(1), *match.span(), "own count", False)
    owned = "'" in sentence or "’" in sentence or not _KEEPS.isdisjoint(said)
    for pattern, trailing in ((_OWN_COUNTS, False), (_BY_OWN, True)):
        for match in pattern.finditer(sentence) if owned or trailing else ():
            group = 1 if match[1] else 2
            name = re.sub(r"^[a-z]+ing\s+(?:the\s+|an?\s+)?", "", clean(match[group]))
            known = is_speaker(name) or re.search(CAPITAL, name)
            if NO_SPEAKER.search(name):
                continue  # "the official declined to give a number"
            if known and key(name) not in PRONOUNS and not re.match(DATED, name):
                start = match.start(group) + match[group].find(name)
                end = start + len(name)
                last = trailing and not _LEADS.match(sentence, match.end())
                yield Voice(name, start, end, match.start(), match.end(), "own count", last)


# "6,900 are missing since a war in which, by the paper's count, 1,960 have died"
_LEADS = re.compile(r",\s+(?:[a-z]+\s+){0,2}\d")
_ITS_NUMBER = re.compile(
    r"\b((?:[\w-]+\s+){0,2}[\w-]+)['’]s\s+"
    r"(?:(?:count|figure|toll|tally|total|estimate|number)\b[^.;,\d]{0,30},\s+)?(?=\d[\d,]*\s*(?:[.;)]|$))"
)


_SPEAKER_LAST = re.compile(rf"(?:{CAPITAL}\s+)*(?:[a-z]+\s+)?{SPEAKERS}$")


def possessed(sentence: str) -> Iterator[Voice]:
    """Yield whose a bare number is: "disputes the ministry's 29"."""
    owned = "’s" in sentence or "'s" in sentence
    for match in _ITS_NUMBER.finditer(sentence) if owned else ():
        spoke = _SPEAKER_LAST.search(match[1])
        if spoke:
            start = match.start(1) + spoke.start()
            name = clean(sentence[start : match.end(1)])
            start = sentence.index(name, start)
            end = start + len(name)
            yield Voice(name, start, end, start, end, "whose number", False)


_GAPPED = re.compile(
    r";\s+(?:and\s+|but\s+)?(?:the\s+|an?\s+|its\s+)?((?:[\w’'-]+\s+){0,3}?[\w’'-]+),\s+"
    r"(?:(?:about|some|around|at\s+least|more\s+than|up\s+to|nearly|only|just)\s+)*(?=\d)"
)

# "Paris put the number of its dead at 58, Berlin at 61": who else puts it.
_PUT_AT = Needing(
    r"\b(?:puts?|estimate[sd]?|reckon(?:s|ed)?)\s[^.;]{0,60}?\bat\s[^.;,]*?\d|"
    r"\b(?:speaks?|spoke|talks?|talked)\s+of(?=\s[^.;,]*?\d)"
)
_THE_OTHER = (
    r"(?:,|;|\band\b|\bbut\b|\bwhile\b)\s+((?:the\s+)?(?:[\w’'-]+\s+){0,3}?[\w’'-]+(?<!['’]s))\s+%s\s+"
    r"(?:(?:about|some|around|at|more\s+than|up\s+to|nearly|only|just|least)\s+)*(?=\d|[a-z]+(?:[.;,]|$))"
)
_THE_OTHER_AT, _THE_OTHER_OF = (re.compile(_THE_OTHER % word) for word in ("at", "of"))


# "from 1,400, the government's figure, to 10,000, that of the students"
_FIGURE_OF = re.compile(
    r"\d,\s+(?:(?:the\s+)?((?:[\w’-]+\s+){0,3}?[\w-]+)['’]s?\s+(?:own\s+)?(?:figure|count|estimate|tally|number|total)|"
    r"(?:that|the\s+\w+)\s+of\s+(?:the\s+)?((?:[\w’-]+\s+){0,3}?[\w’-]+))(?=\s*(?:[,;.)]|$))"
)
# "Police say 14, the hospital 22 and the families 31"
_SAYS_N = Led(
    re.compile(rf"(?:{SAID})\s+(?:(?:about|some|around|only|just|nearly)\s+)?\d[\d,]*"),
    " ".join(SAYING),
)
_THE_OTHER_N = re.compile(
    r"(?:,|;|\band\b|\bbut\b|\bwhile\b)\s+(?:and\s+|but\s+)?"
    r"((?:(?:the|its|their)\s+|(?=[A-Z]))(?:[\w’'-]+\s+){0,3}?[\w’'-]+|[a-z]+s)\s+"
    r"(?:(?:about|some|around|only|just|nearly|at\s+least)\s+)?(?=\d[\d,]*\s*(?:[.;,]|and\b|but\b|while\b|$)|a\s+(?:quarter|third|half)\b|half\s+a\b)"
)


# "A mechanic said he had seen five bodies; a nurse at the clinic that three had died"
_THAT = re.compile(
    r";\s+(?:and\s+|but\s+)?(?:the|an?|its|their)\s+((?:(?!said\b|says\b|put\b|had\b|has\b|was\b|were\b)[\w’'-]+\s+){1,7}?)that\s"
)


def _figures_of(sentence: str) -> Iterator[Voice]:
    """Yield whose a number is by what stands behind it, or beside one that another says."""
    said = _SAYS_N.search(sentence) if sentence.count(",") or " and " in sentence else None
    others = _THE_OTHER_N.finditer(sentence, said.end()) if said else ()
    for match in (*_FIGURE_OF.finditer(sentence), *others):
        group = match.lastindex or 1
        name = clean(match[group])
        known = is_speaker(name) or name in territories()
        if known or persons().get(key(name).split()[-1]) == "group":
            start = match.start(group) + match[group].find(name)
            end = start + len(name)
            yield Voice(name, start, end, start, end, "gapped", match.re is _FIGURE_OF)


OF_ONE = "which they counted"  # of the number in front, and of no other
# "against the 37,877 which the ministry had counted by then"
_WHICH_COUNTED = Needing(
    rf"\d\s+(?:[a-z]+\s+){{0,2}}?(?:which|that)\s+((?:(?:the|its)\s+(?:[\w’'-]+\s+){{0,3}}?[\w’'-]+)|{CAPITAL}(?:\s+{CAPITAL})*)\s+"
    r"(?:(?:had|has|have|already|first|once)\s+)*(?:counted|reported|confirmed|recorded|listed|registered|announced|"
    r"published|acknowledged|admitted|claimed|gave|given|lists|counts|reports|claims|gives)\b"
)


def _counted_by(sentence: str) -> Iterator[Voice]:
    for match in _WHICH_COUNTED.finditer(sentence):
        name = clean(match[1])
        if is_speaker(name) or name in capitals() or NAME.search(name):
            start = match.start(1) + match[1].find(name)
            yield Voice(name, start, start + len(name), start, match.end(), OF_ONE, True)


def gapped(sentence: str) -> Iterator[Voice]:
    """Yield who says the next number as well: "Police put it at 900; the organisers, 2,000"."""
    for match in _GAPPED.finditer(sentence):
        if is_speaker(match[1]) and VERB.search(sentence, 0, match.start()):
            yield Voice(match[1], *match.span(1), *match.span(1), "gapped", False)
    yield from _figures_of(sentence)
    yield from _counted_by(sentence)
    for match in _THAT.finditer(sentence) if VERBS.search(sentence) else ():
        if is_speaker(match[1]) and VERB.search(sentence, 0, match.start()):
            start, end = match.start(1), match.start(1) + len(match[1].rstrip())
            yield Voice(match[1].rstrip(), start, end, start, match.end(), "gapped", False)
    put = _PUT_AT.search(sentence)
    others = _THE_OTHER_AT if put and not put[0].endswith("of") else _THE_OTHER_OF
    for match in others.finditer(sentence, put.end()) if put else ():
        name = clean(match[1])
        if is_speaker(name) or name in capitals() or name in peoples() or NAME.search(name):
            start = match.start(1) + match[1].find(name)
            end = start + len(name)
            yield Voice(name, start, end, start, end, "gapped", False)


NAME = re.compile(rf"\b[A-Z]{{2,}}\b|{CAPITAL}\s{CAPITAL}")
_MANY_SPEAK = "|".join(sorted(f"{one}s" for one in listed("one who speaks")))
_BY = re.compile(
    rf"\b(?:put|estimated|reported|counted|identified|recorded|claimed|given|published|documented|"
    rf"acknowledged|admitted|confirmed|stated|at|as)\b[^;.]{{0,50}}?\bby\s+((?:the\s+|"
    rf"an?\s+)?(?:[a-z-]+\s+){{0,3}}{CAPITAL}(?:\s+(?:of\s+(?:the\s+)?)?{CAPITAL}){{0,5}}"
    rf"(?:\s+(?:[a-z]+\s+)?(?:military|army|ministry|government|command|staff|police|navy|officials))?(?!\w)|"
    rf"(?:[a-z-]+\s+){{0,2}}(?:{_MANY_SPEAK})\b|"
    rf"the\s+(?:(?!and\b)[a-z-]+\s+){{0,2}}(?!and\b)[a-z]+)"
)


def by_whom(sentence: str) -> Iterator[Voice]:
    """Yield "put at 400 by Kyiv", "as reported by the ministry", "the claim of the army that"."""
    if tokens(sentence).isdisjoint(("by", "from", "of")):
        return
    every = (_BY, _BY_AT, _TOLD_BY, _FROM)
    for match in chain.from_iterable(one.finditer(sentence) for one in every):
        number = re.search(r"\d", match[0]) or _CLAIMED.search(sentence, 0, match.start())
        if _OWNED_UP.match(match[0]) and not number:
            continue  # "the attack was claimed by": who did it
        name = re.sub(r"\s+(?:at|as|on|in|to|for|and|of)$", "", clean(match[1]))
        if not _PLAIN.isdisjoint(name.split()) or re.match(DATED, name):
            continue  # "by Christmas it stood at 842", "casualties by New Year"
        harm = _HARM.search(window(sentence, match.start(1), 30))
        if (
            not name
            or harm
            or not (
                name in peoples() or name in capitals() or is_speaker(name) or NAME.search(name)
            )
        ):
            continue
        start = match.start(1) + match[1].find(name)
        end = start + len(name)
        # "put by Kyiv at 400" stands in front of its number, "put at 400 by Kyiv" behind it.
        leading = re.match(r"\s+(?:at|as|that)\s", sentence[end : end + 6])
        yield Voice(name, start, end, start, end, "by", not leading)


# "the 200 deaths claimed by", and not "which killed 31, was claimed by"
_PLAIN = PRONOUNS | {"there", "which", "that", "DNA"}
_CLAIMED = re.compile(r"\d\s+(?:(?!(?:was|were|is|are|been|has|had|have)\b)[a-z]+\s+){1,3}$")
_OWNED_UP = re.compile(r"claimed\b")
_BY_AT = re.compile(
    r"(?<!followed\s)\bby\s+((?:the\s+|an?\s+)?(?:[\w’-]+\s+){0,3}[\w’-]+)(?=\s+at\s)"
)
_TOLD_BY = re.compile(
    r"\b(?:(?:told|informed)\s+by|(?:statement|claim|assertion|report)\s+of)\s+((?:the\s+|an?\s+)?(?:[\w’'-]+\s+){0,3}[\w’-]+)(?=\s+that\s)"
)
# "the figure, from the Wall Street Journal, was of casualties"
_FROM = re.compile(
    r"\b(?:figure|toll|count),?\s+from\s+((?:the\s+)?(?:[\w’-]+\s){0,3}?[\w’-]+)(?=,\s|:\s)"
)
_HARM = re.compile(
    r"\b(?:killed|wounded|caused|attack\w*|injured|hit|struck|captured|abducted|kidnapped|taken|held|"
    r"detained|arrested|shot|displaced|destroyed|seized|freed|released|rescued|executed|deported|used|run|fired|"
    r"imprisoned|tortured|beaten|besieged|occupied|controlled|backed|led|bombed|treated|hospitalised)\s+by\s+(?:the\s+)?$"
)


# "460 were killed on 28 October (WHO).": whose figure it is; no body that is only abbreviated.
_BRACKETED = re.compile(
    r"\((?:[Ss]ources?:\s+)?(WHO|UN|OCHA|UNHCR|UNICEF|IOM|WFP|MSF|ICRC|IFRC|UNRWA|OHCHR|PAHO|"
    r"Mo[A-Z]+|[A-Za-z][a-z]+(?:\s[A-Za-z][a-z]+){0,3}|"
    r"[Mm]inistry\s+of\s+\w+|[\w ]+\s(?:ministry|police|agency))(?:,\s[^()]{1,20})?\)\W*$"
)


def bracketed(sentence: str) -> Iterator[Voice]:
    """Yield "(WHO)" at the end of a sentence."""
    match = _BRACKETED.search(sentence) if "(" in sentence else None
    before = sentence[: match.start()] if match else ""
    letters = "".join(word[0] for word in before.split() if word[0].isupper())
    known = match and (match[1].isupper() or match[1][:2] == "Mo" or is_speaker(match[1]))
    if match and known and not letters.endswith(match[1]):  # "the World Health Organization (WHO)"
        yield Voice(match[1], *match.span(1), *match.span(), "in brackets", True)
