"""When: the period of a figure, as its sentence words it.

"In the first six months of 2024 the country recorded 18,450 cases" has `In the first six months of
2024`; "said on Tuesday" says when somebody spoke, and is no period of what was counted.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from bakhmut.drafting.numbers.dates import SO_MANY
from bakhmut.drafting.numbers.masked import MONTHS, Mention
from bakhmut.drafting.patterns.led import Led
from bakhmut.drafting.scope.sides import Named
from bakhmut.drafting.words import SENTENCES

Span = tuple[int, int]
_MONTH = rf"(?-i:{MONTHS})"
_DAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|New\s+Year(?:['’]s(?:\s+(?:Day|Eve))?)?)"
_PART = r"(?:morning|afternoon|evening|night|midday|noon|dawn)"
_UNIT = (
    r"(?:minutes?|hours?|days?|weeks?|months?|quarters?|years?|decades?|fortnights?|"
    r"weekends?|nights?|mornings?|evenings?|afternoons?|springs?|summers?|autumns?|winters?|"
    r"seasons?|century|centuries|wave)"
)
_DATE = (
    rf"(?:(?:(?:early|late|mid)[\s-]|(?:the\s+)?(?:end|start|beginning|middle)\s+of\s+|"
    rf"the\s+(?:(?:night|morning|evening)\s+of\s+)?)?(?:"
    rf"\d{{1,2}}\.\d{{1,2}}\.\d{{4}}|\d{{4}}-\d\d(?:-\d\d)?|"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?)?{_MONTH}(?:\s+(?:[12]?\d|3[01])(?:st|nd|rd|th)?(?!\d|,\d))?"
    rf"(?:,?\s+\d{{4}}(?![\d,]\d)|\s+(?:of\s+)?(?:last|this)\s+year)?|[12]\d{{3}}s?(?:[-–/]\d{{2,4}})?(?![\d,.]*\d|\s+[a-z]+s\b)))"
)
_THAT = (
    rf"(?:last|this|the\s+(?:previous|same|following|next|past|current))\s+"
    rf"(?:{_UNIT}|{_DAY}|{_MONTH})"
)
_COUNT = (
    r"(?:(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|few|an?)[\s-]+)"
)
# What begins: "since the start of the war", "since the outbreak was declared in May".
_EVENT = (
    r"(?:(?:the|its|their|a|an|last|this)\s+)(?:(?!(?:and|were|was|had|have|has|on|to|said|who|"
    r"at)\b)[\w’'-]+\s+){0,5}?(?:start|beginning|outbreak|outset|onset|invasion|conflict|war|"
    r"coup|revolution|uprising|unrest|fighting|offensive|attack|attacks|operation|assault|siege|"
    r"ceasefire|truce|epidemic|pandemic|disaster|crisis|campaign|crackdown|escalation|takeover|"
    r"hostilities|earthquake|quake|storm|hurricane|cyclone|flood|floods|fire|protests?|strike|"
    r"election|vote|collapse|accident|crash|eruption|tsunami|massacre|raid|battle|independence|"
    r"counting|records|shelling|bombing|bombardment|blockade|mutiny|rebellion|insurgency|index\s+case|first\s+case)\b"
    r"(?:\s+of\s+(?:the\s+)?(?:[\w’-]+\s+){0,3}?[\w’-]+)?(?:\s+(?:was\s+(?:first\s+)?(?:declared|"
    r"reported|announced)|began|started|broke\s+out|erupted|took\s+hold))?"
    rf"(?:\s+(?:on|in)\s+{_DATE}|\s+{_MONTH}|\s+(?:a|\w+)\s+{_UNIT}\s+ago)?"
)
_LENGTH = (
    rf"(?:(?:just|only|under|less\s+than|more\s+than|about|barely|the|a|its|their|this|these|"
    rf"those|almost|nearly|over|some)\s+)*"
    rf"(?:(?:past|last|first|previous|same|next|second|third|fourth|final|whole|single|"
    rf"following|preceding|current|latest|opening|closing|recent|entire)\s+)?"
    rf"(?:half\s+of\s+(?:the\s+year|{_DATE})|{_COUNT}?(?!(?:old|my|our|his|her|their|this|that)\s+quarter)(?:(?-i:[a-z])\w*\s+)?{_UNIT}\b"
    rf"(?:\s+(?:of|to|since|after|before|up\s+to|until)\s+(?:(?:the|its|their|last|this)\s+)?"
    rf"(?:{_DATE}|[\w’-]+))?)"
)
_BEGAN = r"(?:began|begun|started|declared|broke\s+out|erupted)"
_FEW = "one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty"
_PERIOD = re.compile(
    rf"""(?<![\w-])(
    since\s+(?:[\w’-]+\s+){{1,10}}?{_BEGAN}\s+(?:on|in)\s+{_DATE}
    |(?:since|until|till|by|as\s+of|up\s+to|before)\s+(?:then\b|yesterday|today|{_THAT}|{_DATE}|
        (?:{_DAY}(?:\s+{_PART})?)|(?:the\s+)?(?:end|start|beginning|middle)\s+of\s+
        (?:the\s+(?:\w+\s+)?{_UNIT}|{_THAT}|{_DATE})|(?<!by\s){_EVENT}|(?:the\s+)?(?:morning|noon|evening|night|spring|summer|autumn|winter|Christmas|
        Easter|Ramadan|independence)|dawn|dusk|midnight|nightfall|
        (?:mid|late|early)[\s-]\w+)
    |(?:(?:in|during|over|within)\s+)?(?:between|from)\s+(?:{_DATE}|{_DAY}(?:\s+{_PART})?|{_THAT}|\d{{1,2}}(?=\s+(?:and|to)\s+\d{{1,2}}\s+{_MONTH}))\s+
        (?:and|to|until|till|through)\s+(?:{_DATE}|{_DAY}(?:\s+{_PART})?|{_THAT}|today|now)
    |\d{{1,2}}\s*[-–]\s*\d{{1,2}}\s+{_MONTH}(?:\s+\d{{4}})?
    |(?:in|during|over)\s+(?:the\s+)?{_MONTH}\s+(?:and|to)\s+{_MONTH}(?:\s+\d{{4}})?
    |(?:in\s+)?[Ww]eek\s+\d{{1,2}}
    |(?:in|over|within|during|for|under|throughout|across|inside)\s+{_LENGTH}
    |(?:during|throughout|in\s+the\s+course\s+of)\s+{_EVENT}
    |in\s+the\s+(?:[\w’-]+\s+){{0,2}}?(?:war|conflict|epidemic|pandemic|outbreak|uprising)s?\b
    |(?:on|in|by|since)\s+the\s+\d{{1,2}}(?:st|nd|rd|th)\b(?!\s+[a-zA-Z])
    |(?:in\s+)?(?:the\s+)?(?:year|month|week|day|season|night)\s+(?:before|earlier)(?=[.,;:)”"]|$|\s+(?:it|there|they)\s)
    |at\s+the\s+(?:end|start|beginning)\s+of\s+(?:the\s+{_UNIT}|{_THAT}|{_DATE})
    |the\s+(?:[a-z]+\s+)?(?:famine|war|earthquake|quake|floods?|tsunami|epidemic|outbreak|massacre|uprising|strike|fire|disaster|
        cyclone|hurricane|storm|eruption|offensive|siege|battle)\s+of\s+[12]\d{{3}}(?![\d,.]*\d)
    |(?<=the\s)[12]\d{{3}}(?=\s+(?:\w+\s+)?(?:famine|war|earthquake|quake|floods?|tsunami|epidemic|outbreak|massacre|uprising|strike|fire|disaster|campaign|offensive|invasion)\b)
    |(?:yesterday|today|last\s+(?:year|week|month|night|season|spring|summer|autumn|winter))(?=['’]s\b)
    |since\s+(?:[\w’-]+\s+){{1,6}}?(?:began|begun|started|broke\s+out|erupted|opened|seized|stormed|invaded|came\s+to\s+power|took\s+(?:power|over|office)|
        fell|collapsed|returned|reopened|resumed|launched|attacked|crossed|entered|was\s+\w+ed|were\s+\w+ed)\b(?:\s+(?!and\b|but\b|had\b|have\b)[\w’-]+){{0,5}}?(?=\s*(?:[.,;:)”"]|$|\s(?:and|but)\b))
    |(?<!at\s)(?:in\s+|over\s+|for\s+|during\s+)?(?<!at\s)the\s+same\s+(?:period|time|{_UNIT})
        (?:\s+(?:of\s+(?:the\s+)?)?(?:last\s+year|previous\s+year|{_DATE}|a\s+year\s+(?:ago|earlier)))?
    |(?:so\s+far\s+)?(?:late\s+|early\s+|earlier\s+|later\s+)?(?:on\s+|in\s+)?{_THAT}
    |(?:late\s+|early\s+)?(?:on\s+)(?:the\s+)?{_DAY}(?:\s+{_PART})?
    |(?:(?:late|early)\s+(?:on\s+)?)?{_DAY}(?:\s+{_PART})?(?=['’]s\b)
    |{_DAY}\s+{_PART}
    |(?:late|early)\s+{_DAY}
    |(?<=[a-z]\s){_DAY}(?=\s*(?:[.,;]|$)|\s+(?:when|after|as|and|in|at|by|near|outside|during|while|that|on|from)\b)
    |(?:on|in|during|for|throughout)\s+{_DATE}
    |(?:on\s+|in\s+)?(?:the\s+)?(?:first|second|third|final|last|opening|next|following|same|that)
        \s+(?:day|night|week|month|year|morning|evening|weekend)(?:\s+of\s+(?:the\s+)?[\w’-]+)?
    |(?:a|{_FEW}|\d+)\s+{_UNIT}\s+(?:earlier|ago|before|later)
    |yesterday|today|overnight|tonight|that\s+day
    )(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
_PERIODS = Led(
    _PERIOD,
    f"{_FEW.replace('|', ' ')} a this that the last late "
    "early earlier later so same new first second third final opening next following since until "
    "till by as up before in on at during over within between from for under throughout across "
    "inside year month week day season night yesterday today overnight tonight monday tuesday "
    "wednesday thursday friday saturday sunday",
    digits=True,
)
# "In his evening address on the same day", "an estimate shared with CNN by an official on Monday"
_SPEECH = re.compile(
    r"\b(?:address|speech|statement|briefing|interview|video|post|message|conference|(?:report|update|bulletin|estimate|"
    r"assessment|tally|list|figures|data|count)\s+(?:shared|published|released|posted|issued|leaked|presented)"
    r"(?:\s+(?!in\b|on\b|since\b)[\w’'.-]+){0,8})\s+$",
    re.I,
)
_WHEN_SAID = re.compile(
    r"\s*,?\s*(?:(?:to|told)\s+(?:\w+\s+){1,3})?(?:(?:in|at)\s+(?:a|an|its|his|her|their|the)\s+"
    r"(?:[\w-]+\s+){1,5}|reporters\s+|the\s+\w+\s+|[A-Z]\w+\s+)?(?:in\s+[A-Z]\w+\s+)?(?:late\s+|early\s+)?",
    re.I,
)
# "the worst toll in ten years", "for a third day": how rare, not when.
_ANOTHERS = re.compile(
    r"\b(?:(?:than|as|compared\s+(?:with|to)|up\s+on|down\s+on|increase|rise|decrease)|(?:double|twice|"
    r"thrice|treble|triple|half|times)\s+(?:the|that|those|its|their)(?:\s+[a-z]+){0,2}?(?:\s+(?:of|in|for|from))?)"
    r"\s+$|\b(?:more|fewer|less|higher|lower)\s+than\s+the\s+\d[\d,]*\s+[a-z]+\s+$",
    re.I,
)
_COMPOUND = re.compile(r"\w-(?:minute|hour|day|night|week|month|year|decade)$")
_RECORD = re.compile(
    r"\b(?:\w+est|worst|most\s+\w+|least|first|last|highest|lowest|record|time|anywhere)\b"
    r"[^.;:,]{0,50}$",
    re.I,
)
# "the highest number since February"
_MOST_OF = re.compile(
    r"\bthe\s+(?:\w+est|worst|most\s+\w+|first)\b[^.;:,\d]{0,40}$|\w+est\s+\w+\s+$", re.I
)
_LONG = re.compile(
    r"(?:in|for)\s+(?:(?:more\s+than|almost|nearly|at\s+least|about|over|some)\s+)*"
    r"(?:an?\s+(?:\w+th|third|second|first|fourth|fifth)\b|(?:\w+\s+)?(?:years|decades|months|"
    r"weeks|days|centuries|generation|a\s+(?:decade|century|generation|year)))",
    re.I,
)
BACK = re.compile(rf"(?:an?|{_FEW}|\d+)\s+\w+\s+(?:earlier|ago|before|later)", re.I)
_KILLED = re.compile(
    r"\s+(?:had\s+)?(?:killed|claimed|left|injured|wounded|took|buried)\s+(?:[a-z]+\s+){0,2}"
)
_IT_WAS = re.compile(
    r",?\s+(?:(?:it|they|there|(?:the|that)\s+\w+)\s+(?:was|were|had\s+been|stood\s+at)\s+)?(?:[a-z]+\s+)?"
)
_COMPARED = re.compile(r"\b(?:compared\s+(?:with|to)|against|(?:up|down)\s+from)\s(?!.*,)")
_APART = re.compile(r",\s(?:and|but|while|bringing|taking|raising|pushing|lifting)\b")
# "1,412 cases and 57 deaths since": two numbers of one list, one period
_PAIR = re.compile(r"(?:\s+[a-z-]+){1,3}\s+and\s+[\d,]*\d(?:\s+[a-z-]+){1,3}\s+")
_FIRST_OF = re.compile(r"[\d,]*\d(?:\s+[a-z-]+){1,3}(?:\s+and|,(?:\s+and)?)\s+$")
_OF_OTHER = re.compile(
    r"\b(?:from|against|compared\s+(?:with|to)|than)\s+(?:an?\s+(?:[a-z]+\s+){1,2}of\s+)?[\w,.:]+(?:\s+[a-z]+)?\s*$"
)
_OWN = ("'s", "’s")
_BUT = re.compile(r"[,;]\s+(?:but|while|whereas|though|although)\s")
# "387 planes, 211 helicopters and 7,898 tanks and other vehicles since": one list, one period
_LIST = re.compile(
    r"(?:\s+[a-z][\w-]*){0,4}(?:(?:,|,?\s+and)(?:\s+[\d,]*\d)?(?:\s+[a-z][\w-]*){1,6}?)+\s+"
)
_NEAR = 2
_MOST = 25  # words between a number and its period


@lru_cache(maxsize=SENTENCES)
def periods(sentence: str, speakers: tuple[Span, ...]) -> list[Named]:
    """Return the stretches of time that a sentence names, but not when somebody spoke."""
    found = []
    for match in _PERIODS.finditer(sentence):
        # "fewer than in 2022", "as many as last week": another's
        than = _ANOTHERS.search(sentence, max(0, match.start() - 40), match.start())
        than = than and not sentence.startswith(", when ", match.end())
        than = than or _COMPOUND.search(match[1])  # "in the one-day operation"
        than = than or match[1] == "this day"  # "to this day"
        # "the worst since 1987, when 41 drowned"
        when = sentence.startswith((", when ", ", in which "), match.end())
        rare = _rare(match, sentence) and not when
        # "has stood up to Friday's shock"
        than = than or (
            match[1].startswith("up to") and sentence[match.end() : match.end() + 2] in _OWN
        )
        if not (than or rare or _said(match, sentence, speakers)):
            name = match[1].rstrip(".")
            start = match.start(1) + (6 if when and name.startswith("since ") else 0)
            name = sentence[start : match.start(1) + len(name)]
            span = start, start + len(name)
            if _IN_MONTH.fullmatch(name) and SO_MANY.match(sentence, span[1]):
                name = name.rsplit(None, 1)[0]  # "In May 12 people died"
                span = start, start + len(name)
            if name[:4].lower() == "the " and (year := _OF_A_YEAR.search(name)):
                name, span = year[0], (span[1] - len(year[0]), span[1])  # "the flood of 1924"
            if begun := _BEGAN_ON.fullmatch(name):  # "since the protests began on 3 June"
                name = f"since {begun[1]}"
            # "in 2020-22" is no date that a cell may hold: the years are written out.
            found.append(Named(_YEARS.sub(r"\1\2 to \1\3", name), *span, "period"))
    return found


_BEGAN_ON = re.compile(rf"since\s+.+\s{_BEGAN}\s+(?:on|in)\s+({_DATE})", re.I)
_IN_MONTH = re.compile(rf"(?:in|during|throughout)\s+{_MONTH}\s+\d{{1,2}}", re.I)
_OF_A_YEAR = re.compile(r"(?<=\sof\s)[12]\d{3}$")
_YEARS = re.compile(r"\b(\d\d)(\d\d)[-–](\d\d)\b(?!-)")


def _rare(match: re.Match[str], sentence: str) -> bool:
    """Whether a time says how rare it is: "the highest number since February"."""
    if match[1].startswith("since"):
        return bool(_MOST_OF.search(sentence, 0, match.start()))
    return bool(_LONG.fullmatch(match[1]) and _RECORD.search(sentence, 0, match.start()))


def _said(match: re.Match[str], sentence: str, speakers: tuple[Span, ...]) -> bool:
    """Whether a time is when somebody spoke: "told the court in Lübeck on Monday that"."""
    at, before_that = match.start(), sentence.startswith(" that ", match.end())
    if sentence.startswith(("'s ", "’s "), match.end()):
        return False  # "corrected yesterday's figure"
    if _SPEECH.search(sentence, max(0, at - 90), at):
        return True
    if sentence.endswith(" that ", 0, at):
        return False  # "said that throughout June 12 people died every day"
    return any(
        start <= at < end
        or (end <= at and before_that)
        or (end <= at <= end + 60 and _WHEN_SAID.fullmatch(sentence, end, at))
        for start, end in speakers
    )


_ANOTHER_SAYS = re.compile(
    r"[,;]\s+(?:and|but|while)\s[^;]*\b(?:sa(?:id|ys?)|told|puts?|report(?:s|ed)|count(?:s|ed)|claim(?:s|ed)|"
    r"estimate[sd]|gives?|gave)\b"
)


_PUT_SINCE = re.compile(
    r"\b(?:puts?|estimated|counted)\s[^.;]*\bsince\s[^.;,\d]{3,40}\sat\s+(?:[a-z]+\s+){0,2}$"
)
_NEXT_HEAD = re.compile(r"(?:,|;)\s+(?:and|but|while|whereas)\s+$|;\s+$")
_THEN = re.compile(r",\s+(?:and\s+)?then\s+(?:\w+\s+){0,2}$")


def period_of(
    mention: Mention, sentence: str, found: list[Named], numbers: list[int]
) -> Named | None:
    """Return the period next to a number; one at the head of a sentence holds for all of it."""
    best, least = None, _MOST
    for one in found:
        behind = one.start >= mention.end
        span = (mention.end, one.start) if behind else (one.end, mention.start)
        gap = sentence[slice(*span)]
        others = sum(span[0] <= at < span[1] for at in numbers)
        words = len(gap.split())
        if behind and gap == " " and _PUT_SINCE.search(sentence, 0, mention.start):
            continue  # "put the number killed since Friday at 74 on Monday": when it did
        if behind and _ANOTHERS.search(gap):
            continue  # "1,400 in May, more than in April, when it lost"
        if not others and sentence.startswith(", when ", one.end) and not behind:
            return one
        others = 0 if behind and _PAIR.fullmatch(gap) else others
        if not behind and sentence[: one.start].strip(' "“') and _ANOTHER_SAYS.search(gap):
            continue  # "350,000 in January, and the army said 315,000": when another did
        if not behind and _COMPARED.search(gap):
            continue  # "In June 40 died, compared with 60 in May"
        if not behind and _THEN.search(gap):
            continue  # "One death on Monday, then four"
        if behind and _NEXT_HEAD.search(gap) and sentence[one.end : one.end + 2].strip(" .,;"):
            continue  # "33 had died, and in January the army said"
        if behind and others and _BUT.search(gap):
            continue  # "could pass 200, but only 61 had been found by Sunday"
        if behind and others and _OF_OTHER.search(gap):
            continue  # "19 are missing, down from 27 last week"
        # "two years ago it was 90", "a week ago there were 1,190 cases and 49 deaths"
        if BACK.fullmatch(one.name) and not behind and _KILLED.fullmatch(gap):
            return one  # "A blaze in the same street eight years ago killed 41"
        if BACK.fullmatch(one.name) and not behind and _IT_WAS.fullmatch(_FIRST_OF.sub("", gap)):
            return one
        if BACK.fullmatch(one.name) and (not behind or words > 3 or others):
            continue
        apart = 0 if behind else 4 * len(_APART.findall(gap))
        cost = (
            words + apart + (25 if behind else 12) * gap.count(";") + (8 if behind else 1) * others
        )
        heads = not behind and not sentence[: one.start].strip(' "“')
        if heads or (behind and others > 1 and _LIST.fullmatch(gap)):
            cost = min(cost, 12)
        if cost < least:
            best, least = one, cost
    near = best and least <= _NEAR
    return best if near or best is None else replace(best, sure="inferred")
