"""Which mentions are figures: numbers of people or things to which something was done.

Goes through a text sentence by sentence and yields each figure with its measure; where its own
sentence names none ("later corrections made it 23,055"), that of the figure before is carried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bakhmut.drafting.hedging import hedged
from bakhmut.drafting.kinds import kind_of
from bakhmut.drafting.measures import Around, Found, hits, is_background, measure_of, noun_phrase
from bakhmut.drafting.mentions import Masked, Mention, mentions
from bakhmut.drafting.others import why_not
from bakhmut.drafting.passages import Sentence
from bakhmut.drafting.vague import unnumbered
from bakhmut.drafting.words import key, window


MOST_NUMBERS = 60  # in one sentence


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
    header: Found | None = None  # of a line that ends in a colon: "The losses of the enemy:"


def figures(sentences: list[Sentence]) -> Iterator[tuple[Sentence, list[Figure]]]:
    """Yield each sentence with its figures, in order."""
    context = Context()
    for sentence in sentences:
        found = _in_sentence(sentence, context)
        yield sentence, found
        if not found and sentence.text.rstrip().endswith(":"):
            named = hits(sentence.text)
            last = named[-1] if named else None
            context.header = last and Found(
                last.measure, last.start, last.end, "line above", "carried"
            )
        if found:
            context.last, context.part = found[-1], sentence.part


def _in_sentence(sentence: Sentence, context: Context) -> list[Figure]:
    text = sentence.text
    masked = Masked(text)
    if len(masked.numerals) > MOST_NUMBERS:
        return []  # a table run together: no words say what its numbers count
    every, floor = [], 0
    for mention in mentions(masked):
        every.append(hedged(mention, text, floor=floor))
        floor = mention.end
    open_ = [one for one in every if not why_not(one, text)]
    around = Around(text, open_)
    taken = [(one.start, one.end) for one in open_]
    for one in unnumbered(text, around.hits):
        if all(one.end <= start or one.start >= end for start, end in taken):
            open_.append(one)
            taken.append((one.start, one.end))
    open_.sort(key=lambda one: one.start)
    found: list[Figure] = []
    for mention in open_:
        before = found[-1] if found else _near(context, sentence)
        if not found and context.header and LABEL.match(text):
            before = Figure(replace(mention, start=0, end=0), sentence, context.header)
        figure = _figure(mention, sentence, around, before, bool(found))
        if figure:
            found.append(figure)
    return found


def _near(context: Context, sentence: Sentence) -> Figure | None:
    """Return the last figure where it stands in the same passage, or in the one before."""
    return context.last if context.last and sentence.part - context.part <= 1 else None


def _figure(
    mention: Mention, sentence: Sentence, around: Around, before: Figure | None, same: bool
) -> Figure | None:
    text = sentence.text
    measure = measure_of(mention, text, around)
    if mention.kind == "vague" or mention.rule == "none":
        return Figure(mention, sentence, measure)
    if mention.kind in ("ratio", "share"):
        return _part(mention, sentence, measure, before)
    start, end, head = noun_phrase(text, mention.end)
    kind = kind_of(text[start:end])
    if measure and measure.cost <= _most(mention, text, head, kind, measure):
        if not (
            same
            and before
            and measure.cost > 2
            and (_goes_on(before, mention, text, kind) or _within(before, mention, text))
        ):
            return Figure(mention, sentence, measure)
    carried = _carried(mention, text, before, same)
    return Figure(mention, sentence, carried, carried=True) if carried else None


def _within(before: Figure, mention: Mention, text: str) -> bool:
    """Whether a number is a part of the one before: "6,218 cases, of which 1,944 confirmed"."""
    return bool(
        before.measure
        and before.mention.end <= mention.start
        and _INCLUDING.search(text[before.mention.end : mention.start])
    )


def _goes_on(before: Figure, mention: Mention, text: str, kind: str) -> bool:
    """Whether a list goes on with what it began with: "22 helicopters, 25 planes"."""
    fits = kind != "thing" or (before.measure and before.measure.measure in _OF_THINGS)
    return bool(
        fits
        and before.measure
        and before.mention.end <= mention.start
        and _listed(before.mention, mention, text)
    )


def _carried(mention: Mention, text: str, before: Figure | None, same: bool) -> Found | None:
    """Return the measure of the figure before where a number goes on counting that."""
    if before is None or before.measure is None:
        return None
    start, end, head = noun_phrase(text, mention.end)
    phrase = text[start:end]
    kind = kind_of(phrase)
    if same and before.mention.end <= mention.start:
        parts = _OUT_OF.fullmatch(text, before.mention.end, mention.start)
        if parts and kind in ("", "thing") and not parts[1]:
            return None  # "14 of the 35 hospitals": the 35 are all that there are
        if _listed(before.mention, mention, text):
            if kind == "thing" and before.measure.measure not in _OF_THINGS:
                return _of_things(mention, text)
            if kind or not head:
                return before.measure
    if _OF_THINGS_BEFORE.search(window(text, mention.start)) and not head:
        return None  # "of the city's 53 hospitals only nine are working"
    if SUBSET.match(text, mention.end) or (
        same and kind and _INCLUDING.search(window(text, mention.start))
    ):
        return before.measure
    if (
        head
        and (
            _LED.search(window(text, mention.start)) or _HAVING.search(window(text, mention.start))
        )
        and kind in ("", "thing")
    ):
        return None
    things = kind == "thing" and before.measure.measure in _OF_THINGS
    told = kind in ("group", "soldiers") or kind == "anybody" and head.lower() not in _AT_HOME
    if head and not (things or told) and key(phrase) not in ("enemy", "units", "unit"):
        return None
    return before.measure if _resumes(mention, text, end, same) else None


_OF_THINGS_BEFORE = re.compile(
    r"\b[Oo]f\s+(?:[\w’']+\s+){0,2}\d[\d,.]*\s+(?:\w+\s+)?(?:hospitals|schools|buildings|villages|towns|districts|bridges|stations|clinics|camps|homes|seats|beds)\b[^.;]{0,25}$"
)
_AT_HOME = frozenset(
    "members residents citizens inhabitants population villagers locals names figures".split()
)


def _of_things(mention: Mention, text: str) -> Found | None:
    """Return the last measure of things in front: "lost 200 men, as well as 25 tanks"."""
    last = None
    for hit in hits(text):
        if hit.measure in _OF_THINGS and hit.end <= mention.start:
            last = Found(
                hit.measure,
                hit.start,
                hit.end,
                "list of things",
                "inferred",
                subject=hit.measure == "lost",
            )
    return last


def _most(mention: Mention, text: str, head: str, kind: str, measure: Found) -> float:
    """Return how far away a measure may be: what is counted as a matter of course, less far."""
    if mention.in_words and mention.value == 1:
        return 1.6
    if kind in ("", "thing") and head:
        led = _LED.search(window(text, mention.start))
        if led or _HAVING.search(window(text, mention.start)):
            return -1.0
        if is_background(head, head):
            return 2.5 if measure.measure in _OF_THINGS else -1.0
        return 4.5 if kind == "thing" else 3.2
    return 9.0


_OF_THINGS = frozenset(
    "destroyed damaged lost captured sunk losses closed cancelled evacuated".split()
) | {"shot down", "out of service"}
# "with 300 trucks", "at 124 departments": how it was done, not to whom.
_HEDGING = r"(?:(?:some|about|around|at\s+least|more\s+than|over|nearly|almost|up\s+to|the|all|its|their|only|just)\s+)*"
_LED = re.compile(
    rf"\b(?:at|in|across|with|on|using|into|through|within|among|from|by|for|near|than)\s+{_HEDGING}$",
    re.I,
)
_HAVING = re.compile(
    rf"\b(?:ha[sd]|have|ran|sent|dispatched|built|recruited|hired|employs?|trained|opened|set\s+up|runs?|operates?|covers?|called|received|fired|launched)\s+{_HEDGING}$",
    re.I,
)
_OUT_OF = re.compile(
    r"\s+(?:out\s+)?of\s+(?:the|all|some|about|(his|her|their|its)|the\s+\w+['’]s)?\s*", re.I
)
# "tanks – 3,448", "Killed: 45": a line of a table.
LABEL = re.compile(r"\W*[A-Za-z][^\d:;.]{1,60}?\s*[:–‒—-]\s*[^\d,;.]{0,20}\d")
SUBSET = re.compile(
    r",?\s+(?:of|among)\s+(?:them|whom|those|these|the\s+(?:dead|victims|wounded|injured|missing))\b",
    re.I,
)
_INCLUDING = re.compile(
    rf"\b(?:including|among\s+them|of\s+whom|of\s+them|among\s+whom|of\s+those|of\s+these|of\s+which|comprising|consisting\s+of|namely)\b[^.;:]*$",
    re.I,
)
_BETWEEN_LIST = re.compile(
    r"(?:\s+[\w’'-]+){0,5}?\s*(?:\([^)]{0,30}\))?\s*(?:,?\s+as\s+well\s+as|,|;|/|,?\s+(?:and|or|plus|against|(?:as\s+)?well\s+as|together\s+with|including|with)|\(\+?)\s*"
    r"(?:including\s+|another\s+|a\s+further\s+|some\s+|about\s+|around\s+|at\s+least\s+|more\s+than\s+|over\s+|nearly\s+|almost\s+|up\s+to\s+|perhaps\s+|roughly\s+|close\s+to\s+|as\s+many\s+as\s+|the\s+|an?\s+|estimated\s+|all\s+|his\s+|its\s+)*",
    re.I,
)


def _listed(before: Mention, mention: Mention, text: str) -> bool:
    return bool(_BETWEEN_LIST.fullmatch(text, before.end, mention.start))


_RESUME_AFTER = re.compile(
    r"\s*(?:[,.;:)—–\"”(]|$|(?:in|on|to|by|and|or|from|for|at|of|as|but|with|after|this|that|last|each|among|who|under|than|lie|lies|more|remain\w*|are|is|were|was|had|have|has|did|came|could|"
    r"according|altogether|so|[a-z]+ed|[a-z]+ing|a\s+(?:day|week|month)|the\s+(?:day|week|month|year|previous|night))\b)",
    re.I,
)
_NOT_RESUMED = re.compile(
    r"\b(?:vacanc\w+|appointments?|prices?|cost\w*|speed\w*|temperature\w*|distance\w*|capacity|population\w*|votes?|beds|doses|funds|budget|age[ds]?|rate\s+fell\s+below|number\s+fell\s+below|stand[s]?\s+at|growth|inflation)\b[^.;]{0,40}$",
    re.I,
)


def _resumes(mention: Mention, text: str, end: int, same: bool) -> bool:
    """Whether a number goes on counting what the figure before it counted."""
    value = mention.value
    if (
        value is not None
        and value < (2 if same else 10)
        and not mention.in_words
        and not window(text, mention.start).endswith("+")
    ):
        return False
    if mention.in_words and value == 1:
        return same and bool(
            SUBSET.match(text, mention.end)
            or re.match(r"\s+(?:was|died|is|in)\b", text[mention.end :])
        )
    if _NOT_RESUMED.search(window(text, mention.start)):
        return False
    return bool(_RESUME_AFTER.match(text, max(end, mention.end)))


_RATIO_TALK = re.compile(
    r"\b(?:ratio|odds|loss(?:es)?|casualt\w+|exchange|kill\w*|dead|died|troops|men|soldiers)\b",
    re.I,
)
_OUTNUMBERED = re.compile(
    r"\b(?:outnumber\w*|outmanned|outgunned|odds|superiority|advantage)\b", re.I
)


def _part(
    mention: Mention, sentence: Sentence, measure: Found | None, before: Figure | None
) -> Figure | None:
    """Return a ratio or share as a figure where something was done to those it counts."""
    text = sentence.text
    outnumbered = _OUTNUMBERED.search(text)
    if mention.kind == "ratio" and outnumbered and not (measure and measure.cost < 1):
        return Figure(
            mention, sentence, Found("strength", *outnumbered.span(), "outnumbered", "read")
        )
    if measure and measure.cost <= 6:
        return Figure(mention, sentence, measure)
    if (
        before
        and mention.kind == "share"
        and before.mention.kind == "share"
        and before.sentence is sentence
        and _GAPPED.fullmatch(text, before.mention.end, mention.start)
    ):
        return Figure(mention, sentence, before.measure, carried=True)
    own = mention.rule in ("n to m", "n:m", "for each, n", "n for each")
    if mention.kind == "ratio" and (before or own and _RATIO_TALK.search(text)):
        return Figure(mention, sentence, before.measure if before else None, carried=True)
    back = re.match(
        r"\s+(?:of|in)\s+(?:them|those|these|whom|the\s+(?:dead|victims|total|bodies))\b",
        text[mention.end :],
    )
    if (
        mention.kind == "share"
        and before
        and same_passage(before, sentence)
        and _PUT_IT.search(window(text, mention.start))
    ):
        return Figure(mention, sentence, before.measure, carried=True)
    if (
        mention.kind == "share"
        and before
        and same_passage(before, sentence)
        and _FINITE.match(text, mention.end)
    ):
        return Figure(mention, sentence, before.measure, carried=True)
    if (
        mention.kind == "share"
        and before
        and (back or IS.match(text, mention.end) or _listed_share(before, mention, sentence))
    ):
        return Figure(mention, sentence, before.measure, carried=True)
    return None


_PUT_IT = re.compile(
    r"\b(?:it|them|figure|number|share|proportion|rate)\s+(?:was\s+|is\s+)?(?:at|as)\s+(?:\w+\s+){0,2}$",
    re.I,
)
_FINITE = re.compile(
    r"(?:\s+of\s+(?:them|these|those|whom))?\s+(?:more\s+)?(?:were|was|are|is|had|have|has|lived|came|did|lay)\b",
    re.I,
)


def same_passage(before: Figure, sentence: Sentence) -> bool:
    """Whether a figure stands in the passage of a sentence."""
    return before.sentence.part == sentence.part


_GAPPED = re.compile(r"[^.;]{0,60},\s(?:and\s)?(?:[\w’-]+\s+){1,5}")
# "one in thirteen was a child", "3,760 were children": what they were, not what was done.
IS = re.compile(
    r"\s+(?:of\s+(?:them|these|those|whom)\s+)?(?:were|was|are|is)\s+(?:an?\s+|the\s+)?(?=[A-Za-z])",
    re.I,
)


def _listed_share(before: Figure, mention: Mention, sentence: Sentence) -> bool:
    """Whether "or 1.5 per cent of the population" says the figure before it as a share."""
    gap = sentence.text[before.mention.end : mention.start]
    near = before.sentence is sentence and len(gap) < 160
    return near and bool(
        re.search(
            r"(?:,\s*|\()(?:or|about|i\.e\.|that\s+is|equal\s+to|and|roughly)?\s*(?:about\s+|some\s+|roughly\s+|nearly\s+|almost\s+|more\s+than\s+)*$|\band\s+(?:about\s+|some\s+)?$",
            gap,
        )
    )
