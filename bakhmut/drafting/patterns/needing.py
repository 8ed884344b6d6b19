"""Patterns that are searched only where a text has a word without which they match nothing.

Most rules are about words that most sentences do not have. What of a word each match of a pattern
has in it is read off the pattern; which patterns a text can match at all is then looked up word by
word, once for all of them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

_FEWEST_LETTERS = 2  # of a part of a word that is worth looking for
_MOST_SPELLINGS = 4  # of one part: "[Tt]he" has two before small letters are made of them
_NOTHING = frozenset(("",))


def needed(pattern: str, flags: int = 0) -> frozenset[str]:
    r"""Return parts of words in small letters, one of which each match of a pattern has in it.

    `\bkilled\s+(?:by|in)` has `killed`; `deaths?|dead` has `death` or `dead`; `\w+` has none.
    """
    return _needed(_parser.parse(pattern, flags))


def _needed(items: Iterable[tuple[Any, Any]], led: frozenset[str] = _NOTHING) -> frozenset[str]:
    """Return what one of is in each match of a sequence, right behind what it is `led` by."""
    best: frozenset[str] = frozenset()
    for op, value in items:
        letters = _letters(op, value)
        longer = frozenset(one + letter for one in led for letter in letters)
        if not longer or len(longer) > _MOST_SPELLINGS:
            best = max(best, led, _inside(op, value, led), key=_rarity)
            longer = letters if 0 < len(letters) <= _MOST_SPELLINGS else _NOTHING
        led = longer
    return max(best, led, key=_rarity)


def _letters(op: Any, value: Any) -> frozenset[str]:
    """Return the letters, small, one of which an item is; none where it may be anything else."""
    own = [(op, value)] if op is ops.LITERAL else value if op is ops.IN else ()
    letters = frozenset(chr(one).lower() if kind is ops.LITERAL else "" for kind, one in own)
    plain = all(one.isascii() and one.isalnum() for one in letters)
    return letters if plain else frozenset()


def _inside(op: Any, value: Any, led: frozenset[str]) -> frozenset[str]:
    """Return what an item that is made of others needs."""
    if op is ops.BRANCH:
        ways = [_needed(one, led) for one in value[1]]
        return frozenset().union(*ways) if all(ways) else frozenset()
    if op is ops.SUBPATTERN:
        return _needed(value[3], led)
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT):
        return _needed(value[2], led) if value[0] else frozenset()
    if op is ops.ASSERT and value[0] > 0:  # what must follow
        return _needed(value[1], led)
    return frozenset()


def _rarity(parts: frozenset[str]) -> float:
    """Return how rare the commonest of parts of words may be, 0 where they are no help."""
    least = min(map(len, parts), default=0)
    return least - len(parts) / 100 if least >= _FEWEST_LETTERS else 0


class Needing:
    """A pattern each match of which has one of some parts of words in it.

    Raises `ValueError` where the pattern has none.
    """

    def __init__(self, pattern: str, flags: int = 0):
        self.compiled = re.compile(pattern, flags)
        parts = needed(pattern, flags)
        if not parts:
            raise ValueError(f"no word is in each match of {pattern}")
        for part in parts:
            _NEEDING.setdefault(part, []).append(self)
            _PARTS.setdefault(part[:_FEWEST_LETTERS], set()).add(part)
        _of_word.cache_clear()  # of words and texts that were asked about before
        possible.cache_clear()

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the first match, None where there is none."""
        return self.compiled.search(text, start, end) if self in possible(text) else None

    def before(self, text: str, at: int, size: int = 90) -> re.Match[str] | None:
        """Return the first match in the window in front of a place, which begins at 0."""
        if self not in possible(text):
            return None
        return self.compiled.search(text[at - size if at > size else 0 : at])

    def finditer(
        self, text: str, start: int = 0, end: int = sys.maxsize
    ) -> Iterator[re.Match[str]]:
        """Return the matches in order, none inside another."""
        return self.compiled.finditer(text, start, end) if self in possible(text) else iter(())

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Return the match that begins at a place, None where there is none."""
        return self.compiled.match(text, start)


_NEEDING: dict[str, list[Needing]] = {}  # by each part of a word that a match may have
_PARTS: dict[str, set[str]] = {}  # those parts, by how they begin
_WORD = re.compile(r"\w+")
_ODD = re.compile("[İıſ]")  # an i or s to a pattern without capitals, and not to `lower`


@lru_cache(maxsize=512)
def possible(text: str) -> frozenset[Needing]:
    """Return the patterns that may match in a text, or in any part of it."""
    if not text.isascii() and _ODD.search(text):
        text = text.replace("İ", "i").replace("ı", "i").replace("ſ", "s")
    words = set(_WORD.findall(text.lower()))
    return frozenset().union(*map(_of_word, words))


@lru_cache(maxsize=16384)
def _of_word(word: str) -> frozenset[Needing]:
    """Return the patterns that need a part of a word."""
    begun = (_PARTS.get(word[at : at + _FEWEST_LETTERS], ()) for at in range(len(word)))
    parts = {part for some in begun for part in some if part in word}
    return frozenset(one for part in parts for one in _NEEDING[part])
