"""Articles that count one: "seven prisoners and an officer have died"; and none at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.patterns.needing import Needing
from bakhmut.drafting.phrases import counted, kind_of, noun_phrase

_NONE = Needing(
    r"[,;]\s+(?:and\s+|but\s+)?(none|nobody)\b(?!\s+of\b|\s+(?:can|could|may|might|will|would|should|must|"
    r"knows?|knew|says?|said|counts?|counted|expects?|expected|believes?|believed|(?:ha[sd]|have|had)\s+"
    r"(?:yet\s+|ever\s+)?(?:said|counted|told|published|confirmed|claimed|explained|tried|asked))\b)",
    re.I,
)
_A_THEN = re.compile(
    r"\b(an?)\s+(?:[a-z-]+\s+){0,2}[a-z-]+\s+and\s+(?:[a-z]+ed|[a-z]+ing|hurt)\s+$", re.I
)
_AND_A = re.compile(r"\s*(?:,|,?\s(?:and|or|plus|as\s+well\s+as))\s+(an?)\s")
_A_AND = re.compile(
    r"\b(an?)\s+((?:[a-z-]+\s+|\d+-year-old\s+){0,2}[a-z-]+)(?:,|,?\s(?:and|or))\s+$", re.I
)


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
        who = led and _NAMED.search(sentence, 0, led.start(1))
        if led and not who and led.start(1) not in taken and _counts(sentence, led.end(1)):
            taken.add(led.start(1))
            yield _one(*led.span(1))


# "notes Olena Marchuk, an economist, 200 were killed": who she is
_NAMED = re.compile(
    r"(?<![Ii]n\s)(?<![Aa]t\s)(?<![Oo]n\s)(?<!rom\s)(?<!ear\s)\b[A-Z][\w’'-]+\s[A-Z][\w’'-]+,\s+(?:\d\d,\s+)?$"
)
# One of whom no table knows many: a midwife, an instructor.
_ONE_PERSON = re.compile(
    r"^(?:person|colleague|comrade|infant|toddler|youth)$|(?:man|wife|nurse|child|boy|girl|tor|ist|cian|ee|keeper|worker|driver|teacher|[rdt]ess)$"
)


_MADE_OF = ("crew", "family", "household", "team", "group", "party", "patrol", "class")


def _counts(sentence: str, at: int) -> bool:
    start, end, head = noun_phrase(sentence, at)
    kind = kind_of(sentence[start:end])
    if (
        head in ("family", "household")
        and re.match(r",?\s+(?:\w+\s+)?(?:\d|[a-z]+\b)", sentence[end:])
        and "," in sentence[end : end + 2]
    ):
        return False  # "an entire family, six people in all"
    if re.match(r"\s+of\s+(?:\d|[a-z]+\b)", sentence[end:]) and head in _MADE_OF:
        return False  # "a crew of five"
    return kind in ("group", "soldiers", "thing") or bool(_ONE_PERSON.search(head))


def _one(start: int, end: int) -> Mention:
    return Mention(start, end, "count", "1", "1", "article", value=Fraction(1), in_words=True)
