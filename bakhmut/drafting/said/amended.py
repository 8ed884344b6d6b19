"""What a text takes back, and what it sets beside something else: standing and difference.

"The toll was revised down to 41 from 58", "rose to 89, up from 63", "police at first reported
41": a later count took 58, 63 and 41 over, and they stand corrected. "The army denied that 40 had
been captured": 40 is denied. "Five fewer than in 2022": a difference of -5. All of it is inferred.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from bakhmut.drafting.numbers.masked import MONTHS, Mention
from bakhmut.drafting.patterns.needing import Needing
from bakhmut.drafting.scene import Cell, Scene
from bakhmut.drafting.scope.sides import Named
from bakhmut.drafting.words import last

Span = tuple[int, int]
_CORRECTED = Needing(
    r"\b(?:revis\w+|correct\w+|amend\w+|downgrad\w+|lower\w+|cut|reduced)\b[^.;]{0,60}?\bfrom\s+"
    r"(?:an?\s+|the\s+)?(?:\w+\s+){0,2}$|"
    r"\b(?:correct|revis|amend)ing\s+(?:an?|the|its|their)\s[^.;]{0,80}\b(?:spoken\s+of|spoke\s+of|said|reported|given)"
    r"\s+(?:\w+\s+)?$|\bdown\s+from\s+(?:the\s+)?(?:\w+\s+){0,2}$",
    re.I,
)
# What a later count of the same took over. "Up from 63 a year ago" is of another time.
_EARLIER = re.compile(
    r"\b(?:rose|risen|rises|climbed|climbs|grew|grown|jumped)\s+to\s+(?:at\s+least\s+)?[\d,]*\d\s+from\s+$|"
    r"\bup\s+from\s+(?:an?\s+|the\s+)?(?:(?:earlier|previous|initial|reported)\s+)?(?:\w+\s+of\s+)?$|"
    r"\b(?:earlier|previous|initial|original|preliminary|first)\s+(?:official\s+)?"
    r"(?:death\s+)?(?:count|toll|figure|tally|estimate|number|total)s?\s+of\s+(?:\w+\s+){0,2}$|"
    r"\b(?:first|initial|earlier|early|previous|original)\s+(?:accounts?|reports?|version|bulletins?|word)\s+"
    r"(?:had\s+been|was|were|had\s+spoken\s+of|spoke\s+of|had\s+put\s+it\s+at|put\s+it\s+at)\s+(?:\w+\s+)?$|"
    r"\b(?:(?:had|have|has)\s+)?(?:at\s+first|earlier|initially|originally|previously|first)\s+"
    r"(?:been\s+)?(?:acknowledged|announced|confirmed|counted|estimated|gave|given|listed|put|"
    r"reported|said|spoke|spoken|stated|told)\b(?:(?!\bbut\b|\d)[^.;,]){0,60}$",
    re.I,
)
OTHER_TIME = re.compile(
    r"[^.;,]{0,30}?\b(?:a\s+(?:year|month|week|decade)\s+(?:ago|earlier|before)|last\s+(?:year|month|week)|"
    r"(?:in|during|for)\s+(?:the\s+)?(?:same|previous|\d{4}|January|February|March|April|May|June|July|"
    r"August|September|October|November|December)|(?:the\s+)?(?:year|month|week|night|day|season)\s+(?:before|earlier)|"
    r"(?:\w+\s+){0,2}?(?:days?|hours?|weeks?|months?|years?)\s+(?:earlier|ago|before)|yesterday)\b"
)
_WITHDRAWN = Needing(
    r"\b(?:withdr[ae]w\w*|retract\w*|took\s+back|taken\s+back|disown\w*)\b[^.;]{0,50}?"
    r"\b(?:figure|claim|estimate|number|toll|count|report|statement)s?\b[^.;,]{0,25}$",
    re.I,
)
_DENIED = Needing(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|disput(?:es|ed|ing))\s+"
    r"(?:(?:that|having|reports?|claims?|suggestions?|allegations?|the|a|an|any|of|media|earlier|"
    r"rebel|government|enemy|\w+['’]s)\s+){0,5}[^.;,]{0,40}$",
    re.I,
)
# "said 60 had drowned, and later corrected it to 16"
_CORRECTED_LATER = re.compile(
    r"(?:[^.;\d]{0,60}?)\b(?:before|later|then)\b[^.;\d]{0,20}?\b(?:correct|revis|lower|amend)(?:ed|ing)\b"
    r"[^.;\d]{0,40}?\bto\s+(?:about\s+|some\s+)?\d"
)
# "40, not 400", "It was not 500 dead, it was 50", "Not 200 or even 500"; not "not only 40".
_NOT_SO = re.compile(
    r"(?<!\bif )(?<!\bor )\b[Nn]ot\s+(?:(?:the\s+)?[\d,]+\s+or\s+(?:even\s+)?)?(?:the\s+)?[\"“‘]?$"
)
_NOT_THAT = re.compile(
    r"(?:\s+or\s+(?:even\s+)?[\d,]*\d)?(?:\s+(?:dead|killed|wounded|victims|people|casualties|men|soldiers|claimed|reported|alleged))?"
    r"(?:\s+as\s+(?:\w+\s+){0,3}?(?:stated|reported|said|announced|claimed|given|printed|published|thought|"
    r"believed|feared|told)(?:\s+(?:earlier|before|previously|at\s+first|yesterday))?)?"
    r"[\"”’]?\s*(?:[,.;:)–—]|$|\bbut\b)"
)
_NOWHERE_NEAR = Needing(
    r"\b(?:nowhere\s+near|nothing\s+like|not\s+anywhere\s+near)\s+(?:the\s+|an?\s+)?$|"
    r"\bno\s+(?:evidence|proof|basis|support|grounds)\s+(?:for|of)\s+(?:the\s+|an?\s+)?"
    r"(?:(?:figure|number|toll|claim|total)s?\s+of\s+)?$"
)
_BUT = re.compile(r"\b(?:but|while|saying|said|insisting|and\s+(?:said|put|gave))\b")
_THAN = re.compile(
    r"(?:\s+(?!in\b|and\b|of\b)[a-z]+){0,2}?\s+(more|fewer|less|higher|lower)(?:\s+[a-z]+){0,2}?\s+than"
    r"\s+((?:in\s+|on\s+|during\s+)?(?:the\s+(?:previous|same|preceding|week|month|year|day)[\w\s]{0,25}?|"
    r"last\s+\w+|a\s+\w+\s+(?:ago|earlier)|\w+\s+\d{1,4}(?![\d,]*\d)|\d{4}|yesterday))(?=\s*(?:[,.;)]|$|\s(?:and|but|when)\b))"
)
_CHANGE = Needing(
    r"\b(?:(increase|rise|jump|gain|growth)|decrease|fall|drop|decline|reduction)\s+of\s+(?:\w+\s+){0,2}?$"
)
_AGAINST = re.compile(
    r"[^.;,]{0,40}?\s(?:on|over|from|(?:than|as)(?:\s+(?:in|during|for))?|compared\s+(?:with|to))\s+((?:the\s+"
    r"(?:previous|same|preceding|whole|week|month|year|day)[\w\s]{0,25}?|last\s+\w+|a\s+\w+\s+(?:ago|earlier)|"
    rf"(?:{MONTHS}\s+)?\d{{4}}|{MONTHS}|[Ww]eek\s+\d+))(?=\s*(?:[,.:;)]|$|(?:to|when|and|but)\s))"
)


_SIGNS = Needing(
    r"\b(?:revis|correct|amend|downgrad|lower|cut\b|reduced|down\s+from|rose|risen|rises|climb|grew|grown|jump|withdr|retract|t[ao]ken?\s+back|"
    r"took\s+back|disown|den[iy]|reject|dismiss|disput|up\s+from|earlier|first\b|initial|previous|"
    r"original|preliminary)",
    re.I,
)


@dataclass(frozen=True)
class Difference:
    """By how much more or fewer, than when: the sign, and the words of the other period."""

    fewer: bool
    than: str
    span: Span


def amended(scene: Scene, mention: Mention, found: list[Cell]) -> list[Cell]:
    """Return what became of a figure, and of what it is the difference; both are inferred.

    `found` are the cells so far: a time that a figure is compared with is not its own.
    """
    text, more = scene.text, []
    if taken_back := _standing_of(mention, text):
        standing, span = taken_back
        named = Named(standing, *span, "taken back")
        more.append(scene.cell("standing", named, standing, "inferred"))
    if when := _other_time(mention, text):
        found[:] = [
            one
            for one in found
            if one.field != "period" or not (one.value in when[0] or when[0] in one.value)
        ]
        named = Named(when[0], *when[1], "compared with")
        more.append(scene.cell("per_period", named, when[0], "inferred"))
        filled = {cell.field: cell for cell in found}
        if "side" in filled and "per_side" not in filled:  # of the same side at both times
            more.append(replace(filled["side"], field="per_side", rule="at another time"))
    if apart := _difference_of(mention, text):
        named = Named(apart.than, *apart.span, "more or fewer than")
        more.append(scene.cell("per_period", named, apart.than, "inferred"))
        for at, cell in enumerate(found):
            if cell.field in ("low", "high") and apart.fewer:
                found[at] = replace(cell, value=f"-{cell.value}")
        found[:] = [cell for cell in found if cell.field != "period" or cell.value != apart.than]
        more.append(scene.cell("hedge", named, "difference", "inferred"))
    return more


def _standing_of(mention: Mention, sentence: str) -> tuple[str, Span] | None:
    """Return what became of a figure by the words before it: corrected, withdrawn or denied."""
    match = _NOT_SO.search(sentence, max(0, mention.start - 28), mention.start)
    if match and _NOT_THAT.match(sentence, mention.end):
        return "denied", match.span()
    if match := _NOWHERE_NEAR.search(sentence, max(0, mention.start - 40), mention.start):
        return "denied", match.span()
    if not _may_be_amended(sentence):
        return None
    if (after := _CORRECTED_LATER.match(sentence, mention.end)) is not None:
        return "corrected", after.span()
    for standing, pattern in (
        ("corrected", _CORRECTED), ("corrected", _EARLIER), ("withdrawn", _WITHDRAWN),
        ("denied", _DENIED),
    ):  # fmt: skip
        match = last(pattern, sentence, (max(0, mention.start - 110), mention.start))
        if not match or (_BUT.search(match[0]) and pattern is not _EARLIER):
            continue
        if (
            pattern in (_WITHDRAWN, _DENIED)
            or match[0].startswith(("revis", "correct"))
            or not OTHER_TIME.match(sentence, mention.end)
        ):
            return standing, match.span()
    return None


@lru_cache(maxsize=64)
def _may_be_amended(sentence: str) -> bool:
    return _SIGNS.search(sentence) is not None


def _other_time(mention: Mention, sentence: str) -> tuple[str, Span] | None:
    """Return when it was what a ratio compares with: "a 60 % increase on 2022"."""
    match = _AGAINST.match(sentence, mention.end) if mention.kind == "ratio" else None
    if match is None:
        return None
    name = match[1].rstrip(" .")
    return name, (match.start(1), match.start(1) + len(name))


def _difference_of(mention: Mention, sentence: str) -> Difference | None:
    """Return what a number is more or fewer than, where the text says when that was."""
    if mention.kind != "count" or mention.low != mention.high or mention.hedges:
        return None
    if match := _THAN.match(sentence, mention.end):
        return Difference(match[1] in ("fewer", "less", "lower"), match[2].strip(), match.span(2))
    if " of " not in sentence:
        return None
    change = last(_CHANGE, sentence, (max(0, mention.start - 40), mention.start))
    if change and (match := _AGAINST.match(sentence, mention.end)):
        return Difference(not change[1], match[1].strip(), match.span(1))
    return None
