"""Peoples and countries that no table has, as a text itself names them; and parties.

"Velkan forces killed 900 Dorian soldiers" names Velkan and Dorian; "the Dorians" and "Doria" are
the same, where the text has them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bakhmut.drafting.numbers.numerals import SMALL
from bakhmut.drafting.patterns.led import FIRST, Phrases
from bakhmut.drafting.scope.sides import OPENERS, PARTIES, Named
from bakhmut.drafting.words import (
    SENTENCES,
    background,
    listed,
    measures,
    peoples,
    persons,
    tokens,
)

_FORCES = (
    r"(?:forces|troops|soldiers|army|military|fighters|navy|air\s+force|marines|paratroopers|conscripts|reservists|"
    r"servicemen|infantry|officers|commanders|general\s+staff|helicopters?|tanks?|jets?|warplanes?|drones?|lines|"
    r"positions|side|losses|casualties|dead|deaths|wounded|fallen|prisoners|defen[cs]e\s+minist\w+|government)"
)
_ADJECTIVE = re.compile(
    rf"\b([A-Z][a-z]{{2,}}(?:an|ese|ish|ic|ite|i|een))\s+(?=(?:[a-z]+\s+)?{_FORCES}\b)"
)
# "Blue soldiers", where Blue stands inside of a sentence as well, and never as a place.
_NAME = re.compile(
    r"\b([A-Z][a-z]{2,})\s+(?=(?:soldiers|troops|fighters|forces|side|POWs|casualties|losses)\b)"
)
# "the Dravians are losing twice as many men"
_PEOPLE = re.compile(
    r"\b[Tt]he\s+([A-Z][a-z]{2,}(?:an|ite|i|een))s\s+(?:(?:have|had|are|were|also)\s+)*"
    r"(?:los(?:t|e|ing)|suffer\w*|kill\w*|captur\w*|attack\w*|shell\w*)\b"
)
_CAPITAL = re.compile(r"\b[A-Z][a-z]{3,}\b")


@lru_cache(maxsize=8)
def nations(text: str) -> dict[str, str]:
    """Return {word of a text: its people or country}: `Dorians` and `Dorian` are `Doria`."""
    table: dict[str, str] = {}
    words, every = set(_CAPITAL.findall(text)), set(FIRST.findall(text))
    named = dict.fromkeys(match[1] for match in _ADJECTIVE.finditer(text))
    named |= dict.fromkeys(match[1] for match in _PEOPLE.finditer(text))
    other = dict.fromkeys(match[1] for match in _NAME.finditer(text))
    for name in (*named, *(one for one in other if one not in named and _stands_alone(one, text))):
        lower = name.lower()
        known = (
            name in peoples()
            or lower in SMALL
            or lower in persons()
            or lower in background() | measures().keys()
        )
        if known or lower in listed("no people's names") or lower in every:
            continue
        lands = [one for one in words - {name} if _is_land(one, name)]
        land = min(lands, key=len, default=name)
        table |= dict.fromkeys((name, f"{name}s", land), land)
    return table


def _stands_alone(name: str, text: str) -> bool:
    """Whether a capital word is a name inside of a sentence, and not of a place."""
    inside = False
    for match in re.finditer(rf"{name}\b", text):
        before = text[max(0, match.start() - 12) : match.start()]
        if _PLACED.search(before):
            return False
        inside = inside or bool(
            _INSIDE.search(before) and not _NAME_GOES_ON.match(text, match.end())
        )
    return inside


_PLACED = re.compile(r"\b(?:in|at|near|from|of|around|outside)\s+$")
_INSIDE = re.compile(r"[a-z,]\s+$")
_NAME_GOES_ON = re.compile(r"\s+[A-Z]")


def _is_land(word: str, adjective: str) -> bool:
    """Whether a word is the country of an adjective: Velka of Velkan, Ostova of Ostovan."""
    return word not in peoples() and len(adjective) - len(word) <= 3 and (
        adjective.startswith(word) or (word[-1] in "aeiouy" and adjective.startswith(word[:-1]))
    )  # fmt: skip


@lru_cache(maxsize=8)
def nation_pattern(text: str) -> Phrases:
    """Return the names of a text's own peoples, to be found in it; capitals count."""
    return Phrases(nations(text), cased=True)


_PARTY = re.compile(
    rf"\b(?i:(the|its|their)\s+)?((?:(?:rebel|government|security|pro-government|anti-government|"
    rf"Islamist|separatist|regular|[A-Z][a-z]+)\s+)?(?i:{PARTIES}))\b(?!\s+(?:said|says|official|"
    r"minist\w+|spokes\w+|source|chief|commander|leader|station|post|officers?|hospital|base|barracks|"
    r"camp|headquarters|statement|figures|data|attack|raid|offensive|operation)s?\b)"
)


@lru_cache(maxsize=SENTENCES)
def parties(sentence: str) -> list[Named]:
    """Return sides that are no people's: `rebels`, `the army`, `government forces`."""
    if _PARTY_WORDS.isdisjoint(tokens(sentence)):
        return []
    return [
        _plain(match, *match.span(2))
        for match in _PARTY.finditer(sentence)
        if match[2] != "front"
        and (match[1] or match[2].lower().endswith("s") or _OF_PARTY.match(sentence, match.end()))
    ]


def _plain(match: re.Match[str], start: int, end: int) -> Named:
    """Return a party without the number or article in front: "Sixteen militants"."""
    first, _, rest = match[2].partition(" ")
    if rest and first.lower() in SMALL.keys() | OPENERS | {"several"}:
        start = end - len(rest)
    return Named(match.string[start:end], start, end, "party", "inferred")


_PARTY_WORDS = frozenset(one.split()[0] for one in listed("parties"))
_OF_PARTY = re.compile(
    r"\s+(?:losses|casualties|dead|deaths|wounded|soldiers|fighters|prisoners)\b"
)
