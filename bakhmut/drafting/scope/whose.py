"""Whose figure it is: the rules for a side, in the order in which they are tried."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bakhmut.drafting.found import LABEL
from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.said.speakers import PRONOUNS, subject
from bakhmut.drafting.said.voices import voice_of
from bakhmut.drafting.scene import Cell, Scene
from bakhmut.drafting.scope.carried import OF_THINGS, SUBSET, Figure
from bakhmut.drafting.scope.hits import hits
from bakhmut.drafting.scope.measures import TO_OBJECT, Found
from bakhmut.drafting.scope.phrases import counted, kind_of
from bakhmut.drafting.scope.sides import (
    Named,
    after_word,
    around,
    before_word,
    commander,
    either_side,
    group_of,
    of_noun,
    parties,
    side_label,
    subject_group,
    subject_of,
    sufferer,
)
from bakhmut.drafting.scope.wholes import (
    is_what,
    makes_up,
    number_of,
    of_which,
    outnumbering,
    whole_of,
    whose_part,
)
from bakhmut.drafting.words import key, last, measures, window

_OWN = re.compile(r"\b(?:its|their|his|her)\b", re.I)
_EACH = re.compile(r"(?:each|both|either|all)\s", re.I)
_OWNED = re.compile(
    r"\s+(?:own\s+)?(?:\w+\s+)?(?:\d|army|troops|forces|soldiers|men|dead|losses|casualties|"
    r"wounded|fallen|toll|prisoners|killed|missing|civilians|fighters|side|number|people|"
    r"citizens|servicemen|staff|members|[a-z]+s\b)",
    re.I,
)
# "It cost the British Empire some 275,000 casualties."
_COST = re.compile(r"\bcost\s+([^.;,\d]{3,40})$", re.I)
_CLAUSES = re.compile(r"[;]|\bbut\b|\bwhile\b|,\s+and\b")
_LOSES = re.compile(
    r"\b(?:lost|lose|loses|losing|suffer(?:ed|s|ing)?|sustain(?:ed|s|ing)?|incurred|fielded|"
    r"mustered|left\s+behind|abandoned|commanded|led|deployed|numbered|took\s+(?:\S+\s+){1,4}?(?:casualties|losses))\b",
    re.I,
)
# "Russia has taken 20,000 to 30,000 casualties"
_TAKES = re.compile(
    r"\b(?:took|takes|taking|(?:has|have|had)\s+taken)\s+(?:(?!in\b|on\b|out\b|away\b)[a-z]+\s+){0,3}$"
)
_IN_LIST = re.compile(r"(?:[^.;:]{0,50})(?:,|\band\b|\bor\b)[^.;:]{0,30}", re.I)


def side_of(scene: Scene, figure: Figure, before: list[Cell]) -> Cell | None:
    """Return the side by the first rule that finds one; nearest words first."""
    mention, measure, text = figure.mention, figure.measure, scene.text
    for named in _own_sides(scene, figure):
        if named:
            return scene.cell("side", named, named.name, named.sure)
    if gap := _gapped_subject(scene, mention):
        return gap
    if loser := _loser(scene, figure):
        return loser
    of_whom = measure and not figure.carried and mention.kind in ("ratio", "vague")
    if measure and of_whom and (named := subject_of(measure, text, scene.named)):
        return scene.cell("side", named, named.name, named.sure)
    return _carried_side(scene, figure, before)


def _own_sides(scene: Scene, figure: Figure) -> Iterator[Named | None]:
    mention, measure, text = figure.mention, figure.measure, scene.text
    if mention.kind == "ratio":
        if out := outnumbering(text, scene.named):
            yield out[0]
        if mention.above:
            yield scene.in_span(mention.above)
        yield number_of(mention, text, scene.named)
        return
    if cost := _COST.search(window(text, mention.start)):
        at = min(90, mention.start)
        yield scene.in_span((mention.start - at + cost.start(1), mention.start - at + cost.end(1)))
    what = is_what(mention, text, scene.named)
    yield replace(what, sure="inferred") if what else of_noun(mention, text, scene.named)
    if measure is None or measure.measure not in OF_THINGS:
        yield group_of(mention, text, None if figure.carried else measure)
    yield whose_part(mention, text, scene.named)
    if mention.kind == "share":
        yield makes_up(mention, text, scene.named) or whole_of(mention, text, scene.named)
        yield of_which(mention, text, scene.named)
    elif not counted(text, mention)[2]:
        yield of_which(mention, text, scene.named)
    yield number_of(mention, text, scene.named)
    yield around(mention, text, scene.next_number(mention), scene.named)
    if measure and not figure.carried:
        if mention.kind == "vague":
            yield sufferer(mention, text, scene.named)
        if not _is_verb(measure, mention, text, scene.numbers):
            # "two of its soldiers and 14 insurgents died": whom another number counts
            others = [at for at in scene.numbers if at >= mention.end]
            own = [one for one in scene.named if not any(at <= one.start for at in others)]
            yield before_word(measure, text, own if measure.start > mention.end else scene.named)
        if mention.end <= measure.start or measure.end <= mention.start:
            yield after_word(measure, text, scene.named)
        if mention.kind == "vague":
            yield subject_group(mention, text)
        else:
            yield _of_losses(scene, mention)
    yield either_side(mention, text)
    yield side_label(text)
    if measure and measure.rule == "men of a force":
        yield commander(text, mention)


# ", the rebels about 30 fighters": who else, with the verb left out.
_NEXT_PARTY = re.compile(
    r"(?:,|;|\band\b)\s+(?:and\s+|but\s+)?(?:the\s+)?(?:[\w’-]+\s+){1,2}?"
    r"(?:(?:about|some|around|over|nearly|almost|at\s+least|more\s+than|up\s+to|only)\s+)*$"
)


def _of_losses(scene: Scene, mention: Mention) -> Named | None:
    """Return whose losses a number is said of: "Enemy losses were put at 340 killed"."""
    floor = max((end for end in scene.ends if end <= mention.start), default=0)
    floor = max(floor, scene.text.rfind(";", 0, mention.start))
    for hit in reversed(hits(scene.text)):
        if floor <= hit.start < mention.start and hit.words in ("losses", "casualties", "dead"):
            word = Found(hit.measure, hit.start, hit.end, "", "")
            return before_word(word, scene.text, scene.named) or after_word(
                word, scene.text, scene.named
            )
    return None


def _is_verb(measure: Found, mention: Mention, text: str, numbers: list[int]) -> bool:
    """Whether the number is the object of the measure's verb: "the Spanish navy picked up 186"."""
    forms = {form for _, form in measures().get(key(text[measure.start : measure.end]), ())}
    object_ = TO_OBJECT.match(text, measure.end)
    return (
        "doing" in forms
        and measure.end <= mention.start
        and bool(object_ and (object_.end() == mention.start or object_.end() in numbers))
    )


def _gapped_subject(scene: Scene, mention: Mention) -> Cell | None:
    """Return who stands between the number before and this one: "and France over 200,000"."""
    ends = [one for one in scene.ends if one <= mention.start]
    if not ends:
        return None
    start, end, head = counted(scene.text, mention)
    ours = kind_of(scene.text[start:end]) in ("soldiers", "anybody")
    if head and not (ours and _NEXT_PARTY.search(scene.text, ends[-1], mention.start)):
        return None
    gap = scene.text[ends[-1] : mention.start]
    inside = [one for one in scene.named if ends[-1] <= one.start and one.end <= mention.start]
    if (
        inside
        and len(gap) < 70
        and not re.search(
            r"\b(?:in|at|from|near|by|to|into|across|throughout|inside|around|over)\s+(?:the\s+)?(?:[A-Z]\w+\s+and\s+)?$",
            scene.text[ends[-1] : inside[-1].start],
        )
    ):
        return scene.cell("side", inside[-1], inside[-1].name, "inferred")
    return None


def _loser(scene: Scene, figure: Figure) -> Cell | None:
    """Return who stands before "lost", "suffered", "fielded" in front of a number."""
    mention, measure = figure.mention, figure.measure
    start = max((end for end in scene.ends if end <= mention.start), default=0)
    match = last(_LOSES, scene.text, (0, mention.start))
    if measure and measure.measure in ("casualties", "losses"):
        match = match or _TAKES.search(scene.text, max(0, mention.start - 60), mention.start)
    if match is None or (
        match.end() < start and not _IN_LIST.fullmatch(scene.text[start : mention.start])
    ):
        return None
    word = Found("", *match.span(), "", "")
    # "killed 300 militants and lost 45 soldiers": whom a number counts is no subject
    free = [one for one in scene.named if not any(0 <= one.start - at < 12 for at in scene.ends)]
    if named := subject_of(word, scene.text, free):
        return scene.cell("side", named, named.name, named.sure)
    if span := subject(scene.text, match.start()):
        one = Named(scene.text[slice(*span)], *span, "subject", "inferred")
        number = any(at >= span[0] and at < span[1] for at in scene.numbers)
        if key(one.name) not in PRONOUNS and not number and not re.search(r"\d", one.name):
            return scene.cell("side", one, one.name, one.sure)
    # "The army says it has lost 2,000": it is the one who speaks.
    spoken = [one for one in scene.voices if one.last <= match.start()]
    if spoken and re.fullmatch(
        r"\s+(?:that\s+)?(?:it|they|we)\s+(?:(?:\w+\s+){0,2}|[^.;]{0,80}\band\s+)",
        scene.text[spoken[-1].last : match.start()],
    ):
        one = spoken[-1]
        return scene.cell(
            "side", Named(one.name, one.start, one.end, "it: the speaker"), one.name, "carried"
        )
    return None


def _carried_side(scene: Scene, figure: Figure, before: list[Cell]) -> Cell | None:
    """Return the side of the figure before, or what "its" stands for; both are `carried`."""
    mention, text = figure.mention, scene.text
    start, end, head = counted(text, mention)
    clause = max((m.end() for m in _CLAUSES.finditer(text, 0, mention.start)), default=0)
    if own := _possessive(scene, clause, max(end, mention.end)):
        left = [one for one in scene.named if one.end <= own.start()]
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
            return scene.cell(
                "side", Named(one.name, one.start, one.end, own[0].lower()), one.name, "carried"
            )
        if left:
            return scene.cell(
                "side",
                Named(left[-1].name, left[-1].start, left[-1].end, own[0].lower()),
                left[-1].name,
                "carried",
            )
        if topic := scene.memory.topic(scene.sentence):
            return replace(topic, rule=own[0].lower(), sure="carried")
    things = kind_of(text[start:end]) == "thing" and figure.carried
    if head and not things and kind_of(text[start:end]) not in ("anybody", "soldiers", ""):
        return None
    gapped = (
        mention.kind in ("count", "range")
        or mention.rule in ("times", "as many")
        or (mention.kind == "share" and not head)
    )
    if key(head) in ("people", "persons", "others", "person"):
        return None
    noun = any(cell.field == "side" and cell.value.islower() for cell in before)
    starts = max((at for at in scene.ends if at <= mention.start), default=0)
    apart = noun and _NEW_EVENT.search(text, starts, mention.start)
    for cell in before:
        if cell.field == "side" and gapped and not apart and not _EACH.match(cell.value):
            return replace(cell, rule="as the figure before", sure="carried")
    if re.search(r"\b[Oo]ur\b", window(text, mention.start)):
        return None
    if scene.memory.header and LABEL.match(text):
        return replace(scene.memory.header, rule="line above", sure="carried")
    if (of_them := SUBSET.match(text, mention.end)) and (who := scene.group_before(mention.start)):
        return replace(who, rule=" ".join(of_them[0].split()))
    resumed = figure.carried or not head or SUBSET.match(text, mention.end)
    if scene.memory.side and resumed and scene.memory.part == scene.sentence.part and not before:
        return replace(scene.memory.side, rule="as the figure before", sure="carried")
    if mention.kind == "ratio":
        return _leftmost(scene, mention)
    if own := _reporter(scene, mention):
        return own
    if kind_of(text[start:end]) == "soldiers":
        return scene.cell(
            "side",
            Named(text[start:end], start, end, "noun"),
            re.sub(r"^(?:more|other|fallen|dead)\s+", "", text[start:end]),
            "inferred",
        )
    return None


# What follows is told of others than those the noun before named: "45 pilgrims ..., leaving 29".
_NEW_EVENT = re.compile(
    r";|\b(?:leaving|when|after|while|which|but|where|as|before|killing|injuring|wounding|bringing|"
    r"rose|toll|said|says|told)\b"
)


def _possessive(scene: Scene, start: int, end: int) -> re.Match[str] | None:
    """Return "its" where it says whose are counted: "its losses", "his 5,500", "their dead"."""
    for own in _OWN.finditer(scene.text, start, end):
        if _OWNED.match(scene.text, own.end()) and not scene.text[: own.start()].endswith(
            ("for ", "in ", "on ")
        ):
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
