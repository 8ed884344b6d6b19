"""Numbers in digits and words, each with its value: `1.2 million`, `half a million`, `3 lakh`.

`find("about a hundred and twenty thousand men")` gives one numeral, `a hundred and twenty
thousand`, of 120,000. Whether a number is a figure is not asked here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from bakhmut.drafting.patterns.led import Led
from bakhmut.drafting.words import window

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
_UNITS += "fifteen sixteen seventeen eighteen nineteen"
SMALL = {word: n for n, word in enumerate(_UNITS.split())}
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SMALL |= {word: 10 * n for n, word in enumerate(_TENS, 2)}
SCALES = {
    "dozen": 12, "score": 20, "hundred": 100, "thousand": 1000, "lakh": 10**5, "lac": 10**5,
    "million": 10**6, "crore": 10**7, "billion": 10**9, "trillion": 10**12,
}  # fmt: skip
# At least two of them: "dozens" is 24 or more, as in hedges.csv.
PLURALS = {f"{word}s": 2 * value for word, value in SCALES.items()} | {"tens": 20}
_SHORT = {"k": 1000, "m": 10**6, "mn": 10**6, "mln": 10**6, "bn": 10**9}
_KEPT = {"k", "thousand", "million", "billion"}  # units that a cell of claims.csv may hold
FRACTIONS = {
    "half": Fraction(1, 2), "halves": Fraction(1, 2), "third": Fraction(1, 3),
    "quarter": Fraction(1, 4), "fourth": Fraction(1, 4), "fifth": Fraction(1, 5),
    "sixth": Fraction(1, 6), "seventh": Fraction(1, 7), "eighth": Fraction(1, 8),
    "ninth": Fraction(1, 9), "tenth": Fraction(1, 10), "twentieth": Fraction(1, 20),
}  # fmt: skip
FRACTIONS |= {f"{word}s": part for word, part in FRACTIONS.items() if word[-1] != "s"}

_GAP = "[,\u00a0\u2009\u202f\u2007'’]"
_GROUPED = rf"[0-9]{{1,3}}(?P<gap>{_GAP}| )[0-9]{{3}}(?:(?P=gap)[0-9]{{3}})*(?![0-9])"
_LAKHS = r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?![0-9])"
_KELVIN = r"(?-i:\u212a)"  # a sign of its own, which a k in any case would match
_DIGIT, _GAPS, _IN_LAKHS = re.compile("[0-9]"), re.compile(f"{_GAP}| "), re.compile(_LAKHS)
# "5.2m" is a number, "0.4 m" a length.
_DIGITS = re.compile(
    rf"(?<![0-9.,])(?P<whole>{_LAKHS}|{_GROUPED}|[0-9]++(?!,[0-9]))(?P<part>\.[0-9]++)?"
    rf"(?:(?P<half>½)|[\s-]?(?P<unit>dozen|hundred|thousand|lakh|lac|million|crore|billion|"
    rf"trillion)s?\b"
    rf"|\s?(?P<short>(?<=\d)m|(?!{_KELVIN})k|mn|mln|bn)\b(?!\.))?(?!\s?{_KELVIN})",
    re.IGNORECASE,
)
_WORD = "|".join(sorted({*SMALL, *SCALES, *PLURALS, "a", "an", "half", "several", "couple",
                         "few", "many"}, key=len, reverse=True))  # fmt: skip
_RUN = re.compile(
    rf"(?<!\w)(?:{_WORD})(?:(?:\s+and\s+|\s+of\s+|\s+|-)(?:{_WORD})(?![\w]))*(?![\w])",
    re.IGNORECASE,
)
_RUNS = Led(_RUN, _WORD.replace("|", " "))
_TOKEN = re.compile(r"[a-z]+")
MOST_DIGITS = 15


@dataclass(frozen=True)
class Numeral:
    """A number at `start:end` of a sentence: its value, and how a cell would hold it."""

    start: int
    end: int
    value: Fraction
    printed: str
    in_words: bool
    hedge: str = ""  # "at least" for dozens and the like


def find(sentence: str) -> list[Numeral]:
    """Return all numbers of a sentence in order, none inside another.

    >>> [(n.printed, int(n.value)) for n in find("half a million, 1.2 million and two score")]
    [('500,000', 500000), ('1.2 million', 1200000), ('40', 40)]
    """
    found = [*_in_digits(sentence), *_in_words(sentence), *_quarters(sentence), *_points(sentence)]
    found.sort(key=lambda one: (one.start, -one.end))
    kept: list[Numeral] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


_POINT = re.compile(
    rf"\b({'|'.join(SMALL)})\s+point\s+((?:(?:{'|'.join(list(SMALL)[:10])})\b\s?)+)(?:(thousand|million|billion)\b)?",
    re.IGNORECASE,
)


def _points(sentence: str) -> Iterator[Numeral]:
    """Yield "one point four million"."""
    for match in _POINT.finditer(sentence) if " point " in sentence else ():
        part = "".join(str(SMALL[word]) for word in match[2].lower().split())
        bare = f"{SMALL[match[1].lower()]}.{part}"
        scale = (match[3] or "").lower()
        value = Fraction(bare) * SCALES.get(scale, 1)
        end = match.start() + len(match[0].rstrip())
        yield Numeral(match.start(), end, value, f"{bare} {scale}".strip(), True)


def plain(value: Fraction) -> str:
    """Return a value as a cell would hold it: `120,000`, `2.5`.

    >>> plain(Fraction(120000)), plain(Fraction(5, 2))
    ('120,000', '2.5')
    """
    if value.denominator == 1:
        return f"{value.numerator:,}"
    return rounded(value, 4) if value < 1000 else f"{round(value):,}"


def rounded(value: Fraction, digits: int) -> str:
    """Return a value with so many digits, written out: a cell can hold no `3e-07`."""
    return f"{Decimal(f'{float(value):.{digits}g}'):f}"


def _in_digits(sentence: str) -> Iterator[Numeral]:
    first = _DIGIT.search(sentence)
    for match in _DIGITS.finditer(sentence, first.start()) if first else ():
        whole = match["whole"]
        digits = whole if whole.isdigit() else _GAPS.sub("", whole)
        if len(digits) > MOST_DIGITS or len(match["part"] or "") > MOST_DIGITS:
            continue
        unit = (match["unit"] or match["short"] or "").lower()
        # From whole numbers where it can be: a fraction read from text costs ten times as much.
        value = Fraction(digits + match["part"]) if match["part"] else Fraction(int(digits))
        if match["half"]:
            value += Fraction(1, 2)
        if unit:
            value *= SCALES.get(unit) or _SHORT[unit]
        scale = match["unit"] and match[0].lower().endswith("s")
        lakhs = digits != whole and _IN_LAKHS.fullmatch(whole)
        as_printed = (unit in _KEPT and not scale) or not unit
        bare = match["whole"] + (match["part"] or "")
        printed = plain(value) if lakhs or match["half"] or not as_printed else match[0].strip()
        if unit in ("m", "mn", "mln", "bn"):
            printed = f"{bare} {'billion' if unit == 'bn' else 'million'}"
        elif unit in _KEPT:
            printed = f"{bare} {unit}" if unit != "k" else f"{bare}k"
        yield Numeral(match.start(), match.end(), value, printed, False)


_SIGNS = frozenset((*SMALL, *SCALES, *PLURALS, "half", "few", "several", "couple", "many"))


def _in_words(sentence: str) -> Iterator[Numeral]:
    if _SIGNS.isdisjoint(_TOKEN.findall(sentence.lower())):
        return
    for run in _RUNS.finditer(sentence):
        words = [(run.start() + w.start(), w[0]) for w in _TOKEN.finditer(run[0].lower())]
        at = 0
        while at < len(words):
            read = _read(words, at) or _another(sentence, *words[at], at + 1)
            if read is None:
                at += 1
                continue
            value, hedge, stop = read
            end = words[stop - 1][0] + len(words[stop - 1][1])
            yield Numeral(words[at][0], end, value, plain(value), True, hedge)
            at = stop


_QUARTERS = re.compile(
    r"\b(a|one|three)[\s-]quarters?\s+of\s+an?\s+(hundred|thousand|million|billion)\b", re.I
)


def _quarters(sentence: str) -> Iterator[Numeral]:
    """Yield "a quarter of a million", "three quarters of a million"."""
    for match in _QUARTERS.finditer(sentence) if "quarter" in sentence else ():
        value = Fraction(3 if match[1].lower() == "three" else 1, 4) * SCALES[match[2].lower()]
        yield Numeral(*match.span(), value, plain(value), True)


def _read(words: list[tuple[int, str]], at: int) -> tuple[Fraction, str, int] | None:
    """Return value, hedge and end of the longest number that begins at a word."""
    names = [word for _, word in words]
    if vague := _vague(names, at):
        return vague
    total, part, stop, i = Fraction(0), None, at, at
    largest = Fraction(10**15)
    while i < len(names):
        word = names[i]
        following = names[i + 1] if i + 1 < len(names) else ""
        if word in ("a", "an") and part is None and following in SCALES and i == at:
            part = Fraction(1)
        elif word == "half" and part is None and following in ("a", "an") and i == at:
            if i + 2 >= len(names) or names[i + 2] not in SCALES:
                return None
            part, i = Fraction(1, 2), i + 1
        elif word == "half" and i == at and following in SCALES:
            part = Fraction(1, 2)
        elif word in SMALL and (
            part is None
            or (part % 100 == 0 and part)
            or (part % 10 == 0 and part % 100 >= 20 and SMALL[word] < 10)
        ):
            part = (part or 0) + SMALL[word]
            stop = i + 1
        elif word in SCALES and part is not None:
            scale = SCALES[word]
            if part >= 1000 or (scale == 100 and part >= 100):
                break
            if scale <= 100:
                part *= scale
            elif scale < largest:
                total, part, largest = total + part * scale, None, Fraction(scale)
            else:
                break
            stop = i + 1
        elif (
            word == "and"
            and stop == i > at
            and following == "a"
            and names[i + 2 : i + 3] == ["half"]
        ):
            half = Fraction(1, 2) * (largest if part is None else 1)
            part, stop = (part or Fraction(0)) + half, i + 3
            i += 2
        elif word == "and" and following in SMALL and stop == i > at and _below(names[i - 1]):
            pass
        else:
            break
        i += 1
    if stop == at:
        return None
    return total + (part or 0), "", stop


_ANOTHER = re.compile(r"\b(?:another|an?\s+(?:further|additional|extra|good)|some)\s+$", re.I)


def _another(sentence: str, start: int, word: str, stop: int) -> tuple[Fraction, str, int] | None:
    """Return one of a scale whose "a" stands in another word: "another dozen"."""
    if word not in SCALES or word == "score" or not _ANOTHER.search(window(sentence, start, 20)):
        return None
    return Fraction(SCALES[word]), "", stop


def _below(word: str) -> bool:
    """Whether "and" after this word goes on with the same number: a hundred and twenty."""
    return word in SCALES and SCALES[word] >= 100


def _vague(names: list[str], at: int) -> tuple[Fraction, str, int] | None:
    """Return dozens, scores, hundreds of thousands, a few hundred: so many or more."""
    word = names[at]
    rest = names[at + 1 : at + 4]
    if word in PLURALS:
        if word == "scores" and rest and rest[0] in SMALL:
            return None  # "scores two out of five"
        if rest[:1] == ["of"] and rest[1:2] and rest[1] in PLURALS:
            return Fraction(PLURALS[word] * SCALES[rest[1][:-1]]), "at least", at + 3
        return Fraction(PLURALS[word]), "at least", at + 1
    if word in ("several", "few", "many") or (word == "a" and rest[:1] in (["few"], ["couple"])):
        i = at + (2 if word == "a" else 1)
        i += names[i : i + 1] == ["of"]
        if i < len(names) and names[i] in SCALES:
            return Fraction(2 * SCALES[names[i]]), "at least", i + 1
    return None
