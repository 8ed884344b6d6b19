"""Which figures are no second count of the same: parts, additions, and counts of another time.

"Of the 11, seven drowned", "another 12 were hurt", "against 58 a year earlier": their words name
no group and no time that a cell could hold. Such a figure stands *apart*, which is inferred: it is
shown, and compared with no other until somebody says what it counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.numbers.numerals import SMALL
from bakhmut.drafting.patterns.needing import Needing
from bakhmut.drafting.said.amended import OTHER_TIME, Span
from bakhmut.drafting.scope.carried import HEDGING, OF_THOSE, SUBSET, Figure
from bakhmut.drafting.scope.periods import BACK
from bakhmut.drafting.words import last

APART = "apart"
_PART, _MORE, _THEN = "a part of those", "in addition", "of another time"
_ELSE = "by another count"
_CHANGE = "by how many it changed"
# "Of 1,040 men hurt on Tuesday, 300 fell or were wounded at the bridge"
_OF_MANY = re.compile(
    rf"(?:^|[.;]\s)Of\s+(?:the\s+|its\s+|their\s+)?\d[\d,]*\s[^.;]*,\s+{HEDGING}$"
)
Cells = Mapping[str, str]
Rule = tuple[str, re.Match[str] | None]
_SCOPE = ("kind", "side", "measure", "place", "period", "source")
_PARTS = Needing(
    rf"(?:\b(?:incl(?:uding|\.)|among\s+(?:them|whom|those)|of\s+(?:whom|them|which|those|these))\s+(?:\w+\s+)?{HEDGING}|"
    rf"\b[Tt]he\s+(?:remaining|other|rest,?)\s+{HEDGING})$",
    re.I,
)
# "214 are serious", "four of them critically": how badly, of those counted.
_HOW = re.compile(
    r"\s+(?:(?:are|were|is|was|remain\w*)\s+)?(?:still\s+)?(?:in\s+(?:an?\s+)?)?"
    r"(?:serious|critical|grave|severe|bad|slight|light|stable)(?:ly)?\b(?!\s+[a-z]+ed\b)"
)
# "60 (30 per cent) were women", "Some 3,100, or 25 per cent, were children"
_SO_MUCH = re.compile(
    rf"(?:\s+[a-z]+){{0,2}}(?:\s*\(|,\s+(?:or|that\s+is,?)\s+){HEDGING}[\w.-]+(?:\s?%|\s+per\s?cent)\s*[,)]"
)
_OR_SO_MUCH = re.compile(
    rf"(?:\d(?:\s+[a-z]+){{0,2}}|\bof\s+(?:them|whom|these|those))(?:\s*\(|,\s+(?:or|that\s+is,?)\s+){HEDGING}$"
)
# "Take Hanoi's figure, and five died for each; take the other, and it was two."
_THE_OTHER = Needing(
    r"\b(?:take|taking|by|on|with)\s+(?:the\s+)?(?:other|latter|second)\b[^.;]{0,30}$", re.I
)
# "Nine out of ten were 70 or older. About half had lived in care homes": what they were, of those.
WHO_THEY_WERE = re.compile(r"\s+(?:were|was|are|had|have|lived|came|come)\b")
_NUMBER_NEXT = re.compile(rf"\s+{HEDGING}(?:\d|(?:{'|'.join(sorted(SMALL))})\b)")
_OF_COUNTED = re.compile(r"\s+of\s+(?:all\s+)?(?:the|those|these|its|their|our)\s+(?:\w+\s+)?")
_ADDED = Needing(
    rf"\b(?:another|a\s+further|an?\s+(?:additional|extra)|further|additional)\s+{HEDGING}$",
    re.I,
)
_FURTHER = re.compile(r"\s+(?:more|further|additional|others?|new)\b")
# "15 more bodies": others were counted before, and not only those who were hurt
_MORE_DEAD = re.compile(
    r"\s+(?:more|further|additional)\s+(?:bodies|deaths|dead|corpses|fatalities|victims|cases|infections)\b"
)
# "53 were hurt. Two of them died of their wounds": in addition to those who had died
_DIED_LATER = re.compile(
    r"\s+of\s+(?:them|these|those)\s+(?:(?:have|has|had|later|since|then)\s+)*(?:died|succumbed)\s+"
    r"(?:of|from|to)\s+(?:(?:their|his|her)\s+)?(?:wounds|injuries|burns)\b"
)
# "an increase of 47", "up by 47", "ten fewer than the 50 first reported"
_BY = Needing(
    r"\b(?:(?:increase|rise|jump|drop|fall|decrease|decline|gain|change|difference|growth)\s+of|"
    r"(?:up|down|rose|risen|rises|rising|fell|fallen|falls|dropped|grew|grown|increased|decreased|climbed|jumped)"
    rf"\s+by)\s+{HEDGING}$",
    re.I,
)
_THAN_THE = re.compile(
    r"\s+(?:[a-z]+\s+)?(?:more|fewer|less)\s+than\s+(?:the|its|their)\s+(?:[a-z]+\s+)?\d"
)
_SO_MANY_MORE = Needing(
    rf"(?:\d|\b(?:{'|'.join(sorted(SMALL))}))\s+(?:[a-z]+\s+)?(?:more|fewer|less)\s+than\s+"
    r"(?:the|its|their)\s+$"
)
_NEW = re.compile(r"\s+new\b")
_PLUS = re.compile(r"\(?\+")
_FROM = Needing(
    r"(?:\b(?:up|down|rose|risen|rising|climbed|jumped|grew|grown|fell|fallen|dropped|increased|"
    r"decreased|doubled|tripled)\b[^.;]{0,60}?\bfrom|\b(?:as\s+)?against|\bcompared\s+(?:with|to)|\bversus)"
    rf"\s+(?:just\s+)?{HEDGING}$",
    re.I,
)
_BEFORE_THAT = Needing(
    r"\b(?:(?:a|one|two|three)\s+(?:day|week|month|year|decade)s?\s+(?:earlier|before|ago)|"
    r"(?:the\s+)?(?:day|week|month|year)\s+before|the\s+(?:previous|preceding)\s+(?:day|week|month|year))"
    r"\b[^.;,]{0,60}$",
    re.I,
)
# Between two counts of the same that are set against each other, not beside each other.
_SET_AGAINST = re.compile(
    r"\b(?:but|while|whereas|though|although|or|not|rather|instead|in\s+fact|others?|put|puts|said|says|"
    r"claim\w*|estimat\w*|according|report\w*|account|denied|contrast)\b",
    re.I,
)


def apart_of(
    figure: Figure, cells: Cells, before: Sequence[tuple[Mention, Cells]], text: str
) -> tuple[str, Span] | None:
    """Return why a figure is no second count of the same, and the words that say so."""
    mention = figure.mention
    if mention.rule == "it" and (other := last(_THE_OTHER, text, (0, mention.start))):
        return _ELSE, other.span()
    if figure.row is not None or mention.kind in ("ratio", "vague") or cells.get("standing"):
        return None
    if (whole := _whole(figure, cells, before, text)) is not None:
        return "the whole of those", whole
    like = [
        one
        for one in before
        if _alike(one[1], cells, ("side", "measure")) and one[1].get("standing") != APART
    ]
    named = "side" in cells and not like  # "five of them children": a group that has a name
    same = bool(like) or (figure.carried and not named)
    shared = any(said.get("period") == cells.get("period") for _, said in like)
    timed = "period" in cells and not shared  # its own words say when
    if (
        timed
        and BACK.fullmatch(cells["period"])
        and cells["period"].lower() in text[: mention.start].lower()
    ):
        timed = False  # "a year earlier it stood at 1,150": by the figure before
    elsewhere = {said.get("place", "") for _, said in like}
    placed = bool(cells.get("place")) and cells["place"] in text[mention.end : mention.end + 80]
    if mention.kind == "share" and figure.carried:
        were = WHO_THEY_WERE.match(text, mention.end)
        own = "side" in cells and cells["side"] in text[mention.end : mention.end + 80]
        if were and not own:  # "A third were women" has a side to go by
            return _PART, were.span()
    for rule, words in _by_words(figure, text, same, timed, placed=placed):
        of_many = words is not None and words.re is _OF_MANY
        whole = of_many and any(_alike(one[1], cells, ("side",)) for one in before)
        place = cells.get("place", "")
        if of_many and before[-1:] and before[-1][1].get("standing") == APART:
            continue  # "Of the 600 workers, 120 were poisoned": these are the count
        if rule == _PART and place[:1].isupper() and place not in elsewhere:
            continue  # "64 of them in Castrel": the toll of a place of its own
        if rule == _PART and words and before and _exceeds(mention, before[-1][0], words[0]):
            continue  # "46 were killed, 58 of them in the capital": both cannot be so
        if words and (rule != _PART or whole or "side" not in cells or (same and not of_many)):
            return rule, words.span()
    if like and before and like[0] is before[0] and (of := _LED_OF.match(text)):
        return _PART, of.span()  # "Of the 720 men, 430 were hit and 290 answered the roll call"
    beside = [at for at, said in like if _alike(said, cells, _SCOPE)]
    gap = text[beside[-1].end : mention.start] if beside else ""
    if beside and cells.get("kind") in ("count", "share") and not _SET_AGAINST.search(gap):
        return "one voice counts on", (mention.start, mention.end)
    return None


_LED_OF = re.compile(r"\W*Of\s+(?:the\s+|its\s+|their\s+|our\s+|his\s+)?(?=\d|[a-z]+\s)")
_OF_SO_MANY = re.compile(
    r"\s+(?:[a-z]+\s+)?(?:out\s+)?of\s+(?:(?:the|its|their|our|all|some|about|[a-z]+['’]s)\s+)+"
)


def _whole(
    figure: Figure, cells: Cells, before: Sequence[tuple[Mention, Cells]], text: str
) -> Span | None:
    """Return the words by which a number is only that of which another is a part.

    "Of the 600 workers, 120 were poisoned", "one in five of the 600 workers was poisoned": nobody
    says that 600 were.
    """
    mention, measure = figure.mention, figure.measure
    led = _LED_OF.match(text) if measure and not before and not figure.carried else None
    behind = measure.start if measure else 0
    if led and led.end() == mention.start and "," in text[mention.end : behind]:
        return led.span()
    if before and before[-1][1].get("measure") == cells.get("measure"):
        of = _OF_SO_MANY.fullmatch(text, before[-1][0].end, mention.start)
        return of and of.span()
    return None


def _exceeds(part: Mention, whole: Mention, words: str) -> bool:
    """Whether a part is more than the whole; what remains of a whole may be more than the rest."""
    if _REST.search(words) or part.value is None or whole.value is None:
        return False
    return part.kind == whole.kind == "count" and part.value > whole.value


_REST = re.compile(r"\b(?:remaining|other|rest)\b", re.I)


def or_so_much(mention: Mention, text: str) -> re.Match[str] | None:
    """Return the words by which a share says how much a count before it is: "60 (30 per cent)"."""
    if not text.startswith((",", ")"), mention.end):
        return None
    return _OR_SO_MUCH.search(text, max(0, mention.start - 90), mention.start)


def _by_words(
    figure: Figure, text: str, same: bool, timed: bool, *, placed: bool
) -> Iterator[Rule]:
    """Yield the rules that go by the words around a number, each with the words found.

    What comes to others is a count of its own only where its words say in which place: `placed`.
    """
    mention, measure = figure.mention, figure.measure
    at = (max(0, mention.start - 90), mention.start)
    if same:
        yield from ((_PART, last(one, text, at)) for one in (_PARTS, OF_THOSE))
        of_them = SUBSET.match(text, mention.end)
        next_one = of_them and _NUMBER_NEXT.match(text, of_them.end())  # "36, among them 13"
        yield _PART, None if next_one else of_them
        yield _PART, _HOW.match(text, mention.end)
        yield _PART, _SO_MUCH.match(text, mention.end)
        if mention.kind == "share":
            yield _PART, or_so_much(mention, text)
        yield _MORE, last(_ADDED, text, at)
        yield _MORE, _FURTHER.match(text, mention.end)
    elif not placed:
        yield _MORE, _MORE_DEAD.match(text, mention.end)
    yield _PART, _DIED_LATER.match(text, mention.end)
    yield _CHANGE, last(_BY, text, at)
    yield _CHANGE, _THAN_THE.match(text, mention.end)
    yield _THEN, _SO_MANY_MORE.search(text, *at)
    yield _PART, last(_OF_MANY, text, at)
    if measure and not figure.carried and measure.start >= mention.end:
        yield _PART, _OF_COUNTED.fullmatch(text, mention.end, measure.start)
    yield _MORE, _NEW.match(text, mention.end)
    yield _MORE, _PLUS.match(text, max(0, mention.start - 1))
    if not timed:
        yield _THEN, last(_FROM, text, at) if same else None
        yield _THEN, last(_BEFORE_THAT, text, at)
        yield _THEN, OTHER_TIME.match(text, mention.end)


def _alike(one: Cells, other: Cells, fields: Sequence[str]) -> bool:
    return all(one.get(field, "") == other.get(field, "") for field in fields)
