"""Figures that no table of words would show: a predicate nobody listed, an article that counts.

"140 farmers were blindfolded" has the measure `blindfolded`; "seven prisoners and an officer have
died" counts one officer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.scope.carried import ASKED, AT_HOME, HAVING, HEDGING, LED, OF_THINGS
from bakhmut.drafting.scope.hits import TO_OBJECT, Around, Found, hits
from bakhmut.drafting.scope.phrases import counted, is_background, kind_of, noun_phrase
from bakhmut.drafting.words import listed, peoples, window

# Where they are: "some 40 people are believed to be under the rubble".
_WHERE = re.compile(
    r"\s+(?:(?:who|that|are|were|is|was|be|been|may|might|could|have|had|remain|remained|still|thought|believed|feared|found|"
    r"reported|known|said|estimated|to|also|now|already|lie|lay|lying)\s+)*(?P<done>under(?=\s+(?:the|a|its|their|tonnes|tons|[a-z]+s)\b)|beneath|"
    r"inside(?!\s+of)|at\s+work|in\s+(?:their|its)\s+(?:cellars?|basements?|trenches|bunkers?|dugouts?)(?=\W|$)|in\s+the\s+(?:cellars?|basements?)(?=\W|$)|below(?=\s*(?:[,.;]|$|ground|when|the\s+(?:ground|surface)))|"
    r"on\s+the\s+(?:roads?|run|(?:[a-z]+\s+)?(?:floor|ward|roof|deck|platform|bridge|beach))(?=\W|$)|in\s+the\s+(?:building|hotel|block|stadium|ground|hall|square|plant|mine|factory|theatre|club|school|"
    r"church|mosque|market|water|crowd|camps?|house|tower|train|bus|area|stands?|grandstand|arena|restaurant|mall|dormitory|hostel|temple|lift|cable\s+car|pool|bar|cinema|ward|tunnel)(?=\s+(?:when|at|as|on|during|that)\b|\s*[,.;]|$))"
    r"(?=\W|$)"
)
# Of so many that somebody counted them: "17 million people do not know when they will eat".
_LACKING = re.compile(r"\s+(?P<done>(?:(?:do|does|did)\s+not|cannot|could\s+not)\s+[a-z]+)\b")
# What may stand between those counted and their verb: "of the district", ", some of them boys,".
_BETWEEN = (
    r"(?:\s+who(?=\s))?"
    r"(?:\s+(?:an?|per|each|every)\s+(?:day|week|month|night|hour|year))?"
    r"(?:\s+(?:of|from|in|at|on|aboard)\s+(?:[\w’'-]+\s+){0,4}?[\w’'-]+)?"
    r"(?:,\s[^,;.]{3,70},|\s\([^()]{3,60}\))?"
)
_ADVERB = r"(?:\w+ly|also|all|still|then|later|now|already|since|just|again|soon)\s+"
_AUX = r"(?:were|was|are|is|be|been|being|have|has|had|will|would|may|might|could|must|get|got)\s+"
_PAST = rf"(?:[a-z]{{2,}}ed|{'|'.join(sorted(listed('irregular past')))})"
_PARTICIPLE = f"(?:{'|'.join(sorted(listed('irregular participles')))})"
_PARTICLE = r"(?:\s+(?:out|off|away|back|home|under|up|down|over)\b(?!\s+(?:to|the)\b))?"
_PASSIVE = re.compile(
    rf"{_BETWEEN}\s+(?:{_ADVERB})?{_AUX}(?P<no>not\s+)?(?:{_AUX}|{_ADVERB})*"
    rf"[\"“‘]?(?P<done>(?:{_PAST}|{_PARTICIPLE}|[a-z]{{3,}}ing){_PARTICLE})(?=\W)"
)
_ACTIVE = re.compile(
    rf"{_BETWEEN}\s+(?:{_ADVERB})*(?P<done>(?:{_PAST}|{_PARTICIPLE}){_PARTICLE}|face)(?=\W)"
)
# "60,000 people will sleep in the open"
_MODAL = re.compile(
    r"\s+(?:will|would|may|might|could)\s+(?:\w+ly\s+)?(?P<done>(?!be\b|have\b|not\b|now\b|soon\b)[a-z]+)\b"
)
# Of these what they did is no news: "some 400 officers entered the jail".
ON_DUTY = re.compile(
    r"\b(?:officers|police|policemen|officials|staff|rescuers|rescue\s+workers|firefighters|volunteers|"
    r"helpers|guards|inspectors|monitors|observers|delegates|members|experts|engineers|journalists|doctors|surgeons|nurses|medics|lawyers|attorneys|researchers|epidemiologists|vaccinators|"
    r"fans|customers|guests|visitors|tourists|readers|voters|family|household)\b"
)
HIRED = re.compile(
    r"\s+(?:(?:have|has|had|were|was|are|been|since|also)\s+)+(?:hired|born|elected|appointed|employed|trained|invited|paid)\b"
)
_NEUTRAL = listed("done to nobody's harm")
_NO_NEWS = _NEUTRAL | listed("verbs of speaking")


_TOLD = (
    (_PASSIVE, _NEUTRAL),
    (_WHERE, frozenset[str]()),
    (_LACKING, frozenset[str]()),
    (_ACTIVE, _NO_NEWS),
    (_MODAL, _NO_NEWS),
)


def whereabouts(mention: Mention, sentence: str) -> Found | None:
    """Return where those are of whom only the number is told: "500 may have been inside"."""
    match = _WHERE.match(sentence, mention.end) or _US.match(sentence, mention.end)
    return Found(match["done"], *match.span("done"), "where", "inferred") if match else None


def predicate(mention: Mention, sentence: str, end: int) -> Found | None:
    """Return what a sentence says was done to the persons counted: `were blindfolded`."""
    at = max(end, mention.end)
    on_duty = ON_DUTY.search(sentence, mention.end, at)
    for one, no_news in _TOLD:
        match = one.match(sentence, at)
        if match is None or (on_duty and one in (_ACTIVE, _MODAL)):
            continue
        done, no = match["done"].split()[0], match.groupdict().get("no") or ""
        if on_duty and done.endswith("ing"):
            continue  # "4,000 firefighters are battling the blaze"
        if no or no_news.isdisjoint((done, f"{done}ed")):
            span = (match.start("no") if no else match.start("done"), match.end("done"))
            return Found(f"{no}{match['done']}", *span, "predicate", "inferred")
    return None


# "had lifted 42 people", "took 66 out of the water": a verb whose object is counted.
_VERB_BEFORE = re.compile(
    rf"\b(?P<done>{_PAST}|(?!(?:even|morn|dur|includ|exclud|follow|accord|total|number)l?ing\b)[a-z]{{3,}}ing)(?:\s+(?:him|her|it|us|them|me))?{_PARTICLE}\s+"
    rf"(?:an?\s+(?:total|minimum|average)\s+of\s+)?{HEDGING}[\"“‘']?$"
)


# "brought 23 people down by ladder"
_MOVED = re.compile(
    r"\s+(?:down|out|ashore|off|away|to\s+(?:\w+\s+)?(?:hospital|safety)|back\s+to\s+shore|from\s+the)\b"
)
_STAFF = re.compile(r"\s+(?:[a-z]+\s+)?(?:staff|employees)\b")  # what an employer has


def done_to(mention: Mention, sentence: str, end: int) -> Found | None:
    """Return what somebody did to the persons counted: `lifted 42 people`."""
    match = _VERB_BEFORE.search(window(sentence, mention.start, 60))
    moved = _MOVED.match(sentence, end)
    if match is None or (match["done"] in _NO_NEWS and not moved):
        return None
    before = window(sentence, mention.start)
    if HAVING.search(before) or ASKED.search(before) or _STAFF.match(sentence, mention.end):
        return None
    off = max(0, mention.start - 60)
    span = (off + match.start("done"), off + match.end("done"))
    return Found(match["done"], *span, "object", "inferred")


_OF_THE = re.compile(
    r"\b[Oo]f\s+(?:the|its|their|his|those)\s+(?:(?:some|about|roughly|nearly|almost)\s+)?$"
)
_THAT_DID = re.compile(
    r"\s+(?:(?:that|who|which)\s+(?:had\s+|have\s+)?|(?P<reduced>)(?=[a-z]+ed\s))(?P<done>[a-z]+(?:\s+(?:out|off|up|away|aboard|over|through)\b)?)[^;.]*?,\s"
)


def whole_did(mention: Mention, sentence: str, end: int) -> Found | None:
    """Return what a whole did that a part is taken of: "of the 795 aircraft that set out, 95"."""
    led = _OF_THE.search(window(sentence, mention.start))
    did = _THAT_DID.match(sentence, end) if led and (mention.value or 0) >= 10 else None
    if led and did and did["reduced"] is not None and not led[0].startswith("O"):
        return None  # "140 of the 600 drivers stayed away"
    return Found(did["done"], *did.span("done"), "whole", "inferred") if did else None


_US = re.compile(
    r"\s+of\s+us\s+(?P<done>(?:in|at|on|inside|aboard|under)\s+(?:the|that|this|our|an?)\s+[a-z]+)\b"
)


PERSONS = ("anybody", "soldiers", "group")  # kinds of nouns
_OF_N = re.compile(r"\s+(?:out\s+)?of\s+(?:(?:the|its|their|all)\s+)*(?=\d)[\d,]+")


def by_default(mention: Mention, around: Around, *, bare: bool) -> Found | None:
    """Return what was done to the persons a number counts, where no table of words says so.

    A number without a noun counts them where those last counted were persons (`bare`).
    """
    text = around.sentence
    start, end, head = counted(text, mention)
    persons = kind_of(text[start:end]) in PERSONS or (bare and not head)
    if not head and (whole := _OF_N.match(text, mention.end)):
        start, end, named = noun_phrase(text, whole.end())
        persons = persons and (not named or kind_of(text[start:end]) in PERSONS)
    if not head and mention.in_words and mention.value == 1:
        persons = persons and not text[: mention.start].strip('“" ')
    part, of = around.own_noun(mention)  # "9,000 of its 14,000 members": what the part did
    done = None
    if persons and not part:
        done = predicate(mention, text, end) or done_to(mention, text, end)
    done = done or (whole_did(mention, text, end) if head else whereabouts(mention, text))
    if done is None and of:  # "57 of the 61 victims were women"
        hit = next((one for one in around.hits if of[0] <= one.start < of[1]), None)
        done = hit and Found(hit.measure, hit.start, hit.end, "whole", "inferred")
    return done


_FORCE = re.compile(
    r"\b(?:had|has|with|threw|flung|hurled|committed|led|commanded|brought|mustered|fielded|of)\s+"
    r"(?:(?:some|about|around|at\s+least|more\s+than|fewer\s+than|over|nearly|almost|only|"
    r"just|up\s+to|an?\s+estimated)\s+)*$",
    re.I,
)
HAS = re.compile(
    r"\b(?:ha[sd]|have|with)\s+(?:(?:some|about|around|over|nearly|almost|only)\s+)*$", re.I
)
# "60,000 soldiers face 8,000 rebels": a force without a word of strength.
STANDS = re.compile(
    r"\s+(?:(?:now|still|currently|already|also|are|were|is|was|have|had|been|remain|remained|believed|thought|said|estimated|reported|to|be)\s+)*"
    r"(?:fac(?:e|ed|ing)|hold(?:ing)?|held|guard(?:ed|ing)?|defend(?:ed|ing)?|inside|in|at|on|around|near|outside|along|dug|"
    r"remain(?:ed|ing)?|ready|surround(?:ed|ing)?|occup(?:y|ied|ying)|besieg(?:e|ed|ing)|attack(?:ed|ing)?|marched|advanc(?:ed|ing)|"
    r"went\s+(?:forward|over|in)|set\s+out|crossed|entered|stormed|posted|stationed|gathered|assembled|took|taking)\b"
)
# "the garrison, which we put at 1,650 men", "puts the contingent at 11,000"
FORCE_AT = re.compile(
    r"\b(?:puts?|estimat\w+|reckon\w+)\s+(?:the|its|their)\s+(?:[a-z]+\s+)?(?:garrison|army|force|contingent)\s+at\s+"
    r"(?:(?:some|about|around|over|nearly)\s+)*$|"
    r"\b(?:garrison|army|force|brigade|division|regiment|battalion|expedition)\b[^.;]{0,50}\b(?:put|estimated|reckoned)\s+at\s+"
    r"(?:(?:some|about|around|over|nearly)\s+)*$"
)
_FORCES = listed("men of a force")
_LEFT = re.compile(r"\s+[a-z]+\s+left\b")


def force(mention: Mention, text: str, head: str) -> Found | None:
    """Return the strength of a force: "Wellington had 68,000 men"."""
    led = _FORCE.search(window(text, mention.start)) or FORCE_AT.search(
        text, max(0, mention.start - 90), mention.start
    )
    many = (mention.value or 0) >= 10 or _LEFT.match(text, mention.end)  # "had nine men left"
    if led and many and (head.lower() in _FORCES or (not head and led.re is FORCE_AT)):
        return Found("strength", mention.start, mention.end, "men of a force", "inferred")
    return None


_NONE = re.compile(r"[,;]\s+(?:and\s+|but\s+)?(none|nobody)\b(?!\s+of\b)", re.I)
_A_THEN = re.compile(
    r"\b(an?)\s+(?:[a-z-]+\s+){0,2}[a-z-]+\s+and\s+(?:[a-z]+ed|[a-z]+ing|hurt)\s+$", re.I
)
_AND_A = re.compile(r"\s*(?:,|,?\s(?:and|or|plus|as\s+well\s+as))\s+(an?)\s")
_A_AND = re.compile(
    r"\b(an?)\s+((?:[a-z-]+\s+|\d+-year-old\s+){0,2}[a-z-]+)(?:,|,?\s(?:and|or))\s+$", re.I
)


def articles(sentence: str, found: list[Mention]) -> Iterator[Mention]:
    """Yield one for "an officer" in a list with a number: `seven prisoners and an officer`."""
    taken = {one.start for one in found}
    for one in found:
        if one.kind not in ("count", "range"):
            continue
        _, end, head = counted(sentence, one)
        match = _AND_A.match(sentence, max(end, one.end)) if head else None
        if match and match.start(1) not in taken and _counts(sentence, match.end(1)):
            taken.add(match.start(1))
            yield _one(*match.span(1))
        none = _NONE.search(sentence, one.end, one.end + 90)
        if none and none.start(1) not in taken:
            taken.add(none.start(1))
            yield Mention(*none.span(1), "count", "0", "0", "none", value=Fraction(0))
        before = (max(0, one.start - 60), one.start)
        led = _A_AND.search(sentence, *before) or _A_THEN.search(sentence, *before)
        if led and led.start(1) not in taken and _counts(sentence, led.end(1)):
            taken.add(led.start(1))
            yield _one(*led.span(1))


# One of whom no table knows many: a midwife, an instructor.
_ONE_PERSON = re.compile(
    r"^(?:person|colleague|comrade|infant|toddler|youth)$|(?:man|wife|nurse|child|boy|girl|tor|ist|cian|ee|keeper|worker|driver|teacher|[rdt]ess)$"
)


def _counts(sentence: str, at: int) -> bool:
    start, end, head = noun_phrase(sentence, at)
    kind = kind_of(sentence[start:end])
    if (
        head in ("family", "household")
        and re.match(r",?\s+(?:\w+\s+)?(?:\d|[a-z]+\b)", sentence[end:])
        and "," in sentence[end : end + 2]
    ):
        return False  # "an entire family, six people in all"
    if re.match(r"\s+of\s+(?:\d|[a-z]+\b)", sentence[end:]) and head == "crew":
        return False  # "a crew of five"
    return kind in ("group", "soldiers", "thing") or bool(_ONE_PERSON.search(head))


def _one(start: int, end: int) -> Mention:
    return Mention(start, end, "count", "1", "1", "article", value=Fraction(1), in_words=True)


_IN = re.compile(r"\s(?:in|at|of|from|on|among|by)\s")


def not_counted(label: str) -> bool:
    """Whether a label names what is no loss: "Aftershocks", "Lifejackets"."""
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


def reach(mention: Mention, text: str, head: str, kind: str, measure: Found) -> float:
    """Return how far away a measure may be: what is counted as a matter of course, less far."""
    if kind == "thing" and head and LED.search(window(text, mention.start)):
        return -1.0  # "found in one house"
    if mention.in_words and mention.value == 1:
        thing = kind == "thing" and measure.measure not in OF_THINGS and head not in _ANIMALS
        return -1.0 if thing else 4.0 if mention.rule == "article" else 1.6
    if head.lower() in AT_HOME and HAVING.search(window(text, mention.start)):
        return 0.9  # "the union has 3,400 members"
    own = measure.end <= mention.start and TO_OBJECT.fullmatch(text, measure.end, mention.start)
    if kind in ("", "thing") and head and own and not is_background(head, head):
        return 4.5
    whole = _OF_REGIONS.match(text, mention.end)
    named = whole[1] if whole else head
    if named.lower() in _REGIONS and measure.measure in ("affected", "hit"):
        return -1.0  # "21 of 23 governorates affected"
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
    if kind in ("", "thing") and head and head != "strong":
        its_own = measure.end == counted(text, mention)[1]  # "the register has 212 burials"
        led = LED.search(window(text, mention.start))
        if (led or HAVING.search(window(text, mention.start))) and not its_own:
            return -1.0
        if is_background(head, head):
            if _PERSON.search(head.lower()):
                return 2.5
            return 2.5 if measure.measure in OF_THINGS and measure.measure != "captured" else -1.0
        apart = kind == "thing" and measure.measure not in OF_THINGS
        apart = apart and head.lower() not in _ANIMALS  # "three police horses were hurt"
        return 0.9 if apart else 4.5 if kind == "thing" else 3.2
    return 7.5


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
