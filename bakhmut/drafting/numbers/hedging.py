"""How a number is hedged: the words of `hedges.csv` before and after it, and *may* in its clause.

"well over 1,000" is `more than`, low end 1,000; "62,000 or so" is `about`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.numbers.numerals import SMALL
from bakhmut.drafting.patterns.needing import Needing
from bakhmut.drafting.words import hedges, key, last

# May stand between a hedge and its number: "at least another 300", "more than a third".
_BETWEEN = (
    r"(?:(?:the|an?|another|a\s+further|further|an\s+additional|additional|his|their|"
    r"its|these|those|fully)\s+)?[\"“‘'(£$€]?"
)
_MODAL = Needing(
    r"\b(?:may|might|could)\s+(?:well\s+|yet\s+|even\s+|only\s+)?(?!not\b)(?!(?<=could\s)(?:only\s+)?(?:put\s+(?:(?:some|about)\s+)?$|(?:put\s+names|count|"
    r"confirm|identify|verify|name|see|find|trace|document|recite|remember|recognise|muster|field|raise|be\s+(?:given\s+a\s+name|named|identified|confirmed|traced|counted))\b))\w+",
)
_HAVE = re.compile(r"(?:have|be)$", re.I)
_MODAL_AFTER = re.compile(
    r"(?:\s+(?!\d)[\w’'-]+){0,4}?\s+[\"“]?((?:may|might)\s+(?:have|be|already|yet|well|still)\b|(?<!that\s)(?<!which\s)(?<!who\s)could\s+(?:have|be|yet)\b"
    # "only 93 could be given a name": they could, and were
    r"(?!(?<=\bbe)\s+(?:given|named|identified|confirmed|traced|counted|linked|rescued|saved|reached|"
    r"recovered|evacuated|verified|proven|proved|matched|pulled|brought)\b))",
    re.I,
)
_BREAK = re.compile(r"[;:.!?—–]|,\s+(?:and|which|who)\b|\b(?:but|while)\b")
_ITS = re.compile(r"(?:\b(?:the|its|their|his|her|a|of|all)|['’]s)\s+$", re.I)
_APART = re.compile(r"(?:^|[\s(\[:])$")
_PARTICLE = re.compile(
    r"\b(?:hand|turn|tak|t[oa]k|cross|gav|giv|[wg]en|r[aou]n|br[oi]|carr|knock|pull|fl[eo]|sign|mov|pass|send|sent|ferr)\w*\s+$"
)  # "handed over 26", "took over 40"
_GIVEN = re.compile(
    r"(?:\s+[a-z]+){0,2}?\s+(?:that|which)\s+(?!(?:it|he|she|they|we|you|I)\b)(?:[\w’'-]+\s+){1,5}?"
    r"(?:claim|report|g[ai]v|cit|admit|announc|publish|list|insist|believ|sa(?:y|id))[a-z]*\b|"
    r"(?:\s+[a-z]+)?\s+(?:whom\s|(?:the|its|his|their|our)\s+(?:[\w’'-]+\s+){1,4}?(?:claim|report|admit|"
    r"acknowledg|announc|publish|list|conced|confirm|count|record)[a-z]*ed\b)"
)
_SO_MANY = re.compile(
    rf"(?:\d|\b(?:{'|'.join(sorted(SMALL))}))(?:\s+(?:deaths|dead|people|men|victims|bodies|cases))?\s*$",
    re.I,
)
_TALKS = re.compile(r"\b(?:talk(?:s|ed|ing)?|speak(?:s|ing)?|spoken?|asked|wrote|written)\s+$")
_OWNS = re.compile(
    r"\b(?:owns?|owned|owning|fessed|fesses|went|gone|goes|going|came|moved|climbed|crept|rose|risen|shot)\s+$",
    re.I,
)
_I_DOUBT = re.compile(
    r"(?:n['’]t|\bnot)\s+(?:think|believe|suppose)\s+(?:that\s+)?(?:there\s+w\w+\s+)?$"
)
# "Historians will not have more than 25,000", "it never lost more than 50 in a day"
_AT_MOST = re.compile(
    r"(?:n['’]t|\b(?:cannot|not|never|nor|hardly))\s+(?:(?!(?:only|just|merely|sa(?:y|id)|know|whether|because|if|of|"
    r"that|in|among|for|by|with|whom|who)\b)[a-z]+\s+){0,3}$"
)
# "Nobody believes that the truth is less than 120,000", "it was never fewer than 30"
_NO_LESS = re.compile(
    r"\b(?:[Nn]obody|[Nn]o\s+one|[Ff]ew|[Hh]ardly\s+any(?:one|body))\s+(?:seriously\s+)?(?:believes?|thinks?|doubts?|expects?|puts?)\s+"
    r"(?:[a-z]+\s+){0,6}$|\b(?:never|not)\s+(?:been\s+)?$"
)
_NEXT = re.compile(r"[\s,]*")
_FLOORS, _CEILINGS = {"at least", "more than"}, {"up to", "fewer than", "nearly"}


def _any(phrases: Iterable[str]) -> str:
    longest_first = sorted(phrases, key=lambda one: (-len(one), one))
    return "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in longest_first)


@lru_cache(maxsize=1)
def _before() -> re.Pattern[str]:
    words = _any(hedges()["before"])
    return re.compile(rf"(?:(?<=\W)|^)(?:{words})\s*{_BETWEEN}$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _after() -> re.Pattern[str]:
    words = _any(hedges()["after"])
    apart = r",\s(?=give\s+or|more\s+or\s+less|or\s+there|at\s+(?:least|most)\b|so\s+far|to\s+date)"
    return re.compile(rf"\s?(?:\+(?!\s?\d)|(?:\s[\"“]?|-|{apart})(?:{words})(?!\w))", re.IGNORECASE)


@lru_cache(maxsize=1)
def _at_end() -> re.Pattern[str]:
    """Return "a thousand men at the outside", "three for two, perhaps", "a thousand and a few"."""
    more = {one for one in hedges()["end"] if one.startswith("and ")}
    bounds = {one for one in hedges()["after"] if one.startswith("at ")}
    bounds |= hedges()["end"].keys() - more
    return re.compile(
        rf"(?:(?:\s+[A-Za-z’'-]+){{0,3}}?,?\s+(?P<bound>{_any(bounds)})|"
        rf",\s+(?P<may>perhaps|maybe|possibly)|\s+(?P<more>{_any(more)}))(?=\s*[.,;:)?!”\"]|$)"
    )


@lru_cache(maxsize=1)
def _anywhere() -> dict[str, tuple[str, ...]]:
    return {phrase: codes for where in hedges().values() for phrase, codes in where.items()}


@lru_cache(maxsize=1)
def _ends() -> frozenset[str]:
    """Return the last words of all hedges, and of what may stand behind one."""
    more = [
        "the",
        "an",
        "a",
        "another",
        "further",
        "additional",
        "his",
        "their",
        "its",
        "these",
        "those",
        "fully",
        "as",
    ]
    return frozenset((*(phrase.split()[-1] for phrase in hedges()["before"]), *more))


def _led(sentence: str, floor: int, start: int) -> re.Match[str] | None:
    """Return the hedge in front of a number; most words are none, so the last is looked up."""
    words = sentence[floor:start].lower().rstrip(" \t\n\u00a0\"“‘'(£$€").rsplit(None, 1)
    last_one = re.split(r"\W", words[-1])[-1] if words else ""
    if last_one and last_one not in _ends():
        return None
    return _before().search(sentence, floor, start)


def hedged(mention: Mention, sentence: str, *, floor: int = 0) -> Mention:
    """Return a mention with its hedges and the end of its number that they leave open."""
    marks: list[tuple[int, int, str]] = []
    start = mention.start
    if mention.rule == "for each, n" and mention.below:  # "for each that we saw, at least two"
        floor, start = mention.below[0], _NEXT.match(sentence, mention.below[1]).end()
    while match := _led(sentence, max(floor, start - 40), start):
        words = _phrase(match[0])
        code = hedges()["before"][words][0]
        if code == "about" and words == "some" and marks:
            break
        if words in ("top", "pass") and _ITS.search(sentence, 0, match.start()):
            break  # "their top 20 commanders"
        if match[0].split()[0] == "May":
            break  # "in May 2,310 landed"
        if code == "more than" and any(
            one.search(sentence, 0, match.start()) for one in (_I_DOUBT, _AT_MOST)
        ):
            code = "up to"
        if words in ("less than", "fewer than") and _NO_LESS.search(sentence, 0, match.start()):
            code = "at least"
        if words in ("<", ">") and not _APART.search(sentence, 0, match.start()):
            break  # the end of a tag
        if words == "up to" and _OWNS.search(sentence, 0, match.start()):
            break  # "owned up to 12 deaths"
        # "far below the seven to one that officials claimed", "ten fewer than the 50 reported"
        if re.search(r"\bthe\s*$", match[0]) and (
            _GIVEN.match(sentence, mention.end) or _SO_MANY.search(sentence, 0, match.start())
        ):
            break
        if words == "about" and _TALKS.search(sentence, 0, match.start()):
            break  # "talks about tens of thousands"
        if words == "over" and _PARTICLE.search(sentence, 0, match.start()):
            break
        marks.append((match.start(), match.start() + len(match[0].rstrip(" \"“‘'(")), code))
        start = match.start()
    # "three or more wounded for each man killed"
    inside = mention.above[0] if mention.rule == "n for each" and mention.above else mention.end
    if match := _after().match(sentence, mention.end) or _after().match(sentence, inside):
        words = key(re.sub(r"[-,\"“]", " ", match[0]))
        code = hedges()["after"].get(words, ("",))[0]
        if words.endswith(" more") and sentence.startswith(" than", match.end()):
            code = ""  # "the enemy had 67,000 and more than twice the guns"
        if code and not (
            words == "plus" and re.match(r"\s+\w+\s+(?:more|or)", sentence[match.end() :])
        ):
            marks.append((match.start(), match.end(), code))
    elif match := _at_end().match(sentence, mention.end):
        words = key(match[match.lastgroup or 0])
        marks.append((*match.span(match.lastgroup or 0), _anywhere()[words][0]))
    clause = max((m.end() for m in _BREAK.finditer(sentence, floor, mention.start)), default=floor)
    match = last(_MODAL, sentence, (clause, mention.start))
    near = match and (_HAVE.search(match[0]) or "," not in sentence[match.end() : mention.start])
    if match and near and mention.kind != "vague":
        marks.append((match.start(), match.end(), "may"))
    elif mention.kind != "vague" and (match := _MODAL_AFTER.match(sentence, mention.end)):
        marks.append((match.start(1), match.end(1), "may"))
    codes = [*dict.fromkeys((*mention.hedges, *(code for _, _, code in marks if code != "exact")))]
    opposed = set(codes) & _FLOORS and set(codes) & _CEILINGS
    if opposed:  # "up to dozens": the words before the number decide
        codes = [code for code in codes if code not in _FLOORS]
    low, high = mention.low, mention.high
    if mention.kind not in ("range", "vague") and (low == high or mention.hedges):
        low = "" if set(codes) & _CEILINGS else mention.low
        high = "" if set(codes) & _FLOORS else (mention.high or mention.low)
    found = {"hedges": tuple(codes), "low": low, "high": high, "marks": tuple(marks)}
    changed = any(getattr(mention, name) != value for name, value in found.items())
    return replace(mention, **found) if changed else mention


@lru_cache(maxsize=256)
def _phrase(found: str) -> str:
    """Return the hedge of the table that a match before a number begins with."""
    words = key(found)
    for phrase in sorted(hedges()["before"], key=len, reverse=True):
        if (
            words == phrase
            or words.startswith(phrase + " ")
            or (not phrase[0].isalpha() and words.startswith(phrase))
        ):
            return phrase
        if words.startswith(phrase) and not words[len(phrase)].isalnum():
            return phrase
    return words
