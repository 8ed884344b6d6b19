"""Who speaks by a label: whose turn it is ("Maria Santos: We lost"), and a headline's ("… - BBC").

A name in front of a colon is a speaker's where it has a title or stands in capitals; any other
name is one where the text goes on as talk does: in turns, with questions, quotations, "I" or "we".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from bakhmut.drafting.phrases import kind_of
from bakhmut.drafting.said.antecedents import person, speaks_as
from bakhmut.drafting.said.relays import MEDIA
from bakhmut.drafting.said.speakers import CAPITAL, Voice
from bakhmut.drafting.words import capitals, is_speaker, key, listed, measures, peoples, persons

_TURN = re.compile(
    rf"\W*(?:\d+\.\s+)?((?:[Tt]he\s+)?(?:{CAPITAL}|[A-Z]\.)(?:\s+(?:(?:of|for|the|and|de|al)\s+)?"
    rf"(?:{CAPITAL}|[A-Z]\.)){{0,6}})(?:\s?\([^()]{{1,60}}\)|,\s[^,:;.\d]{{3,60}})?:\s+(?=\S)"
)
_ASKED = re.compile(r"\W*(Q|A|[Qq]uestion|[Aa]nswer)\s?[:.]\s+(?=\S)")
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame|Lord|Lady|Gen|Col|Capt|Lt|Sgt|Maj|Adm|Minister|Secretary|"
    r"Speaker|President|Senator|Sen|Rep|Chair\w*|Professor|General|Colonel|Mayor|Governor|Judge|"
    r"Coroner|Question|Answer|Reporter|Interviewer|Moderator|Spokes\w+)\b",
    re.I,
)
_NO_TURN = re.compile(
    r"(?:FACT|REALITY|BREAKING|LIVE|NEWS|TOP|WORLD|CORRECTION|EDITOR|ANALYSIS|EXPLAINER|WATCH|READ|KEY|LATEST)\b"
)
# Who leads the talk speaks for the text itself: what they say is nobody else's figure.
_LEADS = re.compile(
    r"\b(?:host|presenter|anchor|narrator|newsreader|interviewer|moderator|reporter|journalist|question|"
    r"announcer|voice-?over)$",
    re.I,
)
_TALK = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Yy]ou|[Yy]our|us|me)\b|\?|^[“\"]")
_ANSWERED = re.compile(r"\?\W*$|^[“\"]")
_LINE = re.compile(r"^[^\n:]{1,90}:[^\n]*", re.M)


def turn(sentence: str, text: str = "") -> tuple[int, int] | None:
    """Return whose turn to speak a passage of a transcript is: the name in front of its colon."""
    match = _TURN.match(sentence)
    if not match or _NO_TURN.match(match[1]):
        return None
    name, opens = match[1], re.compile(r"[A-Z“\"]").match(sentence, match.end())
    capitals_only = name.isupper() and len(name.split()) > 1 and not name.startswith("THE ")
    aside = ")" in match[0] and name.isupper()  # "ROJAS (translated):"
    known = opens and (capitals_only or aside or _TITLED.search(name))
    return match.span(1) if known or name in talkers(text) else None


def whose_turn(text: str, at: int) -> tuple[int, int] | None:
    """Return whose turn a passage at `at:end` is: it lasts until the next name, if there is one."""
    turns = _turns(text)
    number = bisect_right(turns, (at + 1,)) - 1
    if number < 0:
        return None
    start, span = turns[number]
    return span if start >= at or number + 1 < len(turns) else None


@lru_cache(maxsize=8)
def _interviewed(text: str) -> tuple[int, int] | None:
    """Return who answers: the one person whom a text names before its first question."""
    first = next(line.start() for line in _LINE.finditer(text) if _ASKED.match(line[0]))
    named = [
        (line.start() + span[0], line.start() + span[1])
        for line in re.finditer(r"[^\n]+", text[:first])
        if (span := person(line[0]))
    ]
    return named[0] if len(named) == 1 else None


@lru_cache(maxsize=8)
def _turns(text: str) -> list[tuple[int, tuple[int, int] | None]]:
    """Return where turns begin in a text, each with the name, None where it is only "Q" or "A"."""
    found: list[tuple[int, tuple[int, int] | None]] = []
    for line in _LINE.finditer(text):
        if asked := _ASKED.match(line[0]):
            answers = asked[1][0] in "Aa"
            found.append((line.start(), _interviewed(text) if answers else None))
        elif line[0].rstrip('"”’)]* ').endswith((".", "!", "?", "…")) and (
            span := turn(line[0], text)
        ):
            leads = _LEADS.search(line[0][slice(*span)]) or MEDIA.search(line[0][slice(*span)])
            name = None if leads else (line.start() + span[0], line.start() + span[1])
            found.append((line.start(), name))
    return found


@lru_cache(maxsize=8)
def talkers(text: str) -> frozenset[str]:
    """Return the names in front of colons in a text that goes on in turns, as talk does."""
    found: dict[str, list[str]] = {}
    for line in _LINE.finditer(text):
        match = _TURN.match(line[0])
        if match and _may_talk(match[1]):
            found.setdefault(match[1], []).append(line[0][match.end() :])
    said = [one for lines in found.values() for one in lines]
    talk = sum(bool(_TALK.search(one)) for one in said)
    if len(said) < 2 or talk * 2 < len(said):
        return frozenset()  # "Kharkiv: three dead": a list, and no talk
    answers = any(_ANSWERED.search(one) for one in said) or 1 < len(found) < len(said)
    # A single word may head a passage: it speaks where somebody asks, is quoted or speaks again.
    return frozenset(one for one in found if answers or len(one.split()) > 1)


def _may_talk(name: str) -> bool:
    """Whether a name may be of one who speaks: no people, no place, no word of what happened."""
    words = key(name).split()
    if name in peoples() or name in capitals() or _NO_TURN.match(name):
        return False
    if words[-1] in listed("one who speaks") or _LEADS.search(name):
        return True
    if words[-1] in measures().keys() | listed("words of a count") | listed("parties"):
        return False
    return bool(MEDIA.search(name)) or speaks_as(name) != "many" or words[-1] in persons()


_STAMP = re.compile(
    r"\s*(?:[-–—•*]\s+)?(?:\d{1,2}\s+[A-Z][a-z]+\s+)?(?:\d{1,2}[:.]\d{2}\s*(?:[-–—|]|GMT|BST)?\s*)?"
)
# "Hospital director Samir Haddad on the phone: ..."
_WHO_LABEL = re.compile(
    rf"({CAPITAL}(?:\s+[a-z]+){{1,2}}\s+{CAPITAL}(?:\s+{CAPITAL})?)(?:\s+(?:on|by|from|in)\s+[a-z\s]{{2,20}})?:\s"
)
_LABEL = re.compile(rf"({CAPITAL}(?:\s+(?:of\s+|the\s+)?{CAPITAL}){{0,3}}(?:\s+[a-z]+){{0,2}}):\s")


def labels(sentence: str) -> Iterator[Voice]:
    """Yield "WHO: four in ten of the dead are children", the label of a heading or a quotation."""
    stamp = _STAMP.match(sentence)
    at = stamp.end() if stamp else 0
    match = _LABEL.match(sentence, at) or _WHO_LABEL.match(sentence, at)
    if (
        match
        and (is_speaker(match[1]) or not sentence.isupper())
        and (re.fullmatch(r"[A-Z]{2,4}|UN[A-Z]+", match[1]) or is_speaker(match[1]))
        and (match[1].split()[-1] in _WHO_SPEAK or not match[1].split()[-1].islower())
        and not (
            key(match[1]) not in listed("groups that tell")  # "Police: 14 dead in attack"
            and (key(match[1]) in listed("parties") or kind_of(match[1]) == "soldiers")
            and re.match(r"\D{0,20}\d|none\b|nil\b", sentence[match.end() :])
        )
        and not re.match(
            r"(?:(?i:update|breaking|live|watch|read|new|note|wire|sources?)|[A-Z]+ED)\b", match[1]
        )
    ):
        yield Voice(
            match[1], match.start(1), match.end(1), match.start(), match.end(), "label", False
        )


_WHO_SPEAK = listed("bodies that speak") | listed("one who speaks")
# "Up to 30,000 casualties claimed - BBC": the end of a headline.
_DASHED = re.compile(
    r"\w[\w%’'”\"]*\s+[-–—|]\s+(?:the\s+)?((?:[\w’'.&-]+\s+){0,4}?[\w’'&-]+)(?:,\s+(?:speaking|who|on)\s[^.]*)?$"
)
_DASH = re.compile(r"[-–—|]\s")


def dashed(sentence: str) -> Iterator[Voice]:
    """Yield who speaks at the end of a headline: "30,000 casualties claimed - BBC"."""
    dash = len(sentence) < 260 and _DASH.search(sentence)
    match = _DASHED.search(sentence) if dash else None
    name = match[1] if match else ""
    if match and not re.search(r"\d", name) and (
        is_speaker(name) or MEDIA.search(name) or name in capitals()
        or re.fullmatch(r"[A-Z]{2,6}", name)
    ):  # fmt: skip
        yield Voice(name, *match.span(1), match.start(1), match.end(1), "end of a headline", True)
