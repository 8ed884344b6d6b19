"""How far off a measure may be, the men of a force, and what is background.

"21 of 23 governorates affected" counts nobody; "Wellington had 68,000 men" is a strength.
"""

from __future__ import annotations

import re

from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.numbers.numerals import SMALL
from bakhmut.drafting.patterns.needing import Needing
from bakhmut.drafting.phrases import PAST, counted, is_background, kind_of
from bakhmut.drafting.scope.carried import (
    ARMS_OF_A_FORCE,
    AT_HOME,
    HAVING,
    HEDGING,
    LED,
    OF_THINGS,
    Figure,
)
from bakhmut.drafting.scope.hits import TO_OBJECT, Found, hits
from bakhmut.drafting.scope.places import KIND
from bakhmut.drafting.taken.predicates import ON_DUTY
from bakhmut.drafting.words import any_of, key, listed, peoples, window

_FORCE = re.compile(
    r"\b(?:had|has|have|claim(?:s|ed)|boast(?:s|ed)|with|threw|flung|hurled|committed|led|leads?|command(?:s|ed)?|brought|mustered|fielded|of)\s+"
    rf"{HEDGING}$",
    re.I,
)
GUARDED = Needing(
    rf"\b(?:escorted|guarded|defended|manned|held|garrisoned|backed|supported|reinforced|joined)\s+by\s+{HEDGING}$"
)
# "our brigade, which had 2,300 people"
_WHICH_HAD = re.compile(
    rf"\b(?:{any_of('units of a force')})(?:,\s+which)?\s+(?:once\s+)?"
    rf"(?:had|has|numbered|numbers|counted|(?:(?:had|has)\s+)?(?:sent|committed))\s+{HEDGING}$"
)
_A_FORCE_OF = re.compile(
    r"\b(?:(?:own|his|her|their|our|my)\s+team|company|battalion|platoon|squad|squadron|patrol|column|troop|garrison|regiment|brigade|force|detachment|unit|contingent|army)\s+of\s+"
    rf"{HEDGING}$"
)
HAS = Needing(
    rf"\b(?:ha[sd]|have|with|claim(?:s|ed)|boast(?:s|ed)|muster(?:s|ed)|field(?:s|ed))\s+{HEDGING}$",
    re.I,
)
WENT_WITH = Needing(
    rf"\b(?:gone|went(?!\s+down)|goes|marched|set\s+out|came|come|rode|attacked)\s+(?:[\w’-]+\s+){{0,6}}?with\s+{HEDGING}$"
)
_MUSTERS = Needing(rf"\b(?:muster|field)(?:s|ed)\s+{HEDGING}$")
# "60,000 soldiers face 8,000 rebels": a force without a word of strength.
STANDS = re.compile(
    r"(?:\s+(?:of|from)(?:\s+(?:the|[A-Z]\w*|\d+(?:st|nd|rd|th)?))+)?"  # the unit
    r"\s+(?:(?:now|still|currently|already|also|are|were|is|was|have|had|been|remain|remained|believed|thought|said|estimated|reported|to|be)\s+)*"
    r"(?:fac(?:e|ed|ing)|hold(?:ing)?|held|guard(?:ed|ing)?|defend(?:ed|ing)?|inside|in|at|on|around|near|outside|along|dug|(?:up\s+|over\s+)?t?here|"
    r"remain(?:ed|ing)?|ready|surround(?:ed|ing)?|occup(?:y|ied|ying)|besieg(?:e|ed|ing)|attack(?:ed|ing)?|marched|advanc(?:ed|ing)|"
    r"went\s+(?:forward|over|in)|set\s+out|crossed|entered|stormed|posted|stationed|gathered|assembled|took|taking)\b"
)
# "the garrison, which we put at 1,650 men"
FORCE_AT = Needing(
    r"\b(?:puts?|estimat\w+|reckon\w+)\s+(?:the|its|their)\s+(?:[a-z]+\s+)?(?:garrison|army|force|contingent)\s+at\s+"
    rf"{HEDGING}$|"
    r"\b(?:garrison|army|force|brigade|division|regiment|battalion|expedition)\b[^.;]{0,50}\b(?:put|estimated|reckoned)\s+at\s+"
    rf"{HEDGING}$|"
    r"\b(?:garrison|army|force|brigade|division|regiment|battalion|expedition)\s+(?:counted|numbered|numbers|mustered)\s+"
    rf"{HEDGING}$"
)
# "We were six hundred and twelve when we came down", "My company was down to 22 men"
_WE_WERE = re.compile(
    rf"(?<!\b[Ww]hen\s)\b[Ww]e\s+(?:were|are)\s+(?:(?:then|now|only|just|still|down\s+to)\s+)*{HEDGING}$"
)
_DOWN_TO = re.compile(
    rf"\b(?:{any_of('units of a force')})\s+(?:was|were|is|are)\s+(?:now\s+)?"
    rf"down\s+to\s+{HEDGING}$"
)
_CLOSES = re.compile(r"\s*(?:[.,;”\"]|$)")
_SO_MANY = re.compile(r"\s*(?:[.,;”\"]|$|when\b|in\b|on\b|at\b|all\b|strong\b|men\b|who\b)")
# "Attackers numbered perhaps 4,000"
NUMBERED = Needing(rf"\b(\w+)\s+numbered\s+(?:perhaps\s+)?{HEDGING}$")
_FORCES = listed("men of a force")
# "There were about thirty Russians, in two waves", "had a whole division, 15,000"
THERE_WERE = Needing(rf"\b[Tt]here\s+(?:are|were)\s+{HEDGING}$")
A_FORCE = re.compile(
    r"\b(?:ha[sd]|have|with|of)\s+(?:an?|the|one|his|its|their)\s+(?:[a-z]+\s+)?"
    rf"(?:army|division|brigade|corps|garrison|fleet|force),\s+{HEDGING}$"
)
# "De Ruyter had 84 ships", "dispatched 795 aircraft"; not those that help or search
_ARMS = listed("arms")
_SENDS = Needing(
    rf"\b(?:had|has|have|put\s+up|dispatched|fielded|mustered|committed|showed|deployed|massed|sent|"
    rf"sends|assembled|gathered)\s+{HEDGING}$"
)
_FLEET_OF = re.compile(
    rf"\b(?:fleet|armada|flotilla|squadron|formation|column|convoy)\s+of\s+{HEDGING}$"
)
_HELP = re.compile(
    r"\b(?:search|rescue|relief|recovery|aid|help|fires?|flames|flood\w*|blaze|survivors|quake|earthquake|"
    r"cyclone|hurricane|storm|peacekeep\w*|passengers?|airlines?)\b"
)
_MEN = ("", "people", "men", "soldiers")
_LEFT = re.compile(r"\s+[a-z]+\s+left\b")


def of_us(mention: Mention, text: str) -> bool:
    """Whether somebody counts their own: "There were at least 4,000 of us", ", 770 of us"."""
    led = _THERE.before(text, mention.start) or text.endswith(", ", 0, mention.start)
    return bool(led and _OF_US.match(text, mention.end))


def we_were(mention: Mention, text: str) -> bool:
    """Whether somebody says how many they were: "we were six"."""
    least = 2 if _CLOSES.match(text, mention.end) else 20  # "we were 24 when we married"
    ours = (mention.value or 0) >= least and _SO_MANY.match(text, mention.end)
    return bool(ours and _WE_WERE.search(window(text, mention.start)))


def force(mention: Mention, text: str, head: str) -> Found | None:
    """Return the strength of a force: "Wellington had 68,000 men"."""
    before_it = window(text, mention.start)
    were = THERE_WERE.before(text, mention.start)
    if were and kind_of(head) == "soldiers" and "mong" not in before_it:
        return Found("strength", mention.start, mention.end, "there were", "inferred")
    if not head and A_FORCE.search(before_it):
        return Found("strength", mention.start, mention.end, "a force of", "inferred")
    sent = _SENDS.before(text, mention.start) or _FLEET_OF.search(before_it)
    if sent and key(head) in _ARMS and not _HELP.search(text):
        end = counted(text, mention)[1]  # its ships and its men are two counts
        return Found(key(head), end - len(head), end, ARMS_OF_A_FORCE, "inferred")
    led = _FORCE.search(before_it) or FORCE_AT.before(text, mention.start)
    if _WHICH_HAD.search(before_it) and key(head) in _MEN:
        return Found("strength", mention.start, mention.end, "a force has", "inferred")
    many_were = NUMBERED.before(text, mention.start)
    if many_were and not head and kind_of(many_were[1]) == "soldiers":
        return Found("strength", mention.start, mention.end, "they numbered", "inferred")
    if not head and WENT_WITH.before(text, mention.start) and (mention.value or 0) >= 10:
        return Found("strength", mention.start, mention.end, "went with", "inferred")
    if not head and _MUSTERS.search(before_it):  # "now musters no more than 130,000"
        return Found("strength", mention.start, mention.end, "musters", "inferred")
    if of_us(mention, text) or we_were(mention, text):
        return Found("strength", mention.start, mention.end, "we were", "inferred")
    if _DOWN_TO.search(before_it):
        return Found("strength", mention.start, mention.end, "we were", "inferred")
    soldiers = head.lower() in _FORCES or kind_of(head) == "soldiers"
    if soldiers and GUARDED.before(text, mention.start):
        return Found("strength", mention.start, mention.end, "guarded by", "inferred")
    if not head and _A_FORCE_OF.search(text, 0, mention.start):
        return Found("strength", mention.start, mention.end, "a force of", "inferred")
    many = (mention.value or 0) >= 10 or _LEFT.match(text, mention.end)  # "had nine men left"
    if (
        led
        and many
        and "names of " not in text
        and (head.lower() in _FORCES or (not head and led.re is FORCE_AT.compiled))
    ):
        return Found("strength", mention.start, mention.end, "men of a force", "inferred")
    return None


_IN = re.compile(r"\s(?:in|at|of|from|on|among|by)\s")
_A_PLACE = re.compile(rf"[A-ZÀ-Þ].*{KIND}")


def not_counted(label: str) -> bool:
    """Whether a label names what is no loss: "Aftershocks", "Lifejackets"."""
    if _A_PLACE.fullmatch(label):
        return False  # "El Fasher town: about 62,500"
    words = _IN.split(label)[0].split()
    unknown = words[-1].endswith("s") and not (
        kind_of(label.lower()) or hits(label.lower()) or words[-1] in peoples()
    )
    return unknown or any(
        is_background(word, word) or ON_DUTY.search(word.lower()) for word in words
    )


def of_things(mention: Mention, text: str, measure: Found | None) -> bool:
    """Whether a number is a part of things to which nothing was done: "41 of its 50 beds"."""
    whole = _OF_REGIONS.match(text, mention.end)
    things = whole and is_background(whole[1], whole[1]) and not _PERSON.search(whole[1].lower())
    return bool(things) and (measure is None or measure.measure not in OF_THINGS)


_A_NUMBER = rf"(?:\d[\d,]*|{'|'.join(SMALL)})"
_AND_MORE = re.compile(
    rf"(?:\s+[a-z]+)?(?:,\s+{_A_NUMBER}(?:\s+[a-z]+)?)*,?\s+(?:and|or)\s+{_A_NUMBER}\s+([a-z]+)\b",
    re.I,
)
_TEAMS_OF = re.compile(rf"\b[Tt]eams\s+of\s+(?:{_A_NUMBER}(?:,|\s+and)\s+)*{HEDGING}$")
_HELP_SENT = re.compile(
    r"\b(?:sen[dt]s?|sending|dispatch(?:ed|ing)?|deploy(?:ed|ing|s)?|offer(?:ed|ing|s)?|contribut\w+|"
    r"volunteered|fl(?:ew|own|ying)\s+in|on\s+the\s+scene|at\s+work|took\s+part|taking\s+part|joined|"
    r"mobili[sz]\w+|at\s+the\s+scene|[Tt]here\s+(?:are|were)|search(?:ing|ed)?|battl(?:ed|ing)|help(?:ed|ing|s)?|teams?)\b"
)


def helps(mention: Mention, text: str, noun: str) -> bool:
    """Whether a number, or the list that it stands in, is of those who came to help.

    "to send teams: 82, 80 and 120 rescuers", "40 doctors and 20 dogs were at work".
    """
    if not noun and _TEAMS_OF.search(window(text, mention.start)):
        return True  # "teams of 82, 80 and 120"
    more = None if noun else _AND_MORE.match(text, mention.end)
    told = ON_DUTY.search((more[1] if more else noun).lower())
    return bool(told and _HELP_SENT.search(text))


_OF_THEM_ALL = re.compile(
    rf"\bOf\s+(?:the|these|those)\s+(?:[\w,]+\s+)?(?:[\d,]*\d|dead|killed|victims|casualties),\s+{HEDGING}$"
)
_WERE = re.compile(r"\s+(?:were|are|was)\s")


def is_of_them(mention: Mention, text: str, measure: Found | None) -> bool:
    """Whether a number says what some of those told of were: "Of the 90, 15 were mobilised men"."""
    own = measure is not None and measure.measure != "strength"
    were = not own and _WERE.match(text, mention.end)
    return bool(were and _OF_THEM_ALL.search(window(text, mention.start)))


_OBJECT_OF = re.compile(rf"\b{PAST}\s+{HEDGING}$")
_NUMBER = re.compile(rf"\d|\b(?:{'|'.join(SMALL)})\b")


def reach(mention: Mention, text: str, head: str, kind: str, measure: Found) -> float:
    """Return how far away a measure may be: what is counted as a matter of course, less far."""
    if kind == "thing" and head and LED.search(window(text, mention.start)):
        return -1.0  # "found in one house"
    if mention.in_words and mention.value == 1:
        thing = kind == "thing" and measure.measure not in OF_THINGS and head not in _ANIMALS
        noun = mention.rule == "article" or measure.start == mention.end + 1  # "one survivor"
        return -1.0 if thing else 4.0 if noun else 1.6
    if head.lower() in AT_HOME and HAVING.before(text, mention.start):
        return 0.9  # "the union has 3,400 members"
    if measure.measure == "captured" and head.lower() in _TAKEN:
        return -1.0  # "captured 11 villages"
    own = measure.end <= mention.start and TO_OBJECT.fullmatch(text, measure.end, mention.start)
    if kind in ("", "thing") and head and own and not is_background(head, head):
        return 4.5
    object_ = head and kind == "" and _OBJECT_OF.search(window(text, mention.start))
    if object_ and _NUMBER.search(text, mention.end, max(mention.end, measure.start)):
        return -1.0  # "made 400 trips, and five patients died"
    whole = _OF_REGIONS.match(text, mention.end)
    named = whole[1] if whole else head
    if named.lower() in _REGIONS and measure.measure in ("affected", "hit"):
        return -1.0  # "21 of 23 governorates affected"
    if measure.measure == "on duty" and _HELPERS.search(head):
        return -1.0  # "2,500 helpers are on duty"
    if measure.measure == "took part" and _HELPING.search(text) and ON_DUTY.search(head):
        return -1.0  # "80 firefighters are taking part in the search"
    if kind == "group" and measure.measure == "strength" and not _ARMED.search(head.lower()):
        return -1.0  # "deployed 12 epidemiologists"
    if kind == "group" and measure.measure == "strength" and measure.end <= mention.start:
        led = LED.search(window(text, mention.start))
        return -1.0 if led else 7.5  # "planes landed with 150 rescuers"
    if measure.measure == "strength" and _ON_HAND.match(text):
        return -1.0  # "Vaccinators deployed: 75"
    if measure.measure == "strength" and _RELIEF.search(text, measure.start):
        return -1.0  # "mobilised 1,562 personnel for the search"
    men = measure.measure in ("strength", "took part", "attended")
    if kind == "thing" and men and measure.start > mention.end:
        return -1.0  # "three planes have landed"
    if kind in ("", "thing") and head and head != "strong" and head not in peoples():
        its_end = counted(text, mention)[1]
        # "the register has 212 burials", "Oryx has 88 tanks destroyed"
        its_own = its_end in (measure.end, measure.start - 1)
        led = LED.search(window(text, mention.start))
        if (led or HAVING.before(text, mention.start)) and not its_own:
            return -1.0
        if is_background(head, head):
            if _PERSON.search(head.lower()):
                return 2.5
            return 2.5 if measure.measure in OF_THINGS and measure.measure != "captured" else -1.0
        apart = kind == "thing" and measure.measure not in OF_THINGS
        apart = apart and head.lower() not in _ANIMALS  # "three police horses were hurt"
        return 0.9 if apart else 4.5 if kind == "thing" else 3.2
    return 7.5


_TAKEN = listed("places taken")
_HELPERS = re.compile(r"\b(?:helpers|volunteers|firefighters|rescuers|workers)\b")
_HELPING = re.compile(r"\b(?:search|rescue|relief|recovery|clean-?up)\b")
_ON_HAND = re.compile(r"\W*[A-Za-z][a-z]+(?:ators|ers|ists)\s+[a-z]+:\s")
_RELIEF = re.compile(
    r"\b(?:for|in|with|to\s+help|to\s+join)\s+(?:the\s+|a\s+)?(?:\w+\s+)?(?:search|rescue|relief|recovery|clean-?up|aid)\b"
)
_ANIMALS = listed("animals")
_OF_REGIONS = re.compile(
    r"\s+(?:out\s+)?of\s+(?:(?:the|its|all)\s+)*(?:[\w’']+\s+)?\d[\d,]*\s+([a-z]+)"
)
_REGIONS = listed("units of a country")
_ARMED = re.compile(
    r"police|officer|guard|peacekeeper|volunteer|men$|cadet|sailor|pilot|crew|reserv|conscript"
)
# Persons who are background unless something was done to them.
_PERSON = re.compile(
    r"^(?:candidate|judge|lawyer|donor|volunteer|rescuer|firefighter|helper|witness|employee|"
    r"member|resident|inhabitant|applicant|diver)(?:e?s)?$"
)


# "If ninety got on and seventeen got off, it's more than seventy": which it is, is not said.
_TOTAL = re.compile(
    rf"(?:^|[.;:,]\s+)\W*(?:[Ii]t|[Tt]hat|[Tt]his)(?:['’]s|\s+(?:is|was|makes?|made|leaves?))\s+{HEDGING}$"
)


# "there were fourteen in her family", "sixteen did not"
_THERE = Needing(rf"\b[Tt]here\s+(?:were|are|had\s+been)\s+{HEDGING}$")
_OF_US = re.compile(r"\s+of\s+us\b")  # "There were at least 4,000 of us"
_OF_MINE = re.compile(r"(?:\s+of\s+(?:us|them))?\s+in\s+(?:my|our|her|his|their)\s")
_DID_NOT = re.compile(
    r"\s+(?:did|have|has|had|were|was|are|could|would|will)(?:\s+not|n['’]t)\s*(?:[.,;]|$)"
)


def left_open(figure: Figure, text: str, counted_before: frozenset[str]) -> bool:
    """Whether the words leave it open what a bare number goes on counting."""
    start, end = figure.mention.start, figure.mention.end
    told = figure.measure is not None and figure.measure.rule == "sentence before"
    total = len(counted_before) > 1 and not told and _TOTAL.search(text, 0, start)
    mine = _THERE.search(text, 0, start) and _OF_MINE.match(text, end)
    return figure.carried and bool(total or mine or _DID_NOT.match(text, end))
