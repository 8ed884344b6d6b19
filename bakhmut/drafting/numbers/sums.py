"""Persons counted one by one, of whom a sentence gives no sum: "a mother and her two children".

They are one figure, of three; "a couple and their son" are three as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bakhmut.drafting.numbers.masked import NUMBER, Masked, Mention
from bakhmut.drafting.numbers.numerals import plain
from bakhmut.drafting.words import listed

_KIN = "|".join(sorted(listed("kin"), key=lambda one: (-len(one), one)))
_ONE = rf"(?:[a-z]+(?:-[a-z]+)*\s+)?(?P<{{}}>{_KIN})"
_FAMILY = re.compile(
    rf"\b(?:an?|the)\s+{_ONE.format('first')}(?P<middle>(?:,\s+(?:his|her|their)\s+(?:{_KIN}))*),?\s+and\s+"
    rf"(?:(?P<of>{NUMBER})\s+of\s+(?:his|her|their)|(?:his|her|their)\s+(?P<many>{NUMBER})|"
    rf"(?:his|her|their)(?=\s+(?:[a-z]+\s+)?(?:{_KIN})\b(?!\s+(?:{_KIN}))))",
    re.IGNORECASE,
)


def families(masked: Masked) -> Iterator[Mention]:
    """Yield the sum of a person and of those who are called by their kin to that person."""
    for match in _FAMILY.finditer(masked.text):
        group = next((name for name in ("of", "many") if match[name]), None)
        last = masked.at(match, group).value if group else 1
        first = 2 if match["first"].lower() in ("couple", "pair") else 1
        value = first + match["middle"].count(",") + last
        if value != int(value):
            continue
        ends = (plain(value), plain(value))
        yield Mention(*match.span(), "count", *ends, "sum", value=int(value), in_words=True)
