"""Numbers joined into what a text says with them: counts, ranges, rates, shares, ratios.

"five troops for every" is a ratio of 5; "between 400 and 750" a range; "one in twelve" a share of
8.33 %. A sentence is matched with each number masked by one mark a character, so that one pattern
serves digits and words, and every span is the text's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction

from bakhmut.drafting.numerals import FRACTIONS, SMALL, Numeral, find, plain

DIGITS, WORDS = "\ue000", "\ue001"
_N = f"[{DIGITS}{WORDS}]+"
_EACH = r"(?:every|each)(?:\s+single)?"
_GAP = r"(?:\s+[^\s\d.,;:()\ue000\ue001]+)"


@dataclass(frozen=True)
class Mention:
    """A figure of speech at `start:end` of a sentence: kind, both ends as a cell holds them."""

    start: int
    end: int
    kind: str
    low: str
    high: str
    rule: str
    hedges: tuple[str, ...] = ()
    below: tuple[int, int] | None = None  # where a ratio's or share's denominator stands
    above: tuple[int, int] | None = None  # where its numerator's noun stands
    value: Fraction | None = None
    in_words: bool = False
    marks: tuple[tuple[int, int, str], ...] = field(default=())  # hedges: start, end, code


MONTHS = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DAYS = r"\d{1,2}(?:st|nd|rd|th)?"
# Dates and clock times: their digits are no numbers for any pattern below.
DATES = re.compile(
    rf"(?<![\w,.])(?:{_DAYS}(?:\s*(?:[-–/]|and|to|or)\s*{_DAYS})?\s+(?:of\s+)?{MONTHS}(?!\s+(?:have|be|yet|well|not)\b)(?:,?\s+\d{{4}}\b)?"
    rf"|{MONTHS}\s+{_DAYS}(?!\d|,\d{{3}}|\s+(?:people|men|soldiers|civilians|were\s+killed|dead|killed|deaths|cases)\b)(?:\s*(?:[-–]|and|to)\s*{_DAYS}(?![\d,.]*\d|\s+(?:people|were|dead|killed|deaths|cases)\b))?(?:,?\s+\d{{4}}\b(?!,))?"
    rf"|{MONTHS},?\s+(?:of\s+)?[12]\d{{3}}(?:\s*[-–/]\s*\d{{2,4}})?(?![\d,])"
    r"|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|[01]?\d[:.][0-5]\d(?:\s?[ap]\.?m\b)?(?=\s|[,;)-]|$)(?!\s*(?:%|per\s?cent|percent|million|billion|times|deaths|cases|to\s+1|to\s+one))|2[0-3]:[0-5]\d"
    r"|(?:early|late|mid|between|from|in|since|until|during|by|of)[\s-]+(?:the\s+)?[12]\d{3}(?:s\b|\s*(?:[-–/]|and|to)\s*(?:[12]\d{3}|\d{2})\b)(?![\d,.]*\d))"
)


def _inside(one: Numeral, spans: list[tuple[int, int]]) -> bool:
    return any(start <= one.start and one.end <= end for start, end in spans)


class Masked:
    """A sentence with its numbers masked, and each number by where it starts."""

    def __init__(self, sentence: str):
        self.sentence = sentence
        dates = [match.span() for match in DATES.finditer(sentence)]
        self.numerals = {one.start: one for one in find(sentence) if not _inside(one, dates)}
        letters = list(re.sub("[\ue000-\uf8ff]", " ", sentence))
        for one in self.numerals.values():
            mark = WORDS if one.in_words else DIGITS
            letters[one.start : one.end] = mark * (one.end - one.start)
        self.text = "".join(letters)

    def at(self, match: re.Match[str], group: int | str) -> Numeral:
        """Return the numeral that a group of a match covers."""
        return self.numerals[match.start(group)]


def mentions(masked: Masked) -> list[Mention]:
    """Return what a sentence says with numbers, in order; each number stands in one mention."""
    taken: list[Mention] = []
    spans: list[tuple[int, int]] = []
    for finder in (_colons, _for_each, _inverted, _times, _equal, _in_so_many, _percent,
                   _fractions, _to_one, _ranges, _singles):  # fmt: skip
        for one in finder(masked):
            if all(one.end <= start or one.start >= end for start, end in spans):
                taken.append(one)
                spans.append((one.start, one.end))
    return sorted(taken, key=lambda one: one.start)


def _ratio(value: Fraction) -> str:
    return plain(value) if value.denominator == 1 else f"{float(value):.4g}"


def _share(value: Fraction) -> str:
    return f"{float(100 * value):.3g}%" if value * 100 != round(value * 100) else f"{100 * value}%"


def _made(start: int, end: int, kind: str, value: Fraction, rule: str, **more: object) -> Mention:
    text = _share(value) if kind == "share" else _ratio(value)
    return Mention(start, end, kind, text, text, rule, value=value, **more)  # type: ignore[arg-type]


# ---- ratios

_COLON = re.compile(rf"(?<![\w:.])({_N})\s?:\s?({_N})(?![\w:]|\.\d)")
_TALK = re.compile(r"\b(?:ratio|odds|outnumber\w*|exchange|advantage|superiority|rate)\b", re.I)
_TO = re.compile(
    rf"(?P<from>\bfrom\s+)?({_N})(\s*[-–‑]\s*|\s+)(to|for|against)(?:\s*[-–‑]\s*|\s+)({_N})"
)
_FOR_EACH = re.compile(
    rf"({_N})({_GAP}{{0,7}}?)\s+(?:for|to|per|against|from)\s+({_EACH})(?:\s+({_N}))?"
)
_PER = re.compile(rf"({_N})({_GAP}{{0,4}}?)\s+(?:per|in every|for each|for every|in)\s+({_N})")
_PAID = re.compile(
    r"\b(?:promised|paid|given|offered|awarded|sent|allocated|assigned|won|dollars|euros|pounds|granted|handed|due|worth)\b"
)
_INVERTED = re.compile(
    rf"\b(?:for|to)\s+(?:({_EACH})(?:\s+({_N}))?|({_N})(?=\s+of\s+(?:ours|our|theirs|their|his|its)\b))"
    rf"((?:[\s,]+[^\s.;:()\ue000\ue001]+){{1,14}}?)[\s,]+({_N})",
    re.IGNORECASE,
)


def _colons(masked: Masked) -> Iterator[Mention]:
    for match in _COLON.finditer(masked.text):
        one, other = masked.at(match, 1), masked.at(match, 2)
        second = masked.sentence[other.start : other.end]
        talk = _TALK.search(masked.sentence, max(0, match.start() - 25), match.start())
        clock = len(second) == 2 and one.value < 25
        if one.in_words or other.in_words or not other.value or (clock and not talk):
            continue
        if max(one.value, other.value) < 1000 and (len(second) == 1 or talk):
            yield _made(match.start(), match.end(), "ratio", one.value / other.value, "n:m")


def _to_one(masked: Masked) -> Iterator[Mention]:
    for match in _TO.finditer(masked.text):
        if match["from"]:
            continue
        one, other = masked.at(match, 2), masked.at(match, 5)
        talk = _TALK.search(masked.sentence, max(0, match.start() - 70), match.end() + 30)
        joined = match[3].strip()
        small = max(one.value, other.value) <= 1000 and other.value
        like = (
            match[4] == "for" or other.value == 1 or joined or (talk and one.value >= other.value)
        )
        if small and like and (match[4] != "against" or other.value == 1):
            yield _made(match.start(2), match.end(), "ratio", one.value / other.value, "n to m")


def _for_each(masked: Masked) -> Iterator[Mention]:
    for match in _FOR_EACH.finditer(masked.text):
        below = masked.at(match, 4).value if match[4] else Fraction(1)
        if (
            _PAID.search(match[2])
            or not below
            or re.match(
                r"\s+(?:day|night|week|month|year|hour|minute)s?\b", masked.text[match.end() :]
            )
        ):
            continue
        end = match.end(4) if match[4] else match.end(3)
        value = masked.at(match, 1).value / below
        kind = "share" if match[4] and value < 1 and below >= 10 else "ratio"
        yield _made(match.start(1), end, kind, value, "n for each",
                    above=match.span(2), below=(end, len(masked.text)))  # fmt: skip
    for match in _PER.finditer(masked.text):
        above, below = masked.at(match, 1), masked.at(match, 3)
        if below.value in (1000, 10_000, 100_000, 10**6) and above.value < below.value:
            yield _made(match.start(1), match.end(), "share", above.value / below.value, "n per m",
                        above=match.span(2), below=(match.end(), len(masked.text)))  # fmt: skip


def _inverted(masked: Masked) -> Iterator[Mention]:
    for match in _INVERTED.finditer(masked.text):
        first = match.start(1) if match[1] else match.start(3)
        below = (
            masked.at(match, 2 if match[2] else 3).value if match[2] or match[3] else Fraction(1)
        )
        above = masked.at(match, 5).value
        if not below:
            continue
        kind = "share" if above < below else "ratio"
        start = first if match[1] else match.start()
        yield _made(start, match.end(), kind, above / below, "for each, n",
                    below=match.span(4), above=(match.end(), len(masked.text)))  # fmt: skip


_MORE = r"(?:as\s+(?:many|much|high|large|likely|numerous|great)|more|higher|greater|larger|fewer|less|lower|smaller|over)"
_WHOSE = r"(?:the|its|their|his|her|our|that|those|what|this|all)\b"
_TIMES = re.compile(rf"({_N})(?:\s+|-)(?:times\s+(?:{_MORE}|{_WHOSE})|fold\b)", re.IGNORECASE)
_TIMES_RANGE = re.compile(
    rf"(?:\b(?:between|from)\s+)?({_N})(?:\s*[-–]\s*|\s+(?:to|and|or)\s+)({_N})\s+times(?=\s+(?:{_MORE}|{_WHOSE}))",
    re.I,
)
_TIMES_TO = re.compile(rf"{_N}(?:\s*[-–]\s*|\s+(?:to|and|or)\s+)$")
_FOLD = re.compile(r"\b(\w+?)-?fold\b", re.IGNORECASE)
_TWICE = re.compile(
    rf"\b((?i:twice|thrice|double|triple|treble|half))(?=\s+(?:as\s+(?:many|much|high|large)|{_WHOSE}|[A-Z][\w’']+s?['’]s?))",
)
_DOUBLED = re.compile(
    r"\b((?:doubled|tripled|trebled|quadrupled|halved)|(?:more\s+than\s+|almost\s+|nearly\s+|about\s+)"
    r"(?:double|triple|twice|quadruple))\b",
    re.IGNORECASE,
)
_SO_OFTEN = {"twice": 2, "thrice": 3, "double": 2, "triple": 3, "treble": 3, "doubled": 2,
             "tripled": 3, "trebled": 3, "quadrupled": 4, "quadruple": 4,
             "half": Fraction(1, 2), "halved": Fraction(1, 2)}  # fmt: skip


def _times(masked: Masked) -> Iterator[Mention]:
    text = masked.text
    for match in _TIMES.finditer(text):
        if _TIMES_TO.search(text, max(0, match.start() - 40), match.start()):
            continue
        own = re.match(rf"{_N}(?:\s+|-)(?:times(?:\s+{_MORE})?|fold)", match[0], re.IGNORECASE)
        end = match.start() + (own.end() if own else len(match[0]))
        value, rule = masked.at(match, 1).value, _times_what(match[0])
        yield _made(match.start(), end, "ratio", value, rule, below=_than(text, end))
    for match in _TIMES_RANGE.finditer(text):
        ends = [plain(masked.at(match, n).value) for n in (1, 2)]
        yield Mention(*match.span(), "ratio", *ends, "times", below=_than(text, match.end()))
    for match in _FOLD.finditer(masked.sentence):
        if (word := match[1].lower()) in SMALL and SMALL[word] > 1:
            value = Fraction(SMALL[word])
            yield _made(*match.span(), "ratio", value, "times", below=_than(text, match.end()))
    for pattern in (_TWICE, _DOUBLED):
        for match in pattern.finditer(masked.sentence):
            word = match[1].lower().split()[-1]
            if word == "half" and not re.match(r"\s+as\b", text[match.end() :]):
                continue
            start, value = match.end(1) - len(word), Fraction(_SO_OFTEN[word])
            below = _than(text, match.end())
            lead = _AS_MANY.match(text, match.end())
            above = (lead.end(), below[0]) if lead else None
            yield _made(start, match.end(1), "ratio", value, "times", below=below, above=above)


def _times_what(words: str) -> str:
    if re.search(r"more|higher|greater|larger", words, re.IGNORECASE):
        return "times more"
    return (
        "times fewer" if re.search(r"fewer|less|lower|smaller", words, re.IGNORECASE) else "times"
    )


_AS_MANY = re.compile(r"\s+as\s+(?:many|much|high|large|likely|numerous|great)\b")
_THAN = re.compile(r"[^.;:]{0,80}?\b(?:than|as|compared\s+(?:with|to)|that\s+of|those\s+of)\s+")
_RIGHT_AWAY = re.compile(
    rf"\s+(?=(?:the\s+(?:number|toll|figure)|its|their|his|her|that|those|what|[A-Z][\w’']+['’]s?\s|the\s+[{DIGITS}]))",
    re.I,
)


def _than(text: str, end: int) -> tuple[int, int]:
    """Return where the denominator stands behind "five times more X than", "twice its"."""
    lead = _AS_MANY.match(text, end)
    end = lead.end() if lead else end
    match = _RIGHT_AWAY.match(text, end) or _THAN.match(text, end)
    at = match.end() if match else len(text)
    return at, len(text)


_EQUAL = re.compile(
    r"\b(?:(?:almost|nearly|just|about|roughly|at least)\s+)as\s+many(?:\s+\w+)?\s+as\b(?!\s*[\ue000\ue001])",
    re.I,
)


def _equal(masked: Masked) -> Iterator[Mention]:
    for match in _EQUAL.finditer(masked.text):
        start = match.start() + re.search(r"as\s+many", match[0]).start()  # type: ignore[union-attr]
        yield _made(
            start,
            match.end(),
            "ratio",
            Fraction(1),
            "as many",
            below=(match.end(), len(masked.text)),
        )


# ---- shares

_IN = re.compile(
    rf"({_N})((?:\s+(?!of\b|in\b|and\b|or\b)[^\s\d.,;:()\ue000\ue001]+){{0,2}}?)\s+(?:in|out\s+of|of|from)\s+(every\s+|each\s+)?({_N})(?!\w)",
    re.IGNORECASE,
)
_TIME = r"\s+(?:\w+\s+)?(?:second|minute|hour|day|night|week|month|year|decade)s?\b"


def _in_so_many(masked: Masked) -> Iterator[Mention]:
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
        ):
            continue
        sure = bool(match[3]) or word[1].startswith("out")
        small = (below.in_words and below.value <= 1000) or (
            below.value <= 200 and not match[2] and above.value < 10
        )
        if word[1] in ("of", "from") and not (match[3] and small):
            continue
        if sure or (small and above.value <= 10 and word[1] == "in"):
            whole = match.span(2) if match[2].strip() else (match.end(), len(masked.text))
            yield _made(
                match.start(),
                match.end(),
                "share",
                above.value / below.value,
                "n in m",
                below=whole,
            )


_PERCENT = re.compile(
    rf"(?:\b(between|from)\s+)?({_N})(?:(\s*[-–—]\s*|\s+(?:to|and|or)\s+)({_N}))?\s?(?:%|per\s?cent\b|percent\b|pct\b|percentage\s+points?\b)",
    re.IGNORECASE,
)
_CHANGE = re.compile(r"\s+(fewer|less|lower|smaller|more|higher|greater|larger)\b", re.I)
_BOTH_PERCENT = re.compile(
    rf"\b(?:between|from)\s+({_N})\s?(?:%|per\s?cent)\s+(?:and|to)\s+({_N})\s?(?:%|per\s?cent\b|percent\b)",
    re.IGNORECASE,
)


def _percent(masked: Masked) -> Iterator[Mention]:
    for match in _BOTH_PERCENT.finditer(masked.text):
        ends = [_share(masked.at(match, n).value / 100) for n in (1, 2)]
        yield Mention(
            *match.span(), "share", *ends, "percent", below=(match.end(), len(masked.text))
        )
    for match in _PERCENT.finditer(masked.text):
        first = masked.at(match, 2)
        if not match[4] and (change := _CHANGE.match(masked.text, match.end())):
            part = (
                first.value
                / 100
                * (-1 if change[1].lower() in ("fewer", "less", "lower", "smaller") else 1)
            )
            yield _made(
                match.start(2),
                change.end(),
                "share",
                1 + part,
                "percent more or fewer",
                below=_than(masked.text, change.end()),
            )
            continue
        if not match[4]:
            text = (
                masked.sentence[first.start : first.end]
                if not first.in_words
                else plain(first.value)
            )
            text = f"{text.replace(',', '')}%"
            span = (match.start(2), match.end())
            yield Mention(
                *span,
                "share",
                text,
                text,
                "percent",
                value=first.value / 100,
                below=(match.end(), len(masked.text)),
            )
            continue
        last = masked.at(match, 4)
        start = match.start() if match[1] else match.start(2)
        if match[3].strip() == "and" and not match[1]:
            start, first = match.start(4), last
        ends = [f"{plain(one.value)}%" for one in (first, last)]
        if first.value <= last.value:
            yield Mention(
                start,
                match.end(),
                "share",
                *ends,
                "percent",
                value=first.value / 100,
                below=(match.end(), len(masked.text)),
            )


_PART = "|".join(sorted(FRACTIONS, key=len, reverse=True))
_FRACTION = re.compile(
    rf"(?<![\w-])(?:({_N})[\s-]|(an?)\s+)?({_PART})\b(?=(?<=s)(?<!half)|\s+(?:of|were|was|are|is|had|have|has|did|died|came|shut|the|its|his|their|our|that|"
    rf"those|them|to|on|in|returned|survived|never|more|lay|live[sd]?|need\w*|lost|walked|stayed|went|fled|being|who)\b|\s*[,.;:)\"”’]|\s*$)",
    re.IGNORECASE,
)
_NO_PART = re.compile(
    r"(?:first|second|other|latter|better|last|final|next|this|each|and an?|the|financial|fiscal)\s+$",
    re.I,
)


def _fractions(masked: Masked) -> Iterator[Mention]:
    for match in _FRACTION.finditer(masked.text):
        part = match[3].lower()
        before, after = (
            masked.text[max(0, match.start() - 60) : match.start()],
            masked.text[match.end() : match.end() + 60],
        )
        if _NO_PART.search(before) or (not match[1] and not match[2] and part != "half"):
            continue
        if (
            part.endswith(("half", "third", "quarter", "fourth", "fifth"))
            and re.match(r"\s+(?:in|on|to|the\s+time|the\s+way)\b", after)
            and not match[2]
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
        many = masked.at(match, 1).value if match[1] else Fraction(1)
        value = many * FRACTIONS[part]
        if value < 1:
            yield _made(
                match.start(),
                match.end(),
                "share",
                value,
                "fraction",
                below=(match.end(), len(masked.text)),
            )


# ---- ranges and single numbers

_BETWEEN = re.compile(
    rf"\b(between|from|anywhere\s+from|anywhere\s+between)\s+((?:[a-z]+\s+){{0,2}}?)({_N})((?:\s+[a-z]+){{0,2}}?)\s+(and|to)\s+((?:[a-z]+\s+){{0,2}}?)({_N})",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"(?<![\w/-])({_N})(\s*[-–—‑]\s*|\s+(?:to|or)\s+(?:even\s+|perhaps\s+|possibly\s+)?)({_N})(?![-–/])"
)
_PLUS_MINUS = re.compile(
    rf"({_N}),?\s*(?:\(|,)?\s*(?:plus[\s-]or[\s-]minus|±|\+/-|give\s+or\s+take)\s*({_N})", re.I
)
_MOVED = re.compile(
    r"\b(?:rose|rise|risen|rising|fell|fall|fallen|falling|lower\w*|rais\w+|revis\w+|up|down|increas\w+|drop\w*|climb\w*|"
    r"grew|grown|jump\w*|cut|declin\w+|updat\w+|correct\w+|chang\w+|went|gone|reduc\w+|doubl\w+|soar\w*|swell\w*|shrank|shrunk|"
    r"upgrad\w+|downgrad\w+|dwindl\w+|surg\w+|amend\w+|brought|dwindled|slid|sank)\b",
    re.IGNORECASE,
)


def _ranges(masked: Masked) -> Iterator[Mention]:
    for match in _PLUS_MINUS.finditer(masked.text):
        middle, off = masked.at(match, 1).value, masked.at(match, 2).value
        ends = (plain(middle - off), plain(middle + off))
        yield Mention(*match.span(), "range", *ends, "plus or minus", value=middle)
    for match in _BETWEEN.finditer(masked.text):
        one, other = masked.at(match, 3), masked.at(match, 7)
        word = match[1].lower()
        if one.value >= other.value or (word.endswith("between")) != (match[5] == "and"):
            continue
        before = masked.sentence[max(0, match.start() - 70) : match.start()]
        if word == "from" and _MOVED.search(before) and not re.search(r"rang|var|anywhere", before):
            continue
        yield _range(match.start(), match.end(), one, other)
    for match in _RANGE.finditer(masked.text):
        one, other = masked.at(match, 1), masked.at(match, 3)
        if one.value < other.value or _alike(one, other):
            yield _range(match.start(), match.end(), one, other)


def _alike(one: Numeral, other: Numeral) -> bool:
    """Whether the first takes the scale of the second: 2 to 3 million, 10-15 thousand."""
    return False


def _range(start: int, end: int, one: Numeral, other: Numeral) -> Mention:
    low, value = one.printed, one.value
    scale = re.search(r"\s?(k|thousand|million|billion)$", other.printed)
    if scale and one.value < 1000 and not one.in_words and not re.search(r"[a-z]$", low):
        low, value = f"{low}{scale[0]}", one.value
    elif other.in_words and one.in_words and one.value < 100 and other.value >= 1000:
        factor = next((f for f in (10**9, 10**6, 1000) if other.value >= f), 1)
        value, low = one.value * factor, plain(one.value * factor)
    return Mention(start, end, "range", low, other.printed, "range", value=value)


def _singles(masked: Masked) -> Iterator[Mention]:
    for one in masked.numerals.values():
        hedges = (one.hedge,) if one.hedge else ()
        low, high = one.printed, "" if one.hedge else one.printed
        yield Mention(one.start, one.end, "count", low, high, "number", hedges,
                      value=one.value, in_words=one.in_words)  # fmt: skip


__all__ = ["Masked", "Mention", "mentions", "replace"]
