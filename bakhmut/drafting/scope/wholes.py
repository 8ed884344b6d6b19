"""Shares and ratios: which of them are figures, and what of."""

from __future__ import annotations

import re
from dataclasses import replace

from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.passages import Sentence
from bakhmut.drafting.patterns.needing import Needing
from bakhmut.drafting.phrases import is_background, kind_of, noun_phrase
from bakhmut.drafting.scope.carried import HEDGING, OF_THINGS, Figure, same_passage
from bakhmut.drafting.scope.hits import Found, hits
from bakhmut.drafting.scope.weighing import OF_WHOLE
from bakhmut.drafting.words import listed, window

MAKE_UP = Needing(
    r"\b(?:make\s+up|made\s+up|makes\s+up|making\s+up|account(?:ed|s)?\s+for|accounting\s+for|"
    r"compris\w+|constitut\w+|represent\w*)\s+[^.;]{0,30}$",
    re.I,
)


_RATIO_TALK = re.compile(
    r"\b(?:ratio|odds|loss(?:es)?|casualt\w+|exchange|kill\w*|dead|died|troops|men|soldiers|ours|theirs)\b",
    re.I,
)
OUTNUMBERED = Needing(r"\b(?:outnumber\w*|outmanned|outgunned|odds|superiority|advantage)\b", re.I)


_OF_NOUN = re.compile(r"\s+of\s+(?:(?:the|its|their|all)\s+)*")
_OF_THEM = re.compile(r"\s+of\s+(?:them|which)\s+([a-z]+)(?=[.,;)]|$)")


# "of whom one in nine needed oxygen"
_NEEDED = re.compile(
    r"\s+(?:of\s+(?:them|whom)\s+)?(need(?:ed|s)?\s+(?:an?\s+)?[a-z]+(?:\s+bed)?)\b"
)
_DID_SO = re.compile(r"\s+((?:got|came|made\s+it|swam|were|reached|jumped|climbed)\s+[a-z]+)\b")
# "three houses in four have no roof"
_HAVE_NO = re.compile(r"\s+(ha(?:ve|s|d)\s+no\s+[a-z]+)\b")
_AMONG = re.compile(r"\b(?:[Aa]mong|[Oo]f)\s+(?:the|those)\s+(?:[a-z]+\s+)?$")


# "the proportion of amputations among the injured has risen from one in nine to one in four"
SHARE_OF = re.compile(
    r"\b(?:proportion|share|percentage|rate)\s+of\s+(?:the\s+)?(?P<what>[a-z]+)\s+(?:among|in)\s+(?:the\s+)?(?P<whole>[a-z]+)\b"
)


def _made_up_of(mention: Mention, text: str) -> Found | None:
    """Return what is told of a whole in front: "among the dead, volunteers make up a fifth"."""
    if not MAKE_UP.before(text, mention.start):
        return None
    for hit in hits(text):
        if hit.end < mention.start and _AMONG.search(text, 0, hit.start):
            return Found(hit.measure, hit.start, hit.end, "whole in front", "inferred")
    return None


# "They lost 33 men. That was almost half of the crew."
_THAT_IS = re.compile(
    rf"\b(?:[Tt]hat|[Tt]his|[Ii]t)\s+(?:is|was|would\s+be|makes|made|means|meant)\s+{HEDGING}$"
)


# "some 1,200 people were killed, most of them civilians, and 251 were taken hostage"
_APPOSED = re.compile(r"\s+of\s+(?:them|whom)\s+(?:[a-z]+\s+){0,2}[a-z]+(?=\s*[,;.)])")


# "27, i.e. a third of the fleet"
_THAT_IS_SO = re.compile(rf",\s+(?:i\.e\.|that\s+is)\s+{HEDGING}$")
_AMONG_THE = re.compile(r"\s+among\s+the\s+")


def part(
    mention: Mention, sentence: Sentence, measure: Found | None, before: Figure | None
) -> Figure | None:
    """Return a ratio or share as a figure where something was done to those it counts."""
    text = sentence.text
    for hit in hits(text) if (of := SHARE_OF.search(text, 0, mention.start)) else ():
        if mention.kind == "share" and hit.start == of.start("what"):
            return Figure(
                mention, sentence, Found(hit.measure, *of.span("what"), "share of", "inferred")
            )
    made = mention.kind == "share" and MAKE_UP.before(text, mention.start)
    if (
        made
        and before
        and measure
        and measure.measure == "strength"
        and not _OF_NOUN.match(text, mention.end)
    ):
        return Figure(mention, sentence, before.measure, carried=True)  # "convicts account for"
    made_up = _made_up_of(mention, text) if mention.kind == "share" else None
    if made_up:
        return Figure(mention, sentence, made_up)
    persons = (kind_of(f"{word}s") for word in text[mention.start : mention.end].split())
    of_whom = mention.kind == "share" and (before or "group" in persons)  # "one patient in four"
    needed = _NEEDED.match(text, mention.end) if of_whom else None
    if needed and (measure is None or measure.end <= mention.start):
        return Figure(mention, sentence, Found(needed[1], *needed.span(1), "predicate", "inferred"))
    things = _OF_THEM.match(text, mention.end) if mention.kind == "share" else None
    counted = before.measure.measure if before and before.measure else ""
    if things and kind_of(things[1]) == "thing" and counted not in OF_THINGS:
        return None  # "living in 71 centres, most of them schools"
    outnumbered = OUTNUMBERED.search(text)
    if mention.kind == "ratio" and outnumbered:
        dead = [one for one in hits(text) if text[one.end : outnumbered.start()] == " "]
        among = _AMONG_THE.match(
            text, mention.end
        )  # "men outnumber women by two to one among the dead"
        dead += [one for one in hits(text) if among and one.start == among.end()]
        if dead and dead[0].measure != "strength":  # "their dead outnumber ours"
            own = Found(dead[0].measure, dead[0].start, dead[0].end, "outnumbered", "inferred")
            return Figure(mention, sentence, own)
    lacking = _HAVE_NO.match(text, mention.end) if mention.kind == "share" and before else None
    if lacking:
        return Figure(
            mention, sentence, Found(lacking[1], *lacking.span(1), "predicate", "inferred")
        )
    that_is = mention.kind == "share" and before and _THAT_IS.search(window(text, mention.start))
    if that_is and not _DID.match(text, mention.end):  # "it is 12% funded": an appeal
        return Figure(mention, sentence, before.measure, carried=True)
    if mention.kind == "share" and before and _THAT_IS_SO.search(window(text, mention.start)):
        return Figure(mention, sentence, before.measure, carried=True)
    apposed = mention.kind == "share" and before and _APPOSED.match(text, mention.end)
    if apposed and not any(mention.end <= one.start < apposed.end() for one in hits(text)):
        return Figure(mention, sentence, before and before.measure, carried=True)
    bare = mention.rule in ("n to m", "n:m")
    if (
        mention.kind == "ratio"
        and outnumbered
        and (bare or measure is None)
        and not (measure and measure.cost < 1 and measure.start < mention.start)
    ):
        return Figure(
            mention, sentence, Found("strength", *outnumbered.span(), "outnumbered", "inferred")
        )
    whole = (
        measure and mention.kind == "share" and OF_WHOLE.fullmatch(text, mention.end, measure.start)
    )
    if whole and before and same_passage(before, sentence) and _DID.match(text, measure.end):
        return Figure(mention, sentence, before.measure, carried=True)
    of_number = mention.kind == "share" and _OF_NUMBER.match(text, mention.end)
    if of_number and (measure is None or measure.cost > 6):
        near = [one for one in hits(text) if 0 <= one.start - of_number.end() < 40]
        measure = near and Found(near[0].measure, near[0].start, near[0].end, "whole", "inferred")
    aboard = mention.kind == "share" and measure and measure.measure == "aboard"
    if done := _DID_SO.match(text, mention.end) if aboard else None:
        # "of the passengers one in five got ashore"
        return Figure(mention, sentence, Found(done[1], *done.span(1), "predicate", "inferred"))
    if measure and measure.cost <= 6:
        return Figure(mention, sentence, measure)
    if mention.kind == "share" and (of := _OF_NOUN.match(text, mention.end)):
        start, end, head = noun_phrase(text, of.end())
        if head and kind_of(text[start:end]) == "" and is_background(head, head):
            return None  # "60 per cent of the phone network"
    if (
        before
        and mention.kind == "share"
        and before.sentence is sentence
        and (
            _GAPPED.fullmatch(text, before.mention.end, mention.start)
            or (
                before.mention.kind == "share"
                and _FROM_TO.fullmatch(text, before.mention.end, mention.start)
            )
        )
    ):
        return Figure(mention, sentence, before.measure, carried=True)
    if before and before.sentence is sentence and mention.rule == "n for each":
        return Figure(mention, sentence, before.measure, carried=True)
    own = mention.rule in ("n to m", "n:m", "n for m", "for each, n", "n for each", "factor")
    grew = before and _IT_GREW.search(text, 0, mention.start)
    if mention.rule == "times" and not grew and not _OF_FIGURES.match(text, mention.end):
        return None  # "four times her normal load"
    that_is = _THAT_IS.search(window(text, mention.start))
    if mention.rule == "more or fewer" and not (
        before and (before.sentence is sentence or (that_is and same_passage(before, sentence)))
    ):
        return None  # "prices rose by 12 per cent"
    if mention.kind == "ratio" and (before or (own and _RATIO_TALK.search(text))):
        near = before and (same_passage(before, sentence) or before.mention.kind == "ratio")
        return Figure(mention, sentence, before.measure if before and near else None, carried=True)
    aside = _ASIDE.match(text, mention.end)
    end = aside.end() if aside else mention.end
    back = re.match(
        r"\s+(?:(?:of|in)\s+)?(?:all\s+)?(?:them|those|these|whom|that|the\s+(?:(?:true|real|actual|full|whole)\s+)?(?:dead|victims|total|bodies|"
        r"number|figure|toll|rest|others|remainder))\b",
        text[mention.end :],
    )
    if (
        mention.kind == "share"
        and before
        and same_passage(before, sentence)
        and (
            _PUT_IT.search(window(text, mention.start))
            or MAKE_UP.before(text, mention.start)
            or (before.mention.kind == "share" and PUT_AT.search(window(text, mention.start)))
            or _FINITE.match(text, mention.end)
        )
    ):
        return Figure(mention, sentence, before.measure, carried=True)
    did = _OF_THEM_DID.match(text, mention.end) if mention.kind == "share" and before else None
    if did and did[1] not in listed("done to nobody's harm"):
        return Figure(mention, sentence, Found(did[1], *did.span(1), "predicate", "inferred"))
    if (
        mention.kind == "share"
        and before
        and (back or IS.match(text, end) or _listed_share(before, mention, sentence))
    ):
        return Figure(mention, sentence, before.measure, carried=True)
    return None


_ASIDE = re.compile(
    r",\s(?:more\s+or\s+less|give\s+or\s+take|on\s+average|at\s+least|or\s+so|"
    r"(?:by|according\s+to|in)\s[^,;.\d]{3,60}|(?:[\w’'-]+\s+){1,4}(?:says?|said|reckon\w*|estimate\w*)),"
)
_OF_THEM_DID = re.compile(r"\s+of\s+(?:them|those|whom)\s+(?:have\s+|had\s+)?([a-z]{3,}ed)\b")
# "half of the 20,000 victims are from the capital"
_OF_NUMBER = re.compile(r"\s+of\s+(?:(?:the|its|their|all|some|about)\s+)*\d")
# "one in fifteen of those on board reported vomiting": what is told is not that they are aboard.
_DID = re.compile(r"\s+(?:\w+ly\s+)?[a-z]+ed\b")
_OF_FIGURES = re.compile(
    r"\s*(?:more|as|the\s+\d|(?:its|their|his|her)\s+own\b|ours|theirs|his|hers|that|those|what|higher|fewer|lower|than|[.,;)]|$|(?:the|its|their|his|her|(?:last\s+)?[\w-]+['’]s)\s+"
    r"(?:[\w’']+\s+){0,4}?(?:numbers?|figures?|tolls?|tally|estimates?|losses|rate|total|count|dead|casualties|average|share)\b)"
)
# "It has doubled in a year": the figure before.
_IT_GREW = re.compile(
    r"(?:^\W*|\band\s+|,\s+)(?:[Ii]t|[Tt]hat|[Tt]his|[Tt]he\s+(?:(?:monthly|daily|weekly|yearly)\s+)?(?:number|figure|toll|total|rate))\s+(?:(?:has|had|have)\s+)?(?:(?:more\s+than|almost|nearly|about)\s+)?$"
)
_PUT_IT = re.compile(
    r"\b(?:share|proportion|rate)\s+(?:ha[sd]\s+)?(?:f[ae]ll(?:en)?|rose|risen|dropped|climbed|grew|went)\s+to\s+(?:\w+\s+){0,2}$|"
    r"\b(?:it|them|figure|number|(?:share|proportion|rate)(?:\s+of\s+(?:[a-z]+\s+)?[a-z]+)?)\s+(?:was|is|(?:was\s+|is\s+)?(?:at|as))"
    r"\s+(?:\w+\s+){0,2}$",
    re.I,
)
_FINITE = re.compile(
    r"(?:\s+(?:on|in)\s+(?:the|that|this|our|its)\s+(?:lists?|registers?|database|roll|books?))?(?:\s+of\s+(?:them|these|those|whom))?\s+(?:more\s+)?(?:remain|remained|survive|survived|were|was|are|is|had|have|has|"
    r"lived|came|did|lay|cannot|can|could)\b",
    re.I,
)


_FROM_TO = re.compile(r"\s+to\s+(?:[a-z]+\s+){0,2}")
_GAPPED = re.compile(r"[^.;]{0,60},\s(?:and\s)?(?:[\w’-]+\s+){1,5}")
# "one in thirteen was a child", "3,760 were children": what they were, not what was done.
IS = re.compile(
    r"\s+(?:of\s+(?:them|these|those|whom)\s+)?(?:were|was|are|is)\s+(?:an?\s+|"
    r"the\s+)?(?=[A-Za-z])",
    re.I,
)


def _listed_share(before: Figure, mention: Mention, sentence: Sentence) -> bool:
    """Whether "or 1.5 per cent of the population" says the figure before it as a share."""
    gap = sentence.text[before.mention.end : mention.start]
    near = before.sentence is sentence and len(gap) < 160
    return near and bool(
        re.search(
            r",\s+an?\s+(?:[a-z-]+\s+){0,2}(?:coverage|rate|share|proportion)\s+of\s+$|"
            r"(?:[,:—–]\s*|\()(?:or|about|i\.e\.|that\s+is|equal\s+to|and|roughly)?\s*(?:about\s+|"
            r"some\s+|roughly\s+|nearly\s+|almost\s+|more\s+than\s+)*$|\bagainst\s+(?:just\s+)?$|\band\s+(?:about\s+|"
            r"some\s+|just\s+|nearly\s+|almost\s+|(?:more|less|fewer)\s+than\s+)*$",
            gap,
        )
    )


# "Two out of three patients come from the port": whoever is a patient is counted by that.
_PATIENTS = re.compile(
    r"\s+(?:of\s+(?:(?:all|the|its|our|his|her|their|these|those)\s+)*)?(?:[a-z-]+\s+)?(patients)\b",
    re.I,
)


def patients(mention: Mention, text: str) -> Found | None:
    """Return the measure of a share of patients of whom nothing else is told."""
    match = _PATIENTS.match(text, mention.end)
    return Found(match[1], *match.span(1), "noun", "inferred") if match else None


_IN_ALL = re.compile(r"\s+(?:in\s+all|altogether|in\s+total|all\s+told)\b", re.I)


def summed(figure: Figure, found: list[Figure]) -> Figure:
    """Return a figure that sums up those before it with all their measures: "23,049 in all"."""
    if not (figure.carried and figure.measure and _IN_ALL.match(
        figure.sentence.text, figure.mention.end
    )):  # fmt: skip
        return figure
    parts = [part for one in found if one.measure for part in one.measure.measure.split(" + ")]
    every = " + ".join(dict.fromkeys(parts))
    return replace(figure, measure=replace(figure.measure, measure=every)) if parts else figure


# "70 per cent; the UN put it at 56", "56 per cent, up from 45", "the army says 60"
PUT_AT = re.compile(
    rf"\b(?:(?:put(?:s|ting)?|ha[sd]|have|sets?|gave|gives)\s+(?:it|this|that|the\s+(?:share|figure|proportion|rate|number))\s+(?:at|as)|makes?\s+it|made\s+it|(?:up|down)\s+from|"
    rf"against|(?:say|says|said|claims?|claimed|reckons?|reckoned|suggests?|suggested))\s+(?:just\s+|only\s+)?{HEDGING}$"
)
CLOSES = re.compile(
    r"\s*(?:[.,;:)—–]|$)|\s+(?:a|in|at|last|the)\s+(?:[a-z]+\s+)?(?:year|month|week|decade|day|\d|before|ago|earlier)"
)
