"""Patterns that are tried only where their first word stands, so that long tables cost no more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

FIRST = re.compile(r"(?<!\w)\w+")  # a word, from its first letter


class Phrases:
    """Whole phrases looked up in a text, the longest first; a blank is any white space."""

    def __init__(self, phrases: Iterable[str], *, cased: bool):
        self.cased = cased
        by_first: dict[str, list[str]] = {}
        for phrase in set(phrases):
            first = FIRST.match(phrase)
            by_first.setdefault(first[0] if first else phrase[:1], []).append(phrase)
        self._patterns = {
            first: re.compile(
                "(?:" + "|".join(
                    re.escape(one).replace(r"\ ", r"\s+")
                    for one in sorted(group, key=lambda one: (-len(one), one))
                ) + r")(?!\w)", 0 if cased else re.IGNORECASE,
            )
            for first, group in by_first.items()
        }  # fmt: skip

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the matches in order, none inside another."""
        spans, cased_words, words = _spans(text)
        if self._patterns.keys().isdisjoint(cased_words if self.cased else words):
            return
        end = 0
        for start, cased, word in spans:
            found = self._patterns.get(cased if self.cased else word)
            match = found.match(text, start) if found and start >= end else None
            if match:
                end = match.end()
                yield match


class Led:
    """A pattern that begins with one of some words; it is tried only where one of them stands.

    `words` are whole words in small letters between blanks, `stems` beginnings of words; a word
    that begins with a digit is tried where `digits` says so.
    """

    def __init__(
        self,
        pattern: re.Pattern[str],
        words: str,
        *,
        stems: str = "",
        digits: bool = False,
    ):
        self._pattern, self._words = pattern, frozenset(words.split())
        self._stems = tuple(stems.split())
        self._digits = digits

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the matches in order, none inside another."""
        spans, _, words = _spans(text)
        leading = self._words & words
        if self._stems:
            leading |= {word for word in words if word.startswith(self._stems)}
        if self._digits:
            leading |= {word for word in words if word[0].isdigit()}
        end = 0
        for start, _, word in spans if leading else ():
            if word in leading and start >= end and (match := self._pattern.match(text, start)):
                end = match.end()
                yield match

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match, None where there is none."""
        return next(self.finditer(text), None)


@lru_cache(maxsize=64)
def _spans(text: str) -> tuple[list[tuple[int, str, str]], frozenset[str], frozenset[str]]:
    """Return where the words of a text begin, each as it stands and in small letters; and those."""
    spans = [(word.start(), word[0], word[0].lower()) for word in FIRST.finditer(text)]
    cased, words = (frozenset(one[n] for one in spans) for n in (1, 2))
    return spans, cased, words
