"""A sentence as the rules for cells see it, and what the sentences before leave for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.passages import Sentence
from bakhmut.drafting.said import antecedents
from bakhmut.drafting.said.speakers import PRONOUNS, Voice
from bakhmut.drafting.said.turns import whose_turn
from bakhmut.drafting.said.voices import voices
from bakhmut.drafting.scope.carried import Figure
from bakhmut.drafting.scope.hits import Found
from bakhmut.drafting.scope.nations import nation_pattern, parties
from bakhmut.drafting.scope.periods import periods
from bakhmut.drafting.scope.placed import heading, places_of
from bakhmut.drafting.scope.sides import Named, sides
from bakhmut.drafting.words import capitals, key, persons


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

    before: list[Scene] = field(default_factory=list)  # the last six sentences
    side: Cell | None = None
    header: Cell | None = None
    part: int = -1
    turn: Cell | None = None  # in a transcript: whose turn it is
    said: tuple[str, int, int] | None = None  # whose words a quotation is that runs on
    quotes: int = 0  # marks of quotation in the passage so far: odd inside of a quotation
    later: list[Sentence] = field(default_factory=list)  # the next sentences
    text: str = ""  # the whole text
    names: dict[str, str] = field(default_factory=dict)  # who was named in full, by last names
    spoke: set[str] = field(default_factory=set)  # the persons who did, by their last word
    stood_for: dict[str, tuple[str, int, int]] = field(default_factory=dict)  # by "he", "she"

    def begin(self, sentence: Sentence) -> None:
        """Begin a new passage: whose turn it is, and whether a quotation runs over its edge."""
        if self.quotes == 0 or not _OPENS.match(sentence.text):
            self.said = None  # "“… gone.”" and then "“They shot 22": the same one goes on
        self.quotes = 0
        turn = None if sentence.headline else whose_turn(self.text, sentence.start)
        self.turn = turn and Cell(
            "source", self.text[slice(*turn)], *turn, "whose turn it is", "carried"
        )

    def leave(self, scene: Scene) -> None:
        """Leave a sentence to those behind it."""
        self.quotes += quotes(scene.text)
        named = (one.name for one in scene.voices if key(one.name) not in PRONOUNS)
        self.spoke |= {name.split()[-1] for name in named if antecedents.may_be("he", name)}
        for voice in reversed(scene.voices):
            if key(voice.name) not in PRONOUNS:
                self.said = scene.at((voice.start, voice.end))
            elif who := self.who(key(voice.name), scene.sentence):
                self.said = who
            else:
                continue
            break
        self.before = [*self.before[-5:], scene]

    def speaker(self, pronoun: str = "") -> tuple[str, int, int] | None:
        """Return who spoke last before this sentence, and may be whom a pronoun stands for."""
        spoke = (who for one in reversed(self.before) for who in one.speakers())
        return next((who for who in spoke if antecedents.may_be(pronoun, who[0])), None)

    def who(self, pronoun: str, sentence: Sentence) -> tuple[str, int, int] | None:
        """Return whom a pronoun that speaks stands for, by the sentences before."""
        pronoun = {"him": "he", "her": "she", "them": "they"}.get(pronoun, pronoun)
        if pronoun not in ("he", "she", "it", "they"):
            return None
        if pronoun in ("he", "she"):
            named = self.person(sentence) or self.speaker(pronoun) or self.stood_for.get(pronoun)
            self.stood_for |= {pronoun: named} if named else {}
        else:
            heads = (antecedents.body, antecedents.capital)[: 2 if pronoun == "it" else 1]
            named = next(filter(None, (self._head(sentence, one) for one in heads)), None) or (
                self._head(sentence, antecedents.many) if pronoun == "they" else None
            )
            # "It gives the losses as 487. Ottoman losses it puts at 9,000": who spoke before
            last = self.before[-1].voices if self.before else []
            if named is None and any(key(voice.name) == pronoun for voice in last):
                named = self.stood_for.get(pronoun)
            self.stood_for |= {pronoun: named} if named else {}
        return named or self.speaker(pronoun)

    def quoted(self, sentence: Sentence, at: int) -> tuple[str, int, int] | None:
        """Return whose words a place of a sentence is, where a quotation runs over sentences."""
        if (self.quotes + quotes(sentence.text[:at])) % 2 == 0 or _SOME_WORDS.match(
            sentence.text[:at]
        ):
            return None
        if (self.quotes + quotes(sentence.text)) % 2:  # it goes on: `... ," said X` comes later
            for one in self.later:
                spoke = [v for v in voices(one.text) if v.trailing]
                if one.part == sentence.part and spoke:
                    if key(spoke[0].name) in PRONOUNS:
                        return self.who(key(spoke[0].name), sentence)
                    start = one.start + spoke[0].start
                    return spoke[0].name, start, one.start + spoke[0].end
        return self.said

    def person(self, sentence: Sentence) -> tuple[str, int, int] | None:
        """Return whom a sentence before named, for `she`: "Nina Orlova, who was eight"."""
        part = self.before[-1].sentence.part if self.before else -1
        if part < sentence.part - 1:
            return None
        for one in reversed(self.before):
            spoke = {key(voice.name) for voice in one.voices}
            if one.sentence.part != part or one.sentence.headline or spoke - {"he", "she"}:
                return None
            if span := antecedents.known(one.text, self.spoke) or antecedents.person(one.text):
                return one.at(span)
        return None

    def _head(
        self, sentence: Sentence, find: Callable[[str], tuple[int, int] | None]
    ) -> tuple[str, int, int] | None:
        """Return whom the sentence before begins with, where nobody speaks in it."""
        one = self.before[-1] if self.before else None
        if one is None or one.sentence.part != sentence.part:
            return None
        spoke = any(voice.rule != "own count" for voice in one.voices)
        span = None if spoke else find(one.text)
        return one.at(span) if span else None

    def unit(self, sentence: Sentence) -> Cell | None:
        """Return the unit that the sentence before began with, for `it`: "His battalion was"."""
        scene = self.before[-1] if self.before else None
        near = scene and scene.sentence.part == sentence.part
        span = antecedents.unit(scene.text) if scene and near else None
        if not scene or not span:
            return None
        name = scene.text[slice(*span)]
        return scene.cell("side", Named(name, *span, "it"), name, "carried")

    def topic(self, sentence: Sentence) -> Cell | None:
        """Return the side named first in the sentence before, in the same passage."""
        if not self.before or self.before[-1].sentence.part != sentence.part:
            return None
        scene = self.before[-1]
        named = [one for one in scene.named if not _APPOSED.search(scene.text, 0, one.start)]
        if not named and scene.voices:  # "The army tells another story."
            off = scene.voices[0].start
            spoke = parties(f"the {scene.voices[0].name}")
            named = [replace(one, start=off, end=off + len(one.name)) for one in spoke]
        return scene.cell("side", named[0], named[0].name) if named else None


_APPOSED = re.compile(r",\s+an?\s+$")  # "ACLED, an American research group"
# "SOCOTÁ, Colombia – Working", "KYIV, Nov 14 (Agency) - Two": where and when a text was filed.
_DATELINE = re.compile(
    r"[A-ZÀ-Þ]{3,}[A-ZÀ-Þ ’'-]*(?:,\s[^–—(]{2,40}?)?(?:\s?\([^)]{2,40}\))?\s+[-–—]+\s"
)
# "repeated by most papers as “a million”": words in a sentence of the text's own
_SOME_WORDS = re.compile(r"[^“\"]*[a-z]\s[“\"][^“”\"]*$")
_OPENS = re.compile(r"\W*[“\"]")
# "In Washington, a spokesman said": where the one who speaks is.
_WHO_DOES = re.compile(r",\s+(?:who|whose|an?|the)\s.*$", re.S)
_SPEAKS_THERE = re.compile(
    r",\s+(?:an?|the)\s+(?:[\w’'-]+\s+){0,5}?(?:spokes\w+|diplomats?|officials?|analysts?)\s+(?:said|says|told|estimated|put)\b"
)
_ITS = re.compile(r"\b(?:its|their)\s+(?:own\s+)?$", re.I)
_MANY = re.compile(r"[A-Za-z-]+s\b|\b(?:women|children|police|staff)\b")


def quotes(text: str) -> int:
    """Return how many marks that open or close a quotation a text has."""
    return sum(map(text.count, '"“”'))


class Scene:
    """A sentence with who and what is named in it, each looked for when it is first asked for."""

    def __init__(self, sentence: Sentence, found: list[Figure], memory: Memory):
        self.sentence, self.text, self.memory = sentence, sentence.text, memory
        near = memory.before and memory.before[-1].sentence.part == sentence.part
        self.before = memory.before[-1].text if near else ""
        self.ends = [one.mention.end for one in found]
        self.numbers = [one.mention.start for one in found]
        self.last_measure: Cell | None = None
        self.last_whole: Cell | None = None  # of whom the share before is one

    @cached_property
    def voices(self) -> list[Voice]:
        """The attributions of the sentence."""
        return voices(self.text)

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where the names of those who speak stand."""
        return [(one.start, one.end) for one in self.voices]

    def speaks_at(self, place: int) -> bool:
        """Return whether a place of the sentence is in the name of one who speaks."""
        return any(start <= place < end for start, end in self.spans)

    @cached_property
    def named(self) -> list[Named]:
        """Territories, peoples and parties named in the sentence."""
        line = _DATELINE.match(self.text)
        found = [one for one in self._peoples(self.text) if not line or one.start >= line.end()]
        more = [
            one
            for one in parties(self.text)
            if all(one.end <= a.start or one.start >= a.end for a in found)
            and not self.speaks_at(one.start)
        ]
        more = [self._its(one) if not found else one for one in more]
        return sorted([*found, *more], key=lambda one: one.start) if more else found

    def _peoples(self, text: str) -> list[Named]:
        """Return the peoples of a sentence: those that tables have, and the text's own."""
        found = [*sides(text)]
        for match in nation_pattern(self.memory.text).finditer(text):
            found.append(Named(match[0], *match.span(), "people of the text"))
        return sorted(found, key=lambda one: one.start)

    def _its(self, party: Named) -> Named:
        """Return whose a party is, by the sentence before: "Its army lost 210 men"."""
        topic = self._peoples(self.before) if _ITS.search(self.text, 0, party.start) else []
        return (
            replace(party, name=topic[0].name, rule="its army", sure="carried") if topic else party
        )

    @cached_property
    def places(self) -> list[Named]:
        """Places named in the sentence."""
        found = places_of(self.text, tuple(self.spans))
        if not found and (head := heading(self.text, self.memory.text)):
            found = [head]
        said = [(one.end, one.last) for one in self.voices if one.end < one.last]
        # "a think tank in Paris, said", and not "Velm, which has 400 troops in the valley, denies"
        said = [(a, b) for a, b in said if self.text.startswith(",", a)]
        said = [(a, b) for a, b in said if not any(a < at < b for at in self.numbers)]
        said += self._described
        return [
            one
            for one in found
            if not any(a <= one.start < b for a, b in said)
            and not (one.name in capitals() and _SPEAKS_THERE.match(self.text, one.end))
        ]

    @cached_property
    def periods(self) -> list[Named]:
        """Stretches of time named in the sentence."""
        spans = [(one.start, one.last) for one in self.voices]
        return periods(self.text, (*spans, *self._described))

    @cached_property
    def _described(self) -> list[tuple[int, int]]:
        """Where the sentence ends with what its last speaker does: ", who has run a station"."""
        last = self.voices[-1] if self.voices else None
        at = last.last if last and last.trailing else len(self.text)
        mine = _WHO_DOES.match(self.text, at)
        return [mine.span()] if mine and not any(at <= n for n in self.numbers) else []

    def at(self, span: tuple[int, int]) -> tuple[str, int, int]:
        """Return words of the sentence with their offsets in the text."""
        off = self.sentence.start
        return self.text[slice(*span)], off + span[0], off + span[1]

    def speakers(self) -> Iterator[tuple[str, int, int]]:
        """Yield who spoke in this sentence, the last one first, with the offsets of the name."""
        off = self.sentence.start
        for one in reversed(self.voices):
            if key(one.name) not in PRONOUNS:
                yield one.name, off + one.start, off + one.end

    def group_before(self, at: int, floor: int = 0) -> Cell | None:
        """Return the persons named last before a place, or in the sentence before: "of them".

        Those in front of `floor` did it: "coastguards rescued 71 of them".
        """
        memory = self.memory.before[-1:]
        near = [one for one in memory if one.sentence.part == self.sentence.part]
        number = max((end for end in self.ends if end <= at), default=0)
        near = [] if number else near
        floor = max(floor, number)
        for scene, start, end in ((self, floor, at), *((one, 0, len(one.text)) for one in near)):
            for word in reversed([*_MANY.finditer(scene.text, start, end)]):
                speaks = scene.speaks_at(word.start()) or scene.text[: word.start()].endswith(
                    "told "
                )
                if not speaks and persons().get(word[0].lower()) in ("group", "soldiers"):
                    named = Named(word[0], *word.span(), "of them")
                    return scene.cell("side", named, named.name, "carried")
        return None

    def cell(
        self, name: str, named: Named | Found | Mention, value: str, sure: str = "read"
    ) -> Cell:
        """Return a cell whose evidence is a name, a measure word or a number."""
        off = self.sentence.start
        rule = getattr(named, "rule", "")
        return Cell(name, value, off + named.start, off + named.end, rule, sure)

    def carried(self, name: str, figure: Figure) -> Cell:
        """Return a cell with the measure of the figure before, on this figure's own number."""
        off, mention = self.sentence.start, figure.mention
        value = figure.measure.measure if figure.measure else ""
        span = (off + mention.start, off + mention.end)
        return Cell(name, value, *span, "as the figure before", "carried")

    def next_number(self, mention: Mention) -> int:
        """Return where the next number begins, or the sentence ends."""
        return next((at for at in self.numbers if at >= mention.end), len(self.text))
