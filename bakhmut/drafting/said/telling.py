"""Numbers of those who only say so: "three survivors described", "citing two officials"."""

from __future__ import annotations

import re

from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.patterns.needing import Needing
from bakhmut.drafting.words import listed

_SOME = r"(?:(?:more\s+than|at\s+least|about|some|over|nearly)\s+)*"
# "Three survivors described": how many say so.
_TELLS = re.compile(
    r"(?:\s+[\w-]+){0,2}?\s+[a-z]+\s+(?:described|recalled|remembered|recounted|testified|"
    r"told\s+(?!to\b)|spoke\s+(?:of|to|about)|gave\s+(?:evidence|interviews|accounts))"
)


# "Four women said they had been raped": they speak of themselves.
_OF_THEMSELVES = re.compile(
    r"(?:\s+[\w-]+){1,3}?\s+(?:gave\s+(?:their|his|her)\s+li(?:ves|fe)|(?:said|say|told\s+[^.;]{3,40}?|"
    r"testified|reported)\s+(?:that\s+)?they\s+(?:had|were|have|was))\b"
)


_ANYONE = re.compile(
    r"\s+(?:arrives|gets|comes|ends\s+up|starts|reckons)\s+(?:at|to|with|from)\b|"
    r"\s+(?:may|might|can|could|must)\s+(?:assume|suppose|say|think|guess|add|ask|imagine|infer)\b"
)
_ONE = re.compile(
    r"(?:\s+of\s+(?:them|(?:the|its|his|her|their|our)\s+(?:\w+\s+)??\w+))?"
    r"(?:,\s[^,.;]{2,40},)?\s+([a-z]+)\b"
)


def tells(mention: Mention, sentence: str) -> bool:
    """Whether those counted only tell what they saw."""
    if mention.kind == "count" and _TALKS.search(sentence, 0, mention.start):
        return True  # "on interviews with 26 officers"
    verb = _ONE.match(sentence, mention.end) if mention.value == 1 else None
    if verb and verb[1] in listed("verbs of speaking"):
        return True  # "One suggested 14,000"
    if mention.value == 1 and _ANYONE.match(sentence, mention.end):
        return True  # "and one arrives at 2,000": whoever reckons
    few = mention.kind == "count" and mention.value is not None and mention.value <= 30
    return few and bool(_TELLS.match(sentence, mention.end))


_TALKS = Needing(
    r"\b(?:interviews?|conversations?|talks(?!\s+of)|testimon(?:y|ies)|accounts|statements|depositions)\s+"
    rf"(?:with|from|by|of)\s+{_SOME}$",
    re.I,
)  # however many they are
_CITED = re.compile(
    r"\b(?:citing|quoting|interviewed|spoke\s+(?:to|with)|told\s+by|according\s+to)\s+(?:at\s+least\s+|about\s+)?$",
    re.I,
)


def speaks(mention: Mention, text: str, spoke: list[tuple[int, int]]) -> bool:
    """Whether a number stands in the name of those who speak, or of those who are cited."""
    few = mention.kind == "count" and mention.value is not None and mention.value <= 20
    if _OF_THEMSELVES.match(text, mention.end):
        return False
    cited = few and _CITED.search(text, max(0, mention.start - 40), mention.start)
    return bool(cited) or (
        few
        and any(
            (start <= mention.start and mention.end <= end)
            or (mention.value == 1 and text[mention.end : start] == " ")
            for start, end in spoke
        )
    )


def says(article: Mention, spoke: list[tuple[int, int]]) -> bool:
    """Whether an article stands in front of one who speaks: "74 have left, a spokesman said"."""
    return any(start - 1 <= article.end < end for start, end in spoke)
