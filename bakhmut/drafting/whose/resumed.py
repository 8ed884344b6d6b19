"""Whose figure it is by what stands before: its, of them, as the figure before, who reports."""

from __future__ import annotations

import re
from dataclasses import replace

from bakhmut.drafting.columns import labelled
from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.phrases import counted, kind_of
from bakhmut.drafting.scene import Cell, Scene
from bakhmut.drafting.scope.carried import HEDGING, SUBSET, Figure
from bakhmut.drafting.scope.hits import hits
from bakhmut.drafting.scope.places import NOT_PLACE
from bakhmut.drafting.scope.sides import (
    Named,
)
from bakhmut.drafting.scope.wholes import MAKE_UP
from bakhmut.drafting.whose.losers import LOSES
from bakhmut.drafting.whose.owners import (
    is_verb,
    losses_of,
    of_own,
    on_their_side,
    possessor,
    reporter,
)
from bakhmut.drafting.words import NEAR, key, listed, measures, peoples, window

_AS = re.compile(r"\b(?:as|when|while|after|before)\s")
_FOR_THE_LOSS = re.compile(
    r"\bfor\s+(?:the|a)\s+loss\s+of\s+(?:(?:about|some|only|just|perhaps)\s+)?$"
)
# "the roll of its 1,116 dead", "that of its dead at 412", "it had itself lost only two"
_ITS = re.compile(
    r"\b(?:(?:its|their|his|her)\s+(?:own\s+)?(?:dead\s+|losses\s+)?(?:at\s+|as\s+)?|"
    r"(?:it|they)\s+ha[sd]\s+(?:itself|themselves)\s+[a-z]+\s+)(?:(?:about|some|only|just|perhaps)\s+)?$"
)
_THEMSELVES = re.compile(r"\s+(?:[a-z]+\s+)?(?:themselves|itself)\b")
_OWNS_TO = re.compile(r"\b(?:own(?:s|ed)|admit|conced|confess)")
_EACH = re.compile(r"(?:each|both|either|all)\s", re.I)


_SUFFERED = ("lost", "losses", "casualties")
_AND_IT = re.compile(
    r"\b(?:and|but|while)\s+(?:that\s+)?(?:it|they|we)\s+(?:(?:had|has|have|also|then)\s+)*$"
)
_AND = re.compile(r"\b(?:and|but|then)\s+(?:(?:had|has|have|also|to|then|now)\s+)*$")
_WITHIN = re.compile(rf"\b(?:including|among\s+them|of\s+whom|counting)\s+{HEDGING}$")
_OVER = re.compile(r",\s+(?:and|as\s+well\s+as|plus|(?:were|was|have|had|died)\b[^.;]*\band)\s")
_CLAUSES = re.compile(r"[;]|\bbut\b|\bwhile\b|,\s+and\b")


# Of whom the others may be something else: "two women died and six others were hurt".
_ONE_SORT = listed("all of one sort")


def _others(scene: Scene, before: list[Cell]) -> Cell | None:
    """Return who the others are: "three miners were killed and 14 others trapped"."""
    own = (
        cell
        for cell in before
        if cell.field == "side"
        and (cell.value.islower() or cell.rule == "people in the noun")
        and cell.start >= scene.sentence.start
    )
    side = next(own, None)
    work = side and (side.value[0].isupper() or kind_of(side.value) in ("soldiers", "group"))
    if side is None or not work or key(side.value).split()[-1] in _ONE_SORT:
        return None
    return replace(side, rule="others", sure="carried")


def carried_side(scene: Scene, figure: Figure, before: list[Cell]) -> Cell | None:
    """Return the side of the figure before, or what "its" stands for; both are `carried`."""
    mention, text = figure.mention, scene.text
    if other := _other_side(scene, mention, before):
        return other
    start, end, head = counted(text, mention)
    clause = max((m.end() for m in _CLAUSES.finditer(text, 0, mention.start)), default=0)
    measure = figure.measure
    is_deed = measure is not None and is_verb(measure, mention, text, scene.numbers)
    deed = measure if is_deed and not figure.carried else None
    if deed:
        clause = max(clause, deed.end)  # "his troops had killed 90,000"
    if (named := of_own(scene, mention)) or (named := on_their_side(scene, mention)):
        return scene.cell("side", named, named.name, "carried")
    if whose := possessor(scene, mention, clause, max(end, mention.end)):
        return whose
    things = kind_of(text[start:end]) == "thing" and figure.carried
    if head and not things and kind_of(text[start:end]) not in ("anybody", "soldiers", ""):
        return reporter(scene, figure) if kind_of(text[start:end]) == "thing" else None
    gapped = (
        mention.kind in ("count", "range")
        or mention.rule in ("times", "as many")
        or (mention.kind == "share" and not head)
    )
    if key(head) == "others":
        return _others(scene, before)
    if key(head) in ("people", "persons", "person", "bodies", "corpses"):
        return None
    number = next((cell for cell in before if cell.field == "number"), None)
    off = scene.sentence.start
    if number and (
        _WITHIN.search(window(text, number.start - off)) or SUBSET.match(text, number.end - off)
    ):
        # "19 dead, including six children, and 230 injured": the 230 are no children
        over = _OVER.search(text, number.end - off, mention.start)
        before = [cell for cell in before if not (over and cell.field == "side")]
    noun = any(cell.field == "side" and cell.value.islower() for cell in before)
    if noun and (
        key(head) in ("men", "boys", "civilians") or kind_of(text[start:end]) == "soldiers"
    ):
        before = []  # "a teacher was shot; 33 men were taken away"
    if head in listed("arms"):  # "173,000 men and some 1,400 guns"
        before = [cell for cell in before if cell.field != "side" or cell.rule != "noun"]
    starts = max((at for at in scene.ends if at <= mention.start), default=0)
    if starts and _WHOLE.fullmatch(text, starts, mention.start):
        # "two thirds of the 900 dead were civilians": the 900 were not
        at = scene.sentence.start + mention.end
        part = max((one for one in scene.numbers if one < starts), default=0)
        at = 0 if MAKE_UP.search(window(text, part)) else at  # "Women made up 40 of the 212 dead"
        before = [cell for cell in before if cell.field != "side" or cell.start < at]
    if _ITS.search(window(text, mention.start)) or _THEMSELVES.match(text, mention.end):
        before = [cell for cell in before if cell.field != "side"]  # "the roll of its 1,116 dead"
    apart = noun and _NEW_EVENT.search(text, starts, mention.start)
    if measure and clause >= measure.end and _AS.search(text, starts, measure.start):
        apart = True  # "11 rescued as a wall of fire kills seven"
    if measure and measure.measure == "lost" and clause >= measure.end:
        whom = {cell.value for cell in before if cell.field == "measure"}
        apart = apart or bool(whom & {"killed", "wounded", "captured"})  # "and lost 238 men"
    if _FOR_THE_LOSS.search(window(text, mention.start)):
        return None  # "killed 210 for the loss of 31": of whoever did it
    if deed:
        own = {cell.value for cell in before if cell.field == "measure"}
        suffered = any(one in _SUFFERED or one.endswith(" lost") for one in own)
        acts = suffered and _AND.search(text, 0, deed.start)
        acts = acts or (before and _AND_IT.search(text, 0, deed.start))
        if acts and deed.measure not in _SUFFERED:  # "it lost 620 men and killed 2,400": others
            return _soldiers(scene, start, end, head)
    if _IN_ALL.match(text, mention.end) or _ARE_OTHERS.match(text, mention.end):
        before = [one for one in before if one.field != "side"]  # "143 dead in all"
    # "Delhi says 20 of its soldiers died; Beijing admits to four"
    told = [one for one in scene.voices if starts <= one.first and one.last <= mention.start]
    before = [one for one in before if not (told and one.rule in ("its", "their"))]
    for cell in before:
        part = cell.rule.startswith("who makes up") and ";" in text[starts : mention.start]
        if cell.field == "side" and gapped and not (apart or part or _EACH.match(cell.value)):
            return replace(cell, rule="as the figure before", sure="carried")
    if re.search(r"\b[Oo]ur\b", window(text, mention.start)):
        return None
    if figure.carried and not before and gapped and (topic := _told_before(scene)):
        return topic  # "German losses are harder to establish. The usual estimate is 400,000"
    if scene.memory.header and labelled(text):
        return replace(scene.memory.header, rule="line above", sure="carried")
    verb = measure.end if measure and is_deed else 0
    of_them = SUBSET.match(text, mention.end)
    made_up = mention.kind == "share" and MAKE_UP.before(text, mention.start)
    if of_them and not made_up and (where := _THOSE_AT.match(text, mention.end)):
        named = Named(where[1], *where.span(1), "those who were there", "inferred")
        return scene.cell("side", named, named.name, "inferred")
    told = of_them and _told_of(scene, mention, key(of_them[0]).split()[-1])
    if of_them and told and (who := scene.group_before(mention.start, verb)):
        return replace(who, rule=" ".join(of_them[0].split()))
    resumed = figure.carried or not head or SUBSET.match(text, mention.end)
    resumed = resumed and mention.rule != "none"  # "No one was hurt": whoever was there
    told = {one.name for one in scene.named if scene.speaks_at(one.start)}
    # "the German official history gave 217,000", "Soult owned to barely 400": perhaps of its own
    same = not told - {scene.memory.side.value} if scene.memory.side else True
    own = any(_OWNS_TO.search(one.rule) for one in scene.voices if one.last <= mention.start)
    resumed = resumed and same and not own
    if scene.memory.side and resumed and scene.memory.part == scene.sentence.part and not before:
        return replace(scene.memory.side, rule="as the figure before", sure="carried")
    if mention.kind == "ratio" and mention.rule != "more or fewer":
        return _leftmost(scene, mention)
    if own := reporter(scene, figure):
        return own
    return _soldiers(scene, start, end, head)


def _soldiers(scene: Scene, start: int, end: int, head: str) -> Cell | None:
    """Return the noun of a number as a side, where it names soldiers: "300 fighters"."""
    if kind_of(scene.text[start:end]) != "soldiers" or head in ("fallen", "more"):
        return None
    name = re.sub(r"^(?:more|other|fallen|dead)\s+", "", scene.text[start:end])
    return scene.cell("side", Named(scene.text[start:end], start, end, "noun"), name, "inferred")


_IN_ALL = re.compile(
    r"\s+(?:(?:dead|killed|wounded|people|victims|deaths)\s+)?(?:in\s+(?:all|total)|altogether|all\s+told)\b"
)
_ARE_OTHERS = re.compile(
    r"\s+(?:were|are|was)\s+(?:members|fighters|soldiers|combatants|rebels|militants|civilians|women)\b"
)
_ON_THE_SIDE = re.compile(rf"\bon\s+the\s+([A-Z][\w-]+)\s+side,?\s+(?:were\s+|was\s+)?{HEDGING}$")
_OURS_TO = re.compile(
    rf"[,;]\s+(?:and\s+)?(ours|theirs)\s+(?:(?:to|at|were|are|was|is|came\s+to|numbered)\s+)?{HEDGING}$"
)
_OUR_LOSSES = re.compile(r"\b([Oo]ur)\s+(?:own\s+)?(?:losses|casualties|dead)\b[^.;\d]{0,20}$")
_THEY_LOST = re.compile(
    rf"\b([Tt]hey)\s+(?:(?:have|had|only|just)\s+)*(?:lost|suffered|had)\s+{HEDGING}$"
)


def _other_side(scene: Scene, mention: Mention, before: list[Cell]) -> Cell | None:
    """Return the side that words set against that of the figure before: "ours to 150"."""
    text, near = scene.text, (max(0, mention.start - NEAR), mention.start)
    if on := _ON_THE_SIDE.search(text, *near):  # "on the Ukrainian side 120"
        named = Named(peoples().get(on[1], on[1]), *on.span(1), "on whose side", "inferred")
        return scene.cell("side", named, named.name, "inferred")
    if not before:
        return None
    if own := _OUR_LOSSES.search(text, *near):  # "enemy losses: 1,200; our losses: 85"
        return scene.cell("side", Named(own[1], *own.span(1), "set against"), "ours", "inferred")
    other = _OURS_TO.search(text, *near)
    if not other and any(cell.field == "side" and cell.rule == "we" for cell in before):
        other = _THEY_LOST.search(text, *near)  # "we lost four, they lost forty"
    if other:
        named = Named(other[1], *other.span(1), "set against")
        return scene.cell("side", named, named.name.lower(), "inferred")
    return None


def nearer_side(scene: Scene, loser: Cell, mention: Mention, before: list[Cell]) -> Cell | None:
    """Return whom the figure before is of: "Blue lost 10 men, Red 50 killed and 90 wounded"."""
    off = scene.sentence.start
    for cell in before if mention.kind != "ratio" else ():
        named = cell.field == "side" and cell.value[:1].isupper() and loser.start < cell.start
        gap = scene.text[cell.end - off : mention.start]
        if named and gap and not LOSES.search(gap):
            return replace(cell, rule="as the figure before", sure="carried")
    return None


# What follows is told of others than those the noun before named: "45 pilgrims ..., leaving 29".
_NEW_EVENT = re.compile(
    r";|,\s+and\s+[a-z]+(?:ed|en)\b|\b(?:leaving|when|after|while|which|but|where|as(?!\s+(?:against|well|many|much))|before|killing|injuring|wounding|bringing|"
    r"rose|toll|said|says|told|surpassing|exceeding|topping|above|(?<!less\s)(?<!more\s)(?<!fewer\s)than)\b"
)


def _told_before(scene: Scene) -> Cell | None:
    """Return whose losses the sentence before is about, where it gives no number."""
    one = scene.memory.before[-1] if scene.before else None
    return losses_of(one) if one and not one.numbers else None


def _told_of(scene: Scene, mention: Mention, whole: str) -> bool:
    """Whether those of whom a number is a part were told of: "of the dead" after deaths."""
    meant = {measure for measure, _ in measures().get(whole, ())}
    told = [*hits(scene.before), *(one for one in hits(scene.text) if one.end < mention.start)]
    return not meant or any(one.measure in meant for one in told)


_THOSE_AT = re.compile(
    r"\s+of\s+(those\s+(?:aboard|on\s+board|(?:on|in|at|inside)\s+(?:(?:the|that|its|his)\s+)?(?!an?\b)[a-z-]+)\b)"
)
_WHOLE = re.compile(r"\s+(?:out\s+)?of\s+(?:(?:the|its|their|his|those|all|some|about)\s+)*")


_AUX = re.compile(r"\s+(?:(?:ha[sd]|have|also)\s+)*")


def _acts(scene: Scene, end: int) -> bool:
    """Whether a name is the subject of what was done to others: "the army had killed 14,000"."""
    return any(
        "doing" in hit.forms
        and hit.measure != "lost"
        and _AUX.fullmatch(scene.text, end, hit.start)
        for hit in hits(scene.text)
    )


def _leftmost(scene: Scene, mention: Mention) -> Cell | None:
    """Return the subject of a clause that has a ratio: "Russia ... five to one"."""
    clause = max((m.end() for m in _CLAUSES.finditer(scene.text, 0, mention.start)), default=0)
    for one in scene.named:
        led = re.search(
            r"\b(?:in|of|at|from|near|to|on|than|by)\s+(?:the\s+)?$",
            window(scene.text, one.start),
        )
        spoken = scene.speaks_at(one.start) or _acts(scene, one.end)
        spoken = spoken or scene.text[one.end : one.end + 2] in ("'s", "’s")
        if clause <= one.start and one.end <= mention.start and not led and not spoken:
            return scene.cell("side", replace(one, rule="subject"), one.name, "inferred")
    return None


_POSSESSED = re.compile(
    r"\b([A-Z][\w-]+|other\s+side|enemy)(?:['’]s|(?<=s)['’])\s+(?:(?:about|some|nearly|over)\s+)?$"
)


def possessed(mention: Mention, text: str) -> Named | None:
    """Return whose a bare number is: "Rome's 6,000"."""
    match = _POSSESSED.search(window(text, mention.start))
    if not match or NOT_PLACE.match(match[1]) or counted(text, mention)[2]:
        return None
    at = mention.start - len(window(text, mention.start))
    name = peoples().get(match[1], match[1])
    return Named(name, at + match.start(1), at + match.end(1), "whose number", "inferred")
