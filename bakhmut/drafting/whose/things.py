"""Things that a side lost: *tanks lost* and *aircraft lost* are two counts, neither one of men."""

from __future__ import annotations

import re

from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.scope.phrases import kind_of, noun_phrase
from bakhmut.drafting.words import peoples

_LABEL = re.compile(
    r"\W*(?:[A-Z][\w ]{1,40}:\s)?([A-Za-z][A-Za-z /-]{1,60}?)\s*[:–‒—-]\s*[^\d,;.]{0,20}$"
)


def measured(measure: str, mention: Mention, text: str) -> str:
    """Return what was lost with the things in it; any other measure as it is.

    >>> text = "Russia has lost 364 tanks"
    >>> measured("lost", Mention(16, 19, "count", "364", "364", "digits"), text)
    'tanks lost'
    """
    if measure not in ("lost", "losses"):
        return measure
    start, end, head = noun_phrase(text, mention.end)
    if not head and (label := _LABEL.match(text[: mention.start])):
        return label[1] if kind_of(label[1]) == "thing" else measure  # "tanks – 3,448 (+7)"
    if kind_of(text[start:end]) != "thing":
        return measure
    many = mention.value != 1 or text[end - 1] == "s" or text[start:end].endswith("craft")
    own = " ".join(word for word in text[start:end].split() if word not in peoples())
    own = own if many else f"{own}s"  # one tank of the tanks lost
    known = kind_of(own.split()[0].lower()) == "thing"  # "Tanks", and not "Leopard tanks"
    return f"{own[0].lower() if known and own[1:2].islower() else own[0]}{own[1:]} lost"
