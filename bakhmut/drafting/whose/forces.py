"""Whose a force is: who leads it, who has it, the unit that "it" stands for."""

from __future__ import annotations

import re
from dataclasses import replace

from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.numbers.numerals import SMALL
from bakhmut.drafting.said.speakers import PRONOUNS
from bakhmut.drafting.scope.carried import HEDGING
from bakhmut.drafting.scope.nations import parties
from bakhmut.drafting.scope.sides import Named
from bakhmut.drafting.words import any_of, key, last, listed, window

_LEADER = re.compile(
    r"(?:^|[.;]\s|,\s(?:while|and|but)\s)(?:[A-Z][\w\s]{0,25},\s)?((?:[A-Z][\w’-]+\s+){0,3}[A-Z][\w’-]+)(?:(?:,\s[a-z][^,;.]{2,30},)?\s+[a-z]+|,\s+with\b)"
)


def commander(text: str, mention: Mention) -> Named | None:
    """Return whose force it is: "Napoleon crossed the Niemen with 450,000 men"."""
    match = last(_LEADER, text, (0, mention.start))
    opens = re.sub(r"^the\s+", "", key(match[1])).split()[0] if match else ""
    if (
        match is None
        or opens.endswith("ing")
        or (opens in PRONOUNS | SMALL.keys() | listed("ends of a noun phrase"))
    ):
        return None
    return Named(match[1], *match.span(1), "leader of a force", "inferred")


_IT_HAD = re.compile(
    r"\b(?:it|they)\s+(?:still\s+)?(?:had|has|have|mustered|numbered)\b[^.;,]{0,30}$"
)


def it(text: str, mention: Mention, named: list[Named]) -> Named | None:
    """Return the unit that "it" stands for: "When the 47th Brigade went in, it had 112 men"."""
    had = _IT_HAD.search(text, 0, mention.start)
    units = [one for one in named if had and one.end <= had.start() and one.rule == "unit"]
    return replace(units[-1], rule="it", sure="carried") if units else None


_FORCE_OF = re.compile(rf"([A-Z][\w’-]+|[Tt]he\s+[a-z]+),?\s+with\s+(?:an?\s+)?{HEDGING}$")


UNITS = any_of("units of a force")
_UNIT_OF = re.compile(
    rf"\b((?:(?:[A-Z][\w’-]+|\d+(?:st|nd|rd|th))\s+)*(?:{UNITS}|Brigade|Regiment|Battalion|Division|Corps))"
    r"(?:['’]s\s+|(?:\s+of\s+[A-Z]\w+)?,\s+|\s+(?:went\s+in|marched\s+out|set\s+out|started|arrived|numbered|was|had|mustered)\s+)"
    rf"{HEDGING}$"
)


_STRONG = re.compile(
    r"\b(?:an?|the|its|his|their)\s+((?:[\w-]+\s+)?(?:army|force|garrison|column|contingent|host))\s+"
    rf"{HEDGING}$"
)


# "The garrison, which had begun the siege with nearly 11,000 men"
_WHICH_HAD = re.compile(
    rf"\b[Tt]he\s+((?:[\w-]+\s+)?(?:army|force|garrison|column|contingent|host|{UNITS})),\s+(?:which|who)\s+"
    rf"(?:had\s+)?(?:[a-z]+\s+(?:the\s+[a-z]+\s+)?with|had|numbered|mustered)\s+{HEDGING}$"
)


# "Ukraine has around 500,000 troops under arms"
_HAS_MEN = re.compile(
    r"(?:,?\s+who)?\s+(?:(?:now|still|also|already)\s+)?(?:ha[sd]|have|deployed|fielded|massed|(?:ha[sd]|have)\s+[a-z]+ed)\s+"
    rf"{HEDGING}"
)


# "The 8th Buffs, on the second day, went in 800 strong", "Russia's grouping there numbers 25,000"
_NUMBERED = re.compile(
    rf"(?:['’]s)?(?:\s+[a-z-]+){{0,6}}?(?:,\s[^,;.]{{3,40}},)?\s+"
    rf"(?:(?P<verb>numbers|numbered)|(?:went|marched|came)\s+(?:in|out|forward|over)|set\s+out|started|arrived|was|were|is|are|had\s+been)\s+"
    rf"{HEDGING}"
)


_MEN_IN = re.compile(
    r"\s+(?:or\s+so\s+)?(?:men|soldiers|fighters|recruits|volunteers|conscripts|troops)\s+(?:in|of)\s+"
    r"((?:his|her|their|our|my)\s+[a-z]+)"
)


def with_force(mention: Mention, text: str, named: list[Named]) -> Named | None:
    """Return who has a force: "the army, with 60,000 troops"."""
    unit = _UNIT_OF.search(window(text, mention.start))
    if unit and ("," not in unit[0] or text.startswith(" strong", mention.end)):
        at = mention.start - len(window(text, mention.start))
        return Named(unit[1], at + unit.start(1), at + unit.end(1), "unit of a force", "inferred")
    strong = _STRONG.search(text, 0, mention.start)
    if strong and text.startswith(" strong", mention.end):  # "an army 40,000 strong"
        return Named(strong[1], *strong.span(1), "unit of a force", "inferred")
    if which := _WHICH_HAD.search(text, 0, mention.start):
        return Named(which[1], *which.span(1), "unit of a force", "inferred")
    if own := _MEN_IN.match(text, mention.end):  # "of the 100 or so men in his company"
        return Named(own[1], *own.span(1), "men of a unit", "inferred")
    for one in reversed([*named, *parties(text)]):
        if _HAS_MEN.fullmatch(text, one.end, mention.start):
            return replace(one, rule="who has a force", sure="inferred")
        numbered = _NUMBERED.fullmatch(text, one.end, mention.start)
        if numbered and (numbered["verb"] or text.startswith(" strong", mention.end)):
            return replace(one, rule="who is so many", sure="inferred")
    match = last(_FORCE_OF, text, (0, mention.start))
    sides = (
        [*parties(match[1]), *(one for one in named if one.end == match.end(1))] if match else []
    )
    if match is None or not sides:
        return None
    return Named(sides[0].name, *match.span(1), "who has a force", "inferred")
