"""Numbers that are no figures: dates, times, ages, money, distances, names, counts of background.

`why_not(...)` names the reason, or returns "" where a number may be a figure.
"""

from __future__ import annotations

import re

from bakhmut.drafting.numbers.ages import is_age
from bakhmut.drafting.numbers.dates import is_date, is_time
from bakhmut.drafting.numbers.masked import MONEY, MONTHS, TIME_UNITS, UNITS, Mention
from bakhmut.drafting.numbers.numerals import SMALL
from bakhmut.drafting.patterns.needing import Needing
from bakhmut.drafting.words import any_of

_CURRENCY = re.compile(
    r"(?:[$€£¥₽₴₹₺₩]|\b(?:NLe|KSh|TSh|USh|UGX|KES|NGN|ZAR|FCFA|CFA|USD|EUR|GBP|CHF|SEK|NOK|DKK|JPY|INR|RUB|UAH|Rs\.?|US|CA|AU)\s?\$?|"
    r"R\$)\s?$"
)
_NAMED = re.compile(
    r"(?:\b(?:(?i:(?:bus|tram)\s+stops?|case|episode|level|local|vitrine|showcase|kilometre|kilometer|milepost|checkpoints?|berths?|junctions?|exits?|vol|row|seat|deck|line|tram|terminal|platform|gate|cell|wing|ward|carriage|resolution|article|section|paragraph|warehouse|clause|chapter|hill|marked|press|end(?:ing|s|ed)\s+in|ending|footnotes?|reference|unit|block|reactor|paras?|paragraphs|notes?|force)|"
    r"UPDATE|Update|WRAPUP|Wrapup|LEAD|No|Nos|Nr|Number|Article|Art|Articles|Section|Sections|Resolution|Resolutions|Chapter|"
    r"Vocational\s+School\s+No|Highway|Route|Road|Flight|Train|Channel|"
    r"Protocol|Convention|no\.|Page|page|pp?|Paragraph|paragraph|Part|Phase|phase|Level|level|"
    r"Stage|Tier|tier|Category|category|Grade|Gate|Room|"
    r"Unit|Camp|Command|Line|Building|Block|Pier|Platform|Track|Figure|Table|Note|Volume|Vol|Issue|"
    r"Group\s+of|Day|day|Week|week|Season|Episode|Version|Type|Class|"
    r"Directive|Law|Decree|Order|Act|Bill|Rule|Regulation|Clause|Point|Hill|Sector|Ward|"
    r"District|Zone|Area|Precinct|Battalion|Brigade|Regiment|"
    r"Division|Corps|Camp|Boeing|Airbus|Embraer|Antonov|Tupolev|Ilyushin|Bombardier|Cessna|Tel|Phone|Call|call|call\s+us\s+on|dial|Hotline|"
    r"hotline|Helpline|helpline|phone|fax|Fax|Tel\.|extension|postcode|Covid|COVID|magnitude|"
    r"Magnitude|M|Mw|Richter|Apollo|Interstate|Press\s+Release|Situation\s+Report|sitrep|"
    r"Sitrep|SitRep|Round|Kh|S|T|Su|MiG|F|BM|Mk|Leopard|Challenger|Chapter|Psalm|"
    r"R0|Flt|Lot|Locality|Box|Apartment|Flat|Suite|Bus|Ref|ref|ID|ISO|Form|Annex|Appendix|"
    r"Schedule|School|Hospital|Mine|Shaft|Reactor|reactor|Tower)\.?|(?i:hotline|helpline|"
    r"phone|call|tel|fax):?|(?i:toll-free|hotline|emergency|phone|telephone)\s+number|#|№|§)\s?[-–]?\s?$"
)
_NAMED_TOO = Needing(
    r"(?:notes|paras|[Pp]aragraphs|[Aa]rticles|[Ss]ections|[Cc]hapters|[Pp]ages|[Jj]unctions)\s\d+\s(?:and|to|or)\s$"
)
_EACH_TIME = re.compile(
    r"\b(?:every|each|per|an?|last|this|that|first|second|third|past|same|one|previous|following|"
    r"next|final|fourth|opening|closing|single|(?:over|in|during|for|of|by)\s+the)\s+(?:day|week|season)\s$",
    re.I,
)
_OF_SUM = re.compile(
    r"[£$€]\s?\d[\d.,]*\w*\)?,\s+(?:of\s+which\s+|(?:about|some|almost|nearly)\s+)?(?:an?\s+)?$"
)
_SUM = re.compile(rf"[$€£]\s?\d|(?:\d[\d.,]*\s(?:\w+\s){{0,2}}?|(?:every|each)\s){MONEY}")
_DEGREES = Needing(
    r"\b(?:mercury|temperatures?|thermometers?|magnitude|intensity|minus)\b[^.;,]{0,40}$", re.I
)
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b", re.I)
_POPULATION = Needing(
    r"\b(?:population|populations|population\s+of|(?:nation|country|city|province|region|state|district|county|republic|metropolis|enclave|kingdom|suburb)\s+of|"
    r"employ(?:s|ed|ing)?|(?<!\ban\s)(?<!\bthe\s)interview(?:s|ed|ing)?|(?:survey|poll)(?:s|ed|ing)?|hear(?:d|ing)(?=\s+\S+$|\s+$)|can\s+(?:carry|hold|seat|take|accommodate|treat|house)|targets?:?|quota|goal\s+of|limit\s+of|(?:hall|stadium|church|arena|theat(?:re|er)|room|ferry|boat|bus)\s+(?:holds|held|seats|takes)|(?:moved|changed|shifted|differ(?:s|ed)?|varied|varies)\s+by|(?:leads?|led|heads?|headed|runs?|ran|manages?)\s+an?\s+(?:team|crew|group|staff|network|unit)\s+of|\d+\s+votes\s+to|"
    r"town\s+of|village\s+of|people\s+of|community\s+of|home\s+to|island\s+of|inhabitants|"
    r"subscribers|followers|capacity|capacity\s+of|capacity\s+for|seats|worth|costs?|costing|"
    r"priced?\s+at|(?:tents|beds|berths|bunks|cots|food|shelters?|meals|places|space|blankets|rations|housing|supplies|"
    r"seats|tickets|enough|wards?|cells?|halls?)\s+for|budget\s+of|damages?\s+of|budget|weigh\w*|measur\w+|score|won\s+by|lost\s+by|circulation|"
    r"circulation\s+of|room\s+for|(?:designed|meant|built|licensed|certified|intended|approved)\s+(?:for|to\s+(?:carry|hold|seat|take|house|accommodate)))"
    r"(?:\s*(?:,|of|was|is|:|at\s+least|less\s+than|more\s+than|around|about|some|at|only|just|roughly|to|from))*\s+$",
    re.I,
)


def why_not(mention: Mention, sentence: str) -> str:
    """Return why a mention is no figure by its own form, or ""."""
    start, end = mention.start, mention.end
    before, after = sentence[max(0, start - 60) : start], sentence[end : end + 60]
    for reason, applies in _REASONS:
        if applies(mention, before, after, sentence):
            return reason
    return ""


def _is_ordinal(mention: Mention, before: str, after: str, text: str) -> bool:
    return text[mention.end - 1].isdigit() and bool(_ORDINAL.match(after))


def _is_measured(mention: Mention, before: str, after: str, text: str) -> bool:
    measured = _IN_UNITS.match(after) or _AND_SO_FAR.match(after)
    return mention.kind in ("count", "range") and bool(measured)


def _is_duration(mention: Mention, before: str, after: str, text: str) -> bool:
    counted = mention.kind in ("count", "range", "share")
    return counted and bool(_LASTING.match(after)) and not _PER_TIME.match(after)


_SOUGHT = Needing(
    r"\b(?:[Pp]olice|[Dd]etectives|[Oo]fficers|[Aa]uthorities)\s+(?:(?:are|were|have\s+been)\s+)?(?:still\s+)?"
    r"(?:hunting|seeking|looking\s+for|searching\s+for|pursuing|chasing)\s+(?:at\s+least\s+)?$"
)


_UNITS_OF = re.compile(
    r"\s+(?:out\s+)?of\s+(?:(?:the|its|all)\s+)*(?:[\w’']+\s+)?\d[\d,]*\s+"
    rf"(?:{any_of('units of a country')})\b"
)
_AT_COURT = re.compile(
    r"\s+(?:\w+\s+)?(?:murder|homicide|criminal|court|corruption|rape|fraud|civil)\s+"
    r"(?:cases|charges|trials|investigations|complaints|proceedings)\b"
)
_KIN_LEFT = Needing(r"\bsurvived\s+by\s+[^.;]*$")
_US_ON_DUTY = re.compile(
    r"\s+of\s+us\s+on\s+(?:duty|call|watch|(?:the|that|our)\s+(?:shift|ward|team))\b"
)
_TO_REACH = Needing(
    r"\b(?:is|are|aims?|hopes?|plans?|wants?|due|meant|intended)\s+to\s+"
    r"(?:reach|vaccinate|immuni[sz]e|inoculate|cover)\s+(?:(?:about|some|up\s+to|nearly|over|more\s+than|at\s+least)\s+)?$"
)
_PEOPLE = re.compile(
    r"\s+(?:[a-z-]+\s+)?(?:people|persons|children|adults|residents|women|households|families)\b"
)
_WEARING = re.compile(
    r"(?:\s+(?:out\s+)?of\s+(?:the|its|their|those)\s+\d+)?(?:\s+[a-z]+)?(?:\s+(?:had|have|has|were|was|are|is|been|not|all))*"
    r"\s+(?:wearing|wore|worn|wear)\b"
)
_REGION = re.compile(rf"\s+(?:[a-z-]+(?:ed|hit|est)\s+)?(?:{any_of('units of a country')})\b")
_OF_THE_REGIONS = re.compile(
    r"\b(?:of|in|from|across|throughout|into)\s+(?:the|all|all\s+of\s+the)\s+$"
)
_PER = Needing(r"\b(?:per|in\s+every)\s+$", re.I)
_WHERE = re.compile(r"\b(?:in|from|across|throughout|to|at)\s+$")


_TO_GO = re.compile(
    r"\s+to\s+go\b(?!\s+to\b)|\s+[a-z]+\s+to\s+an?\s+(?:bed|room|cell|tent|mattress|cot|ward|desk|seat|table)\b"
)
_UNITS_IN_ALL = re.compile(
    rf"\bnumber\s+of\s+(?:[a-z-]+\s+){{0,2}}(?:{any_of('units of a country')})\s+"
    r"(?:to|at|is|was|now|stands\s+at|(?:has|had)\s+(?:reached|risen\s+to))\s+$"
)
_ASKED = re.compile(r"\b(?:questions|letters|signatures|objections)\s+(?:from|by)\s+$")


def _is_background(mention: Mention, before: str, after: str, text: str) -> bool:
    at = mention.start
    if mention.kind == "count" and _PER.before(text, at, 60) and (mention.value or 0) % 100 == 0:
        return True  # "deaths per 1,000"
    if _TO_REACH.before(text, at, 60) and _PEOPLE.match(after):
        return True  # "a drive that is to reach 720,000 people"
    if mention.kind == "count" and _WEARING.match(after):
        return True  # "nine of the 43 had been wearing seat belts"
    if _AT_COURT.match(after):
        return True  # "opened 1,861 murder cases"
    if _UNITS_OF.match(after) and _WHERE.search(before):
        return True  # "reported from 18 of the country's 26 counties"
    if _KIN_LEFT.before(text, at, 60) or _SOUGHT.before(text, at, 60) or _US_ON_DUTY.match(after):
        return True  # "survived by two sons and a daughter", "police are hunting three men"
    if _REGION.match(after) and _OF_THE_REGIONS.search(before):
        return True  # "out of the eleven affected provinces"
    if mention.value == 1 and _WHERE_FROM.search(before) and _ONE_PLACE.match(after):
        return True  # "a third of the dead came from one parish"
    if mention.value == 1 and _IF.search(before) and _ONE_DOES.match(after):
        return True  # "if one takes the middle of the range"
    if mention.value == 0 and before.endswith("ground "):
        return True  # "a town that they call ground zero"
    if _ANSWERS_DIFFER.search(before) or _ACCEPTED.match(after):
        return True  # "the answers differ by a factor of five", "above the 1% regarded as normal"
    if _TO_GO.match(after) or _UNITS_IN_ALL.search(before) or _ASKED.search(before):
        return True  # "it has 140 to go", "two to a bed", "the number of affected districts to 34"
    measured = _POPULATION.before(text, at, 45) or _DEGREES.before(text, at, 60)
    return bool(measured and not _LIVES.match(after))


_IF = re.compile(r"\b(?:if|when|as|unless|until|whether)\s+$", re.I)
_ONE_DOES = re.compile(r"\s+(?:[a-z]+[a-rt-z]s|can|could|may|might|must|should|were\s+to)\s")
_ANSWERS_DIFFER = re.compile(
    r"\b(?:accounts|answers|claims|counts|estimates|figures|numbers|sources|tolls)\s+"
    r"(?:[a-z]+\s+){0,3}?(?:differ|diverge|disagree|vary|varies)\w*\s+by\s+(?:a\s+)?(?:[a-z]+\s+)?$"
)
_ACCEPTED = re.compile(
    r"\s+(?:(?:that|which)\s+(?:is|was|are)\s+)?(?:generally\s+)?(?:regarded|considered|deemed|seen|thought)\s+"
    r"(?:as\s+|to\s+be\s+)?(?:acceptable|normal|safe|tolerable|usual)\b"
)
_WHERE_FROM = re.compile(r"\b(?:from|in|at|of|to)\s+(?:just\s+|only\s+)?$")
_ONE_PLACE = re.compile(
    r"\s+(?:[a-z]+\s)?(?:city|country|county|district|hamlet|neighbourhood|parish|place|province|region|"
    r"state|street|suburb|town|valley|village)\b"
)

# "it has cost 11 lives", "cost some 12,000 men killed"
_LIVES = re.compile(
    r"\s+(?:[a-z]+\s)?(?:of\s+(?:the|its|their|our|[A-Z]\w+[’']s)\s+|lives|men|soldiers|troops|casualties|dead|killed|people\s+their)\b"
)


def _is_decimal(mention: Mention, before: str, after: str, text: str) -> bool:
    """Whether it is no whole number: nobody counts 5.1 people."""
    if mention.kind == "count" and (mention.value or 0) > 9_000_000_000:
        return True  # "another 14 billion": more than live
    part = mention.value is not None and mention.value.denominator > 1
    return mention.kind == "count" and part


# Shares of something else: of votes, pay, money.
_PERCENT_OTHER = re.compile(
    r"\s+(?:of\s+(?:the|its|their)\s+(?:[\w’'-]+\s+){0,2}?(?:beds|doses|stocks?|supplies)\b|of\s+(?:(?:the|its|their|our)\s+)?(?:target|goal|plan|quota|capacity|normal)\b|of\s+(?:his|her)\s+body|chance|probability|likelihood|risk|pay|wage|offer|rise|raise|increase|tax|tariff|discount|of\s+(?:the\s+)?(?:aid|money|sum|appeal)|interest|turnout|threshold|"
    r"swing|confidence|interval|credible|CI\b|uncertainty|(?:of\s+(?:the\s+)?|the\s+)(?:vote|votes|GDP|funding|"
    r"budget|cost|costs|price|"
    r"(?:its|their|the)\s+(?:market\s+)?(?:budget|funds|value|sales|revenue|profits?|customers|price|shares?|market)|funds|revenue|seats|power|electricity|water|land|territory|"
    r"capacity|beds|buses|trains|flights|services|stations|ballots|polling|area|country|city|"
    r"income|output|production|crops?|harvest|oil|gas|exports|imports|donations))\b(?!['’]s)",
    re.I,
)
# "70 per cent of Quebeckers opposed the war", "88 per cent of members turned down a rise"
_OPINION = re.compile(
    r"\s+of\s+(?:(?!(?:are|were|is|was|be|been)\b)[\w’'-]+\s+){1,4}?(?:oppose[sd]?|support(?:s|ed)?|back(?:s|ed)|favou?r(?:s|ed)?|approve[sd]?|"
    r"reject(?:s|ed)|turned\s+down|vote[sd]?|believe[sd]?|trust(?:s|ed)?|(?<!for\s)want(?:s|ed)?)\b"
)
_RECEIVED = re.compile(r"\b(?:received|raised|pledged)\s+(?:only\s+|just\s+)*$")
_LED_TO = re.compile(
    r"\s+(?:ha[sd]|have)\s+(?:(?:led|resulted|ended)\s+(?:to|in)\s|been\s+(?:received|funded|raised)\b)"
)
# "scores two out of five"
_MARKED = Needing(r"\b(?:scor(?:es?|ed|ing)|rat(?:es|ed|ing)|grade[sd])\s+(?:\w+\s+){0,2}$")
_VOTED = Needing(
    r"\b(?:voted|votes?|ballot|turnout|majority\s+of|poll(?:ed|s)?)\b[^.;]{0,30}$", re.I
)


def _is_other_share(mention: Mention, before: str, after: str, text: str) -> bool:
    if mention.kind != "share":
        return False
    other = _VOTED.before(text, mention.start, 40) or _MARKED.before(text, mention.start, 60)
    other = other or _OPINION.match(after) or _RECEIVED.search(before)
    other = other or _LED_TO.match(after)  # "fewer than one in twenty has led to a trial"
    return bool(other or _PERCENT_OTHER.match(after))


_ROAD = re.compile(r"\b(?:Route|Highway|Road|Line|Site|Zone|Hill)\s[A-ZÀ-Þ][\w-]+\s$")
_REGIMENT = re.compile(
    r"\s+(?:Para|Commando|Rifles|Scots|Field|Squadron|Troop|Battery|Regiment|Brigade|Battalion|Corps|Division)\b"
)
_THE_NAME = re.compile(r"\b[Tt]he\s(?:[A-Z][\w-]+\s)+$")
_ONE_THING = re.compile(
    r"\s+(?:gang|group|movement|mine|block|prison|party|network|militia|clan|front|cell|ward|camp)\b"
)
_TWICE_SAID = re.compile(rf"\b(?:{'|'.join(SMALL)})\s\($", re.I)
_SPOT = re.compile(r"\b(?:[Oo]n|[Aa]t|[Nn]ear)\s+(?![A-Z][a-z]+day\b)[A-ZÀ-Þ][a-zà-ÿ]+\s$")
_IN_UNITS = re.compile(
    rf"(?!\s?(?:pounds?|feet)\s+of)(?:\s|-|\u00a0)?(?:square\s+|cubic\s+)?{UNITS}", re.I
)
# "galleries 300 and 350 metres below sea level"
_AND_SO_FAR = re.compile(
    rf"\s+(?:and|or)\s+\d[\d,.]*\s?{UNITS}\s+(?:below|above|deep|high|long|away|wide|tall|down)\b",
    re.I,
)
_LASTING = re.compile(
    rf"(?:\s|-)+(?:(?:(?!(?:{'|'.join(SMALL)}|an?)\b|\d)\w+|-)\s+)?{TIME_UNITS}(?!\s+(?:fighters?|bombers?|nurses?)\b)",
    re.I,
)  # "92 two days earlier": 92 of something else
_PER_TIME = re.compile(
    r"\s+(?:a|per|each|every|in|dead|died|killed|wounded|injured|missing|last|this|the|on|"
    r"over|that|one|by|yesterday|to|hurt|after|before|since|during|from|until|at)\s",
    re.I,
)


def _is_money(mention: Mention, before: str, after: str, text: str) -> bool:
    if mention.kind == "ratio" and _SUM.search(text[mention.start : mention.end]):
        return True  # "10 million francs to each family"
    if mention.kind in ("ratio", "share") and _OF_SUM.search(before):
        return True  # "bonuses of £28,000, four times as much", "£1,140, of which a fifth"
    money = _CURRENCY.search(before[-8:])
    return bool(money or (_IN_MONEY.match(after) and not _MARKS.match(after)))


_IN_MONEY = re.compile(rf"\s?(?:[$€£₽₴₹]|(?:\w+\s+)?{MONEY})", re.I)
_MARKS = re.compile(r"\s+\w+\s+(?:marks|crowns)")


# Each word of the pattern above, with and without a letter that may be left out: "paras?".
_NAME_WORDS = frozenset(
    word
    for pattern in (_NAMED.pattern, re.sub(r"\w\?", "", _NAMED.pattern), "and to or")
    for word in re.findall(r"[a-z0-9]+", pattern.lower())
)


def _ends_in_name(before: str) -> bool:
    """Whether the last word in front of a number may be part of a name with it."""
    words = before.rstrip(" \t\n\r\x0b\x0c\u00a0-–.:")
    at = len(words)
    while at and words[at - 1].isalnum():
        at -= 1
    return words[at:].lower() in _NAME_WORDS or words[-1:] in "#№§"


def _is_name(mention: Mention, before: str, after: str, text: str) -> bool:
    if after[:1] == ")" and _TWICE_SAID.search(before):
        return True  # "three (3) new cases"
    number = text[mention.start : mention.end]
    before = before[-32:]  # a name is no longer, and each place costs a try
    if _ends_in_name(before) and (
        _NAMED_TOO.before(text, mention.start, 32)
        or (_NAMED.search(before) and not _EACH_TIME.search(before))
    ):
        return True
    digits = number[:1].isdigit()
    if digits and not _PLURAL.match(after) and _SPOT.search(before):  # on Hill 304
        return True
    if digits and _ROAD.search(before):  # Route Coloniale 4
        return True
    if digits and _REGIMENT.match(after) and not _PLURAL.match(after):
        return True  # "450 men of 2 Para"
    if digits and _ONE_THING.match(after) and _THE_NAME.search(before):  # the Barrio 18 gang
        return True
    if not digits and after[:1] == "-" and _JOINED.match(after):  # three-train
        return True
    if digits and _LETTER.search(before[-2:]):  # T-72, MH17, Covid-19
        return True
    if before[-1:] == "[" and after[:1] == "]":
        return True  # "seven were killed.[1]"
    if len(number) == 1 and after[:1] == ")" and re.search(r"[a-z]\($", before):
        return True  # "alert(1)"
    if digits and _ON_IT.match(after) and not _STRONG.match(after):
        return True
    if digits and _YEAR_BEFORE.search(before):
        return False  # "In May 2024 620 people died"
    if digits and (_NUMBER_BEFORE.search(before[-3:]) or _NUMBER_AFTER.match(after)):
        return True
    return "+" in before and bool(re.search(r"\+\d[\d ]*$", before))


_PLURAL, _LETTER = re.compile(r"\s+[a-z]+s\b"), re.compile(r"[A-Za-z][-–‑/.]?$")
_ON_IT = re.compile(r"[A-Za-z/]|[-–‑](?!\s|(?:to|strong|odd|[Pp]lus)\b)[A-Za-z]")
_STRONG = re.compile(r"-(?:strong|odd|[Pp]lus|man|member|person)\b")
_NUMBER_BEFORE, _NUMBER_AFTER = re.compile(r"(?:\d|(?<!\()\+)\s?[-/.]?$"), re.compile(r"[-/.:]\d")
_YEAR_BEFORE = re.compile(rf"{MONTHS}\s+[12]\d{{3}}\s$")
_JOINED = re.compile(r"-(?!fold|to-|strong|odd|[Pp]lus)[a-z]")


_REASONS = (
    ("money", _is_money),
    ("name", _is_name),
    ("ordinal", _is_ordinal),
    ("time", is_time),
    ("date", is_date),
    ("age", is_age),
    ("unit", _is_measured),
    ("duration", _is_duration),
    ("background", _is_background),
    ("share of something else", _is_other_share),
    ("decimal", _is_decimal),
)
