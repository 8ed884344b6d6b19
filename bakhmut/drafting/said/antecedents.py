"""Whom a pronoun of speaking or a last name stands for; what of the words before a verb is a name.

"Dr Hassan has run the ward since 2015. “I had 60 wounded,” he says."
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bakhmut.drafting.numbers.masked import MONTHS
from bakhmut.drafting.numbers.numerals import SMALL
from bakhmut.drafting.said.speakers import CAPITAL, PRONOUNS, SPEAKERS, Voice, clean
from bakhmut.drafting.words import (
    any_of,
    capitals,
    is_speaker,
    key,
    last,
    listed,
    peoples,
    territories,
)

# A name of two words or more at the head of a sentence, perhaps behind what somebody is.
_PERSON = re.compile(
    r"\W*(?:[^.?!]{0,30}[.?!:]\s+)?(?:[A-Z]?[a-z]+,?\s+){0,3}?(?!(?:At|In|On|By|For|From|After|Since)\s)((?:[A-Z][\w’'-]+\s+){1,3}(?:al-|el-)?[A-Z][\w’'-]+)(?:\s\([^()]{2,30}\))?,?\s+(?:who|an?|whose|\d+|the|its|their|his|her|[a-z]+ed|lost|saw|is|was|went|came|took|gave|told)\b"
)
_AGED = re.compile(
    r"(?:\b((?:[A-Z][\w’'-]+\s+){1,3}[A-Z][\w’'-]+)|,\s+(?P<one>[A-Z][\w’'-]+)),\s+\d{2}(?=[,.])"
)
_ONE = "|".join(sorted((one for one in listed("one who speaks") if " " not in one), key=len)[::-1])
_ADDRESS = rf"(?:(?i:{_ONE}|fr|lt|col|gen|sgt|capt|maj|rev)\.?\s+)+"
# "Dr Hassan has run", "By then, Lieutenant Maksym Hrytsenko had been", and no "for General Obi".
_TITLED = re.compile(
    rf"(?:^\W*|[.,;:”]\s+)({_ADDRESS}(?:{CAPITAL}\s+){{0,2}}[A-ZÀ-Þ][\w’-]+)"
    r"(?=\s+[a-z]|,\s)"
)
# "a company commander, call sign Lynx, keeps"
_CALLED = re.compile(
    r"\b(?:call[\s-]?sign(?:ed|s)?|(?:goes|went|known)\s+by\s+(?:the|his|her)\s+(?:name|nickname|call[\s-]?sign)(?:\s+of)?)\s+[“\"‘']?([A-ZÀ-Þ][\w’-]+)"
)
# "The UN's human rights chief, Volker Türk, addressed"
_IN_OFFICE = re.compile(
    rf"\W*(?:[\w’'-]+\s+){{0,7}}(?:{_ONE})(?:\s+(?:of|for)\s[^,.;]{{3,40}})?,\s+"
    r"((?:[A-ZÀ-Þ][\w’'-]+\s+){1,3}[A-ZÀ-Þ][\w’'-]+),\s"
)
# "Ferrand, the daughter of a medical orderly, is at her best when she counts"
_APPOSED = re.compile(rf"\W*([A-ZÀ-Þ][\w’-]+),\s+(?:the|an?)\s+(?:[a-z-]+\s+){{0,2}}(?:{_ONE})\b")
# A name of two words or more, or of capitals, at the head of a sentence or behind "comes from".
_NAMED_BODY = r"((?:[A-Z][\w’'&-]+\s+(?:(?:of|for|the|and)\s+)*)+[A-Z][\w’'&-]+|[A-Z]{2,})"
_BODY = re.compile(rf"\W*(?:The\s+)?{_NAMED_BODY}(?:,|\s+[a-z]+(?:s|ed)\b|\s+(?:went|came|gave)\b)")
_FROM_BODY = re.compile(rf"\b(?:comes?|came)\s+from\s+(?:the\s+)?{_NAMED_BODY}[.,:]")
_BODIES = any_of("bodies that speak")
_PLAIN_BODY = re.compile(rf"\W*[Tt]he\s+((?:[\w’'-]+\s+){{0,3}}?(?:{_BODIES}))(?=,|\s+[a-z]+)")
_MANY = re.compile(
    rf"\W*(?:The\s+)?((?:[\w’'-]+\s+){{0,2}}?(?:{SPEAKERS}))(?=,\s|\s+(?!of\b)[a-z]+)", re.I
)
_CAPITAL_WHICH = re.compile(
    rf"\W*({CAPITAL}(?:\s+{CAPITAL})?)(?:,\s+which|\s+(?:seldom|rarely|never|hardly|no\s+longer|does\s+not|"
    r"has\s+not|has\s+never|publishes|discloses|releases|gives|keeps|admits|acknowledges|denies))\s"
)
_UNIT = re.compile(
    r"\W*(?:(?:The|An?|One)\s+|(?=\d|His|Her|Their|Its|Our|[A-Z]\w+['’]s))"
    r"((?:(?:His|Her|Their|Its|Our)\s+)?(?:[\w’-]+\s+){0,2}"
    rf"(?i:{any_of('units of a force')}))\b"
)


# "The keeper of the morgue does not", "His predecessor had not": a noun for one who does something
_DOER = re.compile(
    r"\W*(?:The|An?|One|His|Her|Its|Their|My|Our)\s+((?:(?:[a-z-]+|\w+['’]s)\s+){0,2}?"
    r"(?!(?:outnumber|remember|consider|river|water|winter|summer|number|power|weather|letter|matter|paper|tower|border|order|other|another|"
    r"centre|center|ladder|helicopter|tanker|disaster|fighter|chapter|quarter|shelter|counter|register|"
    r"master|hangar|factor|sector|reactor|tractor|floor|door|motor|list|mist|dust|corner|after|former|later|"
    r"killer|larger|answer|under|over|ever|never|cancer|danger|hunger|anger|dinner|offer|latter|error|terror|"
    r"horror|harbor|harbour|labor|poor|minor|major|senior|junior|prior|few)\b)"
    r"[a-z]{2,}(?:er|or|ist|ian|man|woman|eon)(?:\s+of\s+(?:the\s+)?[\w’'-]+)?)(?=,|\s+[a-z])"
)


def person(text: str) -> tuple[int, int] | None:
    """Return whom a sentence names, for `she`: "Nina Orlova, who was eight"."""
    match = _IN_OFFICE.match(text) or _PERSON.match(text) or last(_AGED, text, (0, len(text)))
    match = match or _APPOSED.match(text) or last(_TITLED, text, (0, len(text)))
    match = match or last(_CALLED, text, (0, len(text)))
    if match is None and (here := agent(text, len(text))):
        return here
    if match and "one" in match.re.groupindex and match["one"]:
        return match.span("one")  # "The youngest, Dima, 22, had belonged"
    return match.span(1) if match else doer(text)


_BEGINS = re.compile(r"\W*([A-ZÀ-Þ][\w’-]+)(?=\s+[a-z]|,\s)")


def known(text: str, spoke: Iterable[str]) -> tuple[int, int] | None:
    """Return who spoke before and begins a sentence now: "Artyom has heard none of these"."""
    match = _BEGINS.match(text)
    return match.span(1) if match and match[1] in spoke else None


_AGENT = re.compile(
    rf"\b(?:(?:{CAPITAL}|(?!(?:where|when|that|which|who|as|and|but|if|the|an?)\b)[a-z]+(?:-[a-z]+)*)\s+)"
    rf"{{0,2}}(?:{SPEAKERS})"
    rf"\b(?:\s+of\s+(?:the\s+)?(?:\w+\s+){{0,2}}{CAPITAL}(?:\s+{CAPITAL}){{0,2}})?"
)


_OF_WHOM = re.compile(r"^(?:(?:of|in|by|to|for|with|from|on|at|my|our|your|that|and|as)\s+)+", re.I)


def agent(sentence: str, end: int) -> tuple[int, int] | None:
    """Return the last person or office in front of a place: what "he" there may stand for."""
    every = [
        one
        for one in _AGENT.finditer(sentence, 0, end)
        if key(one[0]).split()[-1] not in PRONOUNS and not one[0].startswith("single ")
    ]
    found = every[-1] if every else None
    if found is None or speaks_as(name := clean(found[0])) != "one":
        return None
    name = _OF_WHOM.sub("", name)  # "in front of my cousin"
    at = found.start() + found[0].find(name)
    return at, at + len(name)


def doer(text: str) -> tuple[int, int] | None:
    """Return the person without a name that a sentence begins with: "The keeper of the morgue"."""
    match = _DOER.match(text)
    return match.span(1) if match else None


def body(text: str) -> tuple[int, int] | None:
    """Return the body that a sentence begins with, for `it`: "Save the Children goes on"."""
    match = _BODY.match(text) or _FROM_BODY.search(text)
    if match and (match[1] in peoples() or match[1] in capitals()):
        return None
    match = match or _PLAIN_BODY.match(text)
    return match.span(1) if match else None


def capital(text: str) -> tuple[int, int] | None:
    """Return the government that a sentence begins with: "Moscow, which ..., since it admitted"."""
    match = _CAPITAL_WHICH.match(text)
    return match.span(1) if match and match[1] in {*capitals(), *peoples()} else None


def many(text: str) -> tuple[int, int] | None:
    """Return the many who speak that a sentence begins with, for `they`: "Prosecutors laid out"."""
    match = _MANY.match(text)
    if match is None or speaks_as(clean(match[1])) != "many" or key(match[1]).endswith("ss"):
        return None
    return match.span(1)


def unit(text: str) -> tuple[int, int] | None:
    """Return the unit that a sentence begins with, for `it`: "His battalion was"."""
    match = _UNIT.match(text)
    return match.span(1) if match else None


# -- persons named in full once, and by their last name later: one voice, spelled in one way --

_FULL = re.compile(
    r"\b([A-ZÀ-Þ][a-zà-ÿ’-]+\s+(?:(?:al|el|bin|de|van|von|der)[\s-])?([A-ZÀ-Þ][\w’-]+[a-zà-ÿ]))(?![\w’'])"
)
_NO_FIRST_NAME = re.compile(rf"(?:{MONTHS}|\w+day)\s", re.I)


def learn(names: dict[str, str], text: str, spoke: list[Voice]) -> None:
    """Keep who is named in full in a sentence, by the last name; who speaks there first."""
    for voice in spoke:
        if _is_person(voice.name.rsplit(", ", 1)[-1]):  # "the command's spokesman, Col Lysenko"
            names.setdefault(_last(voice.name), voice.name)
    for match in _FULL.finditer(text):
        first = match[1].split()[0].lower()
        if first in listed("ends of a noun phrase") or _NO_FIRST_NAME.match(match[1]):
            continue  # "On Whitlow", "Monday Whitlow"
        if _is_person(match[1]):
            names.setdefault(_last(match[1]), match[1])


_ADDRESSED = re.compile(rf"^{_ADDRESS}(?=[A-ZÀ-Þ])")


def in_full(names: dict[str, str], name: str) -> str:
    """Return a name as it was first told in full: "Whitlow" and "Dana Whitlow" are one."""
    known = names.get(_last(name), name)
    # "Mr Marchenko" of "the governor, Serhii Marchenko"
    short = (_ADDRESSED.sub("", one.rsplit(", ", 1)[-1]) for one in (name, known))
    shorter, longer = sorted(map(key, short), key=len)
    led = f" {longer}".removesuffix(f" {shorter}")
    same = led != f" {longer}" and not _OF_A_BODY.search(
        f"{led} "
    )  # "the Network for Human Rights"
    return known if same else name


def in_small(name: str, text: str, start: int) -> str:
    """Return a common noun as inside of a sentence: "Police said" is of "police", too."""
    first = start == 0 or _ENDED.search(text, max(0, start - 4), start)
    common = speaks_as(name) == "many" or name == "Police"
    return name.lower() if first and common and name.istitle() and " " not in name else name


_ENDED = re.compile(r"[.!?:\n][\s“\"]*$")
_OF_A_BODY = re.compile(r"\s(?:of|for|on|and)\s")


def _last(name: str) -> str:
    return key(name).split()[-1] if name.split() else ""


def _is_person(name: str) -> bool:
    words = name.split()
    if len(words) < 2 or "'" in name or "’s" in name or speaks_as(name) not in ("one", ""):
        return False
    last = words[-1]
    if not last[0].isupper() or is_speaker(last) or last in territories():
        return False
    return last not in peoples() and last not in capitals()


# -- whom a pronoun may stand for: one person, a body, many --

_THAT_SPEAK = listed("bodies that speak")
_ALONE = listed("one who speaks")
_HEAD = re.compile(r"\s+(?:of|for|at|in|from|with|on|who)\s|,")


def speaks_as(name: str) -> str:
    """Return whether a name is of `one` person, of a `body`, of `many`, or "" where it is open."""
    words = key(_HEAD.split(name)[0]).split()
    if not words or words[-1] in _THAT_SPEAK or name in peoples() or name in capitals():
        return "body"
    if any(word in _ALONE for word in words):
        return "one"
    plural = words[-1].endswith("s") and (
        _HEAD.split(name)[0].split()[-1].islower() or words[-1][:-1] in listed("those who speak")
    )
    return "many" if plural else ""


# Whom a pronoun may stand for: "he" is no ministry, "it" no minister.
_MAY_BE = {"it": ("body", ""), "they": ("many", "body", ""), "them": ("many", "body", "")}
_MAY_BE |= dict.fromkeys(("he", "she", "him", "her"), ("one", ""))


def may_be(pronoun: str, name: str) -> bool:
    """Return whether a pronoun may stand for a name."""
    if pronoun in ("he", "she") and name.startswith("The "):  # no "The Viet Minh"
        return speaks_as(name) == "one"
    return speaks_as(name) in _MAY_BE.get(pronoun, ("one", "many", "body", ""))


# What stands before a name and is none of it: "Three days earlier AFP", "in the yard the caretaker"
_NO_NAME_LEADS = re.compile(
    r"(?i)(?:in|on|at|upon|from|as|so|first|then|every|reached|date|night|nightfall|evening|morning|"
    rf"years?|I|it|claims|{'|'.join(sorted(SMALL))})\s"
)
_NAME_BEHIND = re.compile(
    r".*\s(?:the|an?|his|her|its|their|our|my)\s+(?=\S)|"
    r".*\b(?:earlier|later|ago|before|after|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\s+(?=[A-ZÀ-Þ])"
)
_DOES = re.compile(
    r"\s(?:(?:went|came|goes)\s.*|does|did|do|could|should|would|stood|stands|shared|appointed|built|compared|(?:now\s+)?put|could\w*n['’]t)$"
)
_NOBODY = re.compile(
    r"(?:(?i:correcting|revising|amending|in|on|at|upon|does|keeps|why|how|nor|where|body)|.*\b(?:losses|casualties|killed))\b"
)


def only_name(name: str) -> tuple[int, str]:
    """Return a name without the words of its clause, and where it begins; "" where none is left."""
    start = 0
    if _NO_NAME_LEADS.match(name) and (behind := _NAME_BEHIND.match(name)):
        start = behind.end()
    name = _DOES.sub("", name[start:])
    return start, "" if _NOBODY.match(name) else name
