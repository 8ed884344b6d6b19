"""The word tables: what hedges, measures, territories, sides and persons are called.

All are CSV files in `data/`, so that another language is another set of tables. A table of many
phrases becomes one pattern, longest phrase first.
"""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from pathlib import Path

from bakhmut.drafting.patterns.led import FIRST, Phrases
from bakhmut.drafting.patterns.needing import Needing

DATA = Path(__file__).parent.parent / "data"
# So many sentences are remembered: a long text says much of what it says more than once.
SENTENCES = 2048


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of one table in `data/`, cells as text."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


_FURTHER = re.compile(r"\w")


@lru_cache(maxsize=4096)
def key(words: str) -> str:
    """Return words as the tables hold them: small letters, single blanks."""
    return " ".join(words.lower().split())


@lru_cache(maxsize=32)
def listed(name: str) -> frozenset[str]:
    """Return the words of one list of `words/lists.csv`."""
    return next(
        frozenset(row["words"].split("|")) for row in rows("words/lists.csv") if row["list"] == name
    )


def any_of(name: str) -> str:
    """Return the words of a list as ways of a pattern, the longest first."""
    return "|".join(sorted(listed(name), key=lambda one: (-len(one), one)))


@lru_cache(maxsize=1)
def hedges() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return {where: {phrase: hedge codes}}; where is before, after, end or word.

    What stands at the end stands behind the noun, too, before a stop.
    """
    table: dict[str, dict[str, tuple[str, ...]]]
    table = {"before": {}, "after": {}, "end": {}, "word": {}}
    for row in rows("hedges.csv"):
        for where in ("before", "after") if row["where"] == "both" else (row["where"],):
            if where not in table:
                continue  # a hedge that only the coder of a dossier writes
            below = row["reached"] == "no"  # "fewer than 40" is 39 at most
            table[where][row["phrase"]] = ("fewer than" if below else row["hedge"],)
    return table


@lru_cache(maxsize=1)
def measures() -> dict[str, list[tuple[str, str]]]:
    """Return {phrase: [(measure, form)]}; form is done, doing or name.

    A row with `own` lists states that differ (jailed, on remand): each is a measure of its own,
    the verbs and nouns of it only where `own` is `all`.
    """
    table: dict[str, list[tuple[str, str]]] = {}
    for row in rows("words/measures.csv"):
        for form in ("done", "doing", "name"):
            for phrase in filter(None, row[form].split("|")):
                own = row["own"] == "all" or (row["own"] and form == "done")
                measure = _HANGING.sub("", phrase.lower()) if own else row["measure"]
                table.setdefault(phrase.lower(), []).append((measure, form))
    for phrase, entries in list(table.items()):  # "the abduction of 60 girls"
        if entries[0][1] == "name" and _OF_EVENTS.search(phrase) and phrase[:-1] not in table:
            table.setdefault(f"{phrase[:-1]} of", entries[:1])
    return table


# "turned out for", "sleeping in": the noun that follows is no part of the measure.
_HANGING = re.compile(r"(?<=\w)\s(?:for|to)$|(?<=ing)\sin$")
# Nouns of what happens, and not of persons: abductions, arrests, releases.
_OF_EVENTS = re.compile(r"^[a-z]+(?:ion|ment|ance|ing|al|ure|ase|cue|ape|der|est|ack)s$")


def meanings(word: str) -> list[tuple[str, str]]:
    """Return the measures and forms of a word, the present of its verbs among them."""
    now = present().get(word)
    return measures().get(word) or ([(now, "doing")] if now else [])


@lru_cache(maxsize=1)
def present() -> dict[str, str]:
    """Return {verb: measure}: the present of verbs in -ing, for headlines: `court jails nine`.

    Words that no verb has among them are harmless, and so are nouns (houses, convicts): each is
    a measure only where a number follows, and is none to any other rule.
    """
    table: dict[str, str] = {}
    for row in rows("words/measures.csv"):
        for phrase in row["doing"].split("|"):
            if not phrase.endswith("ing") or " " in phrase or phrase in listed("no headline verbs"):
                continue
            stem = phrase[:-3]
            undoubled = stem[:-1] if stem[-1:] == stem[-2:-1] else stem
            for base in (stem, f"{stem}e", undoubled):
                for verb in (base, f"{base}s", f"{base}es"):
                    table.setdefault(verb, row["measure"])
    return table


@lru_cache(maxsize=1)
def company() -> dict[str, re.Pattern[str]]:
    """Return {word: the company in which it is a measure}; `@` stands for the word itself.

    `{number}` stands for a number, `{hedges}` for what may be in front of one.
    """
    table = {}
    for row in rows("words/company.csv"):
        said = row["company"].replace("{number}", _NUMBER).replace("{hedges}", _HEDGES)
        table[row["word"]] = re.compile(said, re.IGNORECASE)
    so_many = re.compile(rf"@\s+{_HEDGES}{_NUMBER}", re.IGNORECASE)
    return dict.fromkeys(present().keys() - measures().keys(), so_many) | table


_NUMBER = (
    r"(?:\d|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty\b|dozens|"
    r"hundreds|thousands|scores)"
)
_HEDGES = (
    r"(?:some\s+|about\s+|around\s+|at\s+least\s+|more\s+than\s+|nearly\s+|almost\s+|up\s+to\s+|"
    r"over\s+|another\s+|the\s+|a\s+further\s+|as\s+many\s+as\s+|remaining\s+|an?\s+estimated\s+)*"
)


@lru_cache(maxsize=1)
def peoples() -> dict[str, str]:
    """Return {word: side}: territories, their adjectives and peoples, and sides of wars."""
    table = {}
    for row in rows("words/territories.csv"):
        name = row["territory"]
        for word in (name, *row["adjective"].split("|"), *row["people"].split("|")):
            if word:
                table.setdefault(word, name)
        for word in row["people"].split("|"):  # one of them: a Finn, a Frenchman
            if word.endswith(("s", "men")) and word != row["adjective"]:
                table.setdefault(word[:-2] + "an" if word.endswith("men") else word[:-1], name)
    for row in rows("words/sides.csv"):
        for word in row["words"].split("|"):
            table[word] = row["side"]
    return table


@lru_cache(maxsize=1)
def warring() -> frozenset[str]:
    """Return the words of sides of wars: whoever is one of them is of that side."""
    return frozenset(word for row in rows("words/sides.csv") for word in row["words"].split("|"))


@lru_cache(maxsize=1)
def belligerents() -> frozenset[str]:
    """Return the sides of wars that the table has: Ukraine, and not Italy."""
    return frozenset(row["side"] for row in rows("words/sides.csv"))


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
            table.setdefault(key(word), row["kind"])
    for word, kind in list(table.items()):  # one of them: a soldier, a policeman, a tank
        one = f"{word[:-2]}an" if word.endswith("men") else word[:-1] if word.endswith("s") else ""
        if len(one) > 2 and not one.endswith("s"):
            table.setdefault(one, kind)
    return table


@lru_cache(maxsize=1)
def background() -> frozenset[str]:
    """Return nouns, one and many, whose number is background unless something was done to them."""
    words = [row["word"] for row in rows("words/background.csv")]
    plurals = [
        f"{word[:-1]}ies" if word[-1] == "y" and word[-2] not in "aeo" else
        f"{word}es" if word.endswith(("s", "x", "ch", "sh")) else f"{word}s"
        for word in words if word != "corps"
    ]  # fmt: skip
    return frozenset((*words, *plurals))


@lru_cache(maxsize=1)
def measure_pattern() -> Phrases:
    """Return all measure words, to be found in a text."""
    return Phrases([*measures(), *present()], cased=False)


@lru_cache(maxsize=1)
def people_pattern() -> Phrases:
    """Return territories, demonyms and sides, to be found in a text; capitals count."""
    return Phrases(peoples(), cased=True)


@lru_cache(maxsize=SENTENCES)
def tokens(text: str) -> frozenset[str]:
    """Return the words of a text in small letters: what is not among them need not be sought."""
    return frozenset(FIRST.findall(text.lower()))


@lru_cache(maxsize=1)
def _speakers() -> dict[str, list[str]]:
    """Return those who speak, by the first word of each."""
    found: dict[str, list[str]] = {}
    for one in listed("those who speak"):
        found.setdefault(FIRST.findall(one)[0], []).append(one)
    return found


def is_speaker(name: str) -> bool:
    """Return whether a name has one of those who speak in it: `the regional health ministry`."""
    for word in FIRST.finditer(name):
        for one in _speakers().get(word[0].lower(), ()):
            end = word.start() + len(one)
            if name[word.start() : end].lower() == one and not _FURTHER.match(name, end):
                return True
    return False


NEAR = 90  # letters: as far back as a rule looks


def window(text: str, at: int, size: int = NEAR) -> str:
    """Return the text in front of a place, as far back as a rule looks."""
    return text[at - size if at > size else 0 : at]


def last(
    pattern: re.Pattern[str] | Needing, text: str, span: tuple[int, int]
) -> re.Match[str] | None:
    """Return the last match inside a span of a text."""
    found = None
    for match in pattern.finditer(text, *span):
        found = match
    return found
