"""Figures that no table of words would show: a predicate nobody listed, an article that counts.

"140 farmers were blindfolded" has the measure `blindfolded`; "seven prisoners and an officer have
died" counts one officer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.scope.measures import Found
from bakhmut.drafting.scope.phrases import counted, kind_of, noun_phrase
from bakhmut.drafting.words import listed

_PASSIVE = re.compile(
    r"\s+(?:were|was|(?:have|has|had)\s+(?P<no>not\s+)?been|are\s+being|were\s+being)\s+(?:(?:\w+ly|also|all|still|"
    r"then|later|reportedly)\s+)?(?P<done>[a-z-]{2,}(?:ed|en|wn|nt|lt|ught|und|ck|ng|ut|ost|id))\b"
)
# Of so many that somebody counted them: "17 million people do not know when they will eat".
_LACKING = re.compile(r"\s+(?P<done>(?:(?:do|does|did)\s+not|cannot|could\s+not)\s+[a-z]+)\b")
_NEUTRAL = listed("done to nobody's harm")


def predicate(mention: Mention, sentence: str, end: int) -> Found | None:
    """Return what a sentence says was done to the persons counted: `were blindfolded`."""
    match = _PASSIVE.match(sentence, max(end, mention.end))
    if match and match["no"]:
        span = (match.start("no"), match.end("done"))
        return Found(f"not {match['done']}", *span, "predicate", "inferred")
    if match is None and (mention.value or 0) >= 100:
        match = _LACKING.match(sentence, max(end, mention.end))
    if match is None or match["done"] in _NEUTRAL:
        return None
    return Found(match["done"], *match.span("done"), "predicate", "inferred")


_NONE = re.compile(r"[,;]\s+(?:and\s+|but\s+)?(none|nobody)\b(?!\s+of\b)", re.I)
_A_THEN = re.compile(
    r"\b(an?)\s+(?:[a-z-]+\s+){0,2}[a-z-]+\s+and\s+(?:[a-z]+ed|[a-z]+ing|hurt)\s+$", re.I
)
_AND_A = re.compile(r"\s*(?:,|,?\s(?:and|or|plus|as\s+well\s+as))\s+(an?)\s")
_A_AND = re.compile(r"\b(an?)\s+((?:[a-z-]+\s+){0,2}[a-z-]+)(?:,|,?\s(?:and|or))\s+$", re.I)


def articles(sentence: str, found: list[Mention]) -> Iterator[Mention]:
    """Yield one for "an officer" in a list with a number: `seven prisoners and an officer`."""
    taken = {one.start for one in found}
    for one in found:
        if one.kind not in ("count", "range"):
            continue
        _, end, head = counted(sentence, one)
        match = _AND_A.match(sentence, max(end, one.end)) if head else None
        if match and match.start(1) not in taken and _counts(sentence, match.end(1)):
            taken.add(match.start(1))
            yield _one(*match.span(1))
        none = _NONE.search(sentence, one.end, one.end + 90)
        if none and none.start(1) not in taken:
            taken.add(none.start(1))
            yield Mention(*none.span(1), "count", "0", "0", "none", value=Fraction(0))
        before = (max(0, one.start - 60), one.start)
        led = _A_AND.search(sentence, *before) or _A_THEN.search(sentence, *before)
        if led and led.start(1) not in taken and _counts(sentence, led.end(1)):
            taken.add(led.start(1))
            yield _one(*led.span(1))


def _counts(sentence: str, at: int) -> bool:
    start, end, head = noun_phrase(sentence, at)
    kind = kind_of(sentence[start:end])
    if re.match(r"\s+of\s+(?:\d|[a-z]+\b)", sentence[end:]) and head == "crew":
        return False  # "a crew of five"
    return kind in ("group", "soldiers", "thing") or head in (
        "man",
        "person",
        "colleague",
        "comrade",
    )


def _one(start: int, end: int) -> Mention:
    return Mention(start, end, "count", "1", "1", "article", value=Fraction(1), in_words=True)
