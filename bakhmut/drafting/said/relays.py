"""Through whom a figure comes ("told Reuters", "citing two officials"), and where it is printed.

Besides who speaks behind what is said: ", said Lieutenant General X".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bakhmut.drafting.numbers.numerals import SMALL
from bakhmut.drafting.patterns.needing import Needing
from bakhmut.drafting.said.speakers import CAPITAL, NO_SPEAKER, Voice, clean, with_name
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


# "as entered in the War Diary", "by Brandt's computation", "by Western estimates"
_IN_PRINT = Needing(
    r"\b(?:entered|given|recorded|set\s+down|printed|noted)\s+in\s+(?:the|his|her|its|their)\s+"
    r"((?:[\w’'-]+\s+){0,3}?(?i:history|diary|register|chronicle|book|ledger|log|report|bulletin|despatch|return|rolls?))\b"
)
_N_BEFORE = re.compile(r"\d[^,;.]{0,25},\s+$|\d[^.;]*(?<!,\s)$")
_BY_ESTIMATES = Needing(
    r"\b[Bb]y\s+((?:(?!the\b|his\b|her\b|its\b|their\b|my\b|our\b|all\b)[\w’'-]+\s+){1,2}(?:estimates|accounts|reckonings|calculations))\b"
)


# "In ActionAid's latest survey"
_IN_SURVEY = Needing(
    rf"\b[Ii]n\s+({CAPITAL}(?:\s+{CAPITAL}){{0,2}}?)['’]s\s+(?:(?:latest|own|last|first|new|annual)\s+)?"
    r"(?:survey|count|tally|report|study|census|list|bulletin)\b"
)


def in_print(sentence: str) -> Iterator[Voice]:
    """Yield the writing in which a number stands: "given in the official history as 4,064"."""
    for pattern in (_IN_PRINT, _IN_SURVEY, _BY_ESTIMATES):
        for match in pattern.finditer(sentence):
            trailing = pattern is _BY_ESTIMATES and match.start() > 2
            trailing = trailing and bool(_N_BEFORE.search(sentence, 0, match.start()))
            yield Voice(match[1], *match.span(1), match.start(), match.end(), "in print", trailing)


_OFFICE = re.compile(
    r"(?:President|Prime|King|Queen|Pope|Chancellor|Minister|Mr|Mrs|Ms|Dr|Parliament|Congress)\b"
)
_PRESS_TOLD = re.compile(
    rf"\b(?:told|tells|telling)\s+((?:us|me|this\s+(?:newspaper|paper|magazine|programme|website))\b|(?:the\s+)?(?:{CAPITAL}(?:\s+(?:of\s+)?{CAPITAL}){{0,3}}(?:\s+(?:outlet|newspaper|website|channel|broadcaster|agency|magazine|daily)\s+[\w.-]+)?|(?:state|local|national|"
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


# ", said Lieutenant General X"
_INVERTED = re.compile(
    r"\s+((?:(?:the|an?|its|his|her|their|one)"
    r"\s+)?(?:[A-ZÀ-Þa-z][\w’'.&/-]*\s+){0,9}?(?!(?:Dr|Mr|Mrs|Ms|Prof|Gen|Col|Lt|Maj|Capt|Sgt|Rev|St)\.)[\w’'&/-]+)(?=\s*(?:[,.;:\"”(]|$|\s+(?:who|"
    r"which|in|on|at|after|as|of\s+the\s+\w+,)\b))"
)


_CLAUSE = re.compile(
    r"\s(?:lost|fell|fled|took|saw|left|were|was|had|have|has|will|killed|wounded|died|suffered)\s"
)


_SAID_BY = frozenset((
    *("said", "says", "say", "reported", "wrote", "added", "reports", "claimed", "noted"),
    *("announced", "insists", "insisted", "warned", "reads", "reckons", "reckon"),
    *("estimates", "estimate", "notes", "writes", "adds", "argues", "argued", "recalls"),
    *("recalled", "explains", "explained", "believes", "thinks"),
))  # fmt: skip


def inverted(sentence: str, verb: re.Match[str]) -> Voice | None:
    """Return ", said Lieutenant General X"; only behind a comma or a closed quotation."""
    mark = sentence[: verb.start()].rstrip()[-1:]
    quoted = mark in '”"' and verb[0][-1] in "sd"
    if not quoted and verb[0] not in _SAID_BY:
        return None
    if mark not in tuple(",”\"’'"):
        return None
    match = _INVERTED.match(sentence, verb.end())
    if not match or not (is_speaker(match[1]) or re.search(CAPITAL, match[1])):
        return None
    if re.match(
        r"(?:by|on|in|at|that|there|last|this|next|it|he|she|they|the\s+\w+\s+(?:was|were|had))\b",
        match[1],
    ):
        return None
    if _CLAUSE.search(match[1]):
        return None  # ", says his colonel lost half his men"
    name = clean(match[1])
    if NO_SPEAKER.search(name) or name.split()[0].lower() in SMALL:
        return None  # ", said losses had averaged 1,400", ", said six residents fell"
    start = match.start(1) + match[1].find(name)
    end = with_name(sentence, start, match.end(1))
    return Voice(
        sentence[start:end] if end > match.end(1) else name,
        start,
        end,
        verb.start(),
        match.end(1),
        f"speaker {verb[0]}",
        True,
    )
