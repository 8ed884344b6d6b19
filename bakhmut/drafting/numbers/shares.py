"""Shares in words: "88 per cent of", "one in twelve", "two thirds", "31 % fewer"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from bakhmut.drafting.numbers.masked import NUMBER, Masked, Mention, made, share_of
from bakhmut.drafting.numbers.numerals import FRACTIONS, SCALES, plain
from bakhmut.drafting.numbers.ratios import least, than

Span = tuple[int, int]
_IN = re.compile(
    rf"({NUMBER})((?:\s+(?!of\b|in\b|and\b|or\b)[^\s\d.,;:()\ue000\ue001]+){{0,2}}?)\s+(?:in|"
    rf"out\s+of|of|from)\s+(every\s+|each\s+)?({NUMBER})(?!\w)",
    re.IGNORECASE,
)


# "two in every hundred", "three of every thousand"
_IN_EVERY = re.compile(
    rf"({NUMBER})\s+(?:in|(?:out\s+)?of)\s+every\s+(hundred|thousand|million)\b", re.IGNORECASE
)
# "one person in 20", no "one school in 20 districts".
_ONE_IN = re.compile(
    r"\s+(?:person|man|woman|child|adult|resident|citizen|patient|soldier|inhabitant|family|household|worker|house|home)\s+in\s+\S+"
)


_TIME = r"\s+(?:\w+\s+)?(?:second|minute|hour|day|night|week|month|year|decade)s?\b"


_DID_THEN = re.compile(
    r"^\s(?:came|went|got|were|was|had)\b|[a-z]{3}ed$"
)  # "3 came back out of 40"


def in_so_many(masked: Masked) -> Iterator[Mention]:
    """Yield "one in twelve", "four out of five", "seven men in every ten"."""
    for match in _IN_EVERY.finditer(masked.text) if "every" in masked.text else ():
        value = Fraction(masked.at(match, 1).value) / SCALES[match[2].lower()]
        if value < 1:
            whole = (match.end(), len(masked.text))
            yield made(*match.span(), "share", value, "n in m", below=whole)
    for match in _IN.finditer(masked.text):
        above, below = masked.at(match, 1), masked.at(match, 4)
        word = re.search(
            r"(in|out\s+of|of|from)\s+(?:every\s+|each\s+)?$",
            masked.text[match.start() : match.start(4)],
        )
        if (
            word is None
            or above.value >= below.value
            or re.match(_TIME, masked.text[match.end() :])
            or _DID_THEN.search(match[2])
        ):
            continue
        tenths = word[1] == "of" and below.value in (10, 100, 1000)  # "seven of ten patients"
        few = below.value <= 100 or not match[2].strip()  # "2,400 men out of 3,000": two counts
        sure = bool(match[3]) or (word[1].startswith("out") and few)
        most = 1000 if above.value == 1 else 200
        small = (below.in_words and below.value <= 1000) or (
            below.value <= most
            and (not match[2] or _ONE_IN.fullmatch(masked.text, match.start(2), match.end()))
            and above.value < 10
        )
        if word[1] in ("of", "from") and not (match[3] and small) and not tenths:
            continue
        if sure or tenths or (small and above.value <= 10 and word[1] == "in"):
            whole = match.span(2) if match[2].strip() else (match.end(), len(masked.text))
            value = above.value / below.value
            start, low = least(masked, match.start())
            if low is not None and low < above.value:  # "seven or eight out of ten"
                part = low / below.value
                span, ends = (start, match.end()), (share_of(part), share_of(value))
                yield Mention(*span, "share", *ends, "n in m", below=whole, value=part)
                continue
            yield made(*match.span(), "share", value, "n in m", below=whole)


_PERCENT = re.compile(
    rf"(?:\b(between|from)\s+)?({NUMBER})(?:(\s*[-–—]\s*|\s+(?:to|and|or)\s+)({NUMBER})"
    rf")?\s?(?:%|per\s?cent\b|percent\b|pct\b|percentage\s+points?\b)",
    re.IGNORECASE,
)


_CHANGE = re.compile(
    r"\s+(above(?=\s+(?:the|its|their|that|what|last)\b)|below(?=\s+(?:the|its|their|that|what|last)\b)|fewer|less|lower|smaller|more|higher|greater|larger|increase|rise|jump|drop|fall|"
    r"decline|decrease)\b",
    re.I,
)


_UP_BY = re.compile(
    r"\b(?:(up\s+by|(?:rise|increase|jump)\s+of|rose|risen|grew|grown|increased?|jumped|climbed|soared|surged)|down\s+by|(?:drop|fall|decline|decrease|reduction)\s+of|"
    r"fell|"
    r"fallen|dropped|declined|decreased|shrank)\s+(?:by\s+)?"
    r"(?:(?:about|some|almost|nearly|more\s+than|around|over|roughly)\s+)?$",
    re.I,
)


# "a decrease of 26% and 42% respectively"
_AND_SO = re.compile(rf"{NUMBER}\s?(?:%|per\s?cent)\s+and\s+$")
_FEWER = ("below", "fewer", "less", "lower", "smaller", "drop", "fall", "decline", "decrease")


_BOTH_PERCENT = re.compile(
    rf"\b(?:between|from)\s+({NUMBER})\s?(?:%|per\s?cent)\s+(?:and|to)\s+({NUMBER})\s?(?:%|"
    rf"per\s?cent\b|percent\b)",
    re.IGNORECASE,
)


def _changed(masked: Masked, span: Span, part: Fraction, fewer: bool) -> Iterator[Mention]:
    """Yield the ratio that a change makes: "a 12 per cent fall" leaves 0.88 of what was before."""
    value = 1 - part if fewer else 1 + part
    if value > 0:
        yield made(*span, "ratio", value, "more or fewer", below=than(masked.text, span[1]))


def percent(masked: Masked) -> Iterator[Mention]:
    """Yield percentages, ranges of them, and "31 % fewer"."""
    for match in _BOTH_PERCENT.finditer(masked.text):
        ends = [share_of(masked.at(match, n).value / 100) for n in (1, 2)]
        rest = (match.end(), len(masked.text))
        yield Mention(*match.span(), "share", *ends, "percent", below=rest)
    for match in _PERCENT.finditer(masked.text):
        first, rest = masked.at(match, 2), (match.end(), len(masked.text))
        if not match[4] and (change := _CHANGE.match(masked.text, match.end())):
            span = (match.start(2), change.end())
            yield from _changed(masked, span, first.value / 100, change[1].lower() in _FEWER)
            continue
        led = _AND_SO.sub("", masked.text[max(0, match.start() - 60) : match.start(2)])
        up = _UP_BY.search(led)
        if not match[4] and up:
            yield from _changed(masked, (match.start(2), match.end()), first.value / 100, not up[1])
            continue
        if not match[4]:
            printed = masked.sentence[first.start : first.end]
            # As printed, "4.50%", where it is digits alone; "23 dozen per cent" is 276%.
            text = (
                plain(first.value) if re.search(r"[^\d.,]", printed) else printed.replace(",", "")
            )
            text = f"{text}%"
            span, value = (match.start(2), match.end()), first.value / 100
            yield Mention(*span, "share", text, text, "percent", value=value, below=rest)
            continue
        last = masked.at(match, 4)
        start = match.start() if match[1] else match.start(2)
        if match[3].strip() == "and" and not match[1]:
            start, first = match.start(4), last
        ends = [f"{plain(one.value)}%" for one in (first, last)]
        if first.value <= last.value:
            span, value = (start, match.end()), first.value / 100
            yield Mention(*span, "share", *ends, "percent", value=value, below=rest)


PART = "|".join(sorted(FRACTIONS, key=len, reverse=True))


_FRACTION = re.compile(
    rf"(?<![\w-])(?:({NUMBER})[\s-]|(an?)\s+)?({PART})\b(?=(?<=s)(?<!half)|\s+(?:of|were|was|"
    rf"are|is|had|have|has|did|died|came|shut|the|its|his|her|my|their|our|that|"
    rf"those|them|to|on|in|last|this|since|over|returned|survived|fell|saw|took|gave|got|left|broke|froze|sank|drowned|starved|held|never|more|fewer|less|cannot|can|could|lay|live[sd]?|need\w*|lost|walked|"
    rf"stayed|went|fled|being|who|(?P<did>sa(?:id|y)|told|[a-z]{{3,}}ed))\b|\s*[,.;:)\"”’]|\s*$)",
    re.IGNORECASE,
)


_ORDINALS = ("third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_HEDGED = re.compile(
    r"\b(?:about|almost|nearly|around|roughly|some|over|than|least|under|only|just|approximately|close\s+to)\s+$",
    re.I,
)


def _says_part(part: str, did: str, before: str) -> bool:
    """Whether "a third said" is a part of them, and no third man; "half buried" is neither."""
    if part == "half":
        return not did.endswith("ed")
    return part not in _ORDINALS or bool(_HEDGED.search(before))


_WHO_IS = re.compile(
    r"\s*,\s+(?:an?\b(?!\s+(?:[\w-]+\s+){1,4}(?:said|says|told|added)\b)|who|whose|aged|identified|named|known|\d{1,2}(?!\d|\s*%))\b"
)
_AND_DID = re.compile(r"\band\s+[a-z]+ed\s+$")
_ONE_DID = re.compile(r"\s+(?:was|is|has|had|died|later|in\s+(?:hospital|custody)|[a-z]{3,}ed)\b")
_PARTS = re.compile(rf"[\s-](?:{PART})\b|\s+(?:in|out\s+of)\s")
_NO_PART = re.compile(
    r"(?:first|second|other|latter|better|last|final|next|this|each|and an?|the|financial|"
    r"fiscal)\s+$",
    re.I,
)


_MOST = re.compile(
    r"\b((?:the\s+)?(?:vast\s+|great\s+|large\s+)?(?:majority|most|bulk))(?=\s+of\s+(?:them|whom|those|these|"
    r"the\s+(?:dead|victims|wounded|injured|missing|casualties|cases|bodies|deaths|detained)|"
    r"(?:the|its|their|his|her|our)\s+(?:[a-z]+\s+)?(?:staff|crew|crews|men|people|passengers|"
    r"patients|children|soldiers|troops|workers|prisoners|families|residents)\b))",
    re.I,
)


# "41 people, mostly women", "and nearly all of those had burns".
_MOSTLY = re.compile(
    r"[\ue000\ue001](?:\s+[a-z]+){1,3},\s+((?:al)?most\s+all|mostly|mainly|nearly\s+all)(?=\s+(?:of\s+them\s+)?"
    r"(?:civilians|women|children|men|conscripts|migrants|students|workers|soldiers|refugees|"
    r"girls|boys|teenagers|foreigners|pilgrims|tourists|passengers|police|elderly)\b)"
)
_NEARLY_ALL = re.compile(
    r"\b((?:nearly|almost|virtually)\s+all)(?=\s+(?:of\s+)?(?:of\s+(?:them|whom|those|these)|the\s+"
    r"(?:dead|victims|wounded|injured|missing))\b)",
    re.I,
)


# "Most burned to death": most of those of whom the text spoke.
_MOST_DID = re.compile(
    r"(?:(?:^|[.;:,“\"]\s)\W*|\b(?:and|that|but|though|while)\s+)(Most)(?=\s+(?:were|was|had|have|are|died|burned|burnt|drowned|suffocated|fled|came|perished)\b)",
    re.I,
)


def most(masked: Masked) -> Iterator[Mention]:
    """Yield "most of them": more than half of those counted before."""
    for match in (*_NEARLY_ALL.finditer(masked.text), *_MOSTLY.finditer(masked.text)):
        if match[1].endswith("all"):
            yield Mention(
                *match.span(1), "share", "", "100%", "most", ("nearly",), value=Fraction(1),
                below=(match.end(), len(masked.text)),
            )  # fmt: skip
    for match in (
        *_MOST.finditer(masked.text),
        *_MOST_DID.finditer(masked.text),
        *(one for one in _MOSTLY.finditer(masked.text) if one[1].endswith("ly")),
    ):
        yield Mention(
            *match.span(1), "share", "50%", "", "most", ("more than",), value=Fraction(1, 2),
            below=(match.end(), len(masked.text)),
        )  # fmt: skip


_A_IN = re.compile(
    rf"\b(?:hardly\s+|scarcely\s+)?(an?)\s+([a-z]+)\s+in\s+({NUMBER})(?!\s+(?:of|years|days))", re.I
)


def a_in_so_many(masked: Masked) -> Iterator[Mention]:
    """Yield "a house in ten", its number in words."""
    for match in _A_IN.finditer(masked.text):
        below = masked.at(match, 3)
        if below.in_words and 1 < below.value <= 1000:
            yield made(match.start(1), match.end(), "share", 1 / below.value, "n in m",
                       below=match.span(2))  # fmt: skip


_EVERY = re.compile(
    r"\bevery\s+(second|other|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twentieth)"
    r"(?=\s+[a-z])(?!\s+(?:of|year|day|night|week|month|year|hour|time)\b)",
    re.I,
)


_DIGITS_PART = re.compile(r"(?<![\d/.,])([1-9])/([2-9]|10)(?![\d/])(?=\s+of\b)")
_MILLE = re.compile(rf"({NUMBER})\s?(?:per\s?mille\b|‰)", re.I)


def written(masked: Masked) -> Iterator[Mention]:
    """Yield "2/3 of those" and "143 per mille"."""
    for match in _DIGITS_PART.finditer(masked.sentence):
        if int(match[1]) < int(match[2]):
            yield made(*match.span(), "share", Fraction(int(match[1]), int(match[2])), "fraction",
                       below=(match.end(), len(masked.text)))  # fmt: skip
    for match in _MILLE.finditer(masked.text):
        yield made(*match.span(), "share", masked.at(match, 1).value / 1000, "percent",
                   below=(match.end(), len(masked.text)))  # fmt: skip


def every(masked: Masked) -> Iterator[Mention]:
    """Yield "every third soldier"."""
    for match in _EVERY.finditer(masked.text):
        word = match[1].lower()
        part = Fraction(1, 2) if word in ("second", "other") else FRACTIONS[word]
        whole = (match.end(), len(masked.text))
        yield made(*match.span(), "share", part, "n in m", below=whole)


def _next_man(masked: Masked, match: re.Match[str], before: str, after: str) -> bool:
    """Whether it is one more man: "shot two and arrested a third", "three died, a fourth fled"."""
    so_many = _ORDINALS.index(match[3].lower()) + 2
    counted = any(
        one.value == so_many
        and 0 < match.start() - one.end < 60
        and not _PARTS.match(masked.text, one.end)
        for one in masked.numerals.values()
    )
    return counted and bool(_AND_DID.search(before) or _ONE_DID.match(after))


def fractions(masked: Masked) -> Iterator[Mention]:
    """Yield "half of", "a third of", "two thirds"."""
    for match in _FRACTION.finditer(masked.text):
        part = match[3].lower()
        before = masked.text[max(0, match.start() - 60) : match.start()]
        after = masked.text[match.end() : match.end() + 60]
        if _NO_PART.search(before) or (not match[1] and not match[2] and part != "half"):
            continue
        if match["did"] and not _says_part(part, match["did"], before):
            continue
        if (
            part.endswith(("half", "third", "quarter", "fourth", "fifth"))
            and re.match(r"\s+(?:in|on|to|the\s+time|the\s+way)\b", after)
            and not (match[2] or _HEDGED.search(before))
        ):
            continue
        if (
            part != "half"
            and re.match(r"\s+(?:were|was)\b", after)
            and match[2]
            and before.rstrip().endswith(("and", ","))
            and not re.search(r"of\b", masked.text[max(0, match.start() - 60) : match.start()])
        ):
            continue  # "two died and a third was hurt" counts a man
        if part in _ORDINALS and before.endswith(" on ") and after[:1] in ",.;":
            continue  # "no agreement on a tenth"
        if match[2] == "A" and part in _ORDINALS and re.match(r"\s+(?:is|was|has)\b", after):
            continue  # "Police hold three men. A fourth is on the run."
        if match[2] and part in _ORDINALS and _WHO_IS.match(after):
            continue  # "Four died at the scene. A fifth, a woman of 19, died in hospital."
        if match[2] and part in _ORDINALS and _next_man(masked, match, before, after):
            continue
        many = masked.at(match, 1).value if match[1] else Fraction(1)
        value = many * FRACTIONS[part]
        change = _CHANGE.match(masked.text, match.end())
        if change and " than " in masked.text[change.end() : change.end() + 40]:
            span = (match.start(), change.end())
            yield from _changed(masked, span, value, change[1].lower() in _FEWER)
            continue
        if up := _UP_BY.search(before):
            yield from _changed(masked, match.span(), value, not up[1])
            continue
        if value < 1:
            whole = (match.end(), len(masked.text))
            yield made(*match.span(), "share", value, "fraction", below=whole)
