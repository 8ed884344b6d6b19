"""A table in a text: words at the head of its columns, a row for each place or side; and labels.

    Province    Suspected    Deaths
    Aruma             412         9

gives 412 suspected and 9 deaths, both of Aruma. Cells stand apart by two blanks, a tab or ` | `.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bakhmut.drafting.numbers.hedging import hedged
from bakhmut.drafting.numbers.masked import Masked, Mention
from bakhmut.drafting.numbers.mentions import mentions
from bakhmut.drafting.passages import Sentence
from bakhmut.drafting.phrases import PERSONS, kind_of
from bakhmut.drafting.scope.carried import Figure
from bakhmut.drafting.scope.hits import Found, hits
from bakhmut.drafting.scope.sides import PARTIES, Named
from bakhmut.drafting.words import SENTENCES, key, listed, window

_CELL = re.compile(r"[^\s|](?:(?!\s{2,}|\t|\s*\|)[^|])*")
_APART = re.compile(r"\s{2}|[\t|]")
_NUMBER = re.compile(r"[~<>≥≤]?\s?\+?\d[\d,.\u00a0\u2009\u202f ]*(?:\s?%|\+)?|[-–—]|n/?a", re.I)
_COUNTS = re.compile(r"(?!(?:19|20)\d\d\b)\d[\d,]*\s+[a-z]")
_TOTAL = re.compile(
    r"(?:grand\s+)?(?:totals?|sum|all|overall|subtotal|others?|rest|unknown)\b", re.I
)
# What a case is called before anything is known of it.
_CASE = re.compile(r"\b(?:suspected|confirmed|probable|suspect|active|new)\b", re.I)
# "tanks – 3,448", "Killed: 45": a line of a table.
_LABEL = re.compile(
    r"\W*(?:[A-Za-z][^\d:;.]{1,60}?|[12]\d{3})\s*[:–‒—-]\s*[^\d,;.]{0,20}\d|"
    r"\W*[A-Z][^\d:;.,]{1,40}\s\d[\d,]*\W*$"
)
Span = tuple[int, int]


@lru_cache(maxsize=SENTENCES)
def labelled(sentence: str) -> bool:
    """Return whether a sentence is a line of a table: "Killed: 45"."""
    return bool(_LABEL.match(sentence))


@dataclass(frozen=True)
class Header:
    """The head of a table: the words of each column, and where they stand in the text."""

    words: tuple[str, ...]
    starts: tuple[int, ...]

    def measure(self, column: int, sentence: Sentence) -> Found | None:
        """Return what a column counts; offsets are those of the sentence that holds the row."""
        words, start = self.words[column], self.starts[column] - sentence.start
        named = hits(words.lower())
        if named:
            hit = named[-1]
            return Found(hit.measure, start + hit.start, start + hit.end, "head of column", "read")
        if _CASE.search(words):
            span = (start, start + len(words))
            return Found(words.lower(), *span, "head of column", "read")
        return None


def cells(text: str) -> list[Span]:
    """Return where the cells of a line stand; one where the line is no row of a table."""
    return [match.span() for match in _CELL.finditer(text)]


def header(sentence: Sentence) -> Header | None:
    """Return the head of a table, where a line is one: three words or more apart, no number."""
    if not _APART.search(sentence.text):
        return None
    spans = cells(sentence.text)
    words = tuple(sentence.text[start:end] for start, end in spans)
    if len(spans) < 2 or any(_NUMBER.fullmatch(one) or len(one) > 40 for one in words):
        return None
    if any(_COUNTS.match(one) for one in words):
        return None  # "JUST IN | 12 killed, 40 hurt"
    found = Header(words, tuple(sentence.start + start for start, _ in spans))
    return found if any(found.measure(n, sentence) for n in range(len(words))) else None


def row(sentence: Sentence, head: Header) -> list[Figure] | None:
    """Return the figures of a row of the table, None where a line is no row of it."""
    spans, text = cells(sentence.text), sentence.text
    lead = len(spans) - len(head.words)  # a head may leave out the word over the names
    numeric = [bool(_NUMBER.fullmatch(text[start:end])) for start, end in spans]
    if lead not in (0, 1) or numeric[0] or not all(numeric[1:]):
        return None
    label = None if _TOTAL.match(text, *spans[0]) else spans[0]
    found = []
    for number, (start, end) in enumerate(spans[1:], 1):
        measure = head.measure(number - lead, sentence)
        mention = _number(text[start:end], start) if measure else None
        if mention:
            found.append(Figure(mention, sentence, measure, row=label or (0, 0)))
    return found


def _number(cell: str, start: int) -> Mention | None:
    """Return the number of a cell as a mention of its sentence."""
    found = mentions(Masked(f"{' ' * start}{cell}"))
    return hedged(found[0], f"{' ' * start}{cell}") if found else None


# "On our side:", "Government side: 41 killed", "Army: 8 dead"
_SIDE_LABEL = re.compile(
    rf"\W*(?:\d+[/.)]\s+)?(?:[Oo]n\s+|[Ff]rom\s+)?(?:[Tt]he\s+)?((?:[\w’'-]+\s+){{1,2}}side|(?i:{PARTIES})(?=[^.;:]*:\s*\D{{0,20}}\d))"
    r"(?:\s*\([^)]{0,30}\))?\s*:"
)


# "Marines: 3 dead", "Rebels: none"
_WHO_LABEL = re.compile(r"\W*((?:\d+\w\w\s)?[A-Z][\w’'-]+)\s?:\s(?:[a-z]+\s+){0,2}?(?:\d|none|nil)")


# "Aid workers: at least 562 killed", "Soldiers killed since May: 466"
_GROUP = re.compile(r"\W*([A-Z][^:;.\d]{2,80}):\s(?:[a-z]+\s+){0,3}?\d")


@lru_cache(maxsize=64)
def side_label(sentence: str) -> Named | None:
    """Return the side that a line or a sentence is headed with: `Rebel side: 65 killed`."""
    match = _SIDE_LABEL.match(sentence)
    if not match and (who := _WHO_LABEL.match(sentence)) and _are_men(who[1]):
        match = who
    if not match and (group := _GROUP.match(sentence)) and (who := _counted(group[1])):
        at = group.start(1)
        return Named(who, at, at + len(who), "label of the line")
    if match is None or key(match[1]) in listed("groups that tell"):  # "Police: at least 14 dead"
        return None
    return Named(match[1], *match.span(1), "label of the line")


# "Croatia: 879 killed" under "Casualties and losses": the box that articles on battles have.
_OF_BOX = re.compile(r"\W*([A-Z][^:\d\n]{1,40}?)\s?:\s")
_LONGEST_BOX = 2_000  # letters from the head of a box to its last line
_HEAD_OF_BOX = re.compile(r"\W*(?:strength|casualties|losses|casualties\s+and\s+losses)\W*", re.I)


def boxed(sentence: Sentence, text: str) -> Named | None:
    """Return whose strength or losses a line of the box of a battle has."""
    label = _OF_BOX.match(sentence.text)
    head = window(text, sentence.start, _LONGEST_BOX) if label else ""
    lines = (line for line in reversed(head.splitlines()) if line.strip())
    above = next((line for line in lines if not _OF_BOX.match(line)), "")
    if label is None or not _HEAD_OF_BOX.fullmatch(above):
        return None
    name = label[1].lower() if kind_of(label[1].lower()) in PERSONS else label[1]
    return Named(name, *label.span(1), "line of a box")


def _are_men(label: str) -> bool:
    """Whether a label names whom a number behind it counts: soldiers, a people, civilians."""
    return kind_of(label) == "soldiers" or key(label) in ("civilians", "women", "men", "children")


def _counted(label: str) -> str:
    """Return those whom a line is headed with, where its number counts them; "" where they tell."""
    named = next(iter(hits(label)), None)
    who = label[: named.start].rstrip() if named else label
    counted = kind_of(who) in PERSONS if named else kind_of(who) == "group"
    tells = not who or key(who).split()[-1] in listed("groups that tell")
    return who if counted and len(who.split()) < 4 and (named or not tells) else ""
