"""Which numbers and losses of a sentence may be figures: no dates, no ages, nobody who speaks."""

from __future__ import annotations

from functools import lru_cache

from bakhmut.drafting.numbers.hedging import hedged
from bakhmut.drafting.numbers.masked import Masked, Mention
from bakhmut.drafting.numbers.mentions import mentions
from bakhmut.drafting.numbers.others import why_not
from bakhmut.drafting.numbers.vague import unnumbered
from bakhmut.drafting.patterns.needing import Needing
from bakhmut.drafting.said.telling import says, speaks, tells
from bakhmut.drafting.said.voices import voices
from bakhmut.drafting.scope.hits import Around
from bakhmut.drafting.taken.articles import articles
from bakhmut.drafting.taken.bare import counts_nobody
from bakhmut.drafting.taken.beside import is_beside
from bakhmut.drafting.words import SENTENCES, listed

MOST_NUMBERS = 60  # in one sentence


@lru_cache(maxsize=SENTENCES)
def candidates(text: str) -> tuple[list[Mention], Around] | None:
    """Return the numbers and losses of a sentence that may be figures, None where it is a table."""
    masked = Masked(text)
    if len(masked.numerals) > MOST_NUMBERS:
        return None  # a table run together: no words say what its numbers count
    open_: list[Mention] = []
    floor = 0
    for mention in mentions(masked):
        idle = why_not(mention, text) or tells(mention, text) or is_beside(mention, text)
        if not (idle or counts_nobody(mention, text)):
            open_.append(hedged(mention, text, floor=floor))
        floor = mention.end
    if open_:  # "three security sources said": how many say so
        spoke = [(one.start, one.end) for one in voices(text)]
        open_ = [one for one in open_ if not speaks(one, text, spoke)]
        open_ += articles(text, open_)
        open_ = [one for one in open_ if one.rule != "article" or not says(one, spoke)]
        open_.sort(key=lambda one: one.start)
    around = Around(text, open_)
    open_ = [one for one in open_ if not _NOT_ONE.before(text, one.start)]
    if any(one.words in _TELL for one in around.hits):  # "Survivors spoke of 180": who say so
        spoke = [(one.start, one.end) for one in voices(text)]
        around.hits = [
            one
            for one in around.hits
            if one.words not in _TELL
            or not _inside(one.start, spoke)
            or any(text[of.end : one.start].isspace() for of in open_)
        ]
    said = [(one.start, one.end) for one in around.hits if one.words == "said"]
    open_ = [one for one in open_ if not _inside(one.start, said)]  # "lost at least one relative"
    taken = [(one.start, one.end) for one in open_]
    for one in unnumbered(text, around.hits):
        of_number = any(end <= one.start and not text[end : one.start].strip() for _, end in taken)
        if of_number and one.rule == "how heavy":
            continue  # "seventeen more deaths"
        if all(one.end <= start or one.start >= end for start, end in taken):
            open_.append(one)
            taken.append((one.start, one.end))
    open_.sort(key=lambda one: one.start)
    return open_, around


_TELL = listed("persons named by a measure") | {"widows", "orphans"}
# "no one", "not a single one", "no inquiry into a single one": none
_NOT_ONE = Needing(
    r"\b(?:(?:[Nn]ot\s+(?:a\s+single\s+)?one|[Nn]one|[Nn]either|[Nn]obody|[Nn]o\s+one)\s+of\s+(?:the|its|their|these|those|his|her|our)\s+(?:[a-z]+\s+of\s+)?|[Nn]o[\s-]+|(?:[Nn]ot?|[Nn]ever|[Nn]obody)\b[^.;,]*\ba\s+single\s+)$"
)


def _inside(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)
