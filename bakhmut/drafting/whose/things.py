"""Things that a side lost: *tanks lost* and *aircraft lost* are two counts, neither one of men."""

from __future__ import annotations

import re
from dataclasses import replace

from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.phrases import PERSONS, kind_of, noun_phrase
from bakhmut.drafting.scene import Cell
from bakhmut.drafting.scope.carried import HEDGING, Figure
from bakhmut.drafting.scope.hits import Found
from bakhmut.drafting.words import key, last, listed, measures, peoples

_LABEL = re.compile(
    r"\W*(?:[A-Z][\w ]{1,40}:\s)?([A-Za-z][A-Za-z /-]{1,60}?)\s*[:–‒—-]\s*[^\d,;.]{0,20}$"
)


def measured(measure: str, mention: Mention, text: str) -> str:
    """Return what was lost with the things in it; any other measure as it is.

    >>> text = "Russia has lost 364 tanks"
    >>> measured("lost", Mention(16, 19, "count", "364", "364", "digits"), text)
    'tanks lost'
    """
    if measure not in ("lost", "losses"):
        return measure
    above = mention.above if mention.kind == "ratio" else None  # "twice as many tanks as in June"
    start, end, head = noun_phrase(text, above[0] if above else mention.end)
    if not head and (label := _LABEL.match(text[: mention.start])):
        return label[1] if kind_of(label[1]) == "thing" else measure  # "tanks – 3,448 (+7)"
    if kind_of(text[start:end]) != "thing":
        return measure
    many = (
        (mention.value != 1 and not above)
        or text[end - 1] == "s"
        or text[start:end].endswith("craft")
    )
    own = " ".join(word for word in text[start:end].split() if word not in peoples())
    own = own if many else f"{own}s"  # one tank of the tanks lost
    known = kind_of(own.split()[0].lower()) == "thing"  # "Tanks", and not "Leopard tanks"
    return f"{own[0].lower() if known and own[1:2].islower() else own[0]}{own[1:]} lost"


def with_things(cells: list[Cell], side: Cell | None, text: str, mention: Mention) -> list[Cell]:
    """Return cells whose measure has the things in it, where those are not whose it is."""
    made = []
    for cell in cells:
        if cell.field in ("measure", "per_measure"):
            of = measured(cell.value, mention, text)
            told = side and key(of).startswith(key(side.value))
            cell = cell if told or of == cell.value else replace(cell, value=of)
        made.append(cell)
    return made


# "Russia lost 3,000 tanks and Ukraine 700", "120 tanks in July and 80 in June": of the same things
_GAPPED = re.compile(
    r"\d\s+[a-z][\w -]*(?:,|;|,?\s+(?:and|but|while|against))\s+(?:(?:in|on|at)\s+)?(?:the\s+)?"
    rf"(?:[A-ZÀ-Þ][\w’-]+\s+){{1,3}}{HEDGING}$|"
    rf"\d\s+[a-z][\w -]*?\s(?:in|on|at)\s[\w -]*(?:,|;|,?\s+(?:and|but|against))\s+{HEDGING}$"
)


_INCREMENT = re.compile(r"\(\+$")  # "11,000 tanks (+4)"


def of_same_things(cells: list[Cell], before: list[Cell], text: str, figure: Figure) -> list[Cell]:
    """Return cells with the measure of the row before, where they count more of the same things."""
    mention = figure.mention
    things = next((cell.value for cell in before if cell.field == "measure"), "")
    if not things:
        return cells
    more = figure.carried and _INCREMENT.search(text, 0, mention.start)
    gapped = things.endswith(" lost") and _GAPPED.search(
        text, max(0, mention.start - 120), mention.start
    )
    gapped = gapped and not noun_phrase(text, mention.end)[2]
    return [
        replace(cell, value=things, rule="as the figure before", sure="carried")
        if cell.field == "measure" and (more or (gapped and cell.value == "lost"))
        else cell
        for cell in cells
    ]


_OF_THINGS = listed("measures of things")


def of_things(best: Found, mention: Mention, sentence: str) -> Found:
    """Return what a word means of those counted: men are wounded, houses destroyed by burning."""
    start, end, head = noun_phrase(sentence, mention.end)
    kind = kind_of(sentence[start:end])
    if not head and (of := last(_OF_SO_MANY, sentence, (0, mention.start))):
        start, end, head = noun_phrase(sentence, of.end())
        kind = kind_of(sentence[start:end])
    meant = [one for one, _ in measures().get(key(sentence[best.start : best.end]), ())]
    if best.measure == "strength" and "arrived" in meant and kind in ("anybody", "group"):
        return replace(best, measure="arrived")  # "8,996 people landed on the islands"
    if best.measure == "sacked" and head in ("prisoners", "captives", "hostages", "detainees"):
        return replace(best, measure="freed")  # "let 310 captives go"
    if head in ("votes", "ballots") and "votes" in meant:
        return replace(best, measure="votes")
    if best.measure in ("destroyed", "damaged") and kind in PERSONS:
        return replace(best, measure=sentence[best.start : best.end])  # "annihilated 212 fighters"
    if not head or best.measure in _OF_THINGS or kind != "thing":
        return best
    other = next((one for one in meant if one in _OF_THINGS), best.measure)
    return replace(best, measure=other)


_OF_SO_MANY = re.compile(r"\b[Oo]f\s+(?:the|its|their|his|all)\s+\d[\d,]*")
