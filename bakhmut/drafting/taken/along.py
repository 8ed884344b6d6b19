"""What became of those whom somebody, a disaster or a fallen town took along with it."""

from __future__ import annotations

import re

from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.patterns.needing import Needing
from bakhmut.drafting.scope.carried import HEDGING
from bakhmut.drafting.scope.hits import Found

# "The bomber blew himself up and took twelve with him", "Metz fell, and with it 173,000 men", "the
# cholera took fourteen"
_TOOK = (
    (
        Needing(
            r"\b(?:sank|went\s+down|sinking|capsized|foundered|crash\w*|blasts?|blew|explo\w+|bomber|died|collapsed)\b"
            rf"[^.;]*\b(?P<done>took|takes|taking|taken)\s+{HEDGING}$"
        ),
        re.compile(r"\s+with\s+(?:it|him|her|them)\b"),
        "killed",
    ),
    (
        Needing(
            r"\b(?:capitulat\w+|surrender\w*|yielded|fell|gave\s+up)\b[^.;]*\band\s+(?P<done>with\s+(?:it|him|her|them))\s+"
            rf"{HEDGING}$"
        ),
        re.compile(r""),
        "captured",
    ),
    (
        Needing(
            r"\b(?:cholera|typhus|typhoid|fever|plague|dysentery|malaria|influenza|flu|smallpox|measles|epidemic|avalanche|floods?|"
            r"sea|storm|blast|explosion|fire|quake|earthquake|landslide|famine|hunger)\s+(?:had\s+|has\s+)?"
            rf"(?P<done>took|takes|taken)\s+{HEDGING}$",
            re.I,
        ),
        re.compile(r""),
        "killed",
    ),
)


def along(mention: Mention, text: str, end: int) -> Found | None:
    """Return what became of those whom somebody, or a town, took along with it."""
    for led, behind, measure in _TOOK:
        match = led.search(text, 0, mention.start)
        if match and behind.match(text, end):
            return Found(measure, *match.span("done"), "along with it", "inferred")
    return None
