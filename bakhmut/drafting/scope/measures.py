"""What was done to those whom a number counts: the measure, found by the words around it.

Each measure word near a number is weighed (`weighing`); the nearest is the number's.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.patterns.needing import Needing
from bakhmut.drafting.phrases import PERSONS, counted, kind_of, noun_phrase
from bakhmut.drafting.scope.carried import HEDGING
from bakhmut.drafting.scope.hits import TO_OBJECT, WHERE_THEY_WERE, Around, Found, Hit, joined
from bakhmut.drafting.scope.weighing import WHO, after, before
from bakhmut.drafting.whose.things import of_things

FURTHEST = 9.0  # what a word may cost at most and still be a number's measure
_NEVER = Needing(
    r"\b((?:never|no\s+longer|not\s+yet|not|(?:failed|declined|refused|unable|waiting)\s+to(?:\s+be)?|yet\s+to(?:\s+be)?)\s+(?:yet\s+)?(?:been\s+)?)$"
)
_THAT_MANY = re.compile(r"\s+(?:that|as)\s+(?:number|many)\s+")
_X_TO_Y = Needing(
    r"\b(?:ratio|proportion)\s+of\s+(?:the\s+)?(\w+)\s+to\b|\b(\w+)(?:\s+to\s+|-to-)\w+\s+ratio\b",
    re.I,
)


_AS_MANY = re.compile(r"\s+as\s+many\s+")


def measure_of(mention: Mention, sentence: str, around: Around) -> Found | None:
    """Return the measure of a mention by the words of its own sentence; None where none is near."""
    if mention.kind == "ratio" and (named := _X_TO_Y.search(sentence)):
        first = named.start(1) if named[1] else named.start(2)
        for hit in around.hits:
            if hit.start == first:  # "the ratio of wounded to killed"
                return Found(hit.measure, hit.start, hit.end, "ratio of", "inferred")
    if mention.rule == "times" and (many := _AS_MANY.match(sentence, mention.end)):
        for hit in around.hits:
            if hit.start == many.end() and "done" in hit.forms:  # "and twice as many wounded"
                return Found(hit.measure, hit.start, hit.end, "as many", "inferred")
    best = _nearest(mention, sentence, around, denominator=False)
    if best is None and mention.kind == "ratio":  # "twice as many women as men died"
        best = _nearest(mention, sentence, around, denominator=True)
    if best is None or best.cost > FURTHEST:
        return None
    never = _NEVER.search(sentence, max(0, best.start - 25), best.start)
    if (
        never and mention.rule != "none" and not sentence.startswith(" more than", best.end)
    ):  # "never lost more than 40"
        # "had never been vaccinated": the measure is that it was not done
        words = sentence[never.start(1) : best.end]
        return replace(best, measure=words, start=never.start(1))
    return joined(of_things(best, mention, sentence), mention, sentence, around)


def _nearest(mention: Mention, sentence: str, around: Around, *, denominator: bool) -> Found | None:
    best: Found | None = None
    own, of = around.own_noun(mention)
    start, end, _ = counted(sentence, mention)
    persons = kind_of(sentence[start:end]) in PERSONS
    for hit in around.hits:
        if persons and hit.measure in ("sunk", "shot down", "damaged", "cancelled"):
            continue  # "60 people were on the boat when it sank"
        if own and not own[0] <= hit.start < own[1]:
            continue
        if (
            mention.rule == "all but"
            and hit.start == mention.end + 1
            and hit is not around.hits[-1]
        ):
            continue  # "all but five of the 36 arrested were released"
        if hit.measure == "held" and (named := _held(hit, mention, around)):
            hit = named
        if hit.words in WHO and "done" not in hit.forms and around.of_another(hit, mention):
            continue  # "1,100 Jews, 700 prisoners of war": what the others are
        inside = hit.start < mention.end and hit.end > mention.start
        if inside and mention.kind not in ("ratio", "share", "vague", "rate"):
            continue
        if inside and mention.kind == "share" and mention.rule == "for each, n":
            continue  # "of every ten wounded who reach it, nine survive"
        below = mention.below if mention.kind == "ratio" else None
        stop = below[1] if below and mention.rule == "for each, n" else len(sentence)
        if below and below[0] <= hit.start < stop:
            near = mention.rule == "times" and hit.start - below[0] < 12
            if _THAT_MANY.fullmatch(sentence, mention.end, hit.start):
                near, denominator = True, True  # "twice that number wounded"
            if (not near or hit.forms[0] != "name") and not denominator:
                continue  # the denominator's own word
        weigh = after if hit.start >= mention.start else before
        found = weigh(hit, mention, sentence, around)
        if found and of and hit.start >= of[0]:
            # The whole is no number in between: "5.2m of the region's 6m needed food aid".
            found = replace(found, cost=found.cost + (2.5 if hit.start < of[1] else -3.0))
        there = hit.measure in WHERE_THEY_WERE and around.is_object(mention)
        if found and (there or around.fated(hit)):
            found = replace(found, cost=found.cost + 3.0)  # "all 22 people aboard a plane died"
        if found and _describes(hit, mention, around):
            found = replace(found, cost=found.cost + 3.0)
        if found and (best is None or found.cost < best.cost):
            best = found
    return best


# "40 captured soldiers were later shot", "Forty wounded men died"
_THEN = re.compile(
    r"\s+(?:(?:were|was|have|had|has|been|later|then|since|also|being|reportedly)\s+)*"
)


def _describes(hit: Hit, mention: Mention, around: Around) -> bool:
    """Whether a word only says who they were to whom something else was done."""
    text = around.sentence
    if hit.start < mention.end or text[mention.end : hit.start].strip():
        return False
    word = hit.start + len(hit.words.split()[0])  # "wounded people" is one entry
    start, end, head = noun_phrase(text, word)
    if not head or start != word + 1 or hit.end > end:
        return False
    then = _THEN.match(text, end)
    told = kind_of(text[start:end]) in PERSONS or text[start].isupper()
    return bool(told and then and any(one.start == then.end() for one in around.hits))


def _held(hit: Hit, mention: Mention, around: Around) -> Hit | None:
    """Return the noun that names who is held: `holding 14 prisoners` counts prisoners."""
    if not TO_OBJECT.fullmatch(around.sentence, hit.end, mention.start):
        return None
    end = counted(around.sentence, mention)[1]
    named = (one for one in around.hits if one.end == end and one.words in _HELD)
    return next((replace(one, measure=one.words) for one in named), None)


_HELD = ("prisoners", "prisoners of war", "captives", "pows")


# "cases and deaths stood at 900 and 41, against 850 and 37": a number for each measure, twice.
_PUT = re.compile(
    r"\s+(?:(?:had|have|has)\s+)?(?:been\s+)?(?:[a-z]+\s+){1,2}(?:at\s+|to\s+)?(?:\w+\s+)?"
)
_NEXT_PAIR = re.compile(
    rf"(?:\s+respectively)?,?\s+(?:against|from|compared\s+(?:with|to)|up\s+from|down\s+from)\s+{HEDGING}"
)
_AND = re.compile(rf"\s+and\s+{HEDGING}")
_IN_PAIRS = (_PUT, _AND, _NEXT_PAIR, _AND)


def in_order(measure: Found | None, mention: Mention, around: Around) -> Found | None:
    """Return the one of two measures that a number counts where each has its own, in order."""
    for two in zip(around.hits, around.hits[1:], strict=False):
        end = two[1].end
        found = [one for one in around.found if one.start >= end][: len(_IN_PAIRS)]
        if mention not in found or around.sentence[two[0].end : two[1].start] != " and ":
            continue
        starts = [end, *(one.end for one in found)]
        gaps = (around.sentence[at : one.start] for at, one in zip(starts, found, strict=False))
        links = [link.fullmatch(gap) for link, gap in zip(_IN_PAIRS, gaps, strict=False)]
        if len(links) > 1 and all(links):
            own = two[found.index(mention) % 2]
            rule = "in the order of a list"
            return Found(own.measure, own.start, own.end, rule, "inferred")
    return measure


# "The register of the dead now has 340 names"
_LIST_OF = re.compile(
    r"\b(?:list|register|roll|book|ledger|database|record|wall|memorial)\s+of\s+(?:all\s+)?(?:the\s+|its\s+|their\s+)?"
)
_HAS = re.compile(
    r"(?:\s+[^,.;\d]{2,40})?\s+(?:had|has|held|holds|carries|carried|bears|bore|lists|listed|contains|contained|counts|"
    rf"counted|stops\s+at|stopped\s+at|runs\s+to|ran\s+to|grew\s+to|reached)\s+{HEDGING}"
)


def on_list(mention: Mention, around: Around) -> Found | None:
    """Return what became of those whose names a list has: `the register of the missing`."""
    text = around.sentence
    for led in _LIST_OF.finditer(text, 0, mention.start):
        hit = next((one for one in around.hits if one.start == led.end()), None)
        if hit and _HAS.fullmatch(text, hit.end, mention.start):
            return Found(hit.measure, hit.start, hit.end, "list of", "inferred")
    return None
