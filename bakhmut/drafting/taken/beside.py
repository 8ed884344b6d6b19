"""Numbers that stand beside a loss and count none: votes, births, money, what might have been.

Each row has a word that must be in the sentence, what stands before the number and what behind it.
"""

from __future__ import annotations

import re

from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.phrases import counted
from bakhmut.drafting.scope.carried import HEDGING
from bakhmut.drafting.words import listed, window

_PLACES = (
    "city|town|village|country|state|province|region|district|county|valley|island|territory|"
    "nation|republic"
)
_ROWS = tuple(
    (word, re.compile(before), re.compile(after))
    for word, before, after in (
        # "voted by 212 to 97"
        (
            "vot",
            r"\b[Vv]ot(?:e|es|ed|ing)\s+(?:[a-z]+\s+){0,2}(?:by\s+)?(?:[\d,]+(?:\s+votes)?\s+to\s+)?$",
            "",
        ),
        # "and 80 when she first spoke of it"
        ("when", r"\b(?:am|is|was|were|and|or)\s+(?:only\s+|just\s+)?$", r"\s+when\s+(?:s?he|I)\b"),
        # "lived at number 14"
        ("number", r"\b(?:at|outside|opposite|behind|to)\s+number\s+$", ""),
        # "delivered 26 babies"
        (
            "deliver",
            rf"\bdeliver(?:s|ed|ing)\s+{HEDGING}$",
            r"\s+(?:[a-z]+\s+)?(?:babies|infants|newborns|boys|girls|children)\b",
        ),
        # "The state has 5.2 million people"
        (
            " ha",
            rf"\b(?:{_PLACES})\s+(?:has|had|have)\s+{HEDGING}$",
            r"\s+(?:people|inhabitants|souls)\s*(?:[,.;]|$|and\b|but\b)",
        ),
        # "a jury of seven women and five men"
        ("jury", r"\b[Jj]ury(?:\s+of\b[^.;]*|,)\s+$", r"\s+(?:women|men|people|jurors)\b"),
        # "counted to 100"
        ("to", r"\bcount(?:s|ed|ing)?\s+(?:up\s+)?to\s+$", ""),
        # "Had the dam gone, 30,000 would have drowned"
        (
            " have ",
            r"\bIf\b|\bif\s(?!not\b)|(?:^|[.,;“]\s*)Had\s",
            r"(?:\s+[\w’'-]+){0,3}?\s+(?:would|could|might)\s+have\b",
        ),
        # "The exercise assumed 450 dead and 2,000 injured"
        (
            "e",
            r"\b(?:exercise|drill|scenario|simulation|war\s+game)s?\s+(?:had\s+)?(?:assum|imagin|suppos|simulat|posit|envisag|foresee|foresaw)[a-z]*\b[^.;]*$",
            "",
        ),
        # "was read to him at 9 in cell 44"
        (
            " at ",
            r"\b(?:read|opened|began|begins|started|rang|met|gathered)\b[^.;,\d]{0,25}\sat\s+$",
            r"\s*(?:[.,;]|$|in\b|on\b|and\b)",
        ),
        # "survived four earlier attempts on his life"
        ("attempts", "", r"\s+(?:[a-z]+\s+){0,2}attempts\b"),
        # "picked up 17 cartridge cases"
        ("cartridge", "", r"\s+(?:[a-z]+\s+)?cartridges?\b"),
        # "flew in 3,000 body bags"
        (
            "body bags",
            r"\b(?:flew|flown|sent|sends?|sending|order\w*|bought|needs?|ship\w*|stock\w*|suppl\w+|request\w*)\b[^.;]*$",
            r"\s+body\s+bags\b",
        ),
        # "the third of nine children of a captain killed at sea"
        (
            " of ",
            r"\b(?:[a-z]+(?:th|rd)|first|second|eldest|oldest|youngest|mother|father|parents?)\s+of\s+(?:the\s+|his\s+|her\s+)?$",
            r"\s+(?:children|siblings|brothers|sisters|sons|daughters)\b",
        ),
        # "stacked four deep"
        ("deep", "", r"\s+deep\b"),
        # "aboard 2 aircraft"
        (
            "aboard",
            r"\baboard\s+$",
            r"\s+(?:[a-z]+\s+)?(?:aircraft|ships|boats|planes|trains|buses|helicopters|vessels)\b",
        ),
    )
)
# "a fatality rate 100 times that of clerks", "four times more likely to be killed"
_RATE = re.compile(
    r"\b(?:rates?|risks?|odds|chances?|likelihood|incidence|costs?|prices?)\b[^.;,]{0,30}$"
)
_LIKELY = re.compile(r"\s+likely\b")
# "pays 25,000 for each soldier killed and 8,000 for each wounded"
_OFFER = re.compile(
    r"\b(?:pay|wages?|salar(?:y|ies)|offer(?:ed)?|turned\s+down|reject(?:ed)?|demand(?:ed|ing)?)\b[^.;]*$"
)
_PAYS = re.compile(r"\b(?:pay|pays|paid|paying|pay-?outs?|payments?)\b[^.;]*$")
# "lost 31 seats"
_LOSES = re.compile(rf"\b(?:los[et]s?|losing|shed|won|wins?|gained)\s+{HEDGING}$")
_NOT_COUNTED = listed("lost without harm")


def is_beside(mention: Mention, text: str) -> bool:
    """Return whether a number counts nobody's loss, though one is told of in its sentence."""
    start, end = mention.start, mention.end
    if mention.kind == "ratio" and mention.rule.startswith("times"):
        return bool(_LIKELY.match(text, end) or _RATE.search(text, max(0, start - 60), start))
    if mention.rule == "more or fewer" and _OFFER.search(window(text, start, 80)):
        return True  # "turned down a rise of 4.5 per cent"
    if mention.kind == "ratio" and _PAYS.search(window(text, start, 80)):
        return True
    for word, before, after in _ROWS:
        if word in text and after.match(text, end) and before.search(window(text, start, 80)):
            return True
    head = counted(text, mention)[2].lower()
    return head in _NOT_COUNTED and bool(_LOSES.search(window(text, start)))
