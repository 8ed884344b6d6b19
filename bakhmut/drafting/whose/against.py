"""Who is set against whom: two nouns, the sides named in a part of a sentence, "ours", "theirs"."""

from __future__ import annotations

import re
from dataclasses import replace

from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.phrases import kind_of, noun_phrase
from bakhmut.drafting.said.speakers import CAPITAL
from bakhmut.drafting.scene import Scene
from bakhmut.drafting.scope.sides import Named, of_phrase
from bakhmut.drafting.words import key

_NAME_BELOW = re.compile(
    r"\W*(?:(?:as|than)\s+)?(?:the\s+)?([A-Z]{2,}\b|[A-Z][\w’-]+s\b|(?<=(?:as|an)\s)(?:we|they)\b)"
)
_OF_ENEMY = re.compile(r"\W*\w+\s+of\s+(?:the\s+)?(enemy)\b")
_ENEMY = re.compile(r"(?:enemy|enemies|attackers?|defenders?)")


def _armed(words: str) -> bool:
    """Whether a noun, of one or of many, names soldiers or a group: "fighter", "policemen"."""
    many = (words, f"{words}s", re.sub("man$", "men", words))
    return key(words) not in ("man", "men") and any(
        kind_of(one) in ("soldiers", "group") for one in many
    )


def two_nouns(scene: Scene, above: tuple[int, int], below: tuple[int, int]) -> list[Named]:
    """Return who are set against each other by two nouns: "five soldiers for every fighter"."""
    found = []
    for at, end in (above, below):
        start, stop, head = noun_phrase(scene.text, at)
        words = scene.text[start : min(stop, end)]
        if not head or start >= end or not (_ENEMY.fullmatch(words) or _armed(words)):
            return []
        found.append(Named(words, start, start + len(words), "noun against noun", "inferred"))
    one, other = (key(named.name).rstrip("s") for named in found)
    return found if one != other else []


def in_span(scene: Scene, span: tuple[int, int]) -> Named | None:
    """Return the side named in a part of the sentence."""
    for one in scene.named:
        if span[0] <= one.start and one.end <= span[1]:
            return Named(one.name, one.start, one.end, "people in the noun")
    start, end, head = noun_phrase(scene.text, span[0])
    if not head or start >= span[1]:
        return None
    return of_phrase(scene.text, start, min(end, span[1]), head, scene.named)


_NAMED = rf"((?:{CAPITAL})(?:\s{CAPITAL}){{0,2}}?)"
# "in Ukraine's favour", "in favour of Kyiv", "the exchange still favoured Ukraine by two to one"
_FAVOUR = re.compile(
    rf"\bin\s+{_NAMED}['’]s\s+favou?r\b|\bin\s+favou?r\s+of\s+(?:the\s+)?{_NAMED}(?!\w)|"
    rf"\bfavou?r(?:s|ed|ing)\s+(?:the\s+)?{_NAMED}\s+by\s"
)


def favoured(scene: Scene, mention: Mention) -> Named | None:
    """Return in whose favour a ratio is said to be: of whom fewer were lost."""
    match = _FAVOUR.search(scene.text) if mention.kind == "ratio" else None
    if match is None:
        return None
    group = match.lastindex or 1
    known = (one for one in scene.named if match.start(group) <= one.start < match.end(group))
    named = next(known, Named(match[group], *match.span(group), "", "inferred"))
    return replace(named, rule="in whose favour", sure="inferred")


_OURS = re.compile(
    r"\W*(?:(?:one|man|woman|soldier|fighter)\s+)?(?:of\s+)?"
    r"(ours|theirs|mine|our\s+own|their\s+own|(?:our|their)\s+(?:men|soldiers|fighters|boys|lads|troops))\b"
)


def ours_or_theirs(scene: Scene, span: tuple[int, int]) -> Named | None:
    """Return `ours` or `theirs`, where a part of a ratio says no more: "four of theirs"."""
    ours = _OURS.match(scene.text, *span)
    return Named(ours[1], *ours.span(1), "ours and theirs", "inferred") if ours else None


# "three soldiers for every one the South loses"
_THEY_LOSE = re.compile(
    r"(?:\s+one)?\s+(?:that\s+)?(?:the\s+)?([A-ZÀ-Þ][\w-]+)\s+"
    r"(?:one\b|loses?|lost|is\s+losing|(?:has|have|had)\s+lost)\b"
)


def set_against(scene: Scene, span: tuple[int, int], *, whose: bool) -> Named | None:
    """Return the side of a denominator: a name that no table has, "we", and soldiers, too.

    Soldiers only where the numerator is somebody's (`whose`).
    """
    if ours := ours_or_theirs(scene, span):
        return ours
    match = _NAME_BELOW.match(scene.text, *span)
    match = match or _OF_ENEMY.match(scene.text, *span) or _THEY_LOSE.match(scene.text, *span)
    name = match and Named(match[1], *match.span(1), "name of the denominator", "inferred")
    if found := in_span(scene, span) or name:
        return found
    start, end, head = noun_phrase(scene.text, span[0])
    words = scene.text[start : min(end, span[1])]
    if not head or start >= span[1] or not _armed(words) or not whose:
        return None
    return Named(words, start, start + len(words), "noun of the denominator", "inferred")


_LOSING = re.compile(
    r"\s+(?:(?:is|are|was|were|has|have|had|been|now|then|themselves)\s+)*"
    r"(?:los(?:e|es|t|ing)|suffer\w*|bur(?:y|ies|ied|ying)|sacrific\w+)\s"
)


def who_loses(scene: Scene, below: tuple[int, int], end: int) -> Named | None:
    """Return who loses so many: "for every Ukrainian killed the Russians were losing five"."""
    comma = scene.text.rfind(", ", below[0], end)
    after = comma if comma > 0 else below[1]
    named = [one for one in scene.named if below[0] <= one.start and one.end <= end]
    inner = [one for one in named if after <= one.start]
    if not inner and len(named) > 1 and _LOSING.match(scene.text, named[-1].end):
        inner = named[-1:]
    return replace(inner[-1], rule="subject", sure="inferred") if inner else None
