"""The denominator of a ratio or share: `for every Ukrainian soldier killed`, `of the dead`."""

from __future__ import annotations

import re
from dataclasses import replace

from bakhmut.drafting.patterns.needing import Needing
from bakhmut.drafting.phrases import noun_phrase
from bakhmut.drafting.said.apart import WHO_THEY_WERE, or_so_much
from bakhmut.drafting.said.tallies import SAID
from bakhmut.drafting.scene import Cell, Scene
from bakhmut.drafting.scope.carried import Figure
from bakhmut.drafting.scope.hits import Hit, hits
from bakhmut.drafting.scope.sides import WHO, Named
from bakhmut.drafting.scope.wholes import MAKE_UP, SHARE_OF
from bakhmut.drafting.whose.against import favoured, set_against, two_nouns
from bakhmut.drafting.whose.groups import is_what, more_likely, outnumbering, whole_of
from bakhmut.drafting.words import NEAR

_PRONOUN = re.compile(r"\s*(?:them|whom|(?:these|those)(?=\s+(?:were|was|had|have|are)))\b")
_OF_THESE = re.compile(r"\b[Oo]f\s+(?:these|those|them|whom)\b")
_OF = re.compile(
    r"[\"”’]?\s+of\s+(?:all\s+|the\s+|th[eo]se\s+(?!were\b|was\b|had\b|have\b|are\b)|its\s+|their\s+|his\s+|her\s+)*",
    re.I,
)
_THAT_MANY = re.compile(r"\b(?:as|that)\s+(?:many|number)\b(?!\s+(?:\w+\s+)?as\b)")
_OF_THEM = re.compile(
    r"\s+of\s+(?:them|whom|th[eo]se(?=\s+(?:were|was|had|have|are)\b))\b(?!\s+[“\"])"
)
_CASE_FATALITY = Needing(r"\b(case[\s-]fatality(?:\s+(?:rate|ratio))?|CFR)\b[^.;,\d]{0,40}$")
_DEATH_RATE = Needing(r"\b((?:death|fatality|mortality)\s+(?:rate|ratio))\b[^.;,\d]{0,40}$")
_SO_MANY = re.compile(r"\d[\d,]*(?=\s)")
_OF_SO_MANY = re.compile(r"\d\s+(?:out\s+)?of\s+(?:the\s+|its\s+)?\d[\d,]*\s+([a-z]+)\b")
# Of whom a death rate is one, where the text tells of them before.
_ILL = ("infected", "hospitalised", "treated")
_PEOPLE_WORD = re.compile(
    r"\b(?:pre-war\s+)?(?:population|inhabitants|residents|electorate|workforce)\b", re.I
)
_OF_OURS = re.compile(r"\s+of\s+(?:ours|theirs|his|hers)\b")
# "of the 300 soldiers killed were", "of the 40 people who were aboard"
_GOES_ON = re.compile(
    r"\s+(?:who|that)\b|\s+(?!w[ea]|are\b|is\b|ha)[^.;,]{0,40}?\b(?:were|was|are|is|had|have|has)\b"
)
_SPEAKS = re.compile(rf"\s(?:ha[ds]\s|have\s)?(?:{SAID})\b")
_STOP_BELOW = re.compile(r"[,;:.]|\s(?:and|but|while)\s")


def denominator(scene: Scene, figure: Figure, side: Cell | None) -> list[Cell]:
    """Return the cells of a denominator: `for every Ukrainian soldier killed`."""
    return (
        _whole(scene, figure, side)
        if figure.mention.kind == "share"
        else _against(scene, figure, side)
    )


def _whole(scene: Scene, figure: Figure, side: Cell | None) -> list[Cell]:
    mention, text = figure.mention, scene.text
    found: list[Cell] = []
    of = _OF.match(text, mention.end)
    _, end, head = noun_phrase(text, of.end() - 1) if of else noun_phrase(text, mention.end)
    at = (of.end() if of else mention.end, end if head else (of.end() if of else 0) + 14)
    if of and not head and (many := _SO_MANY.match(text, of.end())):  # "of the 2,100 detained"
        _, last, noun = noun_phrase(text, many.end())
        own = not noun or _GOES_ON.match(text, last)  # no "of the 4,800 nurses went on strike"
        at = many.end(), last + (14 if own else 0)
    at = (at[0], text.find(",", *at) if "," in text[slice(*at)] else at[1])
    within = [one for one in hits(text) if at[0] <= one.start < at[1]]
    if not of:  # "four in five wounds", and not "nine out of ten refugees"
        within = [one for one in within if head and one.words not in WHO]
    if mention.rule == "for each, n":  # "of every ten wounded who reach it, nine survive"
        within = [one for one in hits(text) if mention.start < one.start < mention.end]
    near = (max(0, mention.start - NEAR), mention.start)
    if cases := _CASE_FATALITY.search(text, *near):  # "the case fatality rate is 27 %"
        rate = Named("", *cases.span(1), "rate of cases")
        return [scene.cell("per_measure", rate, "infected", "inferred")]
    if not of and _DEATH_RATE.search(text, *near):
        if ill := _told_ill(scene, mention.start):
            return [ill]
        if many := _OF_SO_MANY.search(text, *near):
            who = Named("", *many.span(1), "rate of so many")
            return [scene.cell("per_measure", who, many[1], "inferred")]
    them = of and _PRONOUN.match(text, of.end() - 1)  # "most of them were shot"
    hit = within[0] if within and not them else None
    if hit and hit.words in WHO:  # "half of the reservists called up"
        hit = next((one for one in hits(text) if one.start == hit.end + 1), hit)
    if hit:
        found.append(
            scene.cell(
                "per_measure", Named("", hit.start, hit.end, "the whole"), hit.measure, "inferred"
            )
        )
    elif of and (people := _PEOPLE_WORD.search(text, of.end(), of.end() + 60)):
        found.append(
            scene.cell("per_side", Named("", *people.span(), "the whole"), people[0], "inferred")
        )
        return found
    made_up = MAKE_UP.before(text, mention.start)  # who they are, and not of whom
    whole = whole_of(mention, text, scene.named)
    if whole:
        found.append(
            scene.cell(
                "per_side", Named("", whole.start, whole.end, "the whole"), whole.name, "inferred"
            )
        )
    elif side and not hit and not is_what(mention, text, scene.named) and not made_up:
        found.append(replace(side, field="per_side", rule="the whole", sure="inferred"))
    these = _OF_THESE.finditer(text, max(0, mention.start - 90), mention.start)
    earlier = [one for one in these if one.start() - 1 not in scene.ends]  # not "40 of them"
    if (earlier or or_so_much(mention, text)) and not hit and not of and scene.last_measure:
        found.append(
            replace(scene.last_measure, field="per_measure", rule="of these", sure="carried")
        )
    parts = is_what(mention, text, scene.named) or (
        mention.rule != "n for each" and _OF_THEM.match(text, mention.end)
    )
    parts = parts or (not (found or of) and WHO_THEY_WERE.match(text, mention.end))
    if figure.carried and not hit and parts and figure.measure:
        found.append(scene.carried("per_measure", figure))
    elif share_of := None if hit else SHARE_OF.search(text, 0, mention.start):
        of_whom = [one for one in hits(text) if one.start == share_of.start("whole")]
        found += [
            scene.cell(
                "per_measure", Named("", one.start, one.end, "share of"), one.measure, "inferred"
            )
            for one in of_whom
        ]
    elif not (hit or of or parts or found) and scene.last_whole:
        found.append(replace(scene.last_whole, rule="as the share before", sure="carried"))
    elif parts and not hit and scene.last_measure:
        found.append(
            replace(scene.last_measure, field="per_measure", rule="of them", sure="carried")
        )
    return found


def _told_ill(scene: Scene, at: int) -> Cell | None:
    """Return of whom a death rate is one: the ill of whom the text has told last."""
    for one in (scene, *reversed(scene.memory.before)):
        ill = [hit for hit in hits(one.text) if hit.measure in _ILL]
        ill = [hit for hit in ill if one is not scene or hit.start < at]
        if ill:
            named = Named("", ill[-1].start, ill[-1].end, "rate of the ill")
            sure = "inferred" if one is scene else "carried"
            return one.cell("per_measure", named, ill[-1].measure, sure)
    return None


def _lives(figure: Figure, text: str, hit: Hit) -> bool:
    """Whether "lost" is said of lives: "claimed four lives for every three lost to bullets"."""
    killed = figure.measure is not None and figure.measure.measure == "killed"
    return killed and hit.measure == "lost" and text.startswith(" to ", hit.end)


def _against(scene: Scene, figure: Figure, side: Cell | None) -> list[Cell]:
    mention, text = figure.mention, scene.text
    found: list[Cell] = []
    span = mention.below or (mention.end, mention.end)
    if not mention.below and (theirs := _OF_OURS.match(text, mention.end)):
        span = (mention.end, theirs.end())  # "lost three for one of ours"
    if figure.measure and figure.measure.rule == "ratio of":  # "of wounded to killed"
        span = (figure.measure.end, figure.measure.end + 25)
    stop = _STOP_BELOW.search(text, *span)
    span = (span[0], stop.start() if stop else span[1])
    out = outnumbering(text, scene.named)
    named = out[1] if out else more_likely(mention, text)[1]
    if (mine := favoured(scene, mention)) and (mention.value or 0) >= 1:
        named = mine  # "five to one in Ukraine's favour"
    named = named or (None if out else set_against(scene, span, whose=side is not None))
    if named is None and not out and mention.above and side:
        two = two_nouns(scene, mention.above, span)
        named = two[1] if two and two[0].name == side.value else None
    spoken = named and _SPEAKS.match(text, named.end)  # "as the government admits"
    if named and not spoken and (not side or named.name != side.value):
        found.append(scene.cell("per_side", named, named.name, "inferred"))
    own = None if figure.carried else figure.measure
    many = mention.kind == "ratio" and _THAT_MANY.search(text, mention.start, mention.end + 16)
    for hit in hits(text):
        if many and own and hit.start == own.start and scene.last_measure:
            continue  # "725 killed and more than twice that number wounded"
        if span[0] <= hit.start < span[1]:
            found.append(
                scene.cell(
                    "per_measure",
                    Named("", hit.start, hit.end, "word of the denominator"),
                    "killed" if _lives(figure, text, hit) else hit.measure,
                    "inferred",
                )
            )
            return found
    measure = figure.measure
    if measure and not figure.carried and many and scene.last_measure:
        other = scene.last_measure  # "40 were killed and three times as many hurt"
        found.append(replace(other, field="per_measure", rule="as many as those", sure="carried"))
        return found
    if measure and figure.carried:
        found.append(scene.carried("per_measure", figure))
    elif measure:
        found.append(scene.cell("per_measure", measure, measure.measure, "inferred"))
    return found
