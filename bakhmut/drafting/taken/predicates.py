"""The verb of those counted, as it is worded: `had never been given a contract`, `got off`."""

from __future__ import annotations

import re

from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.phrases import PAST, WHOSE, noun_phrase
from bakhmut.drafting.scope.hits import Found
from bakhmut.drafting.words import any_of, listed

# Where they are: "some 40 people are believed to be under the rubble".
WHERE = re.compile(
    r"\s+(?:(?:who|that|are|were|is|was|be|been|may|might|could|have|had|remain|remained|still|thought|believed|feared|found|"
    r"reported|known|said|estimated|to|also|now|already|lie|lay|lying)\s+)*(?P<done>under(?!\s+the\s+age\b)(?=\s+(?:the|a|its|their|tonnes|tons|[a-z]+s)\b)|beneath|"
    r"inside(?!\s+of)|on\s+(?:its|their|the)\s+(?:lists?|books|rolls?|registers?|waiting\s+lists?)(?=\W|$)(?!\s+(?:had|have|were|are|was|has|[a-z]+ed)\b)|at\s+work|on\s+(?:(?:the|that|its|their)\s+)?(?:[a-z]+\s+)?shift(?=\W|$)|in\s+(?:their|its)\s+(?:cellars?|basements?|trenches|bunkers?|dugouts?)(?=\W|$)|in\s+the\s+(?:cellars?|basements?)(?=\W|$)|below(?=\s*(?:[,.;]|$|ground|when|the\s+(?:ground|surface)))|"
    r"on\s+stretchers(?=\W|$)|in\s+the\s+(?:streets?|squares?)(?=\W|$)|on\s+the\s+(?:roads?|streets?|run|(?:[a-z]+\s+)?(?:floor|ward|roof|deck|platform|bridge|beach|hull|raft|wreck|rocks|ice|ledge|shore))(?=\W|$)|in\s+the\s+(?:jails?|prisons?|cells|building|hotel|block|stadium|ground|hall|square|plant|mine|factory|theatre|club|school|"
    r"church|mosque|market|water|crowd|camps?|house|tower|train|bus|area|stands?|grandstand|arena|restaurant|mall|dormitory|hostel|temple|lift|cable\s+car|pool|bar|cinema|ward|tunnel)(?=\s+(?:when|at|as|on|during|that)\b|\s*[,.;]|$))"
    r"(?=\W|$)"
)
_IRREGULAR = any_of("irregular participles")
# Of so many that somebody counted them: "17 million people do not know when they will eat".
_LACKING = re.compile(
    r"\s+(?P<done>(?:(?:do|does|did)\s+not|cannot|could\s+not)\s+[a-z]+|ha(?:ve|d)\s+no\s+(?:clean\s+|safe\s+|running\s+)?(?:water|food|shelter|electricity|power|home|homes|access|heating)|spent\s+(?:\w+\s+){0,2}nights?|"
    r"ha(?:d|ve)\s+(?:[a-z]+\s+){0,2}(?:wounds|injuries|burns|fractures|bruises|scars|frostbite|amputations|infections)|"
    rf"had\s+(?:their|his|her|its)\s+(?:[a-z]+\s+){{1,3}}?(?:[a-z]{{2,}}ed|{_IRREGULAR}))\b"
)
# "Scores were unconscious", "two are still adrift"
_STATE = re.compile(
    r"\s+(?:(?:who|that|are|were|is|was|be|been|had|have|remain(?:s|ed)?|lie|lay|still|now|left|found|reported|said|to)\s+)+"
    r"(?P<done>unconscious|delirious|comatose|in\s+a\s+coma|blind|deaf|lame|adrift|afloat|destitute|beyond\s+(?:help|repair)|critical|home\s+again|fit\s+to\s+fight)(?=\W|$)"
)
# What may stand between those counted and their verb: "of the district", ", some of them boys,".
_BETWEEN = (
    r"(?:\s+aged\s+(?:between\s+)?\d+(?:\s+(?:to|and)\s+\d+)?)?(?:\s+(?:who|that)(?=\s))?"
    r"(?:\s+(?:an?|per|each|every)\s+(?:day|week|month|night|hour|year))?"
    r"(?:\s+(?:of|from|in|at|on|aboard)\s+(?:[\w’'-]+\s+){0,4}?[\w’'-]+)?"
    r"(?:,\s(?:[^,;.]|(?<=\d)[,.](?=\d)){3,70},|\s\([^()]{3,60}\))?"
)
_ADVERB = r"(?:\w+ly|also|all|still|then|later|now|already|since|just|again|soon)\s+"
AUX = r"(?:were|was|are|is|be|been|being|have|has|had|will|would|may|might|could|must|get|got)\s+"
PARTICIPLE = f"(?:{_IRREGULAR})"
PARTICLE = (
    r"(?:\s+(?:back|away\b|(?:out|off|home|up|down|over|aboard|ashore)\b(?!\s+(?:to|the)\b)|"
    r"under(?=\s*[,.;]|$))(?:\s+(?:alive|dead|unhurt|safe(?:ly)?)\b)?)?"
)
_PASSIVE = re.compile(
    rf"{_BETWEEN}\s+(?:{_ADVERB})?{AUX}(?P<no>(?:not|never|no\s+longer)\s+(?:been\s+)?)?"
    rf"(?:{AUX}|{_ADVERB}|to\s+(?=be\s)|(?:thought|believed|reported|said|known|feared|understood|presumed)\s+to\s+(?=have\s))*"
    rf"[\"“‘]?(?P<done>(?:{PAST}|{PARTICIPLE}|(?<=never\s)had|[a-z]{{3,}}ing){PARTICLE})(?=\W)"
)
_ACTIVE = re.compile(
    rf"{_BETWEEN}\s+(?:{_ADVERB})*(?P<no>never\s+)?(?!aged\b|took\s+place|turned\s+out|(?:came|come)\s+from)(?P<done>(?:{PAST}|{PARTICIPLE}){PARTICLE}|face)(?=\W)"
)
# "About 560 walk up the incline", "half of them return": as stories tell it
_PRESENT = re.compile(
    rf"(?:\s+of\s+(?:them|us|those))?\s+(?:{_ADVERB})?"
    rf"(?P<done>(?:{any_of('verbs in the present')}){PARTICLE})"
    r"(?=\s*(?:[.,;]|$)|\s+(?:in|on|at|up|down|out|into|through|within|from|for|over|and|"
    r"to|with|there|here)\b)"
)
# "61 dead and 340 without a roof"
_WITHOUT = re.compile(r"\s+(?P<done>without\s+(?:an?\s+|any\s+|their\s+)?[a-z]+)(?=\W)")
# "3,300 are entered as arrived, 870 as transferred"
_AS = re.compile(rf"\s+as\s+(?P<done>(?:not\s+)?(?:{PAST}|{PARTICIPLE}))(?=\W)")
_FUNCTION = any_of("ends of a noun phrase")
# "60,000 people will sleep in the open"
_MODAL = re.compile(
    rf"\s+(?:will|would|may|might|could)\s+(?:\w+ly\s+)?(?P<no>(?:not|never)\s+)?(?P<done>(?!(?:{_FUNCTION}|now|soon|never|well)\b)[a-z]+)\b"
)
# Of these what they did is no news: "some 400 officers entered the jail".
ON_DUTY = re.compile(
    r"\b(?:officers|police|policemen|officials|staff|rescuers|rescue\s+workers|firefighters|volunteers|"
    r"helpers|guards|inspectors|monitors|observers|delegates|members|experts|engineers|journalists|doctors|surgeons|nurses|medics|lawyers|attorneys|researchers|epidemiologists|vaccinators|"
    r"fans|customers|guests|visitors|tourists|readers|voters|family|household)\b"
)
_NEUTRAL = listed("done to nobody's harm")
NO_NEWS = _NEUTRAL | listed("verbs of speaking")


_TOLD = (
    (_PASSIVE, _NEUTRAL),
    (WHERE, frozenset[str]()),
    (_LACKING, frozenset[str]()),
    (_STATE, frozenset[str]()),
    (_ACTIVE, NO_NEWS),
    (_MODAL, NO_NEWS),
    (_PRESENT, frozenset[str]()),
    (_AS, NO_NEWS),
    (_WITHOUT, frozenset()),
)


def predicate(mention: Mention, sentence: str, end: int, *, figure: bool = False) -> Found | None:
    """Return what a sentence says was done to the persons counted: `were blindfolded`.

    Of a number that is a figure anyhow (`figure`) any verb of its own tells more than one carried.
    """
    at = max(end, mention.end)
    more = _MORE.match(sentence, at)
    at = more.end() if more else at
    whose = WHOSE.match(sentence, at)
    at = whose.end() if whose else at
    who = _WHO_DID.match(sentence, at)  # "who had refused to pay were whipped"
    at = who.end() if who else at
    whole = _OF_THE_HURT.match(sentence, at)
    at = whole.end() if whole else at
    on_duty = ON_DUTY.search(sentence, mention.end, at)
    for one, no_news in _TOLD:
        apart = (WHERE,) if figure else (_AS, _WITHOUT)
        match = None if one in apart else one.match(sentence, at)
        if match is None or (on_duty and (one in (_ACTIVE, _MODAL) or match["done"] == "at work")):
            continue
        done, no = match["done"].split()[0], match.groupdict().get("no") or ""
        if one is _PASSIVE and not no and (to := _TO_HOSPITAL.match(sentence, match.end("done"))):
            return Found("hospitalised", match.start("done"), to.end(), "predicate", "inferred")
        if on_duty and done.endswith("ing"):
            continue  # "4,000 firefighters are battling the blaze"
        start, stop = match.start("no") if no else match.start("done"), match.end("done")
        if figure and not no and not _ITS_OWN[one is _ACTIVE].fullmatch(sentence, at, start):
            continue
        noun = _NOUN_NEXT.match(sentence, stop) if done in ("become", "became") else None
        if noun:  # "3,000 of them have become casualties"
            return Found(noun[1], *noun.span(1), "predicate", "inferred")
        if one is _ACTIVE and done.endswith("ed") and _REDUCED.match(sentence, stop):
            continue  # "20 of the bodies delivered as Ukrainian had turned out"
        if one in (_PASSIVE, _ACTIVE):
            stop = _complement(sentence, match.span("done"), done)
        to_do = _TO_DO.fullmatch(sentence, match.end("done"), stop)
        own = _BEING if one is _PASSIVE else WHAT_THEY_ARE  # "were found" says nothing
        quiet = own if figure else no_news
        gone = match["done"].endswith((" away", " off", " home", " back"))  # "taken away"
        itself = _ITSELF.match(sentence, match.end("done")) is not None  # "made it out"
        if no or to_do or gone or itself or quiet.isdisjoint((done, f"{done}ed")):
            said = sentence[start:stop]
            said = "hospitalised" if not no and said.endswith((" hospital", " hospitals")) else said
            return Found(said, start, stop, "predicate", "inferred")
    if whose:
        start, stop = whose.span("done")
        stop = _complement(sentence, (start, stop), whose["done"].split()[-1])
        return Found(sentence[start:stop], start, stop, "whose", "inferred")
    return None


# "lived in the same street", "were named": what they are, or that they are told of.
_BEING = listed("what they are")
WHAT_THEY_ARE = _BEING | listed("verbs of speaking")
# What may stand between: "nine of whom were", and not "eight of them in a bus swept away", "three
# soldiers who were returning to barracks".
_OF_WHOM = (
    r"(?:\s+of\s+(?:us|you|them|whom|(?:the|his|her|its|their)\s+[a-z]+))?(?:,\s[^,;.]{3,70},)?"
)
_ITS_OWN = (
    re.compile(
        r"(?![^,;]*\s(?:who|that|which)\b)(?:\s+(?:[\w’'-]+\s+){0,6}?)?(?:,\s[^,;.]{3,70},\s+|[\w’'-]+\s+)*"
    ),
    re.compile(rf"{_OF_WHOM}\s+(?:{_ADVERB})*"),
)
_TO_HOSPITAL = re.compile(
    r"\s+to\s+(?:the\s+)?(?:[A-ZÀ-Þ][\w’'.-]*\s+){1,4}(?:Hospital|Infirmary|Clinic|Medical\s+Cent(?:er|re))\b"
)
_NOUN_NEXT = re.compile(r"\s+(casualties|victims|prisoners|captives|hostages|refugees|homeless)\b")
_MORE = re.compile(r"\s+more(?=\s)")
_WHO_DID = re.compile(
    r"\s+who\s+(?:(?:had|have|were|was|are)\s+(?:been\s+)?)?[a-z]+\s"
    r"(?:(?!\b(?:after|when|before|while|because|until)\b)[^,.;:])*?[a-z]"
    r"(?<!\sand)(?<!\sbut)(?<!\sor)(?=\s+(?:were|was|are|have|had)\s)"
)
_OF_THE_HURT = re.compile(r"\s+of\s+(?:the|those|these|his|her|its|their)\s+[a-z]+ed(?=\s)")
_REDUCED = re.compile(
    r"(?:(?!\b(?:and|but|or|who|which|that|when|while|because|after|before|where)\b)[^,.;:])*?"
    r"\s(?:were|was|had|have|has|are|is)\s"
)
_TO_DO = re.compile(r"\s+to\s+[a-z]+(?:\s+[a-z]+)?")
LIGHT, _ASKED = listed("light verbs"), listed("asked to do")
_OBJECT = re.compile(
    r"\s+(?:an?|the|their|his|her|its|at\s+least\s+one|electric|any|no)\s(?=[a-z])"
)
_NAME = re.compile(r"\s+[A-ZÀ-Þ]")
_DAY = re.compile(
    r"\b(?:days?|nights?|mornings?|afternoons?|evenings?|weeks?|months?|years?|hours?|time)\b"
)
_PREPOSITION = re.compile(
    r"\s+(?:into|onto|to|on|in|through|off|up|under|with|out\s+of|aboard)(?=\W)"
)
# "blew himself up", "had made it back", "bought it"
_ITSELF = re.compile(
    r"\s+(?:(?:him|her|it)self|themselves|it)(?:\s+(?:back|out|home|up|in|through|off))?(?=\W|$)"
)
_GERUND = re.compile(r"\s+[a-z]{3,}ing\b")
_STRANDED = re.compile(r"\s+(?:on|upon|at|for|through|off)(?=\s*[.,;]|$)")
_PHASES = ("stopped", "began", "started", "kept", "gone", "went")
_WAY = re.compile(r"\s+(?:into|onto|through|off|across|out\s+of|before(?=\s+an?\s))(?=\s)")


def _complement(sentence: str, done: tuple[int, int], verb: str) -> int:
    """Return where a predicate ends: `came through that door`, `asked to surrender`."""
    end = done[1]
    if verb in _ASKED and (to := _TO_DO.match(sentence, end)):
        return to.start() + re.match(r"\s+to\s+[a-z]+", to[0]).end()
    if itself := _ITSELF.match(sentence, end):
        return itself.end()
    if stranded := _STRANDED.match(sentence, end):
        return stranded.end()  # "had been operated on"
    if gerund := _GERUND.match(sentence, end):
        return gerund.end() if verb in _PHASES else end
    through = (_PREPOSITION if verb in LIGHT else _WAY).match(sentence, end)
    at = through.end() if through else end
    if not through and not _OBJECT.match(sentence, at):
        return end
    own = re.match(r"\s+(?:(?:an?|the|that|this|their|his|her|its|our)\s+)?", sentence[at:])
    _, stop, head = noun_phrase(sentence, at + own.end() if own else at)
    if _DAY.search(sentence, at, stop) or head[:1].isupper():
        return end  # "left on Friday", "gone to Minova": when, and where
    if not head and _NAME.match(sentence, at):
        return end  # "marched through Ilverton"
    return stop if head else at
