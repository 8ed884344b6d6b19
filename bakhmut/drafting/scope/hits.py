"""Measure words of a sentence, each with the forms in which it is used."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bakhmut.drafting.words import company, key, measure_pattern, measures


@dataclass(frozen=True)
class Hit:
    """A measure word at `start:end`, its measure and the forms in which it is used."""

    start: int
    end: int
    measure: str
    forms: tuple[str, ...]
    words: str


# A word with a capital behind a blank is part of a name; behind a bullet it begins a line.
_NAME_BEFORE = re.compile(r"\w[^\w]* $")


@lru_cache(maxsize=64)
def hits(sentence: str) -> list[Hit]:
    """Return the measure words of a sentence in order."""
    found = []
    for match in measure_pattern().finditer(sentence):
        entries = measures()[key(match[0])]
        word = match[0]
        if (
            word[0].isupper()
            and _NAME_BEFORE.search(sentence, 0, match.start())
            and not word.isupper()
            and word != "Dead"
        ):
            continue  # inside of a name
        if not _in_company(key(word), match, sentence):
            continue
        for measure in dict.fromkeys(m for m, _ in entries):
            forms = tuple(form for m, form in entries if m == measure)
            found.append(Hit(match.start(), match.end(), measure, forms, key(word)))
            break
    return found


def _in_company(word: str, match: re.Match[str], sentence: str) -> bool:
    """Whether an ambiguous word is a measure here: `fell` of men, not of snow."""
    wanted = company().get(word)
    if wanted is None:
        return True
    start, end = match.span()
    return bool(wanted.search(f"{sentence[max(0, start - 80) : start]}@{sentence[end : end + 80]}"))
