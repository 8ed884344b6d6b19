"""Numbers joined into what a text says with them: counts, ranges, rates, shares, ratios.

"five troops for every" is a ratio of 5; "between 400 and 750" a range; "one in twelve" a share of
8.33 %. A sentence is matched with each number masked by one mark a character, so that one pattern
serves digits and words, and every span is the text's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction

from bakhmut.drafting.numbers.masked import NUMBER, Masked, Mention, made, share_of
from bakhmut.drafting.numbers.numerals import FRACTIONS, SCALES, Numeral, plain
from bakhmut.drafting.numbers.ratios import as_many, colons, for_each, inverted, times, to_one
from bakhmut.drafting.numbers.shares import (
    PART,
    a_in_so_many,
    every,
    fractions,
    in_so_many,
    most,
    percent,
    written,
)
from bakhmut.drafting.patterns.needing import Needing
from bakhmut.drafting.phrases import kind_of
from bakhmut.drafting.words import any_of, listed


def mentions(masked: Masked) -> list[Mention]:
    """Return what a sentence says with numbers, in order; each number stands in one mention."""
    taken: list[Mention] = []
    taken_at = bytearray(len(masked.text))  # 1 where a mention stands already, or a date
    for start, end in masked.dates:  # "at a quarter to eight" is no share
        taken_at[start:end] = b"\1" * (end - start)
    lower = masked.sentence.lower()
    for finder, signs in _FINDERS:
        for sign in signs:
            if sign in lower:
                break
        else:
            if signs:
                continue
        for one in finder(masked):
            if not any(taken_at[one.start : one.end]):
                taken.append(one)
                taken_at[one.start : one.end] = b"\1" * (one.end - one.start)
    return _between_ratios(masked, sorted(taken, key=lambda one: one.start))


_ENDS = re.compile(r"\b(between|from)\s+(?:about\s+|around\s+|some\s+)?$", re.I)
_PARITY = re.compile(
    r"\b(?:from|between)\s+(parity)\s+(?:to|and)\s+(?:(?:better|more)\s+than\s+)?$"
)


def _between_ratios(masked: Masked, taken: list[Mention]) -> list[Mention]:
    """Return mentions, two ratios as one range: "between 2.5:1 and 4:1", "from parity to ten"."""
    made_: list[Mention] = []
    for one in taken:
        last = made_[-1] if made_ else None
        gap = masked.sentence[last.end : one.start].strip() if last else ""
        if one.kind == "ratio" and (equal := _PARITY.search(masked.sentence, 0, one.start)):
            one = replace(one, start=equal.start(1), low="1", value=1)
        elif last and last.kind == one.kind == "ratio" and gap in ("and", "to"):
            led = _ENDS.search(masked.sentence, 0, last.start)
            joined = led and (led[1].lower() == "between") == (gap == "and")
            if joined and (last.value or 0) < (one.value or 0) and last.low == last.high:
                made_.pop()
                one = replace(one, start=last.start, low=last.low, value=last.value)
        made_.append(one)
    return made_


_BETWEEN = Needing(
    rf"\b(between|from|anywhere\s+from|anywhere\s+between)\s+((?:[a-z]+\s+){{0,2}}?)({NUMBER})"
    rf"((?:\s+[a-z]+){{0,2}}?)\s+(and|to)\s+((?:[a-z]+\s+){{0,2}}?)({NUMBER})",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"(?<![\w/-])({NUMBER})(\s*[-–—‑]\s*|\s+(?:to|or)\s+(?:even\s+|perhaps\s+|possibly\s+)?)"
    rf"({NUMBER})(?![-–/])"
)
# "2,000, 3,000 people", "five, six of them": so many or so many
_OR_SO = re.compile(
    rf"(?<![\w,/-])(?<!,\s)({NUMBER}),\s+(?:(?:maybe|perhaps|possibly|even)\s+({NUMBER})|"
    rf"({NUMBER})(?=\s+(?!and\b|or\b)[a-z]|\s*[.;]|$))"
)
_MAYBE = Needing(rf"\b(?:maybe|perhaps)\s+({NUMBER}),\s+(?:maybe|perhaps)\s+({NUMBER})", re.I)
_PLUS_MINUS = re.compile(
    rf"({NUMBER}),?\s*(?:\(|,)?\s*(?:plus[\s-]or[\s-]minus|±|\+/-|give\s+or\s+take)\s*({NUMBER})",
    re.I,
)
_MOVED = re.compile(
    r"\b(?:rose|rise|risen|rising|fell|fall|fallen|falling|lower\w*|rais\w+|revis\w+|up|down|"
    r"increas\w+|drop\w*|climb\w*|"
    r"grew|grown|jump\w*|cut|declin\w+|updat\w+|correct\w+|chang\w+|went|gone|reduc\w+|"
    r"doubl\w+|soar\w*|swell\w*|shrank|shrunk|"
    r"upgrad\w+|downgrad\w+|dwindl\w+|surg\w+|amend\w+|brought|dwindled|slid|sank|mov(?:e|es|ed|ing)|shift\w*)\b",
    re.IGNORECASE,
)


_NUMBERED_TIME = re.compile(r"\b(?:week|day|month|round|wave|phase)\s$", re.I)
_IN_A_NUMBERED_TIME = re.compile(r"\s+(?:in|on|by)\s+(?:week|day|month|round|wave|phase)\s", re.I)


def _plus_or_minus(masked: Masked) -> Iterator[Mention]:
    for match in _PLUS_MINUS.finditer(masked.text):
        middle, off = masked.at(match, 1).value, masked.at(match, 2).value
        ends = (plain(middle - off), plain(middle + off))
        yield Mention(*match.span(), "range", *ends, "plus or minus", value=middle)


_TWO_PARTS = re.compile(
    rf"\b(?:between|from)\s+(?:({NUMBER})[\s-]|an?\s+)?({PART})\s+(?:and|to)\s+"
    rf"(?:({NUMBER})[\s-]|an?\s+)?({PART})\b",
    re.I,
)


def _parts(masked: Masked) -> Iterator[Mention]:
    """Yield "between half and two thirds"."""
    for match in _TWO_PARTS.finditer(masked.text):
        low, high = (
            (masked.at(match, n).value if match[n] else 1) * FRACTIONS[match[n + 1].lower()]
            for n in (1, 3)
        )
        if low < high < 1:
            below = (match.end(), len(masked.text))
            ends = share_of(low), share_of(high)
            yield Mention(*match.span(), "share", *ends, "fraction", below=below, value=low)


def _ranges(masked: Masked) -> Iterator[Mention]:
    for match in _BETWEEN.finditer(masked.text):
        one, other = masked.at(match, 3), masked.at(match, 7)
        word = match[1].lower()
        if one.value >= other.value or (word.endswith("between")) != (match[5] == "and"):
            continue
        before = masked.sentence[max(0, match.start() - 70) : match.start()]
        if word == "from" and _MOVED.search(before) and not re.search(r"rang|var|anywhere", before):
            continue
        yield _range(masked, match.span(), one, other)
    for match in _MAYBE.finditer(masked.text):
        one, other = masked.at(match, 1), masked.at(match, 2)
        if one.value < other.value:
            yield _range(masked, match.span(), one, other)
    for match in _OR_SO.finditer(masked.text):
        one, other = masked.at(match, 1), masked.at(match, 2 if match[2] else 3)
        near = one.value < other.value <= 2 * one.value
        if near and match[2]:
            yield _range(masked, match.span(), one, other)
            continue
        scaled = _scaled(masked, one, other)
        if scaled > one.value and scaled < other.value <= 2 * scaled:
            yield _range(masked, match.span(), one, other)  # "sixty, sixty-five thousand"
            continue
        round_ = one.value >= 100 and not one.value % 50 and not other.value % 50
        if (
            near
            and masked.text[match.end() : match.end() + 1] == " "
            and (
                round_
                or (one.in_words and other.in_words and other.value - one.value in (1, 5, 10))
            )
        ):
            yield _range(masked, match.span(), one, other)
    for match in _RANGE.finditer(masked.text):
        one, other = masked.at(match, 1), masked.at(match, 3)
        before = masked.sentence[max(0, match.start() - 70) : match.start()]
        if before.rstrip().endswith("from") and _MOVED.search(before):
            continue  # "doubled, from 620 to 1,240": two counts
        if before.rstrip().endswith(" by") and _MOVED.search(before) and " to " in match[0]:
            continue  # "rose by 20,000 to 310,000"
        numbered = _NUMBERED_TIME.search(before)
        if numbered and _IN_A_NUMBERED_TIME.match(masked.sentence, match.end()):
            continue  # "from 31 in week 3 to 47 in week 4"
        if one.value < other.value:
            yield _range(masked, match.span(), one, other)


def _range(masked: Masked, span: tuple[int, int], one: Numeral, other: Numeral) -> Mention:
    low, value = one.printed, one.value
    scale = re.search(r"\s?(k|thousand|million|billion)$", other.printed)
    thousands = SCALES.get(scale[1], 1000) if scale else 1
    scaled = _scaled(masked, one, other)
    if max(scaled, one.value * thousands) > other.value:
        pass  # "three to one crore", "300 to 100 thousand"
    elif scale and one.value < 1000 and not one.in_words and not re.search(r"[a-z]$", low):
        low = f"{low}{scale[0]}"
    elif scaled > one.value:  # "two to three lakh"
        low, value = plain(scaled), scaled
    return Mention(*span, "range", low, other.printed, "range", value=value)


def _scaled(masked: Masked, one: Numeral, other: Numeral) -> Fraction:
    """Return a number in words by the scale of the one behind it: two of "two, three lakh"."""
    if not (other.in_words and one.in_words and one.value < 100):
        return one.value
    word = masked.sentence[other.start : other.end].split()[-1].lower()
    return one.value * SCALES.get(word, 1)


def _singles(masked: Masked) -> Iterator[Mention]:
    for one in masked.numerals.values():
        hedges = (one.hedge,) if one.hedge else ()
        low, high = one.printed, "" if one.hedge else one.printed
        # Whole numbers as such: they are compared often, and fractions slowly.
        value = one.value.numerator if one.value.denominator == 1 else one.value
        yield Mention(one.start, one.end, "count", low, high, "number", hedges,
                      value=value, in_words=one.in_words)  # fmt: skip


_EVERY_SO = re.compile(
    rf"(?<!\w)(an?|{NUMBER})\s+([a-z]+)((?:\s+[a-z]+){{0,5}}?)\s+every\s+(?:{NUMBER}|few|other|couple\s+of)\s+"
    r"(?:seconds?|minutes?|hours?|days?|weeks?)\b(?!\s+(?:ago|earlier|later))",
    re.I,
)


def every_so_often(masked: Masked) -> Iterator[Mention]:
    """Yield "an officer every four days", "A child dies every two minutes"."""
    for match in _EVERY_SO.finditer(masked.text):
        end = match.end(1) if match[3].strip() else match.end()
        one = masked.at(match, 1).value if match.start() in masked.numerals else Fraction(1)
        person = match[2] in listed("kin") or kind_of(f"{match[2]}s") in ("group", "soldiers")
        if one != 1 or not person:
            continue  # "updates a list of the dead every two weeks"
        yield Mention(match.start(), end, "rate", "1", "1", "article", value=one, in_words=True)


_KIN = any_of("kin")
_ONE = rf"(?:[a-z]+(?:-[a-z]+)*\s+)?(?P<{{}}>{_KIN})"
_FAMILY = re.compile(
    rf"\b(?:an?|the)\s+{_ONE.format('first')}(?P<middle>(?:,\s+(?:his|her|their)\s+(?:{_KIN}))*),?\s+and\s+"
    rf"(?:(?P<of>{NUMBER})\s+of\s+(?:his|her|their)|(?:his|her|their)\s+(?P<many>{NUMBER})|"
    rf"(?:his|her|their)(?=\s+(?:[a-z]+\s+)?(?:{_KIN})\b(?!\s+(?:{_KIN}))))",
    re.IGNORECASE,
)


def families(masked: Masked) -> Iterator[Mention]:
    """Yield persons counted one by one as their sum: "a mother and her two children" are three."""
    for match in _FAMILY.finditer(masked.text):
        group = next((name for name in ("of", "many") if match[name]), None)
        last = masked.at(match, group).value if group else 1
        first = 2 if match["first"].lower() in ("couple", "pair") else 1
        value = first + match["middle"].count(",") + last
        if value != int(value):
            continue
        ends = (plain(value), plain(value))
        yield Mention(*match.span(), "count", *ends, "sum", value=int(value), in_words=True)


_ALL_BUT = re.compile(
    rf"\ball\s+but\s+({NUMBER})\s+of\s+(?:(?:the|its|their|his|her|our|some|about)\s+)*(?:[a-z]+\s+of\s+)?({NUMBER})",
    re.I,
)


def _all_but(masked: Masked) -> Iterator[Mention]:
    """Yield "all but two of the 31", which is 29."""
    for match in _ALL_BUT.finditer(masked.text):
        value = masked.at(match, 2).value - masked.at(match, 1).value
        if value > 0:
            yield made(*match.span(), "count", value, "all but")


# Each finder with the letters without which it finds nothing, so that most are not asked.
_FINDERS: tuple[tuple[Callable[[Masked], Iterator[Mention]], tuple[str, ...]], ...] = (
    (colons, (":",)),
    (for_each, ("every", "each", " per ", " in ", "for ")),
    (inverted, ("every", "each", "of", "for ")),
    (times, ("as many", "as much", "times", "fold", "twice", "thrice", "doubl", "tripl", "trebl",
             "quadrupl", "half", "halved", "factor")),
    (as_many, ("as many",)),
    (in_so_many, (" in ", " of ", " from ")),
    (a_in_so_many, (" in ",)),
    (every, ("every",)),
    (every_so_often, ("every",)),
    (most, ("most", "majority", "bulk", "mainly", "nearly all", "virtually all")),
    (written, ("/", "mille", "‰")),
    (percent, ("%", "per", "pct")),
    (_parts, ("between", "from")),
    (fractions, tuple(word.rstrip("s") for word in FRACTIONS)),
    (to_one, ("to", "for", "against", "ratio")),
    (_all_but, ("all but",)),
    (families, (" his ", " her ", " their ")),
    (_plus_or_minus, ("plus", "±", "+/-", "give")),
    (_ranges, ()),
    (_singles, ()),
)  # fmt: skip
