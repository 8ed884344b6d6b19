"""What was done to persons, by the form of the sentence, where no table of words has it.

"140 farmers were blindfolded" has the measure `blindfolded`, "lifted 42 people" `lifted`.
"""

from __future__ import annotations

import re

from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.patterns.needing import Needing
from bakhmut.drafting.phrases import PAST, PERSONS, counted, kind_of, noun_phrase
from bakhmut.drafting.scope.carried import ASKED, HAVING, HEDGING
from bakhmut.drafting.scope.hits import TO_OBJECT, Around, Found
from bakhmut.drafting.taken.predicates import (
    AUX,
    LIGHT,
    NO_NEWS,
    PARTICIPLE,
    PARTICLE,
    WHAT_THEY_ARE,
    WHERE,
    predicate,
)
from bakhmut.drafting.words import any_of, key, listed, measures, window

HIRED = re.compile(
    r"\s+(?:(?:have|has|had|were|was|are|been|since|also)\s+)+(?:hired|born|elected|appointed|employed|trained|invited|paid)\b"
)


def whereabouts(mention: Mention, sentence: str) -> Found | None:
    """Return where those are of whom only the number is told: "500 may have been inside"."""
    match = WHERE.match(sentence, mention.end) or _US.match(sentence, mention.end)
    return Found(match["done"], *match.span("done"), "where", "inferred") if match else None


# "had lifted 42 people", "took 66 out of the water": a verb whose object is counted.
_VERB_BEFORE = re.compile(
    rf"\b(?P<done>{PAST}|(?:(?<=had\s)|(?<=has\s)|(?<=have\s)|(?<=and\s)){PARTICIPLE}|(?!(?:even|morn|dur|compris|remain|includ|exclud|follow|accord|total|number)l?ing\b)[a-z]{{3,}}ing)(?:\s+(?:him|her|it|us|them|me))?(?P<off>{PARTICLE})\s+"
    rf"(?:an?\s+(?:total|minimum|average)\s+of\s+)?{HEDGING}[\"“‘']?$"
)


# "fired rubber bullets at about 200 students", "used pepper gas on 400 relatives"
_USED_ON = re.compile(
    rf"\b(?P<done>(?!needed\b|called\b|based\b|spent\b|kept\b){PAST}\s+"
    r"(?:(?!an?\b|the\b|its\b|their\b|his\b|her\b|\w+ly\b)[a-z-]+\s+){1,2}(?:on|at|against))\s+"
    rf"{HEDGING}$"
)


# "brought 23 people down by ladder"
_MOVED = re.compile(
    r"\s+(?:down|out|ashore|off|away|safely|to\s+(?:[\w’'-]+\s+){0,4}?(?:[Hh]ospitals?|[Cc]linics?|safety|shore|land)|"
    r"back\s+to\s+shore|from\s+the)\b"
)
_CARRIED = Needing(  # "trucks brought fifty-two people"
    rf"\b(?:trucks?|lorr(?:y|ies)|ambulances?|bus(?:es)?|boats?|ships?|helicopters?|planes?|trains?)\s+(?:had\s+)?"
    rf"(?:brought|took|carried)\s+(?:in\s+)?{HEDGING}$"
)
# "Two boats set out on Tuesday with 90 migrants"
_ABOARD = re.compile(
    rf"\b(?:boats?|dingh(?:y|ies)|vessels?|ships?|ferr(?:y|ies)|rafts?|bus(?:es)?|trains?|trucks?|lorr(?:y|ies)|planes?|helicopters?)"
    rf"\b[^.;,]{{0,50}}\s(?P<done>with)\s+{HEDGING}$"
)
_STAFF = re.compile(r"\s+(?:[a-z]+\s+)?(?:staff|employees)\b")  # what an employer has


_SENT = Needing(
    rf"\b(?P<done>sent|sends|sending|put|puts|putting|left|leaves|leaving)\s+{HEDGING}$"
)
# "put 1,200 on short time", "left 45 workers without a job"
_SENT_TO = re.compile(
    r"\s+(?:(?:of\s+)?(?:the|them|his|her|its|their)\s+(?:[a-z]+\s+)?)?(?P<where>(?:to|into|on|without|behind)\s+(?:an?\s+|the\s+)?)(?=[a-z])"
)


def _sent_to(mention: Mention, sentence: str, end: int) -> Found | None:
    """Return what became of those whom somebody sent, put or left: `sent to prison`."""
    match = _SENT.before(sentence, mention.start, 60)
    to = _SENT_TO.match(sentence, end) if match else None
    if match is None or to is None:
        return None
    _, stop, head = noun_phrase(sentence, to.end())
    if not head or kind_of(head) in PERSONS:
        return None
    where = sentence[to.start("where") : stop]
    measure = where if match["done"].startswith("le") else f"{match['done']} {where}"
    if match["done"].startswith("le") and to["where"].split()[0] not in ("without", "behind"):
        return None  # "left 7,300 on the field"
    return Found(measure, to.start("where"), stop, "object", "inferred")


# "left 11 soldiers and 33 attackers dead"
_LEFT = re.compile(rf"\bleft\s+{HEDGING}$")
_LEFT_SO = re.compile(
    r"\s+and\s+[\w,-]+\s+(?:[a-z]+\s+){0,2}?(?P<so>dead|wounded|injured|hurt|missing)\b"
)


def done_to(mention: Mention, sentence: str, end: int, *, figure: bool = False) -> Found | None:
    """Return what somebody did to the persons counted: `lifted 42 people`.

    Of a number that is a figure anyhow (`figure`) any verb tells, if not one of speaking.
    """
    if sent := _sent_to(mention, sentence, end):
        return sent
    if end > mention.end and (aboard := _ABOARD.search(sentence, 0, mention.start)):
        return Found("aboard", *aboard.span("done"), "vehicle", "inferred")
    if (so := _LEFT_SO.match(sentence, end)) and _LEFT.search(sentence, 0, mention.start):
        measure = measures()[so["so"]][0][0]
        return Found(measure, *so.span("so"), "as the next", "inferred")
    match = _VERB_BEFORE.search(window(sentence, mention.start, 60))
    moved = _MOVED.match(sentence, end) or _CARRIED.before(sentence, mention.start, 60)
    if match is None and end > mention.end:
        match = moved = _USED_ON.search(window(sentence, mention.start, 60))
    no_news = WHAT_THEY_ARE if figure else NO_NEWS
    if match is None or (match["done"].split()[0] in no_news and not moved):
        return None
    has = (not moved and HAVING.before(sentence, mention.start)) or ASKED.search(
        window(sentence, mention.start)
    )
    if has or _STAFF.match(sentence, mention.end):
        return None
    off = max(0, mention.start - 60)
    span = (
        off + match.start("done"),
        off + match.end("off" if match.groupdict().get("off") else "done"),
    )
    return Found(sentence[slice(*span)], *span, "object", "inferred")


_OF_THE = re.compile(
    r"\b[Oo]f\s+(?:the|its|their|his|those)\s+(?:(?:some|about|roughly|nearly|almost)\s+)?$"
)
_THAT_DID = re.compile(
    r"\s+(?:(?:that|who|which)\s+(?:(?:had|have|were|was|are|is)\s+(?:been\s+)?)?|(?P<reduced>)(?=[a-z]+ed\s))(?P<done>[a-z]+(?:\s+(?:out|off|up|away|aboard|over|through)\b)?)[^;.]*?,\s"
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


# "a third of the force was spent"
_OF_FORCE = re.compile(
    r"\s+of\s+(?:the|its|his|her|their|our|that)\s+(?:[a-z]+\s+)?"
    rf"(?:force|unit|army|{any_of('units of a force')})\s+"
    rf"(?:{AUX})+(?P<done>{PAST}|{PARTICIPLE})(?=\W)"
)
# "12,000 men are thought to have left for the front"
_SENT_OFF = re.compile(
    rf"\s+(?:who\s+)?(?:{AUX}|(?:thought|believed|reported|said|known)\s+to\s+)*"
    r"(?P<done>(?:sent|deployed|dispatched|shipped|left|gone)\s+(?:to|for|into))\b"
)


def of_force(mention: Mention, sentence: str) -> Found | None:
    """Return what became of a share of a force: `a third of the force was spent`."""
    match = _OF_FORCE.match(sentence, mention.end) if mention.kind == "share" else None
    return Found(match["done"], *match.span("done"), "force", "inferred") if match else None


def _sent_off(sentence: str, start: int, end: int) -> Found | None:
    """Return where soldiers were sent: `12,000 men left for the front`."""
    men = kind_of(sentence[start:end]) == "soldiers" or key(sentence[start:end]) == "men"
    match = _SENT_OFF.match(sentence, end) if men else None
    return Found(match["done"], *match.span("done"), "force", "inferred") if match else None


_OF_N = re.compile(r"\s+(?:out\s+)?of\s+(?:(?:the|its|their|all|[\w-]+['’]s)\s+)*(?=\d)[\d,]+")
_WHO_DID = re.compile(r"\s+who\s")  # of no thing: "six who came down"
_IN_ALL = re.compile(r"\s+in\s+all,(?=\s)")  # "boys and men, 4,000 in all, were led away"


# "In the centre at this hour: 126"
_LABEL_WHERE = re.compile(
    r"\W*(?:[Ss]till\s+|[Nn]ow\s+)?(?P<done>(?:[Ii]n|[Oo]n|[Aa]t|[Ii]nside|[Uu]nder|[Aa]board)\s+(?:the|an?|our|its)\s+"
    r"[a-z-]+(?:\s(?!at\b|on\b|by\b|this\b|now\b|there\b|to[dn]|tomorrow)[a-z-]+)?)(?:\s+(?:at|on|this|now|today|tonight|tomorrow|by)\b[^:,;.]{0,30})?\s*:\s*"
    rf"{HEDGING}"
)
# "the transportation of 14 men"
_EVENT_OF = Needing(
    rf"\b(?P<done>[a-z]{{3,}}(?:ation|ition|sion|ction|ption|ment))\s+of\s+{HEDGING}$"
)
_NO_EVENT = listed("nouns of no event")


def _event_of(mention: Mention, text: str) -> Found | None:
    """Return what was done to those counted by its noun: `the transportation of 14 men`."""
    off = max(0, mention.start - 60)
    match = _EVENT_OF.before(text, mention.start, 60)
    if match is None or match["done"] in _NO_EVENT:
        return None
    return Found(
        match["done"], off + match.start("done"), off + match.end("done"), "event", "inferred"
    )


_LABS = Needing(
    r"\b(?:[Ll]abs?|[Ll]aborator(?:y|ies)|[Tt]ests?|[Ss]wabs|[Ss]amples)\s+(?:have\s+|has\s+|had\s+)?"
    rf"(?:since\s+|so\s+far\s+)?(?P<done>confirmed)\s+{HEDGING}$"
)


def _confirmed(mention: Mention, text: str) -> Found | None:
    """Return that those counted are confirmed by a test: `laboratories have confirmed 410`."""
    off = max(0, mention.start - 60)
    match = _LABS.before(text, mention.start, 60)
    span = (off + match.start("done"), off + match.end("done")) if match else (0, 0)
    return Found("confirmed", *span, "tested", "inferred") if match else None


_FINITE = re.compile(rf"\s(?:who|that|{AUX[3:-4]})\s")
_ANOTHER_CLAUSE = re.compile(
    r"[;.]|\b(?:while|when|after|before|because|as|who|which|that|where|whose|but)\b"
)


def own_verb(
    mention: Mention, around: Around, measure: Found | None, *, bare: bool
) -> Found | None:
    """Return the verb of which those counted are the subject, where no measure is nearer.

    In "the doctor who treated the wounded said 11 had fled" 11 are neither treated nor wounded.
    """
    text = around.sentence
    start, end, head = counted(text, mention)
    end = end if head else mention.end
    if label := _LABEL_WHERE.fullmatch(text, 0, mention.start):
        return Found(label["done"], *label.span("done"), "label", "inferred")
    of_those = measure and _OF_THOSE.fullmatch(text, mention.end, measure.start)
    persons = kind_of(text[start:end]) in PERSONS or ((bare or of_those) and not head)
    if not persons or around.own_noun(mention)[0]:
        return None
    own = _event_of(mention, text) or _confirmed(mention, text)
    own = own or predicate(mention, text, end, figure=True)
    if own is None and measure and measure.start >= end and around.between(end, measure.start):
        own = done_to(mention, text, end, figure=True)  # "dug eleven out, two of whom died"
        if own is None and (there := WHERE.match(text, end)):  # "340 had been inside, and 60 died"
            own = Found(there["done"], *there.span("done"), "where", "inferred")
    beyond = measure is not None and (
        _DID_MORE.match(text, measure.end, mention.start) is not None
        or around.between(measure.end, mention.start) > 0
    )
    many = mention.value is None or mention.value > 1
    if own is None and many and (beyond or measure is None):
        own = done_to(mention, text, end)  # "vaccinated 9,000 but missed about 2,000"
        verb = own.measure.split()[0] if own else ""
        amounts = own and own.measure in _AMOUNTING
        quiet = amounts or verb.endswith("ing") or verb in _AMOUNTING | LIGHT | WHAT_THEY_ARE
        own = None if quiet and own and (amounts or " " not in own.measure) else own
        own = None if head and own and not beyond and " " not in own.measure else own
    if own is None or measure is None or own.rule == "whose":
        return own if measure is None else None
    if measure.start < own.end and own.start < measure.end:
        return None  # a word of the table says the same
    if of_those:
        return own  # "14 of the injured jumped from windows"
    if mention.end <= measure.start < own.start:
        who = key(text[measure.start : measure.end]) in _WHO and measure.end == end
        return own if who else None  # "312 prisoners who were never released"
    if measure.start >= own.end:
        gap = text[own.end : measure.start]
        apart = around.between(own.end, measure.start) or _ANOTHER_CLAUSE.search(gap)
        where = not gap.strip() and _STATE.match(text, measure.start)  # "taught in tents"
        where = where and own.measure.split()[0] not in LIGHT | measures().keys()
        return own if apart or where else None
    of = _OF.match(text, measure.end)  # "the death of 14 miners has shaken"
    if TO_OBJECT.fullmatch(text, of.end() if of else measure.end, mention.start):
        return None  # "killed 12 who had been asleep"
    finite = _FINITE.search(text, max(end, mention.end), own.start + 1)
    return own if finite or measure.cost >= 2.0 else None


_STATE = re.compile(r"(?:in|on|at|under)\s")
_OF = re.compile(r"\s+of(?=\s)")
# "released the women and kept 41 men": the first verb has an object of its own.
_DID_MORE = re.compile(
    r"\s+(?:the|its|their|his|her|all|most)\s+[a-z]+(?:\s[^,;.:]{1,40})?,?\s(?:and|but|then)\s[a-z\s]+"
)
_OF_THOSE = re.compile(r"\s+of\s+(?:the|those|these|their|its|his)\s+")
_AMOUNTING = listed("verbs of amounting")
_WHO = listed("persons named by a measure") - {"victim", "victims"}


_ONLY = re.compile(r"\b(?:[Oo]nly|[Jj]ust)\s+$")  # "just one had come out alive"


def by_default(mention: Mention, around: Around, *, bare: bool) -> Found | None:
    """Return what was done to the persons a number counts, where no table of words says so.

    A number without a noun counts them where those last counted were persons (`bare`).
    """
    text = around.sentence
    start, end, head = counted(text, mention)
    if in_all := _IN_ALL.match(text, mention.end):
        end = in_all.end()
    bare = bare or bool(in_all or _WHO_DID.match(text, mention.end))
    persons = kind_of(text[start:end]) in PERSONS or (bare and not head)
    if not head and (whole := _OF_N.match(text, mention.end)):
        start, end, named = noun_phrase(text, whole.end())
        known = kind_of(text[start:end]) in PERSONS or key(named) in _WHO
        persons = known if named else persons
    if not head and mention.in_words and mention.value == 1:
        only = _ONLY.search(text, max(0, mention.start - 8), mention.start)
        persons = (persons and not text[: mention.start].strip('“" ')) or only
    part, of = around.own_noun(mention)  # "9,000 of its 14,000 members": what the part did
    label = _LABEL_WHERE.fullmatch(text, 0, mention.start)
    done = label and Found(label["done"], *label.span("done"), "label", "inferred")
    if persons and not part and not done:
        done = (
            _event_of(mention, text)
            or predicate(mention, text, end)
            or _sent_off(text, start, end)
            or done_to(mention, text, end)
        )
    done = done or (whole_did(mention, text, end) if head else whereabouts(mention, text))
    if done is None and of:  # "57 of the 61 victims were women"
        hit = next((one for one in around.hits if of[0] <= one.start < of[1]), None)
        done = hit and Found(hit.measure, hit.start, hit.end, "whole", "inferred")
    return done
