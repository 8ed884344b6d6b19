"""Which mentions are figures: numbers of people or things to which something was done.

Goes through a text sentence by sentence and yields each figure with its measure; where its own
sentence names none ("later corrections made it 23,055"), that of the figure before is carried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bakhmut.drafting.hedging import hedged
from bakhmut.drafting.measures import Around, Found, is_background, measure_of, noun_phrase
from bakhmut.drafting.mentions import Masked, Mention, mentions
from bakhmut.drafting.others import why_not
from bakhmut.drafting.passages import Sentence
from bakhmut.drafting.vague import unnumbered
from bakhmut.drafting.words import key, persons


@dataclass(frozen=True)
class Figure:
    """A mention that is a figure, in its sentence, with its measure."""

    mention: Mention
    sentence: Sentence
    measure: Found | None
    carried: bool = False  # the measure is the one of the figure before


@dataclass
class Context:
    """What the sentences before leave for the next: the last figure and where it stood."""

    last: Figure | None = None
    part: int = -1


def figures(sentences: list[Sentence]) -> Iterator[tuple[Sentence, list[Figure]]]:
    """Yield each sentence that has figures, with them in order."""
    context = Context()
    for sentence in sentences:
        if not re.search(r"\d", sentence.text) and len(sentence.text) < 4:
            continue
        found = _in_sentence(sentence, context)
        if found:
            yield sentence, found
            context.last, context.part = found[-1], sentence.part


def _in_sentence(sentence: Sentence, context: Context) -> list[Figure]:
    text = sentence.text
    every, floor = [], 0
    for mention in mentions(Masked(text)):
        every.append(hedged(mention, text, floor=floor))
        floor = mention.end
    open_ = [one for one in every if not why_not(one, text)]
    around = Around(text, open_)
    taken = [(one.start, one.end) for one in open_]
    for one in unnumbered(text, around.hits):
        if all(one.end <= start or one.start >= end for start, end in taken):
            open_.append(one)
    open_.sort(key=lambda one: one.start)
    found: list[Figure] = []
    for mention in open_:
        before = found[-1] if found else _near(context, sentence)
        figure = _figure(mention, sentence, around, before)
        if figure:
            found.append(figure)
    return found


def _near(context: Context, sentence: Sentence) -> Figure | None:
    """Return the last figure where it stands in the same passage, or in the one before."""
    return context.last if context.last and sentence.part - context.part <= 1 else None


def _figure(
    mention: Mention, sentence: Sentence, around: Around, before: Figure | None
) -> Figure | None:
    text = sentence.text
    measure = measure_of(mention, text, around)
    if mention.kind == "vague" or mention.rule == "none":
        return Figure(mention, sentence, measure)
    if mention.kind in ("ratio", "share"):
        return _part(mention, sentence, measure, before)
    start, end, head = noun_phrase(text, mention.end)
    phrase = text[start:end]
    kind = _kind(phrase)
    most = 9.0 if kind or not head else 3.0
    if mention.in_words and mention.value == 1:
        most = 1.6
    if is_background(head, phrase) and kind in ("", "thing"):
        most = 1.7
    elif kind == "thing":
        most = 3.2
    if measure and measure.cost <= most:
        return Figure(mention, sentence, measure)
    if (
        before
        and (not head or key(phrase) in ("others", "more", "people"))
        and _resumes(mention, text)
    ):
        return Figure(mention, sentence, before.measure, carried=True)
    return None


def _kind(phrase: str) -> str:
    words = key(phrase).split()
    for i in range(len(words)):
        for j in range(len(words), i, -1):
            if kind := persons().get(" ".join(words[i:j])):
                return kind
    return ""


_RESUME_BEFORE = re.compile(
    r"(?:\bmade\s+it|\bmakes\s+it|\bin\s+all,?|\btotal\w*|\bsum|\bfigures?|\bnumbers?|\bcount\w*|\bput\s+(?:it|them|the\s+\w+)|\badmitted|\bit\s+(?:was|is)|\bhas|\bhad|\bat|\bto|\bfrom|"
    r"\bestimat\w+|\bagainst|\bwas|\bwere|\bsay|\bsaid|\bhave|\barrived\s+at|\bspoke\s+of|\bof|:|;|,|\band|\bthe|\bor|—|–|\bbut|\bmore\s+than|\bonly|\bcame\s+to|\breported|\bclaimed)\s*(?:\w+\s+){0,2}$",
    re.I,
)
_RESUME_AFTER = re.compile(
    r"\s*(?:[,.;:)—–]|$|in\s+(?:all|total|Paris|the)|according|the\s+(?:day|week|month|year)|a\s+(?:day|week)|on\s|for\s|of\s(?:them|whom|those)|to\s|by\s|and\s|from\s|were\s|in\s|at\s|have\s|had\s|was\s)",
    re.I,
)


def _resumes(mention: Mention, text: str) -> bool:
    """Whether a bare number goes on counting what the figure before it counted."""
    if mention.value is not None and mention.value < 10 and not mention.in_words:
        return False
    return bool(_RESUME_BEFORE.search(text[max(0, mention.start - 50) : mention.start])) and bool(
        _RESUME_AFTER.match(text[mention.end :])
    )


_RATIO_TALK = re.compile(
    r"\b(?:ratio|odds|outnumber\w*|loss(?:es)?|casualt\w+|exchange|kill\w*|dead|troops|men|soldiers)\b",
    re.I,
)


def _part(
    mention: Mention, sentence: Sentence, measure: Found | None, before: Figure | None
) -> Figure | None:
    """Return a ratio or share as a figure where something was done to those it counts."""
    text = sentence.text
    if measure and measure.cost <= 7:
        return Figure(mention, sentence, measure)
    outnumbered = re.search(r"\boutnumber\w*|\bodds\b|\bsuperiority\b|\badvantage\b", text, re.I)
    if mention.kind == "ratio" and outnumbered:
        return Figure(
            mention, sentence, Found("strength", *outnumbered.span(), "outnumbered", "read")
        )
    own = mention.rule in ("n to m", "n:m", "for each, n", "n for each")
    if mention.kind == "ratio" and ((own and (before or _RATIO_TALK.search(text))) or before):
        return Figure(mention, sentence, before.measure if before else None, carried=True)
    back = re.match(
        r"\s+(?:of|in)\s+(?:them|those|these|whom|the\s+(?:dead|victims|total|bodies))\b",
        text[mention.end :],
    )
    if mention.kind == "share" and before and back:
        return Figure(mention, sentence, before.measure, carried=True)
    return None
