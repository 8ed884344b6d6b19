"""Measure words of a sentence with the forms in which they are used, and numbers around them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.phrases import NOT_FOUND, WHOSE, as_said, kind_of, noun_phrase
from bakhmut.drafting.words import (
    SENTENCES,
    any_of,
    company,
    key,
    listed,
    meanings,
    measure_pattern,
    measures,
)


@dataclass(frozen=True)
class Hit:
    """A measure word at `start:end`, its measure and the forms in which it is used."""

    start: int
    end: int
    measure: str
    forms: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class Found:
    """A measure with the span of its words, the rule that bound it, and how sure that is."""

    measure: str
    start: int
    end: int
    rule: str
    sure: str
    cost: float = 0.0
    subject: bool = False  # those who lost them stand before the verb: "Russia has lost 9"


# A word with a capital behind a blank is part of a name; behind a bullet it begins a line.
_NAME_BEFORE = re.compile(r"(?<!\d[ap])[^\W\d][^\w:]* $")  # no name: "8.40pm - Death toll"
_HYPHEN = re.compile(r"-(?!to-|in-|or-|out\b)[a-z]")
# "Troop Losses in Ukraine War Near Half a Million": in such a line capitals name nothing.
_TITLE = re.compile(
    r"\W*(?:(?:[A-Z0-9]\S*|an?|the|in|of|at|on|to|for|and|or|as|by|from|with|after|over|near)(?:\s+|$)){4,}\W*"
)


@lru_cache(maxsize=SENTENCES)
def hits(sentence: str) -> list[Hit]:
    """Return the measure words of a sentence in order."""
    found = []
    title = _TITLE.fullmatch(sentence) is not None
    for match in measure_pattern().finditer(sentence):
        entries = meanings(key(match[0]))
        word = match[0]
        if (
            word[0].isupper()
            and _NAME_BEFORE.search(sentence, 0, match.start())
            and not (word == "Dead" or word[1:2].isupper())  # POWs, IDPs
            and not key(word).endswith(("rate", "rates", "ratio"))
            and not title
        ):
            continue  # inside of a name
        if (word == "March" and not title) or _HYPHEN.match(sentence, match.end()):
            continue  # the month; "lost-time injuries", "strike-hit"
        if not _in_company(key(word), match, sentence):
            continue
        if said := as_said(key(word), match.end(), sentence):
            found.append(
                Hit(match.start(), said, sentence[match.start() : said], ("done",), "said")
            )
            continue
        if _of_a_thing(entries, match, sentence):
            continue
        measure = _meant(entries, match, sentence)
        own = measure == key(word)  # "released 300": its verb, too, is the word's own measure
        forms = tuple(form for m, form in entries if own or m == measure)
        found.append(Hit(match.start(), match.end(), measure, forms, key(word)))
    # "450 cases of torture": torture is what was done.
    found = [one for one, next_ in zip(found, [*found[1:], None], strict=False)
             if not (next_ and one.words in ("case", "cases")
                     and _OF_KIND.fullmatch(sentence, one.end, next_.start))]  # fmt: skip
    # "gone home cured", "brought in dead": how they came is what is told.
    found = [one for one, next_ in zip(found, [*found[1:], None], strict=False)
             if not (next_ and (one.measure in _CAME or one.words.endswith((" home", " back")))
                     and "done" in next_.forms and next_.start == one.end + 1)]  # fmt: skip
    # "the identified dead": the dead are told of.
    found = [one for one, next_ in zip(found, [*found[1:], None], strict=False)
             if not (next_ and one.words in _OF_THE_DEAD and next_.start == one.end + 1
                     and "name" in next_.forms)]  # fmt: skip
    found = _of_their_own(found, sentence)
    # "134 arrests for looting": looting is why.
    return [one for one, last_ in zip(found, [None, *found], strict=False)
            if not (last_ and last_.measure in _AT_LAW
                    and _WHY.fullmatch(sentence, last_.end, one.start))]  # fmt: skip


def _of_their_own(found: list[Hit], sentence: str) -> list[Hit]:
    """Return hits without those that a clause says of what somebody has: `whose homes burned`.

    Whose body was never found is missing.
    """
    for clause in (NOT_FOUND, WHOSE):
        for match in clause.finditer(sentence):
            missing = clause is NOT_FOUND
            span = match.span() if missing else match.span("done")
            inside = [one for one in found if span[0] <= one.start < span[1]]
            if not missing and any(one.words == "not found" for one in inside):
                continue
            found = [one for one in found if one not in inside]
            if missing:
                found.append(Hit(*match.span("not"), "missing", ("done",), "not found"))
    return sorted(found, key=lambda one: one.start)


_ARTICLE = re.compile(r"\b(?:the|an?|its|their|this)\s+$", re.I)
_THING = re.compile(
    r"\s+([a-z]{3,})(?=\s*[.,;]|$|\s(?:of|in|on|at|near|by|and|where|which|after|before)\b)"
)


def _of_a_thing(entries: list[tuple[str, str]], match: re.Match[str], sentence: str) -> bool:
    """Whether a participle only says what a thing is like: `drink from the poisoned river`."""
    noun = _THING.match(sentence, match.end())
    if noun is None or any(form == "name" for _, form in entries) or noun[1] in _NO_THING:
        return False
    return bool(
        _ARTICLE.search(sentence, max(0, match.start() - 8), match.start())
        and kind_of(noun[1]) in ("", "thing")
        and noun[1] not in measures()
    )


_NO_THING = listed("ends of a noun phrase") | {"population", "numbers", "number", "rest", "total"}
# "burned 19 houses", "beat 30 prisoners": with an object, and not "were burned".
_OBJECT = re.compile(
    r"\s+(?:(?:some|about|at\s+least|more\s+than|another|the|over|nearly|up\s+to)\s+)*\d"
)
PASSIVE = re.compile(r"\b(?:was|were|been|be|being|are|is|get|got)\s+(?:\w+\s+)?$")


def _meant(entries: list[tuple[str, str]], match: re.Match[str], sentence: str) -> str:
    """Return which of its measures a word means: the first, with an object the one that is done."""
    if key(match[0]) == "carried off":
        return "killed" if _SICKNESS.search(sentence, 0, match.start()) else "abducted"
    first = entries[0][0]
    active = [measure for measure, form in entries if form == "doing"]
    if (
        not active
        or first in (active[0], key(match[0]))
        or not _OBJECT.match(sentence, match.end())
    ):
        return first
    passive = PASSIVE.search(sentence, max(0, match.start() - 25), match.start())
    return first if passive else active[0]


_SICKNESS = re.compile(rf"\b(?:{any_of('sickness')})\b[^.;]{{0,60}}$", re.I)
_OF_THE_DEAD = ("identified", "confirmed", "registered", "suspected")
_AT_LAW = ("arrested", "charged", "convicted", "sentenced", "jailed", "fined", "tried", "executed")
_CAME = ("returned", "arrived", "rescued", "sent home")
_WHY = re.compile(r"\s+(?:for|of|over|on\s+suspicion\s+of|in\s+connection\s+with)\s+(?:the\s+)?")
_OF_KIND = re.compile(r"\s+of\s+(?:[a-z-]+\s+){0,4}")


def _in_company(word: str, match: re.Match[str], sentence: str) -> bool:
    """Whether an ambiguous word is a measure here: `fell` of men, not of snow."""
    wanted, (start, end) = company().get(word), match.span()
    return wanted is None or bool(
        wanted.search(f"{sentence[max(0, start - 80) : start]}@{sentence[end : end + 80]}")
    )


_PART_OF_NUMBER = re.compile(
    r"\s+(?:out\s+)?of\s+(?:(?:the|its|their|his|her|those|these|all|some|about|around|an?\s+"
    r"estimated|[\w-]+['’]s)\s+){0,3}"
)
_OF_THE = re.compile(
    r"\b[Oo]f\s+(?:(?:the|our|my|its|their|his|all|those|these|[\w-]+['’]s)\s+){1,3}$"
)
_ONLY = re.compile(
    r"(?:\s+of\s+[^,.;:]{1,40}|\s+in\s+(?:his|her|their|its|my|our)\s+[a-z]+|\s+[a-z]+(?:ed|en|wn|nt)(?:\s+[a-z]+){0,2}(?=,))?,?\s*(?:(?:only|just|some|about|at\s+least|all)\s+)?"
)
_TO = re.compile(r"\s+(?:[a-z]+\s+){0,3}")
_WHO_WERE = re.compile(r"\s+(?:who|that)\s+(?:(?:were|was|are|had|have|had\s+been)\s+)?")
_WHO = listed("persons named by a measure")
# "killed at least 12": what stands between a verb and the number it says something of.
TO_OBJECT = re.compile(
    r"[\"”’]?\s+[\"“‘]?(?:(?:all|its|their|his|her|at\s+least|about|some|(?:no\s+)?(?:more|fewer|less)\s+than|around|another|the|over|nearly|almost|"
    r"up\s+to|an?|as\s+many\s+as|a\s+further|roughly|an?\s+estimated|close\s+to)\s+)*"
)
WHERE_THEY_WERE = ("aboard", "on board", "strength")
_FATES = ("killed", "wounded", "missing", "rescued", "survived", "captured")
_NEXT = re.compile(r"[.;:,]|\b(?:when|after|but|and|as)\b")
Span = tuple[int, int]


class Around:
    """The mentions and measure words of one sentence, to count what lies between two places."""

    def __init__(self, sentence: str, found: list[Mention]):
        self.hits = hits(sentence)
        self.starts = [one.start for one in found]
        self.found, self.at = found, set(self.starts)
        self.sentence = sentence
        first = {one.start: one for one in reversed(found)}
        behind = ((one, _PART_OF_NUMBER.match(sentence, one.end)) for one in found)
        self._parts = [(one, first[of.end()]) for one, of in behind if of and of.end() in first]
        self._led = [
            (whole, part)
            for whole, part in pairwise(found)
            if _OF_THE.search(sentence, max(0, whole.start - 40), whole.start)
        ]

    def of_another(self, hit: Hit, mention: Mention) -> bool:
        """Whether a word stands in the noun that another number counts."""
        for one in self.found:
            if one is not mention and one.end <= hit.start and one.kind in ("count", "range"):
                start, end, _ = noun_phrase(self.sentence, one.end)
                if start <= hit.start < end:
                    return True
        return False

    def next_to_another(self, hit: Hit, mention: Mention) -> bool:
        """Whether a word stands right behind another number: `9,400 injured`."""
        return any(
            one is not mention and self.sentence[one.end : hit.start] == " " for one in self.found
        )

    def begins(self, at: int) -> bool:
        """Whether a mention begins at a place."""
        return at in self.at

    def own_noun(self, mention: Mention) -> tuple[Span | None, Span | None]:
        """Return where the noun of a whole stands: for the whole itself, and for its part.

        "640 of the 900 striking miners had gone": striking is said of the 900, gone of the 640.
        """
        for part, whole in self._parts:  # "640 of the 900"
            if mention in (part, whole):
                span = self._noun(whole, done=self._object(part))
                named = noun_phrase(self.sentence, whole.end)[2]
                told = any(
                    one.measure in WHERE_THEY_WERE and one.end == span[1] for one in self.hits
                )  # "40 of the 128 aboard"
                return (span if named or told else None, None) if mention is whole else (None, span)
        for whole, part in self._led:
            span = self._noun(whole) if mention is whole else None
            apart = span and not any(span[1] <= one.start < part.start for one in self.hits)
            if apart and span and _ONLY.fullmatch(self.sentence, span[1], part.start):
                return span, None  # "of the company's 400 employees 120 are on strike"
        return None, None

    def _object(self, part: Mention) -> bool:
        """Whether the verb stands before the part: "killed 61 of the 1,340 people infected"."""
        return any(
            "doing" in one.forms and _TO.fullmatch(self.sentence, one.end, part.start)
            for one in self.hits
        )

    def _noun(self, mention: Mention, *, done: bool = False) -> Span:
        """Return the noun of a number with the word behind it: `2,600 people detained, ...`."""
        end = max((mention.end, *(mark[1] for mark in mention.marks)))  # "the 100 or so men"
        end = max(end, noun_phrase(self.sentence, end)[1])
        behind = next((hit for hit in self.hits if hit.start >= end), None)
        gap = self.sentence[end : behind.start] if behind else ""
        if behind and _WHO_WERE.fullmatch(gap):
            return mention.end, behind.end  # "41 of the 48 people who were aboard"
        if behind and behind.start == end + 1 and behind.measure in WHERE_THEY_WERE:
            end = behind.end
        elif behind and not gap.strip():
            rest = self.sentence[behind.end : behind.end + 80]
            if done or re.match(
                r"(?:\s+(?!and\b)\w+){0,5}?,?\s*(?:were|was|are|have|had|has|remain\w*)\b", rest
            ):
                end = behind.end
            elif any(hit.start == behind.end + 1 and "done" in hit.forms for hit in self.hits):
                end = behind.end  # "seven of the 52 aboard died"
        return mention.end, end

    def told(self, start: int, end: int) -> bool:
        """Return whether another word says what was done: `37 dead and scores hurt`."""
        return any(
            start <= one.start
            and one.end <= end
            and (
                "name" in one.forms
                or one.measure in ("killed", "missing")
                or one.start == start + 1
            )
            and one.words not in _WHO
            for one in self.hits
        )

    def between(self, start: int, end: int) -> int:
        """Return how many mentions begin inside a span."""
        return bisect_left(self.starts, end) - bisect_left(self.starts, start)

    def is_object(self, mention: Mention) -> bool:
        """Whether a verb in front of a number says what was done to those it counts."""
        return any(
            "doing" in one.forms and TO_OBJECT.fullmatch(self.sentence, one.end, mention.start)
            for one in self.hits
        )

    def fated(self, hit: Hit) -> bool:
        """Whether a word only says where they were: "all 22 people aboard a plane died"."""
        return hit.measure in WHERE_THEY_WERE and any(
            one.measure in _FATES and "done" in one.forms and one.start > hit.end
            and not self.between(hit.end, one.start)
            and not _NEXT.search(self.sentence, hit.end, one.start)
            for one in self.hits
        )  # fmt: skip


_LINK = re.compile(
    r",?\s+(?:and|or|&)\s+(?:(?:were|was|are)\s+)?(?:(?:have\s+|had\s+)?been\s+)?|/|\s+(?:and/or)\s+|,\s+"
)
_JOINED = listed("measures that join")


def joined(best: Found, mention: Mention, sentence: str, around: Around) -> Found:
    """Return `captured + missing` where both words stand together behind or before one number."""
    parts, start, end = [best.measure], best.start, best.end
    # "taken prisoner, losing six": a verb with an object of its own joins nothing.
    named = [hit for hit in around.hits if set(hit.forms) != {"doing"} and hit.measure != "lost"]
    for hit in named:
        new = hit.start >= end and hit.measure not in parts
        if new and _LINK.fullmatch(sentence, end, hit.start):
            parts.append(hit.measure)
            end = hit.end
    for hit in reversed(named):
        new = hit.end <= start and hit.measure not in parts
        if new and _LINK.fullmatch(sentence, hit.end, start):
            parts.insert(0, hit.measure)
            start = hit.start
    if len(parts) == 1 or not set(parts) <= _JOINED:
        return best
    return replace(best, measure=" + ".join(parts), start=start, end=end, sure="inferred")
