"""What was done to persons, by the form of the sentence, where no table of words has it.

"140 farmers were blindfolded" has the measure `blindfolded`, "lifted 42 people" `lifted`.
"""

from __future__ import annotations

import re

from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.scope.carried import ASKED, HAVING, HEDGING
from bakhmut.drafting.scope.hits import Around, Found
from bakhmut.drafting.scope.phrases import counted, kind_of, noun_phrase
from bakhmut.drafting.words import listed, window

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
_LACKING = re.compile(
    r"\s+(?P<done>(?:(?:do|does|did)\s+not|cannot|could\s+not)\s+[a-z]+|spent\s+(?:\w+\s+)?nights?|"
    r"ha(?:d|ve)\s+(?:[a-z]+\s+){0,2}(?:wounds|injuries|burns|fractures))\b"
)
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
_CARRIED = re.compile(  # "trucks brought fifty-two people"
    rf"\b(?:trucks?|lorr(?:y|ies)|ambulances?|bus(?:es)?|boats?|ships?|helicopters?|planes?|trains?)\s+(?:had\s+)?"
    rf"(?:brought|took|carried)\s+(?:in\s+)?{HEDGING}$"
)
_STAFF = re.compile(r"\s+(?:[a-z]+\s+)?(?:staff|employees)\b")  # what an employer has


def done_to(mention: Mention, sentence: str, end: int) -> Found | None:
    """Return what somebody did to the persons counted: `lifted 42 people`."""
    match = _VERB_BEFORE.search(window(sentence, mention.start, 60))
    moved = _MOVED.match(sentence, end) or _CARRIED.search(window(sentence, mention.start, 60))
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
