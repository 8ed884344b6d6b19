"""The cells of a sentence's figures: scope, hedge and source, each with its words.

What a figure's own words do not say may come from the figure before it ("400 killed and 300
wounded"): such a cell is `carried`, and so is what a pronoun stands for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from bakhmut.drafting.found import LABEL, SUBSET, Figure
from bakhmut.drafting.kinds import kind_of
from bakhmut.drafting.measures import Found, hits, noun_phrase
from bakhmut.drafting.mentions import Mention
from bakhmut.drafting.passages import Sentence
from bakhmut.drafting.scopes import (
    Named,
    after_word,
    around,
    either_side,
    enemy_after,
    is_what,
    makes_up,
    number_of,
    of_which,
    outnumbering,
    subject_group,
    sufferer,
    whole_of,
    before_word,
    of_noun,
    of_phrase,
    period_of,
    place_of,
    places,
    sides,
    subject_of,
)
from bakhmut.drafting.voices import PRONOUNS, Voice, agent, voice_of, voices
from bakhmut.drafting.words import key, peoples, window

_OWN = re.compile(r"\b(?:its|their|his|her)\b", re.I)
_SUBJECTS = frozenset("losses casualties lost strength".split())
_EACH = re.compile(r"(?:each|both|either|all)\s", re.I)
_OWNED = re.compile(
    r"\s+(?:own\s+)?(?:\w+\s+)?(?:\d|army|troops|forces|soldiers|men|dead|losses|casualties|wounded|fallen|toll|prisoners|killed|missing|civilians|fighters|side|number|people|citizens|servicemen|staff|members|[a-z]+s\b)",
    re.I,
)
_CLAUSES = re.compile(r"[;]|\bbut\b|\bwhile\b|,\s+and\b")


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

    before: list[_Scene] = field(default_factory=list)  # the last six sentences
    side: Cell | None = None
    header: Cell | None = None
    part: int = -1

    def speaker(self) -> tuple[str, int, int] | None:
        """Return who spoke last before this sentence."""
        return next((who for one in reversed(self.before) if (who := one.speaker())), None)

    def topic(self, sentence: Sentence) -> Cell | None:
        """Return the side named first in the sentence before, in the same passage."""
        if not self.before or self.before[-1].sentence.part != sentence.part:
            return None
        scene = self.before[-1]
        return scene.cell("side", scene.named[0], scene.named[0].name) if scene.named else None


def note(sentence: Sentence, memory: Memory) -> None:
    """Remember who is named and who speaks in a sentence without figures."""
    cells_of(sentence, [], memory)


def cells_of(sentence: Sentence, found: list[Figure], memory: Memory) -> list[list[Cell]]:
    """Return the cells of each figure of a sentence, in order."""
    if sentence.part != memory.part:
        memory.part, memory.side = sentence.part, None
    scene = _Scene(sentence, found, memory)
    rows: list[list[Cell]] = []
    for n, figure in enumerate(found):
        before = rows[-1] if rows else []
        rows.append(scene.cells(figure, before, found[n - 1] if n else None))
    scene.leave(rows)
    return rows


class _Scene:
    """A sentence with who and what is named in it."""

    def __init__(self, sentence: Sentence, found: list[Figure], memory: Memory):
        self.sentence, self.text, self.memory = sentence, sentence.text, memory
        self.ends = [one.mention.end for one in found]
        self.numbers = [one.mention.start for one in found]
        self.last_measure: Cell | None = None

    @cached_property
    def voices(self) -> list[Voice]:
        return voices(self.text)

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        return [(one.start, one.end) for one in self.voices]

    @cached_property
    def named(self) -> list[Named]:
        return sides(self.text)

    @cached_property
    def places(self) -> list[Named]:
        return list(places(self.text, self.spans))

    def speaker(self) -> tuple[str, int, int] | None:
        """Return who spoke last in this sentence, with the offsets of the name."""
        off = self.sentence.start
        spoke = [one for one in self.voices if key(one.name) not in PRONOUNS]
        return (spoke[-1].name, off + spoke[-1].start, off + spoke[-1].end) if spoke else None

    def cell(
        self, name: str, named: Named | Found | Mention, value: str, sure: str = "read"
    ) -> Cell:
        off = self.sentence.start
        rule = getattr(named, "rule", "")
        return Cell(name, value, off + named.start, off + named.end, rule, sure)

    def cells(self, figure: Figure, before: list[Cell], earlier: Figure | None) -> list[Cell]:
        mention = figure.mention
        found = [*self._numbers(mention), *self._measure(figure)]
        self.last_measure = (
            next((c for c in before if c.field == "measure"), None)
            if not _PART.search(str(before and before[1].value))
            else self.last_measure
        )
        side = self._side(figure, before)
        found += [side] if side else []
        if mention.kind in ("ratio", "share"):
            found += self._below(figure, side)
        place = place_of(mention, self.text, self.places, self.numbers)
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
        """Return the side by the first rule that finds one; nearest words first."""
        mention, measure, text = figure.mention, figure.measure, self.text
        for named in self._own_sides(figure):
            if named:
                return self.cell("side", named, named.name, named.sure)
        if gap := self._gapped_subject(mention):
            return gap
        if loser := self._loser(mention):
            return loser
        if measure and not figure.carried and mention.kind in ("ratio", "vague"):
            if named := subject_of(measure, text, self.named):
                return self.cell("side", named, named.name, named.sure)
        return self._carried_side(figure, before)

    def _own_sides(self, figure: Figure) -> Iterator[Named | None]:
        mention, measure, text = figure.mention, figure.measure, self.text
        if mention.kind == "ratio":
            if out := outnumbering(text, self.named):
                yield out[0]
            if mention.above:
                yield self._in_span(mention.above)
            return
        yield is_what(mention, text, self.named) or of_noun(mention, text, self.named)
        if mention.kind == "share":
            yield makes_up(mention, text, self.named) or whole_of(mention, text, self.named)
            yield of_which(mention, text, self.named)
        yield number_of(mention, text, self.named)
        yield around(mention, text, self.next_number(mention))
        if measure and not figure.carried:
            if mention.kind == "vague":
                yield sufferer(mention, text, self.named)
            yield before_word(measure, text, self.named)
            if mention.end <= measure.start or measure.end <= mention.start:
                yield after_word(measure, text, self.named)
            if mention.kind == "vague":
                yield subject_group(mention, text)
        yield either_side(mention, text)

    def _loser(self, mention: Mention) -> Cell | None:
        """Return who stands before "lost", "suffered", "fielded" in front of a number."""
        start = max((end for end in self.ends if end <= mention.start), default=0)
        match = None
        for match in _LOSES.finditer(self.text, 0, mention.start):
            pass
        if (
            match is None
            or match.end() < start
            and not _IN_LIST.fullmatch(self.text[start : mention.start])
        ):
            return None
        word = Found("", *match.span(), "", "")
        if named := subject_of(word, self.text, self.named):
            return self.cell("side", named, named.name, named.sure)
        # "The army says it has lost 2,000": it is the one who speaks.
        spoken = [one for one in self.voices if one.last <= match.start()]
        if spoken and re.fullmatch(
            r"\s+(?:that\s+)?(?:it|they|we)\s+(?:\w+\s+){0,2}",
            self.text[spoken[-1].last : match.start()],
        ):
            one = spoken[-1]
            return self.cell(
                "side", Named(one.name, one.start, one.end, "it: the speaker"), one.name, "carried"
            )
        return None

    def next_number(self, mention: Mention) -> int:
        """Return where the next number begins, or the sentence ends."""
        return next((at for at in self.numbers if at >= mention.end), len(self.text))

    def _in_span(self, span: tuple[int, int]) -> Named | None:
        for one in self.named:
            if span[0] <= one.start and one.end <= span[1]:
                return Named(one.name, one.start, one.end, "people in the noun")
        start, end, head = noun_phrase(self.text, span[0])
        if not head or start >= span[1]:
            return None
        return of_phrase(self.text, start, min(end, span[1]), head, self.named)

    def _carried_side(self, figure: Figure, before: list[Cell]) -> Cell | None:
        """Return the side of the figure before, or what "its" stands for; both are `carried`."""
        mention, text = figure.mention, self.text
        start, end, head = noun_phrase(text, mention.end)
        clause = max((m.end() for m in _CLAUSES.finditer(text, 0, mention.start)), default=0)
        if own := self._possessive(clause, max(end, mention.end)):
            left = [one for one in self.named if one.end <= own.start()]
            spoken = [one for one in self.voices if one.last <= own.start()]
            if (
                not left
                and spoken
                and re.match(r"(?:its|their|his|her)\s+own\b", text[own.start() :])
            ):
                one = spoken[-1]
                return self.cell(
                    "side", Named(one.name, one.start, one.end, own[0].lower()), one.name, "carried"
                )
            if left:
                return self.cell(
                    "side",
                    Named(left[-1].name, left[-1].start, left[-1].end, own[0].lower()),
                    left[-1].name,
                    "carried",
                )
            if topic := self.memory.topic(self.sentence):
                return replace(topic, rule=own[0].lower(), sure="carried")
        things = kind_of(text[start:end]) == "thing" and figure.carried
        if head and not things and kind_of(text[start:end]) not in ("anybody", "soldiers", ""):
            return None
        gapped = (
            mention.kind in ("count", "range")
            or mention.rule in ("times", "as many")
            or mention.kind == "share"
            and not head
        )
        if key(head) in ("people", "persons", "others", "person"):
            return None
        for cell in before:
            if cell.field == "side" and gapped and not _EACH.match(cell.value):
                return replace(cell, rule="as the figure before", sure="carried")
        if re.search(r"\b[Oo]ur\b", window(text, mention.start)):
            return None
        if self.memory.header and LABEL.match(text):
            return replace(self.memory.header, rule="line above", sure="carried")
        resumed = figure.carried or not head or SUBSET.match(text, mention.end)
        if self.memory.side and resumed and self.memory.part == self.sentence.part and not before:
            return replace(self.memory.side, rule="as the figure before", sure="carried")
        if mention.kind == "ratio":
            return self._leftmost(mention)
        if own := self._reporter(mention):
            return own
        if kind_of(text[start:end]) == "soldiers":
            return self.cell(
                "side",
                Named(text[start:end], start, end, "noun"),
                re.sub(r"^(?:more|other|fallen|dead)\s+", "", text[start:end]),
                "inferred",
            )
        return None

    def _reporter(self, mention: Mention) -> Cell | None:
        """Return a people that reports its own dead: "The Finns reported 310 dead"."""
        voice = voice_of(mention.start, mention.end, self.text, self.voices)
        if (
            voice is None
            or not re.search(r"report|admit|acknowledg|conced", voice.rule)
            or voice.last > mention.start
        ):
            return None
        one = next(
            (one for one in self.named if voice.start <= one.start and one.end <= voice.end), None
        )
        whole = one and self.text[one.start : voice.end].strip() == self.text[one.start : one.end]
        return (
            self.cell("side", replace(one, rule="reports its own"), one.name, "inferred")
            if one and whole
            else None
        )

    def _leftmost(self, mention: Mention) -> Cell | None:
        """Return the subject of a clause that has a ratio: "Russia ... five to one"."""
        clause = max((m.end() for m in _CLAUSES.finditer(self.text, 0, mention.start)), default=0)
        for one in self.named:
            led = re.search(
                r"\b(?:in|of|at|from|near|to|on|than|by)\s+(?:the\s+)?$",
                window(self.text, one.start),
            )
            spoken = any(a <= one.start < b for a, b in self.spans)
            if clause <= one.start and one.end <= mention.start and not led and not spoken:
                return self.cell("side", replace(one, rule="subject"), one.name, "inferred")
        return None

    def _gapped_subject(self, mention: Mention) -> Cell | None:
        """Return who stands between the number before and this one: "and France over 200,000"."""
        ends = [one for one in self.ends if one <= mention.start]
        if not ends or noun_phrase(self.text, mention.end)[2]:
            return None
        gap = self.text[ends[-1] : mention.start]
        inside = [one for one in self.named if ends[-1] <= one.start and one.end <= mention.start]
        if (
            inside
            and len(gap) < 70
            and not re.search(
                r"\b(?:in|at|from|near|by|to|across|throughout|inside|around|over)\s+(?:the\s+)?$",
                self.text[ends[-1] : inside[-1].start],
            )
        ):
            return self.cell("side", inside[-1], inside[-1].name, "inferred")
        return None

    def _possessive(self, start: int, end: int) -> re.Match[str] | None:
        """Return "its" where it says whose are counted: "its losses", "his 5,500", "their dead"."""
        for own in _OWN.finditer(self.text, start, end):
            if _OWNED.match(self.text, own.end()) and not self.text[: own.start()].endswith(
                ("for ", "in ", "on ")
            ):
                return own
        return None

    def _below(self, figure: Figure, side: Cell | None) -> list[Cell]:
        """Return the cells of a denominator: `for every Ukrainian soldier killed`."""
        return (
            self._whole(figure, side)
            if figure.mention.kind == "share"
            else self._against(figure, side)
        )

    def _whole(self, figure: Figure, side: Cell | None) -> list[Cell]:
        mention, text = figure.mention, self.text
        found: list[Cell] = []
        of = _OF.match(text, mention.end)
        start, end, head = noun_phrase(text, of.end() - 1) if of else noun_phrase(text, mention.end)
        at = (of.end() if of else mention.end, end if head else (of.end() if of else 0) + 14)
        hit = next((one for one in hits(text) if at[0] <= one.start < at[1] and of), None)
        if hit:
            found.append(
                self.cell("per_measure", Named("", hit.start, hit.end, "the whole"), hit.measure)
            )
        elif of and (people := _PEOPLE_WORD.search(text, of.end(), of.end() + 60)):
            found.append(self.cell("per_side", Named("", *people.span(), "the whole"), people[0]))
            return found
        whole = whole_of(mention, text, self.named)
        if whole:
            found.append(
                self.cell("per_side", Named("", whole.start, whole.end, "the whole"), whole.name)
            )
        elif side and not hit and not is_what(mention, text, self.named):
            found.append(replace(side, field="per_side", rule="the whole", sure="inferred"))
        earlier = _OF_THESE.search(window(text, mention.start))
        if earlier and not hit and not of and self.last_measure:
            found.append(
                replace(self.last_measure, field="per_measure", rule="of these", sure="carried")
            )
        if figure.carried and not hit and is_what(mention, text, self.named) and figure.measure:
            found.append(
                Cell(
                    "per_measure",
                    figure.measure.measure,
                    self.sentence.start + mention.start,
                    self.sentence.start + mention.end,
                    "as the figure before",
                    "carried",
                )
            )
        return found

    def _against(self, figure: Figure, side: Cell | None) -> list[Cell]:
        mention, text = figure.mention, self.text
        found: list[Cell] = []
        span = mention.below or (mention.end, mention.end)
        stop = _STOP_BELOW.search(text, *span)
        span = (span[0], stop.start() if stop else span[1])
        out = outnumbering(text, self.named)
        named = out[1] if out else self._in_span(span)
        if named and (not side or named.name != side.value):
            found.append(self.cell("per_side", named, named.name))
        for hit in hits(text):
            if span[0] <= hit.start < span[1]:
                found.append(
                    self.cell(
                        "per_measure",
                        Named("", hit.start, hit.end, "word of the denominator"),
                        hit.measure,
                    )
                )
                return found
        measure = figure.measure
        if measure and figure.carried:
            found.append(
                Cell(
                    "per_measure",
                    measure.measure,
                    self.sentence.start + mention.start,
                    self.sentence.start + mention.end,
                    "as the figure before",
                    "carried",
                )
            )
        elif measure:
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
            if key(name) in ("we", "i", "it"):
                return []
            here = agent(self.text, voice.start) if key(name) in ("he", "she") else None
            if here:
                name, start, end = self.text[slice(*here)], off + here[0], off + here[1]
            elif earlier := [
                one
                for one in self.voices
                if one.last <= voice.start and key(one.name) not in PRONOUNS
            ]:
                name, start, end = earlier[-1].name, off + earlier[-1].start, off + earlier[-1].end
            elif spoke := self.memory.speaker():
                name, start, end = spoke
            else:
                return []
            sure = "carried"
        cells.append(Cell("source", name, start, end, voice.rule, sure))
        if voice.via:
            at = self.text.find(voice.via, voice.end)
            cells.append(Cell("via", voice.via, off + at, off + at + len(voice.via), "told"))
        return cells

    def _header(self) -> Cell | None:
        """Return whose figures the lines below a colon are: "The losses of the enemy:"."""
        for hit in reversed(hits(self.text)):
            word = Found(hit.measure, hit.start, hit.end, "line above", "carried")
            side = before_word(word, self.text, self.named) or after_word(
                word, self.text, self.named
            )
            if side or (side := enemy_after(word, self.text)):
                return self.cell("side", side, side.name, "carried")
        return None

    def leave(self, rows: list[list[Cell]]) -> None:
        self.memory.before = [*self.memory.before[-5:], self]
        known = {*peoples().values(), "enemy", "adversary"}
        first = next((cell for row in rows for cell in row if cell.field == "side"), None)
        if first:
            self.memory.side = first if first.value in known else None
        if not rows and self.text.rstrip().endswith(":"):
            self.memory.header = self._header()


_PART = re.compile(r"share|ratio")
_OF_THESE = re.compile(r"\b[Oo]f\s+(?:these|those|them|whom)\b")
_OF = re.compile(
    r"\s+of\s+(?:all\s+|the\s+|these\s+|those\s+|its\s+|their\s+|his\s+|her\s+)*", re.I
)
_PEOPLE_WORD = re.compile(
    r"\b(?:pre-war\s+)?(?:population|inhabitants|residents|electorate|workforce)\b", re.I
)
_STOP_BELOW = re.compile(r"[,;:.]|\s(?:and|but|while)\s")
_LOSES = re.compile(
    r"\b(?:lost|lose|loses|losing|suffer(?:ed|s|ing)?|sustain(?:ed|s|ing)?|incurred|fielded|mustered|took)\b",
    re.I,
)
_IN_LIST = re.compile(r"(?:[^.;:]{0,50})(?:,|\band\b|\bor\b)[^.;:]{0,30}", re.I)
_RATE = re.compile(
    r"(?:\s+[\w-]+){0,5}?\s+(?:a|per|each|every)\s+(?:day|week|month|hour|night|year)\b(?!\s+(?:ago|earlier|later|before|after|or))|(?:\s+\w+){0,2}\s+daily\b"
)


__all__ = ["Cell", "Memory", "Voice", "cells_of"]
