"""The cells of a sentence's figures: scope, hedge and source, each with its words.

What a figure's own words do not say may come from the figure before it ("400 killed and 300
wounded"): such a cell is `carried`, and so is what a pronoun stands for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bakhmut.drafting.found import Figure
from bakhmut.drafting.measures import Found, hits, noun_phrase
from bakhmut.drafting.mentions import Mention
from bakhmut.drafting.passages import Sentence
from bakhmut.drafting.scopes import (
    Named,
    after_word,
    around,
    before_word,
    of_noun,
    of_phrase,
    period_of,
    place_of,
    places,
    sides,
    subject_of,
)
from bakhmut.drafting.voices import PRONOUNS, Voice, voice_of, voices
from bakhmut.drafting.words import key, persons

_OWN = re.compile(r"\b(?:its|their|his|her)\b", re.I)
_ELSE = frozenset(["anybody"])


@dataclass(frozen=True)
class Cell:
    """One filled cell and what supports it; offsets are into the text."""

    field: str
    value: str
    start: int
    end: int
    rule: str
    sure: str = "read"


@dataclass
class Memory:
    """What earlier sentences leave for pronouns: who spoke, who was named, whose losses."""

    speaker: tuple[str, int, int] | None = None
    speakers: list[tuple[str, int, int]] = field(default_factory=list)
    side: Cell | None = None
    part: int = -1
    quoted: bool = False


def cells_of(sentence: Sentence, found: list[Figure], memory: Memory) -> list[list[Cell]]:
    """Return the cells of each figure of a sentence, in order."""
    text = sentence.text
    if sentence.part != memory.part:
        memory.part, memory.side = (
            sentence.part,
            memory.side if sentence.part - memory.part == 1 else None,
        )
    scene = _Scene(sentence, memory)
    rows: list[list[Cell]] = []
    for n, figure in enumerate(found):
        before = rows[-1] if rows else []
        rows.append(scene.cells(figure, before, found[n - 1] if n else None))
    scene.leave(rows)
    return rows


class _Scene:
    """A sentence with who and what is named in it."""

    def __init__(self, sentence: Sentence, memory: Memory):
        self.sentence, self.text, self.memory = sentence, sentence.text, memory
        self.voices = voices(self.text)
        self.spans = [(one.start, one.end) for one in self.voices]
        self.named = sides(self.text)
        self.places = list(places(self.text, self.spans))

    def cell(
        self, name: str, named: Named | Found | Mention, value: str, sure: str = "read"
    ) -> Cell:
        off = self.sentence.start
        rule = getattr(named, "rule", "")
        return Cell(name, value, off + named.start, off + named.end, rule, sure)

    def cells(self, figure: Figure, before: list[Cell], earlier: Figure | None) -> list[Cell]:
        mention = figure.mention
        found = [*self._numbers(mention), *self._measure(figure)]
        side = self._side(figure, before)
        found += [side] if side else []
        if mention.kind in ("ratio", "share"):
            found += self._below(figure, side)
        place = place_of(mention, self.text, self.places)
        if place:
            found.append(self.cell("place", place, place.name, place.sure))
        if period := period_of(mention, self.text, [(v.start, v.last) for v in self.voices]):
            found.append(self.cell("period", period, period.name))
        found += self._source(mention)
        return found

    def _numbers(self, mention: Mention) -> list[Cell]:
        off = self.sentence.start
        kind = mention.kind
        rate = _RATE.match(self.text, mention.end)
        if kind in ("count", "range") and rate and not re.search(r"\d", rate[0]):
            kind = "rate"
        cells = [
            Cell(
                "number",
                self.text[mention.start : mention.end],
                off + mention.start,
                off + mention.end,
                mention.rule,
            ),
            Cell("kind", kind, off + mention.start, off + mention.end, mention.rule),
        ]
        for end in ("low", "high"):
            if value := getattr(mention, end):
                cells.append(Cell(end, value, off + mention.start, off + mention.end, mention.rule))
        if mention.hedges:
            marks = mention.marks or ((mention.start, mention.end, ""),)
            start, end = min(m[0] for m in marks), max(m[1] for m in marks)
            cells.append(
                Cell("hedge", "; ".join(mention.hedges), off + start, off + end, "hedge table")
            )
        return cells

    def _measure(self, figure: Figure) -> list[Cell]:
        found = figure.measure
        if found is None:
            return []
        if figure.carried:
            mention = figure.mention
            return [
                Cell(
                    "measure",
                    found.measure,
                    self.sentence.start + mention.start,
                    self.sentence.start + mention.end,
                    "as the figure before",
                    "carried",
                )
            ]
        return [self.cell("measure", found, found.measure, found.sure)]

    def _side(self, figure: Figure, before: list[Cell]) -> Cell | None:
        mention, measure, text = figure.mention, figure.measure, self.text
        own = not figure.carried
        candidates = []
        if (
            mention.kind in ("ratio", "share")
            and mention.above
            and (named := self._in_span(mention.above))
        ):
            candidates.append(named)
        if mention.kind not in ("ratio",):
            candidates.append(of_noun(mention, text, self.named))
        candidates.append(around(mention, text))
        if measure and own:
            candidates += [
                before_word(measure, text, self.named),
                after_word(measure, text, self.named),
            ]
            if measure.subject or (
                measure.measure in ("losses", "casualties", "lost", "strength", "killed")
                and measure.start < mention.start
            ):
                candidates.append(subject_of(measure, text, self.named))
        for named in candidates:
            if named:
                return self.cell("side", named, named.name, named.sure)
        return self._carried_side(figure, before)

    def _in_span(self, span: tuple[int, int]) -> Named | None:
        for one in self.named:
            if span[0] <= one.start and one.end <= span[1]:
                return one
        start, end, head = noun_phrase(self.text, span[0])
        return (
            of_phrase(self.text, start, min(end, span[1]), head, self.named)
            if head and start < span[1]
            else None
        )

    def _carried_side(self, figure: Figure, before: list[Cell]) -> Cell | None:
        _, _, head = noun_phrase(self.text, figure.mention.end)
        if head and key(head) not in persons():
            return None
        mention = figure.mention
        for cell in before:
            if cell.field == "side" and figure.mention.kind in ("count", "range"):
                return Cell(
                    "side", cell.value, cell.start, cell.end, "as the figure before", "carried"
                )
        left = [one for one in self.named if one.end <= mention.start]
        if left and (own := _OWN.search(self.text[left[-1].end : mention.start])):
            one = left[-1]
            return self.cell(
                "side",
                Named(one.name, one.start, one.end, f"{own[0].lower()}"),
                one.name,
                "carried",
            )
        return None

    def _below(self, figure: Figure, side: Cell | None) -> list[Cell]:
        """Return the cells of a denominator: `for every Ukrainian soldier killed`."""
        mention, text = figure.mention, self.text
        found: list[Cell] = []
        if mention.kind == "share":
            whole = re.match(
                r"\s+(?:of\s+)?(?:all\s+|the\s+|these\s+|those\s+|its\s+|their\s+)*",
                text[mention.end :],
            )
            at = mention.end + (whole.end() if whole else 0)
            for hit in hits(text):
                if at <= hit.start <= at + 20 and re.search(
                    r"\bof\b", text[mention.end : hit.start]
                ):
                    found.append(
                        Cell(
                            "per_measure",
                            hit.measure,
                            self.sentence.start + hit.start,
                            self.sentence.start + hit.end,
                            "the whole",
                        )
                    )
                    break
            if side:
                found.append(
                    Cell("per_side", side.value, side.start, side.end, "the whole", "inferred")
                )
            return found
        span = mention.below or (mention.end, len(text))
        stop = re.search(r"[,;:.]|\s(?:and|but|while)\s", text[span[0] : span[1]])
        span = (span[0], span[0] + stop.start() if stop else span[1])
        named = self._in_span(span)
        if named and (not side or named.name != side.value):
            found.append(self.cell("per_side", named, named.name))
        measure = figure.measure
        for hit in hits(text):
            if span[0] <= hit.start < span[1]:
                found.append(
                    Cell(
                        "per_measure",
                        hit.measure,
                        self.sentence.start + hit.start,
                        self.sentence.start + hit.end,
                        "word of the denominator",
                    )
                )
                break
        else:
            if measure and measure.measure:
                found.append(self.cell("per_measure", measure, measure.measure, "inferred"))
        return found

    def _source(self, mention: Mention) -> list[Cell]:
        voice = voice_of(mention.start, mention.end, self.text, self.voices)
        if voice is None:
            return []
        off = self.sentence.start
        cells = []
        name, start, end, sure = voice.name, off + voice.start, off + voice.end, "read"
        if key(name) in PRONOUNS:
            if key(name) in ("we", "i", "it") or not self.memory.speaker:
                return []
            name, start, end = self.memory.speaker
            sure = "carried"
        cells.append(Cell("source", name, start, end, voice.rule, sure))
        if voice.via:
            at = self.text.find(voice.via, voice.end)
            cells.append(Cell("via", voice.via, off + at, off + at + len(voice.via), "told"))
        return cells

    def leave(self, rows: list[list[Cell]]) -> None:
        for voice in self.voices:
            if key(voice.name) not in PRONOUNS:
                off = self.sentence.start
                self.memory.speaker = (voice.name, off + voice.start, off + voice.end)
        for cell in (cell for row in rows for cell in row if cell.field == "side"):
            self.memory.side = cell


_RATE = re.compile(
    r"(?:\s+[\w-]+){0,5}?\s+(?:a|per|each|every)\s+(?:day|week|month|hour|night|year)\b|(?:\s+\w+){0,2}\s+daily\b"
)


__all__ = ["Cell", "Memory", "Voice", "cells_of"]
