"""A sentence as the rules for cells see it, and what the sentences before leave for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.passages import Sentence
from bakhmut.drafting.said.speakers import PRONOUNS
from bakhmut.drafting.said.voices import Voice, voices
from bakhmut.drafting.scope.carried import Figure
from bakhmut.drafting.scope.measures import Found
from bakhmut.drafting.scope.periods import periods
from bakhmut.drafting.scope.phrases import noun_phrase
from bakhmut.drafting.scope.places import places
from bakhmut.drafting.scope.sides import Named, of_phrase, sides
from bakhmut.drafting.words import key


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

    def speaker(self) -> tuple[str, int, int] | None:
        """Return who spoke last before this sentence."""
        return next((who for one in reversed(self.before) if (who := one.speaker())), None)

    def topic(self, sentence: Sentence) -> Cell | None:
        """Return the side named first in the sentence before, in the same passage."""
        if not self.before or self.before[-1].sentence.part != sentence.part:
            return None
        scene = self.before[-1]
        return scene.cell("side", scene.named[0], scene.named[0].name) if scene.named else None


class Scene:
    """A sentence with who and what is named in it, each looked for when it is first asked for."""

    def __init__(self, sentence: Sentence, found: list[Figure], memory: Memory):
        self.sentence, self.text, self.memory = sentence, sentence.text, memory
        self.ends = [one.mention.end for one in found]
        self.numbers = [one.mention.start for one in found]
        self.last_measure: Cell | None = None

    @cached_property
    def voices(self) -> list[Voice]:
        """The attributions of the sentence."""
        return voices(self.text)

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where the names of those who speak stand."""
        return [(one.start, one.end) for one in self.voices]

    @cached_property
    def named(self) -> list[Named]:
        """Territories, peoples and parties named in the sentence."""
        return sides(self.text)

    @cached_property
    def places(self) -> list[Named]:
        """Places named in the sentence."""
        return places(self.text, self.spans)

    @cached_property
    def periods(self) -> list[Named]:
        """Stretches of time named in the sentence."""
        return periods(self.text, [(one.start, one.last) for one in self.voices])

    def speaker(self) -> tuple[str, int, int] | None:
        """Return who spoke last in this sentence, with the offsets of the name."""
        off = self.sentence.start
        spoke = [one for one in self.voices if key(one.name) not in PRONOUNS]
        return (spoke[-1].name, off + spoke[-1].start, off + spoke[-1].end) if spoke else None

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

    def in_span(self, span: tuple[int, int]) -> Named | None:
        """Return the side named in a part of the sentence."""
        for one in self.named:
            if span[0] <= one.start and one.end <= span[1]:
                return Named(one.name, one.start, one.end, "people in the noun")
        start, end, head = noun_phrase(self.text, span[0])
        if not head or start >= span[1]:
            return None
        return of_phrase(self.text, start, min(end, span[1]), head, self.named)
