"""What the sentences before leave for the next: the last figure, a line above, what is counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from bakhmut.drafting.columns import Header, labelled
from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.passages import Sentence
from bakhmut.drafting.phrases import counted
from bakhmut.drafting.scope.carried import Figure
from bakhmut.drafting.scope.hits import Found, hits
from bakhmut.drafting.words import window

FEW = 12
SUFFERED = ("killed", "lost", "losses", "casualties", "destroyed")
# "Vaccinators deployed: 60", "Goals – 31"
_OF_A_TABLE = re.compile(r"\W*(?:[\w’'-]+\s+){0,2}[\w’'-]+\s*[:–—-]\s*\d")
_BEREAVED = {"widow", "widows", "widower", "widowers", "orphan", "orphans"}
_ON_STONE = re.compile(
    r"\b(?:(?:war\s+)?memorial|monument|gravestones?|tombstones?|cenotaph|roll\s+of\s+honou?r|names\s+(?:are\s+)?on\s+(?:a|the)\s+wall|mass\s+graves?)\b"
)
# "How many men did you have when you arrived?", "when I asked how many wounded had come through"
_HOW_MANY = re.compile(
    r"(?P<untold>\b(?:declin|refus|n[o'’]t\s+)[^.?!;:]{0,30})?\b[Hh]ow\s+many\s+(?P<asked>[^.?!;:]*?)(?=\s+(?:when|before|after|since|while|until|because)\b|[.?!;:”\"]|$)"
)
_STRENGTH_OF = re.compile(
    r"\b(?:d(?:o|id|oes)\s+(?:you|they|he|she|it|we)\s+(?:still\s+)?(?:have|command)|(?:are|were|had|have)\s+(?:of\s+)?(?:you|they|we)|"
    r"(?:you|they|we)\s+(?:are|were|had|have)|(?:are|were|is|was)\s+(?:still\s+)?(?:left|there|alive)|of\s+(?:you|them|us)\s+(?:are|were))"
    r"(?:\s+(?:left|now|then|there|here|in\s+all|altogether))?$"
)
_AMONG = re.compile(
    r"\b(?:among|amongst|out\s+of|of)\s+(?:(?:the|its|their|all|some|about)\s+)*$", re.I
)
_CASES_OF = re.compile(r"\b[Cc]ases\s+of\s+(?:[a-z-]+\s+)?$")
_COURTS = re.compile(
    r"\b(?:tribunal|court|prosecut|judge|inquiry|investigat|massacre|torture|abuse)", re.I
)
_ILLNESS = re.compile(
    r"\b(?:virus|infect|cholera|covid|corona|measles|ebola|outbreak|epidemic|pandemic|disease|vaccin|"
    r"symptom|influenza|flu\b|fever|malaria|dengue|mpox|polio|tubercul|typh|hiv\b|aids\b|plague|"
    r"pneumonia|diphther|mening|hepatitis)",
    re.I,
)
_CASES = re.compile(r"[Cc]ases?\b(?!\s+of\s)")
_WHOM = re.compile(r"\bof\s+(?:whom|them|which|these|those)\b")

# "have put the number of the former at more than 3,500"
_FORMER = re.compile(r"\b(?:number|total|toll|figure)\s+of\s+the\s+(former|latter)\b")


@dataclass
class Context:
    """What the sentences before leave for the next: the last figure and where it stood."""

    last: Figure | None = None
    part: int = -1
    header: Found | None = None  # of a line that ends in a colon: "The losses of the enemy:"
    table: Header | None = None  # the head of the table whose rows follow
    topic: tuple[int, Found] | None = None  # passage and measure of a sentence without a figure
    things: bool = False  # the last noun that was counted names no persons
    asked: Found | None = None  # of the sentence before: "How many men did you have?"
    others: int | None = None  # the passage of the last number with a noun, if it was no figure
    measures: frozenset[str] = frozenset()  # of the last sentence with figures
    pair: tuple[Found, ...] = ()  # those, in order: "2,946 people were killed, and 5,674 injured"
    often: Counter[str] = field(default_factory=Counter)  # which measures figures named
    first: dict[str, Found] = field(default_factory=dict)  # where each was named first
    courts: bool = False  # the text tells of courts, and of no disease
    cases: str = ""  # what the text's cases are of: "cases of enforced disappearance"

    def near(self, sentence: Sentence) -> Figure | None:
        """Return the last figure where it stands in the same passage, or in the one before.

        Of the passage before, what the text counts most often is carried on.
        """
        if self.last is None or sentence.part - self.part > 1:
            return None
        if len(self.pair) == 2 and (which := _FORMER.search(sentence.text)):
            return replace(self.last, measure=self.pair[which[1] == "latter"])
        if self.last.sentence.part == sentence.part:
            return self.last
        return replace(self.last, measure=self.most() or self.last.measure)

    def most(self) -> Found | None:
        """Return the measure that the figures so far name most often, of two a loss."""
        often = max(self.often, key=lambda name: (self.often[name], name in SUFFERED), default=None)
        return self.first[often] if often else None

    def counted(self, sentence: Sentence, found: list[Figure]) -> Found | None:
        """Return what a number goes on counting that no word explains, None where nobody says."""
        same = found or (self.last and self.last.sentence.part == sentence.part)
        last = (told_of(found) if found else self.last) if same else None
        return (last and last.measure) or self.most() or (self.topic and self.topic[1])

    def of_kind(self, figure: Figure) -> Figure:
        """Return a figure of cases with what the cases told of before it are of."""
        measure, text = figure.measure, figure.sentence.text
        if measure is None or figure.carried:
            return figure
        if _CASES_OF.search(text, 0, measure.start):
            self.cases = measure.measure
        elif _CASES.match(text, measure.start):
            if self.courts:
                return replace(figure, measure=None)  # "22 further cases" of a tribunal
            if self.cases:
                measure = replace(measure, measure=self.cases, sure="inferred")
                return replace(figure, measure=measure)
        return figure

    def of_others(self, mention: Mention, sentence: Sentence) -> bool:
        """Whether a number is one of others than those told of, or of a line of a table.

        "The committee named 298 suspects. Two are in court."
        """
        few = mention.value is not None and mention.value <= FEW
        begins = not sentence.text[: mention.start].strip(' “"')
        line = _OF_A_TABLE.match(sentence.text) and not counted(sentence.text, mention)[2]
        return bool(line) or (few and begins and self.others == sentence.part)

    def leave(self, sentence: Sentence, found: list[Figure]) -> None:
        """Leave a sentence and its figures to those behind it."""
        text = sentence.text
        self.asked = asked_for(text) if not found else None
        if not found and (sentence.headline or text.rstrip().endswith(":")):
            named = hits(text)
            last = named[-1] if named else None
            self.header = last and Found(
                last.measure, last.start, last.end, "line above", "carried"
            )
            if last is None and self.last and self.near(sentence):
                self.header = _of_lines(self.last)
        elif not labelled(text):
            self.header = None  # the lines below a colon are over
        if any(one.measure for one in found):
            self._leave_figures(sentence, found)
            return
        # "The widows keep a list": who does something is not what is counted
        asked = text.rstrip().endswith("?")
        if named := [one for one in hits(text) if asked or one.words not in _BEREAVED]:
            told = [one for one in named if "name" in one.forms] or named  # "cases that we swabbed"
            word = Found(told[-1].measure, 0, 0, "sentence before", "carried")
            self.topic = (sentence.part + (sentence.headline or asked), word)
        if (sentence.headline or asked) and self.part >= 0:
            self.part += 1  # a heading stands between, not a passage

    def _leave_figures(self, sentence: Sentence, found: list[Figure]) -> None:
        told = [one for one in found if not _is_whole(one, found) and not _of_whom(one, found)]
        # Where nobody was hurt nobody goes on being counted.
        some = [one for one in told if one.mention.value != 0]
        self.last, self.part = (some or told or found)[-1], sentence.part
        for one in found:
            if one.measure:
                self.first.setdefault(one.measure.measure, one.measure)
                self.often[one.measure.measure] += not one.carried and one.mention.value != 0
        named = {one.measure.measure: one.measure for one in found if one.measure}
        self.measures, self.pair = frozenset(named), tuple(named.values())


def tells_of_courts(sentences: Iterable[str]) -> bool:
    """Whether a text tells of courts or inquiries, and of no disease: its cases are theirs."""
    text = "\n".join(sentences)
    return bool(_COURTS.search(text) and not _ILLNESS.search(text))


def asked_for(text: str) -> Found | None:
    """Return what the answer to a question counts: "how many wounded", "how many did you have"."""
    for match in _HOW_MANY.finditer(text) if "ow many" in text else ():
        clause = match["asked"]
        if match["untold"]:
            continue  # "He declined to say how many had been wounded"
        for hit in hits(clause):
            return Found(hit.measure, 0, 0, "as was asked", "carried")
        if _STRENGTH_OF.search(clause):
            return Found("strength", 0, 0, "as was asked", "carried")
    return None


def on_stone(text: str, told: Found | None) -> Found | None:
    """Return the dead where a number stands on a memorial, and those told of are others."""
    stone = _ON_STONE.search(text) if told is None or told.measure not in SUFFERED else None
    return stone and Found("killed", *stone.span(), "on a memorial", "inferred")


def told_of(found: list[Figure]) -> Figure:
    """Return the last figure of a sentence that is not only the whole of another."""
    return ([one for one in found if not _is_whole(one, found)] or found)[-1]


def _is_whole(one: Figure, found: list[Figure]) -> bool:
    """Whether a figure is only the whole of another: "2,950 deaths among the 71,000 displaced"."""
    text = one.sentence.text
    return one is not found[0] and bool(_AMONG.search(window(text, one.mention.start)))


_OF_THOSE = re.compile(
    r"\s+of\s+(?:those|these|them|whom)\b"
)  # "96 of those were in intensive care"


def _of_whom(one: Figure, found: list[Figure]) -> bool:
    """Whether a figure is only a part of what its sentence counts: "of whom a third had died"."""
    text = one.sentence.text
    if one is found[0]:
        return False
    share = one.mention.kind == "share"
    whom = share and _WHOM.search(text, max(0, one.mention.start - 40), one.mention.start)
    return bool(
        whom or (one.measure and not one.carried and _OF_THOSE.match(text, one.mention.end))
    )


def _of_lines(above: Figure) -> Found | None:
    """Return what lines below a colon count where losses were told above: "– tanks: 5 (412)"."""
    losses = above.measure and set(above.measure.measure.split(" + ")) & {*SUFFERED}
    return Found("lost", 0, 0, "line above", "carried") if losses else None
