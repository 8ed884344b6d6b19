"""Through whom a figure comes: "told Reuters", "quoted by", "citing two officials"."""

from __future__ import annotations

import re

from bakhmut.drafting.patterns.needing import Needing
from bakhmut.drafting.said.speakers import CAPITAL, Voice, clean
from bakhmut.drafting.words import is_speaker

MEDIA = re.compile(
    r"\b(?:Reuters|AP|AFP|BBC|CNN|Interfax|TASS|Xinhua|Al\s+Jazeera|news\s+agency|agency|newspapers?|radio|television|TV|"
    r"media|broadcaster|outlet|magazine|website|Journal|Chronicle|Observer|Mail|Mirror|Bloomberg|Times|Post|Herald|Guardian|Tribune|Gazette|Courier|News|Daily|Radio|Press|Telegraph|channel|paper)\b"
)
_CITING = re.compile(
    rf"\b(?:citing|quoting)\s+(people\s+(?:familiar|close|briefed|with)\s(?:[a-z]+\s+){{1,4}}[a-z]+|(?:(?:the|an?|its|their|two|three|several|unnamed)\s+)?(?:{CAPITAL}|[a-z-]+(?:['’]s)?)(?:\s+(?!said\b|as\b|that\b|who\b|and\b(?!\s+[A-Z]\w+\s+[a-z]+s\b)|in\b|on\b|from\s+\d)"
    rf"(?:of\s+(?:the\s+)?)?(?:{CAPITAL}|[a-z-]+)){{0,5}})"
)


def cited(sentence: str, voice: Voice) -> tuple[str, int] | None:
    """Return whom a paper or an agency cites, and where: "Reuters reported, citing officials"."""
    match = _CITING.search(sentence) if MEDIA.search(voice.name) else None
    if match and match[1].startswith("people "):
        return match[1], match.start(1)
    if match is None or not (is_speaker(match[1]) or re.search(CAPITAL, match[1])):
        return None
    name = clean(match[1])
    return name, match.start(1) + match[1].find(name)


_OFFICE = re.compile(
    r"(?:President|Prime|King|Queen|Pope|Chancellor|Minister|Mr|Mrs|Ms|Dr|Parliament|Congress)\b"
)
_PRESS_TOLD = re.compile(
    rf"\b(?:told|tells|telling)\s+((?:us|me|this\s+(?:newspaper|paper|magazine|programme|website))\b|(?:the\s+)?(?:{CAPITAL}(?:\s+(?:of\s+)?{CAPITAL}){{0,3}}|(?:state|local|national|"
    r"public|private)\s+(?:radio|television|TV|media|broadcaster|newspapers?)|(?:newspaper|"
    rf"broadcaster|news\s+agency|agency|channel|radio\s+station|magazine)\s+{CAPITAL}"
    rf"(?:\s+{CAPITAL}){{0,2}}))"
)
_OUTLET = rf"(?:the\s+)?(?:{CAPITAL}(?:\s+(?:of\s+)?{CAPITAL}){{0,3}})"
_SPEAKING_TO = Needing(
    rf"\b(?:[Ss]peaking\s+(?:to|on)|[Ii]n\s+an?\s+(?:\w+\s+)?interview\s+(?:with|to|for|on)|"
    rf"(?:quoted|cited)\s+(?:\w+\s+)?by)\s+({_OUTLET}|(?:the\s+)?(?:state|national|local)\s+(?:news\s+agency|media|radio|television|TV))"
)
# "State media quoted the governor as saying": the governor says so.
QUOTED_AS = re.compile(
    r"(?:quoted|quotes|cited|cites)\s+(?:the\s+|an?\s+|its\s+)?((?:[\w’'.&-]+\s+){0,6}?[\w’'&-]+)\s*(?:as\s+(?:saying|putting|telling|estimating|giving)\b|(?=:\s*[“\"]))"
)
_NOT_VIA = frozenset(
    [
        "Parliament",
        "Congress",
        "MPs",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "Reporters",
    ]
)


def told(sentence: str, verb: int) -> str:
    """Return through whom somebody says so: "told the Daily Courier"; "" where it is nobody."""
    match = _PRESS_TOLD.match(sentence, verb) or _SPEAKING_TO.search(sentence)
    via = clean(match[1]) if match else ""
    if _OFFICE.match(via):
        return ""  # "told President Putin"
    return "" if via in _NOT_VIA or re.fullmatch("[A-Z]{2,}s", via) else via  # "told MSPs"
