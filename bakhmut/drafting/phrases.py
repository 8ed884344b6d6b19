"""The noun that follows a number, its head, and what kind of person or thing it names."""

from __future__ import annotations

import re
from functools import lru_cache

from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.numbers.numerals import SMALL
from bakhmut.drafting.patterns.needing import Needing
from bakhmut.drafting.words import (
    SENTENCES,
    any_of,
    background,
    key,
    listed,
    measures,
    peoples,
    persons,
)

_WORD = re.compile(r"[^\W_](?:[\w’'-]*[^\W_])?")


_STOP = listed("ends of a noun phrase")


_ARTICLE = re.compile(
    r"[\"”’]?\s+of\s+(?:all\s+)?(?:(?:the|its|their|his|her|our|these|those)\s+)?(?=\w)"
)


# "86 suspected smugglers": a noun of persons follows; "suspected cases" are a measure.
_SUSPECTS = re.compile(
    r"(?:displaced\s+people\b|rescue\s+[a-z]+ers\b)|(?:trapped|missing|stranded|rescued|captured|detained|arrested|infected|surviving|kidnapped|abducted|fatal|deadly|suspected|alleged|convicted|accused|registered|retired|wounded|injured|unaccompanied)\s+"
    r"(?!cases|infections|deaths|people|persons|men\b|others)[a-z-]*(?:s|men|children|people)\b"
)
# "355 reports of missing people": the people are counted.
_CASES = re.compile(
    r"\s+(?:[a-z]+ed\s+)?(?:names(?=\s+of\s+(?:dead|fallen|killed|[A-Z]))|cases|reports|instances|incidents|allegations|complaints)\s+of(?=\s)"
)
_PERCENT = re.compile(r"\s*\(\d[\d.,]*\s?%?\)(?=\s)")  # "166 (52%) children"
_AGED = re.compile(r"\s+\d+-year-old(?=\s)")
_MORE = re.compile(r"\s+(?:more|other|further|additional|new)(?=\s)", re.I)


@lru_cache(maxsize=8 * SENTENCES)
def noun_phrase(sentence: str, start: int) -> tuple[int, int, str]:
    """Return the span and head of the noun that follows a number: `Russian servicemen`."""
    words: list[tuple[int, int, str]] = []
    at = start
    for lead in (_PERCENT, _CASES, _ARTICLE, _MORE, _AGED):
        if match := lead.match(sentence, at):
            at = match.end()
    for match in _WORD.finditer(sentence, at, min(len(sentence), at + 120)):
        word = match[0]
        if (
            not words
            and _no_noun(word.lower())
            and not (_SUSPECTS.match(sentence, match.start()) or _ARE.match(sentence, match.end()))
        ):
            break
        gap = sentence[at : match.start()]
        if (
            gap.strip(" \t\u00a0-\"“‘'’”")
            or " - " in gap
            or (word.lower() in _STOP and not (word.isupper() and len(word) > 2))  # the WHO
            or word.lower().split("-")[0] in SMALL
            or len(words) == 5
            or word[0].isdigit()
        ):
            break
        if word == "respectively" or (word == "last" and not words):
            break  # "48,000 last December"
        if words and (_verbal(word.lower(), words[-1][2]) or _complete(words[-1][2], word)):
            break
        words.append((match.start(), match.end(), word))
        at = match.end()
    if not words or words[-1][2].endswith(("’s", "'s")):
        return start, start, ""
    return words[0][0], words[-1][1], words[-1][2]


_ARE = re.compile(r"(?<=[a-z]s)\s+(?:are|were|have)\s")  # "320 shelters are open": a noun


def _no_noun(word: str) -> bool:
    """Whether the first word behind a number is no noun: `350 died`, `28,616 suspected`."""
    forms = [form for _, form in measures().get(word, ())]
    if forms and "name" not in forms:
        return True
    if word.endswith("ed") and word not in _ADJECTIVE_ED:
        return True
    return word in _VERBS or word in (
        "respectively",
        "suspected",
        "confirmed",
        "probable",
        "reported",
        "identified",
    )


def counted(sentence: str, mention: Mention) -> tuple[int, int, str]:
    """Return the noun that a number counts, none where no plural follows: `six await news`."""
    at = mention.end
    for start, end, _ in mention.marks:  # "2,600 or so Eritreans"
        at = end if start == mention.end else at
    start, end, head = _counted(sentence, at, mention.value is None or mention.value > 1)
    return (start, end, head) if head else (mention.end, mention.end, "")


@lru_cache(maxsize=8 * SENTENCES)
def _counted(sentence: str, at: int, many: bool) -> tuple[int, int, str]:
    start, end, head = noun_phrase(sentence, at)
    plural = any(_plural(word) for word in sentence[start:end].split())
    if head and many and not plural and not _MANY_DID.match(sentence, end):
        return start, start, ""
    return start, end, head


# "thirty khwarij were": a verb says that a word is of many
_MANY_DID = re.compile(r"\s+(?:were|are|have|got)\b")


def _plural(word: str) -> bool:
    lower = word.lower()
    return (
        (
            lower.endswith(("s", "men", "people", "folk", "children", "aircraft", "cattle", "s-by"))
            and not lower.endswith(("ss", "us", "’s", "'s"))
        )
        or not word.islower()
        or lower in persons()
        or lower in background()
        or lower in measures()
    )


_ADJECTIVE_ED = listed("adjectives in -ed")


def _complete(before: str, word: str) -> bool:
    """Whether a plural ends the phrase: after `jailbirds` no noun of the same phrase comes."""
    known = persons()
    if word.lower() in ("prisoner", "captive", "hostage"):
        return True  # "took 26 soldiers prisoner"
    if word.lower() in known or word.lower() in background() or word in peoples():
        return False
    return (
        before.lower() in known
        and before.lower() != "staff"
        and (before.lower()[-1] in "sn" or before.lower() == "people")
    ) or (
        before.endswith("s") and before[-2:] not in ("ss", "us", "’s", "'s") and before[0].islower()
    )


def _verbal(word: str, before: str) -> bool:
    """Whether a word after a noun begins the predicate: `men stepped`, `people died`."""
    if word in measures() and any(form != "name" for _, form in measures()[word]):
        return True
    plural = (
        before.endswith("s")
        or before.lower() in persons()
        or before.lower()
        in (
            "people",
            "men",
            "women",
            "children",
            "troops",
        )
    )
    return plural and (
        word.endswith("ed") or word.endswith("ing") or word in _VERBS or word == "respectively"
    )


_VERBS = listed("verbs behind a number") | listed("irregular past")


def is_background(head: str, phrase: str) -> bool:
    """Whether a noun is counted as background: `149 of its buildings`, `374 trucks`."""
    word = head.lower()
    return word in background() and key(phrase) not in persons()


PERSONS = ("anybody", "soldiers", "group")  # of the kinds of nouns


@lru_cache(maxsize=8 * SENTENCES)
def kind_of(phrase: str) -> str:
    """Return the kind of person or thing that a noun phrase names; "" where none is known."""
    words = key(phrase).split()
    named = words and not peoples().keys().isdisjoint(
        (phrase.split()[-1], " ".join(phrase.split()[-2:]))
    )
    if named and words[-1].endswith(("s", "n", "ese", "men")):
        return "soldiers"
    if words and words[-1] == "fighters" and _JET.search(phrase):
        return "thing"  # "two MiG-23 fighters"
    for i in range(len(words)):
        if kind := persons().get(" ".join(words[i:])):
            return kind
    if (
        words
        and _PERSONAL.search(words[-1])
        and words[-1] not in background() | _NO_PERSONS | measures().keys()
    ):
        return "group"
    return ""


_JET = re.compile(r"\b[A-Z][A-Za-z]{0,3}-?\d+|\bjet\s")
# A noun that no table has is taken for persons by its ending: revellers, partygoers, mourners.
_PERSONAL = re.compile(r"[a-z]{2,}(?:ers|ists|ants|ians|men|women|ees|children|folk)$")
_NO_PERSONS = listed("no persons")


# The past of a verb, by its ending or by the table.
PAST = rf"(?:[a-z]{{2,}}ed|{any_of('irregular past')})"
_IRREGULAR = "|".join(sorted(listed("irregular past") | listed("irregular participles")))
_DID = (
    r"(?:(?:were|was|are|is|have|has|had|been|being|still|not|never|all|also|yet|later|since)\s+)*"
    rf"(?:[a-z]{{2,}}ed|{_IRREGULAR}|lies?|stands?)"
)
# "whose homes stood below the quarry": of their homes, and not of them.
WHOSE = Needing(
    rf"\s+whose\s+(?P<done>(?P<what>(?:[a-z’'-]+\s+){{1,3}}?){_DID})\b"
    r"[^,.;:]*?(?=\s*[,.;:]|$|\s(?:are|were|is|was|have|has|had)\s)"
)
NOT_FOUND = Needing(
    r"\b(?:bod(?:y|ies)|remains|corpses?)\s+(?:[a-z]+\s+){0,2}?(?:(?:were|was|have|has|had|are|is)\s+)?"
    r"(?:still\s+)?(?P<not>(?:not|never|yet\s+to\s+be|still\s+to\s+be)\s+(?:yet\s+)?(?:been\s+)?"
    r"(?:recovered|found|retrieved|located|brought\s+(?:up|out|home|ashore|back)|dug\s+(?:up|out)|raised|returned))\b"
)

_KIN = any_of("relatives")
_LOST_KIN = re.compile(
    rf"\s+(?:an?|their|his|her|both|at\s+least\s+one|one\s+or\s+more)\s+(?:{_KIN})\b(?!,?\s+and\b)"
)
_ILL_WITH = re.compile(r"(?:\s+(?:with|from))?\s+(?:an?\s+)?(?!an?\s)(?=[a-z])")
_DISEASE = re.compile(r"virus|fever|infect|covid|ebola|mpox|plague|disease|flu\b", re.I)


def as_said(word: str, at: int, sentence: str) -> int:
    """Return where a predicate ends that is a measure as it is worded, 0 for a word of the table.

    Who "lost a father" is not lost, and whom one diagnoses with a mental disorder not infected.
    """
    if word in ("lost", "lose", "losing"):
        kin = _LOST_KIN.match(sentence, at)
        return kin.end() if kin else 0
    if not word.startswith(("suffering from", "diagnosed")):
        return 0
    of = _ILL_WITH.match(sentence, at)
    if not of or not (of[0].strip() or word.endswith(("from", "with"))):
        return 0
    start, end, head = noun_phrase(sentence, of.end())
    ill = _DISEASE.search(sentence, start, end) or f"had {head.lower()}" in measures()
    if not head or ill:
        return 0
    if more := re.match(r"\s+(?:and|or)\s+(?=[a-z])", sentence[end:]):
        _, also, named = noun_phrase(sentence, end + more.end())
        end = also if named else end
    return end
