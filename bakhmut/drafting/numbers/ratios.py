"""Ratios in words: "five to one", "five troops for every", "twice as many", "5:1"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from bakhmut.drafting.numbers.masked import DIGITS, GAP, NUMBER, Masked, Mention, made
from bakhmut.drafting.numbers.numerals import FRACTIONS, SCALES, SMALL, Numeral, plain
from bakhmut.drafting.patterns.needing import Needing

_EACH = r"(?:every|each(?!\s+other\b))(?:\s+single)?"
_COLON = re.compile(rf"(?<![\w:.])({NUMBER})\s?:\s?({NUMBER})(?![\w:]|\.\d)")
_TALK = re.compile(r"\b(?:ratio|odds|outnumber\w*|exchange|advantage|superiority|rate)\b", re.I)
_TO = re.compile(
    rf"(?P<from>\bfrom\s+)?({NUMBER})(\s*[-–‑]\s*|\s+)(to|for|against)(?:\s*[-–‑]\s*|\s+)"
    rf"({NUMBER})"
)
_FOR_EACH = Needing(
    rf"({NUMBER})({GAP}{{0,10}}?)\s+(?:(?:for|to|per|against|from(?!\s+each\s+(?:side|party|country)))\s+({_EACH})(?:\s+(?:({NUMBER})|"
    rf"(hundred|thousand|million)\b))?|per(?=\s+(?:[A-Z][a-z]+(?:ian|ish|ese|an)|soldier|fighter)\b))"
)
_OR_SO_MANY = re.compile(rf"\s+(?:or|to)\s+({NUMBER})(?!\w)")
_FROM = re.compile(r"\bfrom\s+(?:(?:about|around|some|nearly|almost|over)\s+)*$")
_TO_THEN = re.compile(
    rf"[^.;:\ue000\ue001]{{1,60}}?\sto\s+(?:(?:about|around|some|nearly|almost|just|over)\s+)*"
    rf"({NUMBER})(?!\w)(?=\s*(?:[,.;)]|$|(?:at|in|by|on|over|last|this|now|today|since)\b))"
)
_OR_MORE = re.compile(
    rf"(?<!\w)(?:between\s+({NUMBER})\s+and\s+|({NUMBER})(?:\s*[-–]\s*|\s+(?:to|or)\s+))$", re.I
)
_PER = re.compile(
    rf"({NUMBER})({GAP}{{0,4}}?)\s+(?:per|in every|for each|for every|in)\s+"
    rf"(?:({NUMBER})|(hundred|thousand|million)\b)"
)
_PAID = re.compile(
    r"\b(?:promised|paid|given|offered|awarded|sent|allocated|assigned|won|dollars|euros|"
    r"pounds|granted|handed|due|worth|terms?|sentences?|years|months)\b"
)
_INVERTED = Needing(
    rf"\b(?:(?:for|to|(?:out\s+)?of)\s+({_EACH})(?:\s+({NUMBER}))?|(?:for|to|per)\s+({NUMBER})(?=\s+(?:of\s+(?:ours|our|"
    rf"theirs|their|his|its)\b|(?:[A-Z]\w+\s+)?(?:soldier|man|fighter|serviceman|(?-i:[A-Z])[a-z]+)\s+(?:killed|dead|lost|who\s+(?:dies|died|falls|fell))\b)))"
    rf"((?:[\s,]+[^\s.;:()\"”\ue000\ue001]+){{1,14}}?)[\s,]+({NUMBER})"
    rf"(?:(\s*[-–]\s*|\s+(?:to|or|and)\s+)({NUMBER})(?!\w))?",
    re.IGNORECASE,
)
# "For each soldier lost, one officer estimates, they lose two": who says so is not counted.
_SAYS_SO = re.compile(
    r",\s[^,;.]{2,60}\s(?:told\s[^,;.]{2,40}|says?|said|estimate[sd]?|reckon(?:s|ed)?|insist(?:s|ed)?|add(?:s|ed)|claim(?:s|ed)?|believe[sd]?|argue[sd]?)(?=,)"
)
# "For every man killed in those ten days, five were wounded": the days are not counted.
_SO_LONG = re.compile(
    rf"\s(?:in|over|during|within|for)\s+(?:(?:the|those|these|its|his|our)\s+)?(?:(?:first|last|past)\s+)?"
    rf"{NUMBER}\s+(?:hours|days|nights|weeks|months|years)(?=,)",
    re.I,
)
# "Ten Ukrainians, it turns out, have perished for each Russian"
_ASIDE = re.compile(rf"(?:{_SAYS_SO.pattern}|,\s+it\s+(?:turns\s+out|seems|appears)(?=,)),")
_OUT_OF = re.compile(rf"{NUMBER}(?:\s+[a-z]+|\s+of\s+(?:ours|theirs))?\s+(?:out\s+)?$")
_OF_EACH = re.compile(r"\s+of\s+(?:the|its|their|his|her|our|those|these)(?:\s+[a-z]+)?")


def colons(masked: Masked) -> Iterator[Mention]:
    """Yield "5:1", but no clock time."""
    for match in _COLON.finditer(masked.text):
        one, other = masked.at(match, 1), masked.at(match, 2)
        second = masked.sentence[other.start : other.end]
        talk = _TALK.search(masked.sentence, max(0, match.start() - 25), match.start())
        clock = len(second) == 2 and one.value < 25
        if one.in_words or other.in_words or not other.value or (clock and not talk):
            continue
        if max(one.value, other.value) < 1000 and (len(second) == 1 or "." in second or talk):
            yield made(match.start(), match.end(), "ratio", one.value / other.value, "n:m")


def to_one(masked: Masked) -> Iterator[Mention]:
    """Yield "five to one", "twenty for one", "five Frenchmen for two Germans"."""
    done = 0
    for match in _TO.finditer(masked.text):
        if match["from"] and not re.match(
            rf"\s+to\s+(?:\w+\s+)?{NUMBER}", masked.text[match.end() :]
        ):
            continue  # "from four to one": a fall, unless it goes on "to two to one"
        one, other = masked.at(match, 2), masked.at(match, 5)
        talk = _TALK.search(masked.sentence, max(0, match.start() - 70), match.end() + 30)
        small = max(one.value, other.value) <= 1000 and other.value
        like = match[4] == "for" or other.value == 1 or match[3].strip()
        like = like or (talk and one.value >= other.value) or _falls(masked, match, one, other)
        near = (max(0, match.start(2) - 60), match.start(2))
        like = like or _RATIO_IS.search(masked.sentence, *near)
        like = like or _THE_RATIO.match(masked.text, match.end())
        if small and like and (match[4] != "against" or other.value == 1):
            start, low = least(masked, match.start(2))
            told = start < done  # "from three to one to seven to one": of the ratio before
            done = match.end()
            if low is not None and low < one.value and not told:  # "between two and four to one"
                ends = plain(low / other.value), plain(one.value / other.value)
                yield Mention(start, match.end(), "ratio", *ends, "n to m", value=low / other.value)
                continue
            yield made(match.start(2), match.end(), "ratio", one.value / other.value, "n to m")
    for match in _OF_TO.finditer(masked.text):  # "the proportion of wounded to killed was 5.4"
        yield made(match.start(1), match.end(1), "ratio", masked.at(match, 1).value, "n to m")
    for match in _N_FOR_N.finditer(masked.text):  # "five Frenchmen for two Germans"
        one, other = masked.at(match, 1), masked.at(match, 3)
        if other.value and max(one.value, other.value) <= 1000:
            yield made(match.start(), match.end(3), "ratio", one.value / other.value, "n for m",
                        above=match.span(2), below=(match.end(3), len(masked.text)))  # fmt: skip


def _falls(masked: Masked, match: re.Match[str], one: Numeral, other: Numeral) -> bool:
    """Whether "five to two" can be no range, for it falls, nor the outcome of a vote or a game."""
    bare = _NO_NOUN.match(masked.text, match.end()) and one.value > other.value
    mended = _MENDED.search(masked.text, max(0, match.start() - 60), match.start())
    return bool(bare) and not mended and not _OUTCOME.search(masked.text)


_MENDED = re.compile(
    r"\b(?:correct|revis|amend|cut|reduc|lower|downgrad|chang|fell|fall|drop|from)\w*\b"
)
_NO_NOUN = re.compile(
    r"\s*(?:[,.;:!?)\"”’–—]|$|the\s+other\s+way|against|in\s+(?:favou?r|our|their))"
)
_OUTCOME = re.compile(
    r"\b(?:vot\w+|won|win|wins|beat\w*|defeat\w*|rul(?:ed|ing)|scor\w+|goals?|court|justices?|judges?|"
    r"jury|match|game|majority|committee|poll|bench)\b",
    re.I,
)
# "a killed-to-wounded ratio of one to three", "the ratio was worse than one to three".
# "the five to two of which he boasted"
_THE_RATIO = re.compile(
    r"\s+(?:of\s+which|that)\s[^,;.]{2,40}\s(?:boast|claim|brag|sp[eo]|quot|cit)"
)
_RATIO_IS = re.compile(r"\b(?:ratios?(?:\s+[a-z]+){0,5}|rate\s+of)\s+$", re.I)
# "the ratio of wounded to killed was 5.4", "if the ratio was seven"
_OF_TO = Needing(
    rf"\b(?:(?:ratio|proportion)\s+of\s+[a-z\s]{{3,30}}?\s+to\s+[a-z\s]{{3,20}}?|ratio)\s+(?:was|is|of|at|were)\s+"
    rf"(?:[a-z]+\s+){{0,2}}?({NUMBER})(?!\w|\s*(?:to|:|-|per|%|in|out)\b|:)"
)
_N_FOR_N = re.compile(
    rf"({NUMBER})((?:\s+(?:of\s+)?[A-Za-z][\w’-]+){{1,2}})\s+(?:for|to)\s+({NUMBER})"
    rf"(?=\s+(?:of\s+(?:ours|theirs|his|the)\b|[A-Z][a-z]+s\b|[A-Z][a-z]+(?:ese|ish|men)\b|[A-Z][a-z]+\s+(?:men|soldiers|troops)\b))"
)


def least(masked: Masked, at: int) -> tuple[int, Fraction | None]:
    """Return the low end of a range whose high end begins at a place, and where it stands."""
    low = _OR_MORE.search(masked.text, max(0, at - 40), at)
    if low is None:
        return at, None
    first = 1 if low[1] else 2
    return low.start(first), masked.at(low, first).value


_CAPITAL = re.compile(r"\b[A-Z]")
_A_TIME = re.compile(r"\s+(?:day|night|week|month|year|hour|minute)s?\b")
_NOUN = re.compile(r"\s+([A-Za-z][\w’'-]+)")


def for_each(masked: Masked) -> Iterator[Mention]:
    """Yield "five troops for every soldier", "12 deaths per 100,000"."""
    text = _ASIDE.sub(lambda said: " " * len(said[0]), masked.text)
    for match in _FOR_EACH.finditer(text):
        below = masked.at(match, 4).value if match[4] else Fraction(SCALES.get(match[5], 1))
        if not below or _PAID.search(match[2]) or _A_TIME.match(masked.text, match.end()):
            continue
        end, value = match.end(), masked.at(match, 1).value / below
        if match[4] and (more := _OR_SO_MANY.match(masked.text, end)):
            # "one soldier for every five or six": a fifth or a sixth
            part, end = masked.at(match, 1).value / masked.at(more, 1).value, more.end()
            if 0 < part < value:
                ends = plain(part), plain(value)
                yield Mention(match.start(1), end, "ratio", *ends, "n for each", value=part,
                              above=match.span(2), below=(end, len(masked.text)))  # fmt: skip
                continue
        whom = _NOUN.match(masked.text, end)  # "nine Germans for every ten Frenchmen": two counts
        two = whom and whom[1][0].isupper() and _CAPITAL.search(match[2])
        kind = "share" if value < 1 and below >= 10 and not two else "ratio"
        narrowed = _FROM.search(masked.text, 0, match.start())
        if narrowed and (to := _TO_THEN.match(masked.text, end)):  # "from 2.8 to 1.7"
            later = masked.at(to, 1).value / below
            yield made(*to.span(1), kind, later, "n for each", below=(end, to.start(1)))
        start, low = least(masked, match.start(1))
        if low is not None and low / below < value and kind == "ratio":  # "four to six for each"
            ends = plain(low / below), plain(value)
            yield Mention(start, end, kind, *ends, "n for each", value=low / below,
                          above=match.span(2), below=(end, len(masked.text)))  # fmt: skip
            continue
        yield made(match.start(1), end, kind, value, "n for each",
                    above=match.span(2), below=(end, len(masked.text)))  # fmt: skip
    for match in _PER.finditer(masked.text):
        below = masked.at(match, 3).value if match[3] else SCALES[match[4]]
        if below in (1000, 10_000, 100_000, 10**6) and (above := masked.at(match, 1).value) < below:
            yield made(match.start(1), match.end(), "share", Fraction(above) / below, "n per m",
                        above=match.span(2), below=(match.end(), len(masked.text)))  # fmt: skip


def inverted(masked: Masked) -> Iterator[Mention]:
    """Yield "for every soldier killed, three wounded": the denominator stands first."""
    text = _SAYS_SO.sub(lambda said: said[0][0] + " " * (len(said[0]) - 1), masked.text)
    text = _SO_LONG.sub(lambda said: " " * len(said[0]), text)
    for match in _INVERTED.finditer(text):
        first = match.start(1) if match[1] else match.start(3)
        below = (
            masked.at(match, 2 if match[2] else 3).value if match[2] or match[3] else Fraction(1)
        )
        above = masked.at(match, 5).value
        if _OUT_OF.search(text, 0, match.start()):
            continue  # "three out of every four casualties, and put the total at 35,000"
        if not below or _OF_EACH.fullmatch(match[4]):
            continue  # "a term for each of the 15 victims"
        kind = "share" if above < below else "ratio"
        start = first if match[1] else match.start()
        between = match[4].lower().endswith("between") == ((match[6] or "").strip() == "and")
        if match[7] and between and above < (most := masked.at(match, 7).value):
            ends = plain(above / below), plain(most / below)  # "for every one killed two to three"
            yield Mention(start, match.end(), "ratio", *ends, "for each, n", value=above / below,
                          below=match.span(4), above=(match.end(), len(masked.text)))  # fmt: skip
            continue
        yield made(start, match.end(5), kind, above / below, "for each, n",
                    below=match.span(4), above=(match.end(5), len(masked.text)))  # fmt: skip


_MORE = (
    r"(?:as\s+(?:many|much|high|large|likely|numerous|great|fast|quickly|often|heavy)|more|higher|greater|"
    r"larger|fewer|less|lower|smaller|over)"
)
_WHOSE = (
    r"(?:(?:the|its|their|his|her|our|that|those|what|this|all|ours|theirs|hers)\b|"
    r"(?:last\s+)?[\w-]+['’]s\s)"
)
# "four times as heavily as"
_ADVERB_AS = r"as\s+[a-z]+ly(?=\s+as\b)"
_TIMES = re.compile(
    rf"({NUMBER})(?:\s+|-)(?:times\s+(?:{_MORE}|{_WHOSE}|{_ADVERB_AS})|fold\b)", re.IGNORECASE
)
_TIMES_RANGE = re.compile(
    rf"(?:\b(?:between|from)\s+)?({NUMBER})(?:\s*[-–]\s*|\s+(?:to|and|or)\s+)({NUMBER})"
    rf"\s+times(?=\s+(?:{_MORE}|{_WHOSE}))",
    re.I,
)
_TIMES_TO = re.compile(rf"{NUMBER}(?:\s*[-–]\s*|\s+(?:to|and|or)\s+)$")
_FACTOR = re.compile(rf"\bfactor\s+of\s+(?:\w+\s+)?({NUMBER})(?!\w)", re.I)
_FOLD = re.compile(r"\b(\w+?)-?fold\b", re.IGNORECASE)
_TWICE = re.compile(
    rf"\b((?i:twice|thrice|double|triple|treble|half))(?=\s+(?:as\s+(?:many|much|high|large|often|likely)|{_ADVERB_AS}|"
    rf"{_WHOSE}|last\s+\w+['’]s|[A-Z][\w’']+s?['’]s?))",
)
_DOUBLED = re.compile(
    r"\b((?:doubled|tripled|trebled|quadrupled|halved)|(?:more\s+than\s+|almost\s+|nearly\s+|"
    r"about\s+|at\s+least\s+|roughly\s+|well\s+over\s+|over\s+)"
    r"(?:double|triple|twice|quadruple))\b",
    re.IGNORECASE,
)
_SO_OFTEN = {"twice": 2, "thrice": 3, "double": 2, "triple": 3, "treble": 3, "doubled": 2,
             "tripled": 3, "trebled": 3, "quadrupled": 4, "quadruple": 4,
             "half": Fraction(1, 2), "halved": Fraction(1, 2)}  # fmt: skip
_PART_AS = re.compile(
    rf"(?<![\w-])(?:an?|one|({NUMBER}))[\s-]({'|'.join(FRACTIONS)})"
    r"(?=\s+as\s+(?:many|much|high|large)\b)",
    re.I,
)
_AGAIN = re.compile(r"\s+as\s+[a-z]+\s+again\b")


def times(masked: Masked) -> Iterator[Mention]:
    """Yield "five times more", "twice as many", "tenfold", "more than doubled"."""
    text = masked.text
    for match in _TIMES.finditer(text):
        if _TIMES_TO.search(text, max(0, match.start() - 40), match.start()):
            continue
        own = re.match(rf"{NUMBER}(?:\s+|-)(?:times(?:\s+{_MORE})?|fold)", match[0], re.IGNORECASE)
        end = match.start() + (own.end() if own else len(match[0]))
        value, rule = masked.at(match, 1).value, _times_what(match[0])
        yield made(match.start(), end, "ratio", value, rule, below=than(text, end))
    for match in _TIMES_RANGE.finditer(text):
        ends = [plain(end) for end in sorted(masked.at(match, n).value for n in (1, 2))]
        yield Mention(*match.span(), "ratio", *ends, "times", below=than(text, match.end()))
    for match in _FACTOR.finditer(text):
        yield made(*match.span(), "ratio", masked.at(match, 1).value, "factor",
                   below=than(text, match.end()))  # fmt: skip
    for match in _FOLD.finditer(masked.sentence):
        if (word := match[1].lower()) in SMALL and SMALL[word] > 1:
            value = Fraction(SMALL[word])
            yield made(*match.span(), "ratio", value, "times", below=than(text, match.end()))
    for match in _PART_AS.finditer(text):  # "a tenth as many"
        many = masked.at(match, 1).value if match[1] else 1
        value = many * FRACTIONS[match[2].lower()]
        yield made(*match.span(), "ratio", value, "times", below=than(text, match.end()))
    for pattern in (_TWICE, _DOUBLED):
        for match in pattern.finditer(masked.sentence):
            word = match[1].lower().split()[-1]
            if word == "half" and not re.match(r"\s+(?:as|that)\b(?!\s+of)", text[match.end() :]):
                continue
            start, value = match.end(1) - len(word), Fraction(_SO_OFTEN[word])
            if word == "half" and _AGAIN.match(text, match.end()):
                value += 1  # "half as many again"
            below = than(text, match.end())
            lead = _AS_MANY.match(text, match.end())
            above = (lead.end(), below[0]) if lead else None
            yield made(start, match.end(1), "ratio", value, "times", below=below, above=above)


def _times_what(words: str) -> str:
    if re.search(r"more|higher|greater|larger", words, re.IGNORECASE):
        return "times more"
    return (
        "times fewer" if re.search(r"fewer|less|lower|smaller", words, re.IGNORECASE) else "times"
    )


_AS_MANY = re.compile(
    r"\s+as\s+(?:many|much|high|large|likely|numerous|great|fast|quickly|often|heavy|[a-z]+ly)\b"
)
_THAN = re.compile(r"[^.;:]{0,80}?\b(?:than|as|compared\s+(?:with|to)|that\s+of|those\s+of)\s+")
_RIGHT_AWAY = re.compile(
    rf"\s+(?=(?:the\s+(?:number|toll|figure)|its|their|his|her|that|those|what|"
    rf"[A-Z][\w’']+['’]s?\s|the\s+[{DIGITS}]))",
    re.I,
)


def than(text: str, end: int) -> tuple[int, int]:
    """Return where the denominator stands behind "five times more X than", "twice its"."""
    lead = _AS_MANY.match(text, end)
    end = lead.end() if lead else end
    match = _RIGHT_AWAY.match(text, end) or _THAN.match(text, end)
    at = match.end() if match else len(text)
    return at, len(text)


_EQUAL = re.compile(
    r"\b(?:(?:almost|nearly|just|about|roughly|at least)\s+)"
    r"as\s+many(?:(?:\s+\w+)?\s+as\b(?!\s*[\ue000\ue001])|\s+(?:were|wounded|hurt|injured|dead|killed|missing|captured|prisoners)\b)",
    re.I,
)


def as_many(masked: Masked) -> Iterator[Mention]:
    """Yield "almost as many as": one to one."""
    for match in _EQUAL.finditer(masked.text):
        start = match.start() + re.search((r"as\s+many"), match[0]).start()  # type: ignore[union-attr]
        yield made(
            start,
            match.end(),
            "ratio",
            Fraction(1),
            "as many",
            below=(match.end(), len(masked.text)),
        )
