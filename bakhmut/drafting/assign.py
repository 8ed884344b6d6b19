"""The cells of a sentence's figures: scope, hedge and source, each with its words.

What a figure's own words do not say may come from the figure before it ("400 killed and 300
wounded"): such a cell is `carried`, and so is what a pronoun stands for.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from bakhmut.dossier.parsing.rates import A_TIME, rate_before, rate_of
from bakhmut.drafting.columns import boxed, labelled
from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.passages import Sentence
from bakhmut.drafting.patterns.needing import Needing
from bakhmut.drafting.said.amended import amended
from bakhmut.drafting.said.antecedents import in_full, in_small, learn
from bakhmut.drafting.said.apart import APART, apart_of
from bakhmut.drafting.scene import Cell, Memory, Scene
from bakhmut.drafting.scope.carried import Figure
from bakhmut.drafting.scope.nations import parties
from bakhmut.drafting.scope.periods import period_of
from bakhmut.drafting.scope.placed import in_reports, place_of
from bakhmut.drafting.scope.places import places
from bakhmut.drafting.scope.sides import Named
from bakhmut.drafting.whose.denominators import denominator
from bakhmut.drafting.whose.losers import our_own
from bakhmut.drafting.whose.owners import losses_of
from bakhmut.drafting.whose.side import side_of
from bakhmut.drafting.whose.source import source_of
from bakhmut.drafting.whose.things import of_same_things, with_things
from bakhmut.drafting.words import belligerents, key, peoples, territories


def cells_of(sentence: Sentence, found: list[Figure], memory: Memory) -> list[list[Cell]]:
    """Return the cells of each figure of a sentence, in order; the memory goes on with it."""
    if sentence.part != memory.part:
        memory.part, memory.side = sentence.part, None
        memory.begin(sentence)
    scene = Scene(sentence, found, memory)
    learn(memory.names, scene.text, scene.voices)
    rows: list[list[Cell]] = []
    for figure in found:
        rows.append(_cells(scene, figure, rows[-1] if rows else []))
    rows = [
        _as_quotient(figure, cells, rows[:at])
        for at, (figure, cells) in enumerate(zip(found, rows, strict=True))
    ]
    _set_apart(scene, found, rows)
    _leave(scene, rows)
    return rows


def _set_apart(scene: Scene, found: list[Figure], rows: list[list[Cell]]) -> None:
    """Mark the figures of a sentence that are no second count of what another counts."""
    before: list[tuple[Mention, dict[str, str]]] = []
    for figure, cells in zip(found, rows, strict=True):
        own = {cell.field: cell.value for cell in cells}
        if said := apart_of(figure, own, before, scene.text):
            rule, span = said
            cells.append(scene.cell("standing", Named(APART, *span, rule), APART, "inferred"))
            own["standing"] = APART
        before.append((figure.mention, own))


def _as_quotient(figure: Figure, cells: list[Cell], rows: list[list[Cell]]) -> list[Cell]:
    """Return a ratio with whose and what it is where it is that of the two counts before it.

    "300 killed and 2,700 wounded, a ratio of nine to one": 2,700 is nine times 300.
    """
    counts = [row for row in rows if _count(row)][-2:]
    bare = figure.mention.rule in ("n to m", "n:m") and not figure.mention.below
    if not bare or len(counts) < 2 or len(rows) != 2 or not figure.mention.value:
        return cells
    ratio = float(figure.mention.value)
    near = [
        (one, other)
        for one, other in (counts, counts[::-1])
        if abs(_count(one) / _count(other) / ratio - 1) < _NEAR_ENOUGH
    ]
    if len(near) != 1:
        return cells
    taken = ("side", "measure", "per_side", "per_measure")
    made = [cell for cell in cells if cell.field not in taken]
    for row, lead in zip(near[0], ("", "per_"), strict=True):
        own = (cell for cell in row if cell.field in ("side", "measure"))
        made += [
            replace(cell, field=lead + cell.field, rule="quotient", sure="inferred") for cell in own
        ]
    return made


_NEAR_ENOUGH = 0.2  # "more than three to one" of 3,740 and 1,090


def _count(row: list[Cell]) -> float:
    """Return the number that a count says, 0 where it is none."""
    own = {cell.field: cell.value for cell in row}
    low = own.get("low", "").replace(",", "")
    return float(low) if own.get("kind") == "count" and low.isdigit() else 0.0


def _cells(scene: Scene, figure: Figure, before: list[Cell]) -> list[Cell]:
    mention, text = figure.mention, scene.text
    found = [*_numbers(scene, figure), *_measure(scene, figure)]
    if figure.row is not None:
        return [*found, *_of_row(scene, figure.row)]
    scene.last_whole = next((cell for cell in before if cell.field == "per_measure"), None)
    if not any(cell.field == "kind" and cell.value in ("share", "ratio") for cell in before):
        scene.last_measure = next((cell for cell in before if cell.field == "measure"), None)
    box = boxed(scene.sentence, scene.memory.text)
    side = scene.cell("side", box, box.name, box.sure) if box else side_of(scene, figure, before)
    if mention.kind == "ratio" and mention.rule == "it":  # "take the other, and it was five"
        side = next((cell for cell in before if cell.field == "side"), side)
    found += [side] if side else []
    ours = our_own(scene, figure) if not side and mention.kind != "ratio" else None
    if mention.kind in ("ratio", "share"):
        again = mention.rule == "it"  # the ratio before, at another value
        found += _once_more(before) if again else denominator(scene, figure, side)
    found = with_things(found, side, text, mention)
    found = of_same_things(found, before, text, figure)
    place = None if box else place_of(mention, text, scene.places, scene.numbers)
    where = scene.cell("place", place, place.name, place.sure) if place else None
    # "Russia accounts for 200,000 of them": whose they were, and not where
    if where and side and " account" in text and side.value in belligerents():
        where = None if (side.start, side.end) == (where.start, where.end) else where
    if where:
        found.append(where)
    elif there := _there(scene, mention) or _of_medics(scene):
        found.append(there)
    if period := _period(scene, mention):
        found.append(scene.cell("period", period, period.name, period.sure))
    found += amended(scene, mention, found)
    denied = any(cell.value == "denied" for cell in found)  # whoever denies it does not say so
    spoke = [] if denied or box or in_reports(text) else source_of(scene, mention)
    spoke = [replace(cell, value=_voice(scene, cell)) for cell in spoke]
    if ours:  # two who say "we" are not one side
        by = next((f" ({cell.value})" for cell in spoke if cell.field == "source"), "")
        found.append(scene.cell("side", ours, ours.name + by, ours.sure))
    return found if denied else _not_the_speaker(scene, [*found, *spoke])


def _voice(scene: Scene, cell: Cell) -> str:
    """Return who speaks as told elsewhere: in full, and no capital of a sentence's beginning."""
    return in_full(scene.memory.names, in_small(cell.value, scene.memory.text, cell.start))


_LEADS_A_TIME = re.compile(
    r"(?:In|On|At|By|For|During|Over|Since|Between|From|After|Before|Throughout|Until|Within|The|This|That|"
    r"Last|A|As|Early|Late|Overnight|Yesterday|Today|Around|Up)\b"
)


def _period(scene: Scene, mention: Mention) -> Named | None:
    """Return when, as worded; of a rate with what it is a rate of: "a day in January".

    So 1,500 a day in January collide with no total of January.
    """
    period = period_of(mention, scene.text, scene.periods, scene.numbers)
    words = _rate(scene.text, mention)
    of = A_TIME.findall(words[0])[-1:] if words and mention.kind in ("count", "range") else []
    if period is None and of:  # "150 to 300 a day"
        at = words.start() + words[0].rindex(of[0])
        return Named(of[0].lower(), at, at + len(of[0]), "rate", "inferred")
    if period is None:
        return None
    led = _LEADS_A_TIME.match(period.name)  # "In July" is "in July"
    when = period.name[0].lower() + period.name[1:] if led else period.name
    if not of:
        return replace(period, name=when)
    return replace(period, name=f"{of[0].lower()} {when}", rule="rate", sure="inferred")


def _rate(text: str, mention: Mention) -> re.Match[str] | None:
    """Return the words that make a number a rate: "1,500 men a day", "every day 35"."""
    each = rate_before(text, max(0, mention.start - 60), mention.start)
    rate = rate_of(text, mention.end)
    return each or (rate if rate and not _DIGIT.search(rate[0]) else None)


_DIGIT = re.compile(r"\d")


# "killed seven people there", and not "there were seven dead"
_THERE = Needing(
    r"(?<=[a-z\d]\s)there\b(?!\s+(?:is|are|was|were|has|have|had|will|would|may|might|could|can|"
    r"remain\w*|appear\w*|seem\w*|still)\b)"
)
_NAME = re.compile(r"\b[A-ZÀ-Þ]\w")
_MEDICS = re.compile(
    r"(?:[Dd]octors?|[Mm]edics|[Nn]urses?|[Ss]urgeons?|[Hh]ospitals?|[Cc]linics?)\s+"
    r"(?:in|of|at)\s+((?:[A-ZÀ-Þ][\w’-]*\s?)+)$"
)
_NEAR_THERE = 4  # words
_OF_PLACE = re.compile(r"\b(?:of|in|at|from)\s+(?:the\s+)?((?:[A-ZÀ-Þ][\w’-]*\s?)+)$")


def _of_medics(scene: Scene) -> Cell | None:
    """Return where those are who treat whom they count: "doctors in Norra say"."""
    for one in scene.voices:
        if match := _MEDICS.search(scene.text, one.start, one.end):
            named = Named(match[1], *match.span(1), "where those who speak are", "inferred")
            return scene.cell("place", named, named.name, "inferred")
    return None


def _there(scene: Scene, mention: Mention) -> Cell | None:
    """Return the place that "there" stands for: one named before it, with who speaks, too."""
    match = _THERE.search(scene.text)
    far = len(scene.text[mention.end : match.start()].split()) if match else 0
    if match is None or far > _NEAR_THERE:
        return None
    here = [one for one in places(scene.text) if one.end <= match.start()]
    for start, end in scene.spans:
        if end <= match.start() and (of := _OF_PLACE.search(scene.text, start, end)):
            here.append(Named(of[1], *of.span(1), ""))
    before = [(one, one.places) for one in scene.memory.before[-1:]]
    for where, named in [(scene, here), *before]:
        named = [one for one in named if not one.name.islower()]
        if where is not scene:  # "In Sudan they took El Fasher. 60 died there": perhaps that
            named = [one for one in named if not _NAME.search(where.text, one.end)]
        if named and where.sentence.part == scene.sentence.part:
            nearest = max(named, key=lambda one: one.start)
            return where.cell("place", replace(nearest, rule="there"), nearest.name, "carried")
    return None


_OWN = re.compile(
    r"\b(?:acknowledg|admit|conced|confirm|los[ste]|suffer|sustain|its\b|their\b|his\b|our\b)"
)


_OF_A_FORCE = ("who has a force", "unit of a force")


_THEIR = re.compile(r"\btheir\s+(?:own\s+)?(?:dead|losses|casualties|toll|killed|wounded)\b")


def _not_the_speaker(scene: Scene, cells: list[Cell]) -> list[Cell]:
    """Leave out a side that is only who says so: "the group put the toll at 40"."""
    own = {cell.field: cell for cell in cells}
    side, source, number = (own.get(name) for name in ("side", "source", "number"))
    if not side or not source or not number:
        return cells
    off = scene.sentence.start
    one_body = key(side.value).split()[-1] in ("ministry", "staff", "bulletin")
    if side.value == source.value and one_body and _THEIR.search(scene.text):
        # "the rebels had suffered, when the ministry put their dead at 40"
        theirs = parties(scene.text[: max(0, source.start - off)])[-1:]
        others = [cell for cell in cells if cell is not side]
        return others + [scene.cell("side", one, one.name, "carried") for one in theirs]
    same = source.start < side.end and side.start < source.end
    if same and side.rule in _OF_A_FORCE:  # "The army has 700,000 soldiers": nobody says so
        return [cell for cell in cells if cell is not source]
    between = sorted((source.start - off, number.end - off))
    if _OWN.search(scene.text[max(0, between[0]) : between[1] + 40]):  # "192 of its men"
        return cells
    apart = side.end <= source.start or source.end <= side.start
    apart = apart or side.rule == "in the order of a list"  # "Malawi and Uruguay reported 3 and 1"
    return cells if apart else [cell for cell in cells if cell is not side]


def _once_more(before: list[Cell]) -> list[Cell]:
    """Return the denominator of the ratio before."""
    below = (cell for cell in before if cell.field.startswith("per_"))
    return [replace(cell, rule="as the figure before", sure="carried") for cell in below]


def _of_row(scene: Scene, span: tuple[int, int]) -> list[Cell]:
    """Return whose, or where, a row of a table is: its name."""
    name = scene.text[slice(*span)]
    if not name:
        return []
    side = next((one for one in scene.named if span[0] <= one.start and one.end <= span[1]), None)
    if side and scene.text[side.start : side.end] not in territories():
        return [scene.cell("side", replace(side, rule="name of the row"), side.name)]
    when = next((one for one in scene.periods if (one.start, one.end) == span), None)
    if when or re.fullmatch(r"[12]\d{3}", name):
        return [scene.cell("period", Named(name, *span, "name of the row"), name)]
    return [scene.cell("place", Named(name, *span, "name of the row"), name)]


def _numbers(scene: Scene, figure: Figure) -> list[Cell]:
    off, mention = scene.sentence.start, figure.mention
    kind = mention.kind
    if kind in ("count", "range") and _rate(scene.text, mention):
        kind = "rate"
    at = off + mention.start, off + mention.end
    how = ("nothing says otherwise", "inferred") if figure.unexplained else (mention.rule, "read")
    cells = [
        Cell("number", scene.text[mention.start : mention.end], *at, *how),
        Cell("kind", kind, *at, mention.rule),
    ]
    for end in ("low", "high"):
        if value := getattr(mention, end):
            cells.append(Cell(end, value, *at, mention.rule))
    if mention.hedges:
        marks = mention.marks or ((mention.start, mention.end, ""),)
        start, end = min(m[0] for m in marks), max(m[1] for m in marks)
        cells.append(
            Cell("hedge", "; ".join(mention.hedges), off + start, off + end, "hedge table")
        )
    return cells


def _measure(scene: Scene, figure: Figure) -> list[Cell]:
    if figure.measure is None or (figure.carried and figure.counts_others(scene.text)):
        return []  # "seen by 410,000 people": what it counts is for a person to say
    if figure.carried:
        return [scene.carried("measure", figure)]
    return [scene.cell("measure", figure.measure, figure.measure.measure, figure.measure.sure)]


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """Return the sides that a pronoun of a later sentence may stand for."""
    return frozenset((*peoples().values(), "enemy", "adversary"))


def _leave(scene: Scene, rows: list[list[Cell]]) -> None:
    """Leave in the memory what the next sentences may carry on."""
    memory = scene.memory
    memory.leave(scene)
    first = next((cell for row in rows for cell in row if cell.field == "side"), None)
    if first:
        memory.side = first if first.value in _known() else None
    if not rows and scene.text.rstrip().endswith(":"):
        memory.header = losses_of(scene)
    elif not labelled(scene.text):
        memory.header = None
