"""Whose figure it is by what stands before: its, of them, as the figure before, who reports."""

from __future__ import annotations

import re
from dataclasses import replace

from bakhmut.drafting.columns import LABEL
from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.said.speakers import PRONOUNS
from bakhmut.drafting.said.voices import voice_of
from bakhmut.drafting.scene import Cell, Scene
from bakhmut.drafting.scope.carried import HEDGING, SUBSET, Figure
from bakhmut.drafting.scope.hits import TO_OBJECT, Found, hits
from bakhmut.drafting.scope.nations import parties
from bakhmut.drafting.scope.phrases import counted, kind_of
from bakhmut.drafting.scope.sides import (
    Named,
)
from bakhmut.drafting.scope.wholes import MAKE_UP
from bakhmut.drafting.words import key, listed, meanings, measures, peoples, window

_OWN = re.compile(r"\b(?:its|their|his|her)\b", re.I)


_ON_SIDE = re.compile(r"[^.;,]{0,40}?\s(on\s+(?:its|their|our|his|her)\s+(?:own\s+)?side)\b")
_EACH = re.compile(r"(?:each|both|either|all)\s", re.I)


_OWNED = re.compile(
    r"\s+(?:own\s+)?(?:\w+\s+)?(?:\d|army|troops|forces|soldiers|men|dead|losses|casualties|"
    r"wounded|fallen|toll|prisoners|killed|missing|civilians|fighters|side|number|people|"
    r"citizens|servicemen|staff|members)",
    re.I,
)
# "40 of its drivers", and not "its gunners caught a column, where 40 were killed".
_OWNED_HERE = re.compile(
    r"\s+(?:own\s+)?(?:\w+\s+)?(?!lives|homes|houses|jobs|hands|eyes|legs|arms|limbs)[a-z]+s\b",
    re.I,
)
_NEAR = 20  # letters


_CLAUSES = re.compile(r"[;]|\bbut\b|\bwhile\b|,\s+and\b")


def is_verb(measure: Found, mention: Mention, text: str, numbers: list[int]) -> bool:
    """Whether the number is the object of the measure's verb: "the Spanish navy picked up 186"."""
    forms = {form for _, form in meanings(key(text[measure.start : measure.end]))}
    object_ = TO_OBJECT.match(text, measure.end)
    return (
        "doing" in forms
        and measure.end <= mention.start
        and bool(object_ and (object_.end() == mention.start or object_.end() in numbers))
    )


def carried_side(scene: Scene, figure: Figure, before: list[Cell]) -> Cell | None:
    """Return the side of the figure before, or what "its" stands for; both are `carried`."""
    mention, text = figure.mention, scene.text
    start, end, head = counted(text, mention)
    clause = max((m.end() for m in _CLAUSES.finditer(text, 0, mention.start)), default=0)
    measure = figure.measure
    if measure and not figure.carried and is_verb(measure, mention, text, scene.numbers):
        clause = max(clause, measure.end)  # "his troops had killed 90,000"
    if named := _of_own(scene, mention):
        return scene.cell("side", named, named.name, "carried")
    theirs = _ON_SIDE.match(text, mention.end)
    spoke = [one for one in scene.voices if one.last <= mention.start]
    if theirs and spoke and key(spoke[-1].name) not in PRONOUNS:
        named = Named(spoke[-1].name, spoke[-1].start, spoke[-1].end, " ".join(theirs[1].split()))
        return scene.cell("side", named, named.name, "carried")
    if own := _possessive(scene, mention, clause, max(end, mention.end)):
        # "it had killed 20 militants and two of its soldiers": whom a number counts owns nothing
        left = [
            one
            for one in scene.named
            if one.end <= own.start() and not any(0 <= one.start - at < 12 for at in scene.ends)
        ]
        if re.match(r"\w+\s+own\b", text[own.start() :]):
            left = [one for one in left if one.rule != "party"]
        spoken = [one for one in scene.voices if one.last <= own.start()]
        mine = (
            spoken
            and (
                re.match(r"(?:its|their|his|her)\s+own\b", text[own.start() :])
                or (  # "the Kremlin put its dead at"
                    re.search(
                        r"put|admit|acknowledg|conced|gave|gives|estimate|own", spoken[-1].rule
                    )
                    and len(text[spoken[-1].last : own.start()].split()) < 2
                )
            )
        )
        if not left and mine:
            one = spoken[-1]
            if key(one.name) not in PRONOUNS:
                named = Named(one.name, one.start, one.end, own[0].lower())
                return scene.cell("side", named, one.name, "carried")
            who = scene.memory.speaker(key(one.name))  # "It put its own losses at zero"
            return Cell("side", *who, own[0].lower(), "carried") if who else None
        if left:
            return scene.cell(
                "side",
                Named(left[-1].name, left[-1].start, left[-1].end, own[0].lower()),
                left[-1].name,
                "carried",
            )
        if mention.kind != "share" and (owner := _owner(scene, own)):
            return scene.cell("side", owner, owner.name, "carried")
        if topic := scene.memory.topic(scene.sentence):
            return replace(topic, rule=own[0].lower(), sure="carried")
        if worded := _OF_ITS.match(text, mention.end):
            return scene.cell(
                "side", Named(worded[1], *worded.span(1), "as worded"), worded[1], "inferred"
            )
    things = kind_of(text[start:end]) == "thing" and figure.carried
    if head and not things and kind_of(text[start:end]) not in ("anybody", "soldiers", ""):
        return None
    gapped = (
        mention.kind in ("count", "range")
        or mention.rule in ("times", "as many")
        or (mention.kind == "share" and not head)
    )
    if key(head) in ("people", "persons", "others", "person", "bodies", "corpses"):
        return None
    noun = any(cell.field == "side" and cell.value.islower() for cell in before)
    if noun and (
        key(head) in ("men", "boys", "civilians") or kind_of(text[start:end]) == "soldiers"
    ):
        before = []  # "a teacher was shot; 33 men were taken away"
    starts = max((at for at in scene.ends if at <= mention.start), default=0)
    if starts and _WHOLE.fullmatch(text, starts, mention.start):
        # "two thirds of the 900 dead were civilians": the 900 were not
        at = scene.sentence.start + mention.end
        before = [cell for cell in before if cell.field != "side" or cell.start < at]
    apart = noun and _NEW_EVENT.search(text, starts, mention.start)
    for cell in before:
        if cell.field == "side" and gapped and not apart and not _EACH.match(cell.value):
            return replace(cell, rule="as the figure before", sure="carried")
    if re.search(r"\b[Oo]ur\b", window(text, mention.start)):
        return None
    if scene.memory.header and LABEL.match(text):
        return replace(scene.memory.header, rule="line above", sure="carried")
    verb = measure.end if measure and is_verb(measure, mention, text, scene.numbers) else 0
    of_them = SUBSET.match(text, mention.end)
    made_up = mention.kind == "share" and MAKE_UP.search(window(text, mention.start))
    if of_them and not made_up and (where := _THOSE_AT.match(text, mention.end)):
        named = Named(where[1], *where.span(1), "those who were there", "inferred")
        return scene.cell("side", named, named.name, "inferred")
    told = of_them and _told_of(scene, mention, key(of_them[0]).split()[-1])
    if of_them and told and (who := scene.group_before(mention.start, verb)):
        return replace(who, rule=" ".join(of_them[0].split()))
    resumed = figure.carried or not head or SUBSET.match(text, mention.end)
    resumed = resumed and mention.rule != "none"  # "No one was hurt": whoever was there
    if scene.memory.side and resumed and scene.memory.part == scene.sentence.part and not before:
        return replace(scene.memory.side, rule="as the figure before", sure="carried")
    if mention.kind == "ratio" and mention.rule != "more or fewer":
        return _leftmost(scene, mention)
    if own := _reporter(scene, mention):
        return own
    if kind_of(text[start:end]) == "soldiers" and head != "fallen":
        return scene.cell(
            "side",
            Named(text[start:end], start, end, "noun"),
            re.sub(r"^(?:more|other|fallen|dead)\s+", "", text[start:end]),
            "inferred",
        )
    return None


# What follows is told of others than those the noun before named: "45 pilgrims ..., leaving 29".
_NEW_EVENT = re.compile(
    r";|\b(?:leaving|when|after|while|which|but|where|as(?!\s+(?:against|well|many|much))|before|killing|injuring|wounding|bringing|"
    r"rose|toll|said|says|told|surpassing|exceeding|topping|compared|above|than)\b"
)


def _told_of(scene: Scene, mention: Mention, whole: str) -> bool:
    """Whether those of whom a number is a part were told of: "of the dead" after deaths."""
    meant = {measure for measure, _ in measures().get(whole, ())}
    told = [*hits(scene.before), *(one for one in hits(scene.text) if one.end < mention.start)]
    return not meant or any(one.measure in meant for one in told)


_THOSE_AT = re.compile(
    r"\s+of\s+(those\s+(?:aboard|(?:on|in|at|inside)\s+(?:(?:the|that|its|his|board)\b\s*)?(?:[a-z-]+\b)?))"
)
_OF_ITS = re.compile(r"\s+of\s+((?:its|their|his|her|my|our)\s+(?:own\s+)?[a-z]+)\b")
_WHOLE = re.compile(r"\s+(?:out\s+)?of\s+(?:(?:the|its|their|his|those|all|some|about)\s+)*")
_OF_OWN = re.compile(r"\s+of\s+((?:its|their|his|her)\s+own)\b(?!\s+[a-z])")
_COUNT = re.compile(
    r"\s+(?:own\s+)?(?:[a-z]+\s+)?(?:toll|count|tally|estimate|figure|number|total)s?\b"
)
# Whose spokesman speaks, and whose dead: "The government's negotiator said 1,300 of its people".
_WHOSE = re.compile(r"(?:[Tt]he\s+)?(.+?)['’]s?\s(?=[a-z])")
_SUBJECT = re.compile(
    r"\W*[Tt]he\s+([\w’'-]+(?:\s+(?:of\s+)?[\w’'-]+){0,3}?)\s+(?:has|have|had|does|did|never)\b"
)


def _of_own(scene: Scene, mention: Mention) -> Named | None:
    """Return whose "230 of their own" are: of the one who speaks, else as worded."""
    own = _OF_OWN.match(scene.text, mention.end)
    if own is None:
        return None
    spoke = [one for one in scene.voices if one.last <= mention.start]
    if spoke and key(spoke[-1].name) not in PRONOUNS:
        return Named(spoke[-1].name, spoke[-1].start, spoke[-1].end, own[1])
    left = [one for one in scene.named if one.end <= mention.start]
    left = [one for one in left if not any(0 <= one.start - at < 12 for at in scene.ends)]
    if left:  # "the army killed 40 rebels for the loss of two of its own"
        return replace(left[0], rule=own[1])
    return Named(own[1], *own.span(1), own[1])


def _owner(scene: Scene, own: re.Match[str]) -> Named | None:
    """Return whom a possessive stands for: the body that speaks, or that the sentence is of."""
    text = scene.text
    if _COUNT.match(text, own.end()):
        return None  # "the office has revised its toll"
    for one in reversed([one for one in scene.voices if one.last <= own.start()]):
        whose = _WHOSE.match(text, one.start, one.end)
        inside = [n for n in scene.named if one.start <= n.start and n.end <= one.end]
        if inside and not whose:  # "the Valdan coordination staff said 6,214 of its soldiers"
            return replace(inside[0], rule=own[0].lower())
        if whose:
            return Named(whose[1], *whose.span(1), own[0].lower())
        if key(one.name).split()[-1] in _BODIES:
            return Named(one.name, one.start, one.end, own[0].lower())
    match = _SUBJECT.match(text, 0, own.start())
    if match and key(match[1]).split()[-1] in _BODIES:
        return Named(match[1], *match.span(1), own[0].lower())
    return None


_BODIES = listed("bodies that speak") | listed("parties")


# "its fighters had recovered 22 bodies": what they did, and not to whom
_THEY_DID = re.compile(
    rf"\b(?:had|have)\s+(?!suffered|sustained|reported|los)[a-z]+ed\s+{HEDGING}$"
)


def _possessive(scene: Scene, mention: Mention, start: int, end: int) -> re.Match[str] | None:
    """Return "its" where it says whose are counted: "its losses", "his 5,500", "their dead"."""
    for own in _OWN.finditer(scene.text, start, end):
        owned = _OWNED.match(scene.text, own.end())
        if own.start() > mention.start - _NEAR:
            owned = owned or _OWNED_HERE.match(scene.text, own.end())
        if owned and _THEY_DID.search(scene.text, owned.end(), mention.start):
            continue
        if owned and not scene.text[: own.start()].endswith(("for ", "in ", "on ")):
            return own
    return None


def _reporter(scene: Scene, mention: Mention) -> Cell | None:
    """Return a people that reports its own dead: "The Finns reported 310 dead"."""
    voice = voice_of(mention.start, mention.end, scene.text, scene.voices)
    if (
        voice is None
        or not re.search(r"report|admit|acknowledg|conced", voice.rule)
        or voice.last > mention.start
    ):
        return None
    if re.search(r"admit|acknowledg|conced|own", voice.rule):
        for one in parties(f"the {voice.name}"):
            if one.name == voice.name:
                named = Named(one.name, voice.start, voice.end, "reports its own", "inferred")
                return scene.cell("side", named, one.name, "inferred")
    one = next(
        (one for one in scene.named if voice.start <= one.start and one.end <= voice.end), None
    )
    whole = one and scene.text[one.start : voice.end].strip() == scene.text[one.start : one.end]
    return (
        scene.cell("side", replace(one, rule="reports its own"), one.name, "inferred")
        if one and whole
        else None
    )


def _leftmost(scene: Scene, mention: Mention) -> Cell | None:
    """Return the subject of a clause that has a ratio: "Russia ... five to one"."""
    clause = max((m.end() for m in _CLAUSES.finditer(scene.text, 0, mention.start)), default=0)
    for one in scene.named:
        led = re.search(
            r"\b(?:in|of|at|from|near|to|on|than|by)\s+(?:the\s+)?$",
            window(scene.text, one.start),
        )
        spoken = any(a <= one.start < b for a, b in scene.spans)
        spoken = spoken or scene.text[one.end : one.end + 2] in ("'s", "’s")
        if clause <= one.start and one.end <= mention.start and not led and not spoken:
            return scene.cell("side", replace(one, rule="subject"), one.name, "inferred")
    return None


_POSSESSED = re.compile(r"\b([A-Z][\w-]+)['’]s\s+(?:(?:about|some|nearly|over)\s+)?$")


def possessed(mention: Mention, text: str) -> Named | None:
    """Return whose a bare number is: "Rome's 6,000"."""
    match = _POSSESSED.search(window(text, mention.start))
    if not match or counted(text, mention)[2]:
        return None
    at = mention.start - len(window(text, mention.start))
    name = peoples().get(match[1], match[1])
    return Named(name, at + match.start(1), at + match.end(1), "whose number", "inferred")
