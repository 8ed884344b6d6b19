"""Whose a figure is by a word that owns: "its losses", "two of its own", "acknowledged 60 dead"."""

from __future__ import annotations

import re
from dataclasses import replace

from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.patterns.needing import Needing
from bakhmut.drafting.said.antecedents import may_be
from bakhmut.drafting.said.speakers import PRONOUNS, Voice
from bakhmut.drafting.scene import Cell, Scene
from bakhmut.drafting.scope.carried import HEDGING, Figure
from bakhmut.drafting.scope.hits import TO_OBJECT, Found, Hit, hits
from bakhmut.drafting.scope.nations import parties
from bakhmut.drafting.scope.sides import Named, after_word, before_word, enemy_after
from bakhmut.drafting.whose.source import voice_of
from bakhmut.drafting.words import capitals, key, last, listed, meanings, measures, peoples

_OWN = Needing(r"\b(?:its|their|his|her)\b", re.I)


_ON_SIDE = re.compile(r"[^.;,]{0,40}?\s(on\s+(?:its|their|our|his|her)\s+(?:own\s+)?side)\b")
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


def is_verb(measure: Found, mention: Mention, text: str, numbers: list[int]) -> bool:
    """Whether the number is the object of the measure's verb: "the Spanish navy picked up 186"."""
    forms = {form for _, form in meanings(key(text[measure.start : measure.end]))}
    object_ = TO_OBJECT.match(text, measure.end)
    at = object_.end() if object_ else -1
    others = text.startswith(("others,", "rest,"), at)  # "picked up the others, thirteen men"
    its_own = at in (mention.start, *numbers) or (at > 0 and others)
    return "doing" in forms and measure.end <= mention.start and its_own


def possessor(scene: Scene, mention: Mention, clause: int, end: int) -> Cell | None:
    """Return whom "its" stands for, where it says whose are counted; `carried`."""
    text = scene.text
    own = _possessive(scene, mention, clause, end)
    if own is None:
        return None
    # "it had killed 20 militants and two of its soldiers": whom a number counts owns nothing
    left = [
        one
        for one in scene.named
        if one.end <= own.start()
        and not any(0 <= one.start - at < 12 for at in scene.ends)
        and not _WHERE.search(text, 0, one.start)
    ]
    if re.match(r"\w+\s+own\b", text[own.start() :]):
        left = [one for one in left if one.rule != "party"]
    spoken = [one for one in scene.voices if one.last <= own.start()]
    mine = (
        spoken
        and (
            re.match(r"(?:its|their|his|her)\s+own\b", text[own.start() :])
            or (  # "the Kremlin put its dead at"
                re.search(r"put|admit|acknowledg|conced|gave|gives|estimate|own", spoken[-1].rule)
                and len(text[spoken[-1].last : own.start()].split()) < 2
            )
        )
    )
    # "the rebels dismissed it, putting their own dead at 31"
    if mine and (not left or left[-1].end <= spoken[-1].start):
        # "The army says it has killed 200 and puts its own losses at 40"
        by_name = [one for one in spoken if key(one.name) not in PRONOUNS]
        one = (by_name or spoken)[-1]
        if by_name:
            named = _who_has(one, text, own[0].lower())
            return scene.cell("side", named, named.name, "carried")
        who = scene.memory.who(key(one.name), scene.sentence)  # "It put its own losses at zero"
        return Cell("side", *who, own[0].lower(), "carried") if who else None
    if spoken and _ITS_MANY.match(text, mention.end):
        one, who = spoken[-1], _NAMED_FIRST.match(text)
        if key(one.name) == "it" and who and who[1] in capitals():
            # "Moscow has given no figure since it said 5,937 of its soldiers had died"
            named = Named(who[1], *who.span(1), own[0].lower())
            return scene.cell("side", named, named.name, "carried")
        # "Kyiv says 31,000 of its soldiers have died"
        its = key(one.name) not in PRONOUNS and may_be("it", one.name)
        if its and _SAYS_SO_MANY.fullmatch(text, one.last, mention.start):
            named = _who_has(one, text, own[0].lower())
            lands = [n for n in scene.named if one.start <= n.start and n.end <= one.end]
            if lands:  # "the Teran coordination office said that 1,120 of its soldiers"
                named = replace(lands[0], rule=named.rule)
            return scene.cell("side", named, named.name, "carried")
    if left:
        return scene.cell(
            "side",
            Named(left[-1].name, left[-1].start, left[-1].end, own[0].lower()),
            left[-1].name,
            "carried",
        )
    if mention.kind != "share" and (owner := _owner(scene, own)):
        return scene.cell("side", owner, owner.name, "carried")
    helps = _HELPS.search(text, own.end(), mention.start)  # "its teams received 130 dead"
    worded = _OF_ITS.match(text, mention.end)
    his = _HIS_PEOPLE.match(text, own.start())  # "13 of his people": of whoever says so
    if topic := None if helps or his else scene.memory.topic(scene.sentence):
        return replace(topic, rule=own[0].lower(), sure="carried")
    if worded:
        return scene.cell(
            "side", Named(worded[1], *worded.span(1), "as worded"), worded[1], "inferred"
        )
    return None


_HIS_PEOPLE = re.compile(
    r"(?:his|her)\s+(?:people|villagers|neighbou?rs|parishioners|constituents|patients|students)\b",
    re.I,
)


def on_their_side(scene: Scene, mention: Mention) -> Named | None:
    """Return who speaks, of "40 dead on its own side"."""
    theirs = _ON_SIDE.match(scene.text, mention.end)
    spoke = [one for one in scene.voices if one.last <= mention.start]
    if not theirs or not spoke or key(spoke[-1].name) in PRONOUNS:
        return None
    return Named(spoke[-1].name, spoke[-1].start, spoke[-1].end, " ".join(theirs[1].split()))


_NAMED_FIRST = re.compile(r"\W*([A-Z]\w+)\s+(?:has|had|have|did|does|was|is|[a-z]+ed)\b")
_ITS_MANY = re.compile(r"\s+of\s+(?:its|their)\s+(?:own\s+)?[a-z]")
_SAYS_SO_MANY = re.compile(rf"\s+(?:that\s+)?{HEDGING}")
_WHERE = re.compile(r"\b(?:in|at|near|from|across)\s+(?:the\s+)?$")  # "in Gaza": a place
_HELPS = re.compile(r"\b(?:received|treated|admitted|counted|found|recovered|saw|took\s+in)\s")
_OF_ITS = re.compile(
    r"\s+of\s+((?:its|their|his|her|my|our)\s+(?:own\s+)?(?!(?:in|on|at|by|for|from|to|and|or|who)\b)[a-z]+)\b"
)
_OF_OWN = re.compile(
    r"\s+(?:(?:dead|wounded|killed|missing|men|soldiers)\s+)?of\s+((?:its|their|his|her)\s+own)\b(?!\s+[a-z])"
)
_COUNT = re.compile(
    r"\s+(?:own\s+)?(?:[a-z]+\s+)?(?:toll|count|tally|estimate|figure|number|total)s?\b"
)
# Whose spokesman speaks, and whose dead: "The government's negotiator said 1,300 of its people".
_WHOSE = re.compile(r"(?:[Tt]he\s+)?(.+?)['’]s?\s(?=[a-z])")
_SUBJECT = re.compile(
    r"\W*[Tt]he\s+([\w’'-]+(?:\s+(?:of\s+)?[\w’'-]+){0,3}?)\s+(?:has|have|had|does|did|never)\b"
)


def of_own(scene: Scene, mention: Mention) -> Named | None:
    """Return whose "230 of their own" are: of the one who speaks, else as worded."""
    own = _OF_OWN.match(scene.text, mention.end)
    if own is None:
        return None
    spoke = [one for one in scene.voices if one.last <= mention.start]
    if spoke and key(spoke[-1].name) not in PRONOUNS:
        one = spoke[-1]
        inside = [n for n in scene.named if one.start <= n.start and n.end <= one.end]
        if inside:  # "The Russian defence ministry has admitted to 5,937 dead of its own"
            return replace(inside[0], rule=own[1])
        return Named(one.name, one.start, one.end, own[1])
    left = [one for one in scene.named if one.end <= mention.start]
    left = [one for one in left if not any(0 <= one.start - at < 12 for at in scene.ends)]
    if left:  # "the army killed 40 rebels for the loss of two of its own"
        return replace(left[0], rule=own[1])
    return Named(own[1], *own.span(1), own[1])


# "putting their own dead at 31 and those of the army at nearly 400"
_AT = re.compile(
    r"((?:[\w’-]+\s+){0,2}?[\w’-]+)\s+(?:at|to|as|were|was|numbered|came\s+to|reached|stood\s+at)\s+"
    r"(?:[“\"]\s?)?(?:certainly\s+)?" + HEDGING + "$"
)


def those_of(scene: Scene, mention: Mention) -> Named | None:
    """Return whose a number is by "those of": "and those of the army at nearly 400"."""
    those = last(THOSE_OF, scene.text, (max(0, mention.start - 80), mention.start))
    match = _AT.match(scene.text, those.end(), mention.start) if those else None
    if match is None or key(match[1]).split()[-1] in measures():
        return None  # "that of its dead at 412"
    inside = [one for one in scene.named if match.start(1) <= one.start and one.end <= match.end(1)]
    return inside[0] if inside else Named(match[1], *match.span(1), "those of", "inferred")


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


def _who_has(voice: Voice, text: str, rule: str) -> Named:
    """Return whose losses a voice calls "theirs": the rebels' where their spokesman speaks."""
    whose = _WHOSE.match(text, voice.start, voice.end)
    if whose:
        return Named(whose[1], *whose.span(1), rule)
    return Named(voice.name, voice.start, voice.end, rule)


_BODIES = listed("bodies that speak") | listed("parties")


# "its fighters had recovered 22 bodies": what they did, and not to whom
_THEY_DID = re.compile(
    rf"\b(?:had|have)\s+(?!suffered|sustained|reported|los)[a-z]+ed\s+{HEDGING}$"
)


THOSE_OF = Needing(r"\b(?:that|those)\s+of\s+(?:the\s+|its\s+|their\s+|his\s+)?")
_OTHERS = re.compile(
    r"\s+(?:\w+\s+)?(?:opponents?|enem(?:y|ies)|rivals?|adversar(?:y|ies)|foes?)\b"
)


def _possessive(scene: Scene, mention: Mention, start: int, end: int) -> re.Match[str] | None:
    """Return "its" where it says whose are counted: "its losses", "his 5,500", "their dead"."""
    for own in _OWN.finditer(scene.text, start, end):
        owned = _OWNED.match(scene.text, own.end())
        if own.start() > mention.start - _NEAR:
            owned = owned or _OWNED_HERE.match(scene.text, own.end())
        if owned and _THEY_DID.search(scene.text, owned.end(), mention.start):
            continue
        if _OTHERS.match(scene.text, own.end()) or THOSE_OF.search(
            scene.text, own.end(), mention.start
        ):
            continue  # "its opponents left 60 bodies", "his losses as 340, those of the enemy as 2"
        if owned and not scene.text[: own.start()].endswith(("for ", "in ", "on ")):
            return own
    return None


def _object(hit: Hit, scene: Scene) -> Named | None:
    """Return to whom a verb says that something was done: "Have they treated Russians?"."""
    if "doing" not in hit.forms:
        return None
    return next((one for one in scene.named if 1 <= one.start - hit.end < 6), None)


def losses_of(scene: Scene) -> Cell | None:
    """Return whose losses a sentence is about: "The losses of the enemy:"."""
    for hit in reversed(hits(scene.text)):
        word = Found(hit.measure, hit.start, hit.end, "line above", "carried")
        side = before_word(word, scene.text, scene.named) or after_word(
            word, scene.text, scene.named
        )
        side = side or enemy_after(word, scene.text) or _object(hit, scene)
        if side:
            return scene.cell("side", side, side.name, "carried")
    return None


_HELD = ("captured", "held", "detained", "arrested", "abducted", "freed")


def _who_owns_up(scene: Scene, voice: Voice) -> Cell | None:
    """Return a party or a capital that speaks of its own: "Moscow has acknowledged 6,000 dead"."""
    name, start, end = scene.at((voice.start, voice.end))
    sure = "inferred"
    if who := scene.memory.who(key(name), scene.sentence):  # "It acknowledges three wounded"
        (name, start, end), sure = who, "carried"
    party = any(one.name == name for one in parties(f"the {name}"))
    party = party and key(name) != "police"  # whose figures of injured are seldom their own
    owns = party or name in capitals() or (sure == "carried" and name in peoples())
    return Cell("side", name, start, end, "reports its own", sure) if owns else None


def reporter(scene: Scene, figure: Figure) -> Cell | None:
    """Return a people that reports its own dead: "The Finns reported 310 dead"."""
    mention = figure.mention
    voice = voice_of(mention.start, mention.end, scene.text, scene.voices)
    if (
        voice is None
        or not re.search(r"report|admit|acknowledg|conced", voice.rule)
        or voice.last > mention.start
    ):
        return None
    if re.search(r"admit|acknowledg|conced|own", voice.rule):
        if figure.measure and figure.measure.measure in _HELD:
            return None  # "Norra has acknowledged only four" of those it holds
        if whose := _who_owns_up(scene, voice):
            return whose
    one = next(
        (one for one in scene.named if voice.start <= one.start and one.end <= voice.end), None
    )
    whole = one and scene.text[one.start : voice.end].strip() == scene.text[one.start : one.end]
    return (
        scene.cell("side", replace(one, rule="reports its own"), one.name, "inferred")
        if one and whole
        else None
    )


_PUT_AT = re.compile(
    rf"\s+(?:(?:dead|losses|toll|figure|total|number|side|count)\s+)?at\s+{HEDGING}"
)

_WHOSE_AT = re.compile(rf"['’]s?\s+(?:(?:dead|losses|toll|own)\s+)?at\s+{HEDGING}")


# "For Ukraine it assumes 60,000 to 100,000 killed"
_FOR = re.compile(r"(?:^|[.;:]\s)\W*For\s+(?:the\s+)?$")
_ASSUMES = re.compile(
    r",?\s+(?:it|they|he|she|the\s+[a-z]+)\s+(?:assum|estimat|put|giv|gave|suggest|reckon|list|count|claim|"
    rf"record)[a-z]*\s+(?:(?:it|the\s+(?:number|figure|total))\s+at\s+)?{HEDGING}"
)


def put_at(scene: Scene, mention: Mention) -> Named | None:
    """Return whose number somebody gives: "He put the French at 362,000"."""
    for one in scene.named:
        led = _FOR.search(scene.text, 0, one.start)
        if led and _ASSUMES.fullmatch(scene.text, one.end, mention.start):
            return replace(one, rule="for whom", sure="inferred")
        gave = scene.text.endswith(("gives the ", "gave the "), 0, one.start)
        if gave and scene.text[one.end : mention.start] == " ":
            return replace(one, rule="given", sure="inferred")
        led = scene.text.endswith(("put the ", "puts the ", "putting the "), 0, one.start)
        if led and _PUT_AT.fullmatch(scene.text, one.end, mention.start):
            return replace(one, rule="put at", sure="inferred")
        if _WHOSE_AT.fullmatch(scene.text, one.end, mention.start):  # "and Russia's at 180,000"
            return replace(one, rule="put at", sure="inferred")
    return None
