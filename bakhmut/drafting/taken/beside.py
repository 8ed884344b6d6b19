"""Numbers that stand beside a loss and count none: votes, births, pay, idioms.

Each row has a word that must be in the sentence, what stands before the number and what behind it.
"""

from __future__ import annotations

import re

from bakhmut.drafting.numbers.ages import HURT
from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.numbers.numerals import SMALL
from bakhmut.drafting.phrases import counted, kind_of
from bakhmut.drafting.scope.carried import HEDGING
from bakhmut.drafting.scope.hits import hits
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
        (
            "number",
            r"\b(?:at|outside|opposite|behind|(?<!supposed\s)(?<!said\s)to)\s+number\s+$",
            "",
        ),
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
            r"(?:\s+[\w’'-]+){0,3}?\s+would\s+have\b",
        ),
        # "If 10,000 had died, five in six would have been killed"
        (" had ", rf"\b[Ii]f\s+{HEDGING}$", r"(?:\s+[\w’'-]+){0,3}?\s+had\b[^.;]*\bwould\b"),
        # "The exercise assumed 450 dead and 2,000 injured"
        *(
            (
                word,
                r"\b(?:exercise|drill|scenario|simulation|war\s+game)s?\s+(?:had\s+)?(?:assum|imagin|suppos|simulat|posit|envisag|foresee|foresaw)[a-z]*\b[^.;]*$",
                "",
            )
            for word in ("exercise", "drill", "scenario", "simulation", "war")
        ),
        # "was read to him at 9 in cell 44"
        (
            " at ",
            r"\b(?:read|opene?d?s?|began|begins?|start(?:s|ed)?|leaves?|left|wak(?:es?)|woke|rose|rang|met|gathered)\b[^.;,\d]{0,25}\sat\s+$",
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
            r"\s+(?:children|siblings|brothers|sisters|sons|daughters)\b"
            r"(?!\s+(?:killed|murdered|missing|wounded|shot|abducted|who)\b)",
        ),
        # "broke in two"
        *(
            (
                word,
                r"\b(?:cut|broken?|split|sliced|torn?e?|folded|divided)\s+(?:\w+\s+)?in(?:to)?\s+$",
                r"(?!\s+(?:[a-z]+\s+)?(?:attack|raid|strike|battle|incident|case)s\b)",
            )
            for word in ("cut in", "broke", "split", "slice", "torn", "tore", "folded", "divided")
        ),
        # "Achates, of 90 guns,"
        (" guns", r"[A-Za-z],\s+of\s+$", r"\s+guns\b"),
        # "one of its two flight recorders"
        (
            " of ",
            r"\bone\s+of\s+(?:its|the|their)\s+$",
            r"\s+(?:[a-z]+\s+)?(?:recorders|boxes|engines|reasons|questions)\b",
        ),
        # "Around two it stopped"
        ("round", r"\b[Aa]round\s+$", r"\s+(?:it|he|she|we|they|I)\s+[a-z]+"),
        # "the camp, where 400,000 live"
        ("live", rf"\bwhere\s+{HEDGING}$", r"\s+(?:[a-z]+\s+){0,2}?live\b"),
        # "shortly before 11 this morning"
        (
            "this ",
            r"\b(?:before|after|at|around|about|by)\s+$",
            r"\s+(?:this|that)\s+(?:morning|afternoon|evening)\b",
        ),
        # "three death tolls"
        *(
            # and no "killed 40 by all accounts"
            (word, "", rf"\s+(?:(?!(?:by|in|of|on|at|to|from|and|or)\b)[a-z]+\s+){{0,2}}{word}\b")
            for word in ("tolls", "versions", "estimates", "accounts")
        ),
        # "told Kanal 24"
        *(
            (word, rf"\b{word}\s+$", r"\s*(?:[,.;]|$|that\b|on\b|in\b)")
            for word in ("Kanal", "Channel", "France", "Rossiya")
        ),
        # "Karim, who lost his wife, is 67."
        (
            " is ",
            r"^[A-Z][\w’-]+(?:\s[A-Z][\w’-]+)*,\s+(?:who|whose|an?|the)\b[^;.]*,\s+is\s+$",
            r"\s*(?:[.;]|$)",
        ),
        # "a letter signed by 40 officers"
        ("signed", rf"\b(?:co-?)?signed\s+by\s+{HEDGING}$", ""),
        # "the UN appeal is less than a quarter funded"
        ("funded", "", r"\s+funded\b"),
        # "above the 1 percent it regards as the limit"
        (
            "the ",
            r"\b(?:above|below|over|under|beyond|exceed\w*)\s+the\s+$",
            r"\s+(?:that\s+)?(?:it|they|the\s+WHO)\s+(?:regards?|considers?|uses?|sets?|calls?)\b",
        ),
        # "had bandages for twenty"
        *(
            (word, rf"\b{word}\s+(?:enough\s+)?for\s+$", r"\s*(?:[.,;]|$)")
            for word in ("bandages", "medicines", "stretchers", "blankets", "rations", "seats")
        ),
        # "stacked four deep"
        ("deep", "", r"\s+deep\b"),
        # "The campaign aims to reach 700,000 people"
        (
            " to ",
            rf"\b(?:aim|plan|hope|want|intend|expect)(?:s|ed|ing)?\s+to\s+(?:reach|feed|vaccinate|train|"
            rf"recruit|build|hire|treat|house|test|register|enrol|immunise|resettle)\s+{HEDGING}$",
            "",
        ),
        # "The fund has paid 620 families"
        (
            "pa",
            rf"\b(?:paid|pays|paying|compensated)\s+{HEDGING}$",
            r"\s+(?!lives\b|dead\b|men\b|soldiers\b|casualties\b)[a-z]+",
        ),
        # "5,300 complaints of torture"
        ("of", "", r"\s+(?:[a-z]+\s+)?(?:complaints|allegations|accusations|petitions|lawsuits)\b"),
        # "fell from 412 to 290 per 100,000 births"
        ("per ", "", r"(?:\s+to\s+[\d.,]+)?\s+per\s+1,?0"),
        # "Fifty-six per cent of those polled said"
        (
            "poll",
            "",
            r"\s+of\s+(?:those|people|adults|voters)\s+(?:polled|surveyed|asked)\b",
        ),
        # "multiplied their estimate by 20"
        ("ultipl", r"\b[Mm]ultipl(?:y|ies|ied|ying)\b[^.;]*\sby\s+$", ""),
        # "aboard 2 aircraft"
        (
            "aboard",
            r"\baboard\s+$",
            r"\s+(?:[a-z]+\s+)?(?:aircraft|ships|boats|planes|trains|buses|helicopters|vessels)\b",
        ),
    )
)
# "a fatality rate 100 times that of clerks", "four times more likely to be killed"; a casualty or
# a loss rate is compared as losses are
_RATE = re.compile(
    r"\b(?:(?:fatality|mortality|accident|crime|murder|suicide|infection)\s+rates?|risks?|odds|chances?|"
    r"likelihood|incidence|costs?|prices?)\b[^.;,]{0,30}$"
)
_LIKELY = re.compile(r"\s+likely\b")
# "pays 25,000 for each soldier killed and 8,000 for each wounded"
_OFFER = re.compile(
    r"\b(?:pay|wages?|salar(?:y|ies))\b[^.;]*$|"
    r"\b(?:turned\s+down|rejected|offered|demanded)\s+an?\s+(?:[a-z]+\s+)?(?:rise|increase)\s+of\s+$"
)
_PAYS = re.compile(r"\b(?:pay|pays|paid|paying|pay-?outs?|payments?)\b[^.;]*$")
# "lost 31 seats"
_LOSES = re.compile(rf"\b(?:los[et]s?|losing|shed|won|wins?|gained)\s+{HEDGING}$")
# "The number of cars rose to 33 million"
_NUMBER_OF = re.compile(
    r"\bnumber\s+of\s+(?P<what>(?:[a-z-]+\s+){1,3}?)(?:has\s+|had\s+)?(?:rose|risen|fell|fallen|grew|grown|climbed|"
    rf"dropped|went\s+up|went\s+down)\s+(?:by\s+[^,;.]{{1,20}}\s)?(?:from\s+[\d,]+\s+)?to\s+{HEDGING}$"
)


def _counts_persons(what: str) -> bool:
    """Whether a noun is one of a loss, or of anybody: "the number of people in hospital"."""
    return kind_of(what.strip()) in ("anybody", "soldiers") or bool(hits(what))


_TYPE = re.compile(r"\b(?:[Aa]n?|[Tt]he)\s+[A-Z]{2,}[\w-]*\s$")
_OF_THEM = re.compile(r"\s+(?:dead|killed|people|men)\b")
_NOT_COUNTED = listed("lost without harm")


def is_beside(mention: Mention, text: str) -> bool:
    """Return whether a number counts nobody's loss, though one is told of in its sentence."""
    start, end = mention.start, mention.end
    if _is_idiom(mention, text):
        return True
    if text[start - 2 : start - 1].isupper() and _TYPE.search(window(text, start, 30)):
        return not _OF_THEM.match(text, end)  # "an ATR 42"
    if mention.kind == "ratio" and mention.rule.startswith("times"):
        return bool(_LIKELY.match(text, end) or _RATE.search(text, max(0, start - 60), start))
    if mention.rule == "more or fewer" and _OFFER.search(window(text, start, 80)):
        return True  # "turned down a rise of 4.5 per cent"
    sum_ = mention.kind == "ratio" and (mention.value or 0) >= 1000
    if sum_ and _PAYS.search(window(text, start, 80)):
        return True
    for word, before, after in _ROWS:
        if word in text and after.match(text, end) and before.search(window(text, start, 80)):
            return True
    if (many := _NUMBER_OF.search(window(text, start))) and not _counts_persons(many["what"]):
        return True
    head = counted(text, mention)[2].lower()
    return head in _NOT_COUNTED and bool(_LOSES.search(window(text, start)))


_UNITS = (
    "family|household|village|street|town|city|school|unit|company|battalion|brigade|regiment|"
    "house|side"
)
# What stands before and behind a "one" that counts nobody ...
_ONE = tuple(
    (re.compile(before), re.compile(after))
    for before, after in (
        # "she was one of eleven doctors taken prisoner"
        (r"(?i:\b(?:was|were|is|are|as|not)\s$)", r" of "),
        (r"(?i:\bnot\s$)", ""),
        # "In one case that came to light"
        (r"(?:In| in) $", r"\s+(?:case|instance|incident|example|respect|sense|place)\b"),
        # "I did not know one of them", "I've met one of them"
        (r"\b(?:not\s+[a-z]+|met|knew|know)\s$", r" of them"),
        # "Show us one body"
        (
            r"\b(?:[Ss]how|[Nn]ame|[Ff]ind|[Gg]ive|[Tt]ell)\s+(?:us|me|them)\s+(?:just\s+|only\s+)?$",
            "",
        ),
        # "six members of one family"
        (r"\b(?:of|from)\s$", rf"\s+(?:[\w-]+\s+)?(?:{_UNITS})\b"),
        # "one by one"
        ("", r"\s+by\s+one\b"),
        (r"\bone\s+by\s$", ""),
        # "One of them had a swallow tattooed on his wrist"
        (
            "",
            r"\s+of\s+them\s+(?:had\s+an?|has\s+an?|is\s+(?:my|our|now)|hasn['’]t|told|said|says|"
            r"wore|spoke|asked)\b",
        ),
        # "in a bad one"
        (r"\ban?\s[a-z]+\s$", ""),
    )
)
# ... and of one that counts nobody if no loss is told of right beside it.
_ONE_ELSE = tuple(
    (re.compile(before), re.compile(after))
    for before, after in (
        (
            r"(?i:\b(?:(?:last|first|next|latest|previous|second|third|new|old|no|any|every|each|the|"
            r"this|that|another|at|which|day)[\s-]|(?:some|only|as|or|with|all|than)-)$)",
            "",
        ),
        (
            "",
            r"\s+(?:of\s+the\s+(?:most|best|worst|first|last|few|main|deadliest|largest|biggest|"
            r"bloodiest)|another|side|day|that|by|thing|way|can|could|would|should|who\s+knows|ex-|"
            r"former)\b|[-\s]?(?:time|off|way)\b",
        ),
    )
)
_ONE_DEAD = re.compile(
    r"\b(?:dead|deaths|toll|killed|casualties|losses)\b[^.;,]{0,20}\sat\s$|"
    r"\b(?:sa(?:id|ys)|report(?:ed|s)|confirm(?:ed|s)|announced)\s+that\s$"
)
# "the two sides", "those three."
_THE_FEW = re.compile(r"\b(?:the|these|those|both|all)\s$", re.I)
_OF_TALK = re.compile(
    r"[,.;]|\s+(?:sides|armies|countries|men|nations|parties|camps|governments|figures|numbers|counts|"
    r"totals|sources|reports|accounts|estimates)\b"
)
_TO_A = re.compile(r"\s+to\s+an?\s")  # "two to a bed"
# "all six were"
_ALL = re.compile(r"\ball\s$", re.I)
_ALL_DID = re.compile(r"\s+(?:were|was|are|had|have|of\s+them|[a-z]+ed)\b")
_NUMBERED = re.compile(r"\b(?:day|page|phase|world\s+war|chapter|(?<![ds]\s)number)\s$", re.I)


def _is_idiom(mention: Mention, text: str) -> bool:
    before, after = window(text, mention.start, 60), text[mention.end : mention.end + 60]
    if mention.kind != "count" or not mention.in_words:
        return False
    word = text[mention.start : mention.end].lower()
    if word == "one":
        return _is_idle_one(before, after)
    if word in ("two", "three", "four") and _THE_FEW.search(before):
        return bool(_OF_TALK.match(after))
    if word in SMALL and _TO_A.match(after):
        return True
    if word in SMALL and _ALL.search(before):
        return bool(_ALL_DID.match(after))
    return bool(_NUMBERED.search(before))


def _is_idle_one(before: str, after: str) -> bool:
    if any(behind.match(after) and led.search(before) for led, behind in _ONE):
        return True
    if HURT.match(after) or _ONE_DEAD.search(before):
        return False  # "its casualties at one dead and two hurt", "put the dead at one"
    return any(behind.match(after) and led.search(before) for led, behind in _ONE_ELSE)
