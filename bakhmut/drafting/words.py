"""The word tables: what hedges, measures, territories, sides and persons are called.

All are CSV files in `data/`, so that another language is another set of tables. A table of many
phrases becomes one pattern, longest phrase first.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parent.parent / "data"


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of one table in `data/`, cells as text."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def pattern(phrases: Iterable[str], flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """Return a pattern for whole phrases, the longest first; a blank stands for any white space."""
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    alternatives = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in ordered)
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", flags)


def key(words: str) -> str:
    """Return words as the tables hold them: small letters, single blanks."""
    return " ".join(words.lower().split())


@lru_cache(maxsize=1)
def hedges() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return {where: {phrase: hedge codes}}; where is before, after or word."""
    table: dict[str, dict[str, tuple[str, ...]]] = {"before": {}, "after": {}, "word": {}}
    for row in rows("hedges.csv"):
        for where in ("before", "after") if row["where"] == "both" else (row["where"],):
            table[where][row["phrase"]] = (row["hedge"],)
    return table


@lru_cache(maxsize=1)
def measures() -> dict[str, list[tuple[str, str]]]:
    """Return {phrase: [(measure, form)]}; form is done, doing or name."""
    table: dict[str, list[tuple[str, str]]] = {}
    for row in rows("words/measures.csv"):
        for form in ("done", "doing", "name"):
            for phrase in filter(None, row[form].split("|")):
                table.setdefault(phrase.lower(), []).append((row["measure"], form))
    return table


@lru_cache(maxsize=1)
def peoples() -> dict[str, str]:
    """Return {word: side}: territories, their adjectives and peoples, and sides of wars."""
    table = {}
    for row in rows("words/territories.csv"):
        name = row["territory"]
        for word in (name, *row["adjective"].split("|"), *row["people"].split("|")):
            if word:
                table.setdefault(word, name)
    for row in rows("words/sides.csv"):
        for word in row["words"].split("|"):
            table[word] = row["side"]
    return table


@lru_cache(maxsize=1)
def territories() -> frozenset[str]:
    """Return the names of territories, which can be places as well as sides."""
    return frozenset(row["territory"] for row in rows("words/territories.csv"))


@lru_cache(maxsize=1)
def capitals() -> dict[str, str]:
    """Return {capital: territory}: a capital that speaks is its government."""
    return {
        word: row["territory"]
        for row in rows("words/territories.csv")
        for word in filter(None, (row["capital"] or "").split("|"))
    }


@lru_cache(maxsize=1)
def persons() -> dict[str, str]:
    """Return {noun: anybody, soldiers, group or thing}."""
    table: dict[str, str] = {}
    for row in rows("words/persons.csv"):
        for word in row["words"].split("|"):
            table.setdefault(word, row["kind"])
    return table


@lru_cache(maxsize=1)
def background() -> frozenset[str]:
    """Return nouns, one and many, whose number is background unless something was done to them."""
    words = [row["word"] for row in rows("words/background.csv")]
    plurals = [
        f"{word[:-1]}ies" if word[-1] == "y" and word[-2] not in "aeo" else
        f"{word}es" if word.endswith(("s", "x", "ch", "sh")) else f"{word}s"
        for word in words
    ]  # fmt: skip
    return frozenset((*words, *plurals))


@lru_cache(maxsize=1)
def measure_pattern() -> re.Pattern[str]:
    """Return the pattern of all measure words."""
    return pattern(measures())


@lru_cache(maxsize=1)
def people_pattern() -> re.Pattern[str]:
    """Return the pattern of territories, demonyms and sides; capitals count."""
    return pattern(peoples(), 0)
