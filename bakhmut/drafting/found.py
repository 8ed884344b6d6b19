"""Which mentions are figures: numbers of people or things to which something was done.

Goes through a text sentence by sentence and yields each figure with its measure; where its own
sentence names none ("later corrections made it 23,055"), that of the figure before is carried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from bakhmut.dossier.parsing.rates import rate_of
from bakhmut.drafting.columns import header, labelled, row, side_label
from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.passages import Sentence
from bakhmut.drafting.phrases import PERSONS, counted, kind_of
from bakhmut.drafting.scope.carried import (
    HAVING,
    HEDGING,
    NAMES,
    OF_THINGS,
    OF_THOSE,
    SUBSET,
    TOLD_AFTER,
    TOLD_BEFORE,
    Figure,
    carried_measure,
    goes_on,
    is_part,
    resumes,
)
from bakhmut.drafting.scope.hits import Around, Found
from bakhmut.drafting.scope.measures import in_order, measure_of, on_list
from bakhmut.drafting.scope.weighing import HEADED
from bakhmut.drafting.scope.wholes import CLOSES, OUTNUMBERED, part, patients, summed
from bakhmut.drafting.taken.along import along
from bakhmut.drafting.taken.candidates import candidates
from bakhmut.drafting.taken.context import (
    SUFFERED,
    Context,
    asked_for,
    on_stone,
    tells_of_courts,
    told_of,
)
from bakhmut.drafting.taken.events import (
    HIRED,
    by_default,
    of_force,
    own_verb,
    whereabouts,
)
from bakhmut.drafting.taken.predicates import ON_DUTY
from bakhmut.drafting.taken.reach import (
    A_FORCE,
    FORCE_AT,
    GUARDED,
    HAS,
    NUMBERED,
    STANDS,
    THERE_WERE,
    WENT_WITH,
    force,
    helps,
    is_of_them,
    left_open,
    not_counted,
    of_things,
    of_us,
    reach,
    we_were,
)
from bakhmut.drafting.taken.unexplained import as_before, is_first, unexplained
from bakhmut.drafting.words import key, window

FAR = 3.0  # what a measure word costs where a force is nearer


def figures(sentences: list[Sentence]) -> Iterator[tuple[Sentence, list[Figure]]]:
    """Yield each sentence with its figures, in order."""
    context = Context(courts=tells_of_courts(sentence.text for sentence in sentences))
    every = [(sentence, _of(sentence, context)) for sentence in sentences]
    counts = any(not one.unexplained for _, found in every for one in found)
    for sentence, found in every:
        yield sentence, found if counts else []  # a text that counts nobody has no figure


def _of(sentence: Sentence, context: Context) -> list[Figure]:
    found = _in_table(sentence, context)
    found = _in_sentence(sentence, context) if found is None else found
    context.leave(sentence, found)
    return found


def _in_table(sentence: Sentence, context: Context) -> list[Figure] | None:
    """Return the figures of a table's row, none of its head, None where a line is neither."""
    if context.table and (found := row(sentence, context.table)) is not None:
        return found
    context.table = header(sentence)
    return [] if context.table else None


def _in_sentence(sentence: Sentence, context: Context) -> list[Figure]:
    text = sentence.text
    open_, around = candidates(text) or ([], None)
    found: list[Figure] = []
    for mention in open_:
        before = told_of(found) if found else context.near(sentence)
        line = bool(not found and context.header and labelled(text))
        if line and context.header:
            before = Figure(replace(mention, start=0, end=0), sentence, context.header)
        headed = side_label(text)
        least = sentence.part - bool(rate_of(text, mention.end) or headed)
        topic = context.topic[1] if context.topic and context.topic[0] >= least else None
        if topic and before and context.topic and not found:
            earlier = before.sentence.part < context.topic[0] == sentence.part
            before = None if earlier else before  # the topic was named since
        asked = None if found else asked_for(text) or context.asked
        if asked:
            topic, before = asked, None
        same = bool(found) or line
        if context.others is not None and not same and not counted(text, mention)[2]:
            before = None  # "The committee named 298 suspects. Two are in court."
        figure = _figure(mention, sentence, around, before, same, topic, context.things)
        if figure is None and not context.of_others(mention, sentence):
            figure = _unexplained(mention, sentence, topic, found, context)
        start, end, head = counted(text, mention)
        if figure or head:
            context.things = figure is None and kind_of(text[start:end]) not in PERSONS
            others = figure is None and (mention.value or 0) > 1
            context.others = sentence.part if others else None
        if figure and left_open(figure, text, context.measures):
            figure = replace(figure, measure=None, carried=False)
        if figure:
            found.append(context.of_kind(summed(figure, found)))
    return found


def _unexplained(
    mention: Mention,
    sentence: Sentence,
    topic: Found | None,
    found: list[Figure],
    context: Context,
) -> Figure | None:
    """Return a number that no word explains as one of those told of, None where it is none."""
    if not unexplained(mention, sentence.text, context.things):
        return None
    told = topic or context.counted(sentence, found)
    if told is None and not is_first(mention, sentence.text):
        return None
    stone = on_stone(sentence.text, told)
    return Figure(mention, sentence, stone or told, carried=stone is None, unexplained=True)


_ALL_BUT = re.compile(rf"\ball\s+but\s+{HEDGING}$", re.I)


def _all_but(
    mention: Mention, sentence: Sentence, measure: Found | None, told: Found | None
) -> Figure | None:
    """Return those to whom it was not done: "all but sixty were killed", "all but 20 were back"."""
    if measure and measure.measure == "killed":
        lived = replace(measure, measure="survived", rule="all but", sure="inferred")
        return Figure(mention, sentence, lived)
    few = (mention.value or 0) < 2  # "All but one of the passengers had slept"
    return Figure(mention, sentence, told, carried=True) if told and not few else None


_AGAIN = re.compile(
    r"\b(?:(?:up|down)\s+from|against|compared\s+(?:with|to)|and\s+the\s+(?:garrison|column|fleet))\s+"
    rf"{HEDGING}$"
)
_PUT_THEM = re.compile(
    rf"\b(?:put|puts|place[sd]?)\s+(?:it|them)\s+(?:at|as\s+high\s+as|as\s+low\s+as)\s+{HEDGING}$"
)
_HAS = re.compile(rf"\b(?:has|have)\s+{HEDGING}(?:\S+\s+[a-z]+\s+and\s+)?$")
_KIN = re.compile(r"(?:grand)?(?:children|sons|daughters)|siblings")
_OF_WHICH = re.compile(rf"\bof\s+which\s+{HEDGING}$")
_OF_THE = re.compile(r"\bOf\s+(?:the|these|those)\s+$")  # "Of the 214, 79 were suicides"


@lru_cache(maxsize=64)
def _told(text: str, start: int, end: int, head: str) -> bool:
    """Whether the words around a number say that it counts what was told of before it."""
    before = window(text, start)
    of_those = TOLD_BEFORE.search(before) or OF_THOSE.search(before) or TOLD_AFTER.match(text, end)
    names = key(head) in NAMES
    return bool(of_those or names or (_OF_THE.search(before) and text.startswith(",", end)))


def _figure(
    mention: Mention,
    sentence: Sentence,
    around: Around,
    before: Figure | None,
    same: bool,
    topic: Found | None = None,
    things: bool = False,
) -> Figure | None:
    text = sentence.text
    anew = as_before(mention, text, before)
    if before and anew.kind != mention.kind:
        return Figure(anew, sentence, before.measure, carried=True)
    measure = in_order(measure_of(mention, text, around), mention, around)
    if _ALL_BUT.search(window(text, mention.start)):
        return _all_but(mention, sentence, measure, before.measure if before else topic)
    if mention.rule == "sum" and measure is None:
        return None
    if mention.rule == "article" and measure is None and not (before and same):
        return None
    if mention.rule == "most" and not before and measure is None:
        return None
    if mention.kind == "vague" or mention.rule == "none":
        if measure is None and before and before.sentence.part == sentence.part:
            return Figure(mention, sentence, before.measure, carried=True)
        if measure is None and topic:
            return Figure(mention, sentence, topic, carried=True)
        return Figure(mention, sentence, measure) if measure or mention.kind == "vague" else None
    if mention.kind in ("ratio", "share"):
        if topic and before is None and mention.kind == "ratio":
            before = Figure(replace(mention, start=0, end=0), sentence, topic)
        figure = part(mention, sentence, measure, before)
        if figure or mention.kind == "ratio":
            told = figure and figure.carried and mention.kind == "share"
            own = own_verb(mention, around, None, bare=not things) if told else None
            return Figure(mention, sentence, own) if own else figure
        said = mention.rule in ("n in m", "percent") and CLOSES.match(text, mention.end)
        if topic and said and measure is None:
            return Figure(mention, sentence, topic, carried=True)  # "Of our members, nine in ten."
        counts = mention.rule != "percent"  # "nine out of ten have come out"
        done = by_default(mention, around, bare=counts and bool(before) and not things)
        done = done or (patients(mention, text) if counts else None) or of_force(mention, text)
        return Figure(mention, sentence, done) if done else None
    start, end, head = counted(text, mention)
    if (not head or kind_of(text[start:end]) in PERSONS) and (
        took := along(mention, text, max(end, mention.end))
    ):
        return Figure(mention, sentence, took)
    if before and is_of_them(mention, text, measure):
        return Figure(mention, sentence, before.measure, carried=True)
    done_to_things = measure is not None and measure.measure in OF_THINGS
    if things and not done_to_things and _OF_WHICH.search(window(text, mention.start)):
        return None  # "13 attacks, of which four were on schools"
    if of_things(mention, text, measure) or HIRED.match(text, max(end, mention.end)):
        return None  # "74 have left and 51 have been hired"
    kind = kind_of(text[start:end])
    far = reach(mention, text, head, kind, measure) if measure else 0.0
    near_enough = measure and measure.cost <= far
    apart = measure is None or (measure.cost > FAR and measure.measure != "strength")
    led = (
        HAS.before(text, mention.start)
        or FORCE_AT.before(text, mention.start)
        or GUARDED.before(text, mention.start)
        or A_FORCE.search(window(text, mention.start))
    )
    named = key(head) in NAMES and on_list(mention, around)
    if named:
        return Figure(mention, sentence, named)
    counting = before.measure if before else topic
    ours = counting is None or counting.measure in (*SUFFERED, "wounded", "missing")
    numbered = NUMBERED.before(text, mention.start) or (ours and of_us(mention, text))
    numbered = numbered or ((ours or before is None) and we_were(mention, text))
    numbered = numbered or (kind == "soldiers" and THERE_WERE.before(text, mention.start))
    numbered = numbered or (not head and WENT_WITH.before(text, mention.start))
    again = same and before and not head and _HAS.search(window(text, before.mention.start))
    if ((apart and led and not again) or numbered) and (men_of := _force(mention, text, head)):
        return Figure(mention, sentence, men_of)  # "the army, with 60,000 troops, has rescued"
    begins = min([mention.start, *(mark[0] for mark in mention.marks)])  # "Around 50 were led off"
    first = (mention.in_words or mention.marks) and not text[:begins].strip(' “"')
    bare = bool(before or first) and not things
    if near_enough and not (same and before and _is_of_before(before, mention, around, measure)):
        return Figure(mention, sentence, own_verb(mention, around, measure, bare=bare) or measure)
    if helps(mention, text, text[start:end]):
        return None
    has = HAVING.before(text, mention.start)
    owns = kind == "group" and head != "patients" and _HAS.search(window(text, mention.start))
    if owns or (has and (ON_DUTY.search(text[start:end]) or _KIN.fullmatch(head))):
        return None  # "she has three surgeons", "who had four children"
    persons = bool(head) and kind in PERSONS
    lines = (sentence, before.sentence) if persons and before else ()
    bullets = lines and all(one.locator[:3] == "bul" for one in lines)
    at = (text, mention.start, mention.end, head)
    same_part = before is not None and before.sentence.part == sentence.part
    near = before if same_part or bullets or (before and _told(*at)) else None
    label = HEADED.match(text)
    if label and not head and label.end(1) < mention.start and not_counted(label[1]):
        return None  # "Aftershocks: more than 300"
    done = by_default(mention, around, bare=bare) if far >= 0 else None
    men = kind == "soldiers" or head.lower() == "men"
    if men and around.own_noun(mention)[0]:  # "of the 900 fighters who went over"
        return Figure(mention, sentence, Found("strength", mention.end, end, "whole", "inferred"))
    carried = carried_measure(mention, text, near, same)
    if carried and (stone := on_stone(text, carried)):
        return Figure(mention, sentence, stone)
    if carried:
        own = own_verb(mention, around, None, bare=True)
        own = own or (None if head else whereabouts(mention, text))
        if own and own.measure == "found" and carried.measure == "killed":
            own = None  # "two of the dead were found in the stairwell"
        return Figure(mention, sentence, own or carried, carried=own is None)
    if topic and kind == "thing" and topic.measure in OF_THINGS and side_label(text):
        return Figure(mention, sentence, topic, carried=True)  # "Blue side: 23 tanks"
    if (
        topic is None and same is False and _told(*at)
    ):  # "bodies in the street; the mayor counted 19"
        named = [one for one in around.hits if one.end <= mention.start and "name" in one.forms]
        topic = Found(named[-1].measure, 0, 0, "word before", "carried") if named else None
    anybody = key(head) in ("", "men", "people", "persons", "others", *NAMES)
    if topic and anybody and (_told(*at) or resumes(mention, text, end, same)):
        return Figure(mention, sentence, topic, carried=True)
    if men_of := _force(mention, text, head):
        return Figure(mention, sentence, men_of)
    if men and (mention.value or 0) >= 50 and STANDS.match(text, end):
        return Figure(mention, sentence, Found("strength", mention.end, end, "force", "inferred"))
    if kind in ("soldiers", "group") and OUTNUMBERED.search(text):
        return Figure(
            mention, sentence, Found("strength", mention.end, end, "outnumbered", "inferred")
        )
    return Figure(mention, sentence, done) if done else None


def _force(mention: Mention, text: str, head: str) -> Found | None:
    """Return the strength of a force, or where those were who say how many they were."""
    men = force(mention, text, head)
    there = whereabouts(mention, text) if men and men.rule == "we were" else None
    return there or men  # "We were 4,000 in the street"


def _is_of_before(before: Figure, mention: Mention, around: Around, measure: Found | None) -> bool:
    """Whether a number goes on with the one before, though some other word is in reach."""
    text = around.sentence
    start, end, _ = counted(text, mention)
    if measure and measure.measure == "captured" and start <= measure.start < end:
        return False  # "1,800 dead and 3,000 prisoners"
    if measure and SUBSET.match(text, mention.end) and measure.measure == "strength":
        return kind_of(text[measure.start : measure.end]) == "soldiers"  # "64 of them conscripts"
    before_it, bare = window(text, mention.start), not counted(text, mention)[2]
    own = measure and measure.rule == "in the order of a list"
    if bare and not own and (_AGAIN.search(before_it) or _PUT_THEM.search(before_it)):
        return True  # "38 villages burnt, up from 11 in March"
    far = measure is not None and measure.cost > 2
    beyond = measure is not None and around.between(mention.end, measure.start) > 0
    if is_part(before, mention, text):
        return far or beyond
    if beyond and SUBSET.match(text, mention.end):
        return True  # "23 have been killed, eight of them last month, and eleven are held"
    return far and goes_on(before, mention, text, kind_of(text[slice(*counted(text, mention)[:2])]))
