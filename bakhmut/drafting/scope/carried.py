"""What a number goes on counting where its own words do not say: lists, parts, resumed counts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.passages import Sentence
from bakhmut.drafting.patterns.needing import Needing
from bakhmut.drafting.phrases import PERSONS, counted, is_background, kind_of
from bakhmut.drafting.scope.hits import Found, hits
from bakhmut.drafting.words import key, listed, peoples, window

ARMS_OF_A_FORCE = "arms of a force"  # the rule of a measure: "had 84 ships"


@dataclass(frozen=True)
class Figure:
    """A mention that is a figure, in its sentence, with its measure."""

    mention: Mention
    sentence: Sentence
    measure: Found | None
    carried: bool = False  # the measure is the one of the figure before
    unexplained: bool = False  # no word of its sentence says what it counts
    row: tuple[int, int] | None = None  # of a table: where the name of its row stands, or (0, 0)

    def counts_others(self, text: str) -> bool:
        """Whether what no word explains has a noun or verb of its own: "Forty complained"."""
        return self.unexplained and not _NO_OTHERS.match(text, self.mention.end)


_NO_OTHERS = re.compile(
    r"(?:-odd)?(?:\s*(?:[.,;:)?!”\"—–]|$)|\s+(?:from|in|at|by|of|on|and|or|against|but|this|last|so)\b)"
)


def is_part(before: Figure, mention: Mention, text: str) -> bool:
    """Whether a number is a part of the one before: "6,218 cases, of which 1,944 confirmed"."""
    return bool(
        before.measure
        and before.mention.end <= mention.start
        and _INCLUDING.search(text[before.mention.end : mention.start])
    )


def goes_on(before: Figure, mention: Mention, text: str, kind: str) -> bool:
    """Whether a list goes on with what it began with: "22 helicopters, 25 planes"."""
    fits = kind != "thing" or (before.measure and before.measure.measure in OF_THINGS)
    return bool(
        fits
        and before.measure
        and before.mention.end <= mention.start
        and _listed(before.mention, mention, text)
    )


def carried_measure(mention: Mention, text: str, before: Figure | None, same: bool) -> Found | None:
    """Return the measure of the figure before where a number goes on counting that."""
    if before is None or before.measure is None:
        return None
    if same and _EXCEEDS.search(window(text, mention.start)):
        for hit in hits(text):  # "the number of dead had climbed to 90, and it may exceed 100"
            told = text[: hit.start].endswith("umber of ") or hit.words.endswith(("toll", "count"))
            if told and hit.end < before.mention.start:
                return Found(hit.measure, hit.start, hit.end, "what it is", "carried")
    start, end, head = counted(text, mention)
    phrase = text[start:end]
    head = "" if head == "ones" else head  # "against 1,090 Ukrainian ones"
    kind = "anybody" if head in peoples() else kind_of(phrase)
    if kind in PERSONS and before.measure.rule == ARMS_OF_A_FORCE:
        return replace(before.measure, measure="strength")  # "84 ships, and in them 22,000 men"
    if kind in PERSONS and before.measure.measure in _DONE_TO_THINGS:
        return None  # "two wards were closed and 31 patients moved"
    if not head and _WHICH_HAS.search(window(text, mention.start)):
        return None  # "19 students of the college, which has 740"
    if head and _AMONG_THE.match(text, end):
        return before.measure  # "Nine members of one family are among them"
    if key(head) in NAMES and (
        _HAVE.before(text, mention.start) or TOLD_BEFORE.search(window(text, mention.start))
    ):
        return before.measure  # "The union has 23 names", "the register, which lists 4,112 names"
    things = _IN_BRACKETS.search(window(text, mention.start))
    many = things and (kind_of(things[1]) == "thing" or is_background(things[1], things[1]))
    if many and before.measure.measure not in OF_THINGS:
        return None  # "attacks on schools (77)"
    if same and before.mention.end <= mention.start:
        parts = _OUT_OF.fullmatch(text, before.mention.end, mention.start)
        home = head.lower() in AT_HOME
        done = before.measure.end <= before.mention.start and not before.carried
        if parts and ((kind in ("", "thing") and not parts[1]) or home or done):
            return None  # "14 of the 35 hospitals": the 35 are all that there are
        closes = re.match(r"\s*(?:[.,;)]|$)", text[mention.end :])
        if closes and _NEXT_ONE.fullmatch(text, before.mention.end, mention.start):
            return before.measure  # "the University Hospital admitted 17, the City Hospital 11"
        if _listed(before.mention, mention, text):
            if kind == "thing" and before.measure.measure not in OF_THINGS:
                if before.measure.measure == "strength" and head.lower() in _ARMS:
                    return before.measure  # "188,000 men and 732 guns"
                return _of_things(mention, text) or _destroyed(mention, head, before)
            if kind or not head or mention.rule == "article":
                return before.measure
    if head and ASKED.search(window(text, mention.start)):
        return None  # "the survey covered 1,200 families"
    if not head and _OF_THINGS_BEFORE.search(window(text, mention.start)):
        return None  # "of the city's 53 hospitals only nine are working"
    if _THE_REST.search(window(text, mention.start)) and (kind or not head):
        return before.measure  # "The remaining 10,280 live in 14 sites"
    if same and not head and _FORMER.search(window(text, mention.start)):
        return before.measure  # "at 26, down from 92 two days earlier"
    led = head and LED.search(window(text, mention.start))  # "nine of them from one family"
    part = SUBSET.match(text, mention.end) or (
        same and _AMONG_THEM.search(window(text, mention.start))
    )
    if part or (
        same and (kind or not head) and not led and _INCLUDING.search(window(text, mention.start))
    ):
        return before.measure
    if (
        head
        and (LED.search(window(text, mention.start)) or HAVING.before(text, mention.start))
        and kind in ("", "thing")
    ):
        return None
    if head and _APART.search(window(text, mention.start)):
        return None
    things = kind == "thing" and before.measure.measure in OF_THINGS
    told = kind in PERSONS and head.lower() not in AT_HOME
    if told and before.measure.measure in _DONE_TO_THINGS:
        return None
    if head and not (things or told) and key(phrase) not in ("enemy", "units", "unit"):
        return None
    if head and not things and not _NO_VERB.match(text, end):
        return None  # "about 350 officers are hunting him"
    if head and not things and _SENT.search(window(text, mention.start)):
        return None  # "the government has sent 12,000 troops"
    busy = _BUSY.match(text, end) if head else None
    if busy and not any(busy.start(1) <= hit.start < busy.end() for hit in hits(text)):
        return None  # "850 firefighters and 31 planes are now battling the flames"
    return before.measure if resumes(mention, text, end, same) else None


_OF_THINGS_BEFORE = re.compile(
    r"\b[Oo]f\s+(?:[\w’']+\s+){0,2}\d[\d,.]*\s+(?:\w+\s+)?(?:hospitals|schools|buildings|"
    r"villages|towns|districts|bridges|stations|clinics|camps|homes|seats|beds)\b[^.;]{0,25}$"
)


_DONE_TO_THINGS = ("destroyed", "damaged", "closed", "cancelled", "sunk", "shot down")
AT_HOME = listed("persons at home")
_IN_BRACKETS = re.compile(r"\b([a-z]+)\s\($")
_ARMS = listed("arms")


def _destroyed(mention: Mention, head: str, before: Figure) -> Found | None:
    """Return what became of arms in a list with the dead: "eliminated 90 troops, three tanks"."""
    dead = before.measure and before.measure.measure in ("killed", "lost", "losses", "casualties")
    if not dead or head.lower() not in _ARMS:
        return None
    return Found("destroyed", mention.start, mention.end, "list of things", "inferred")


def _of_things(mention: Mention, text: str) -> Found | None:
    """Return the last measure of things in front: "lost 200 men, as well as 25 tanks"."""
    last = None
    for hit in hits(text):
        if hit.measure in OF_THINGS and hit.end <= mention.start:
            last = Found(
                hit.measure,
                hit.start,
                hit.end,
                "list of things",
                "inferred",
                subject=hit.measure == "lost",
            )
    return last


OF_THINGS = listed("measures of things")
NAMES = ("names", "entries")  # of those told of, on a list


_WHICH_HAS = re.compile(
    r",\s+which\s+(?:has|had|seats|holds|houses)\s+(?:about\s+|some\s+|only\s+)?$"
)
_AMONG_THE = re.compile(r"[^.;\d]{0,80}?\s(?:is|are|was|were)\s+(?:also\s+)?among\s+them\b")
# "with 300 trucks", "at 124 departments": how it was done, not to whom.
HEDGING = (
    r"(?:(?:some|about|around|at\s+least|(?:no\s+)?more\s+than|fewer\s+than|over|nearly|almost|"
    r"up\s+to|the|all|its|their|only|just|roughly|barely|scarcely|an?\s+estimated)\s+)*"
)
_HAVE = Needing(rf"\b(?:has|have|had|holds?|held)\s+{HEDGING}$")
_EXCEEDS = re.compile(
    r"\bit\s+(?:(?:was|is|will|would|could|may|might|likely|expected|to)\s+)*(?:exceed|reach|pass|top|rise\s+to|climb\s+to)s?\s+"
    rf"{HEDGING}$"
)
LED = re.compile(
    rf"\b(?:at|in|across|with|on|using|into|through|within|among|from|by|for|near|"
    rf"(?<!more\s)(?<!fewer\s)(?<!less\s)than)\s+{HEDGING}$",
    re.I,
)


HAVING = Needing(
    rf"\b(?:ha[sd]|have|got|ran|sent|dispatched|built|recruited|hired|employs?|trained|opened|"
    rf"set\s+up|runs?|operates?|covers?|called|received|fired|launched)\s+{HEDGING}$",
    re.I,
)
_NEXT_ONE = re.compile(
    rf"[^,;.]{{0,40}}[,;]\s+(?:and\s+|but\s+)?(?:the\s+|in\s+|at\s+)?(?:[\w’'-]+\s+){{1,4}}{HEDGING}"
)
ASKED = re.compile(
    rf"\b(?:cover(?:s|ed)?|survey(?:s|ed)?|interview(?:s|ed)|question(?:s|ed)|poll(?:s|ed)|employ(?:s|ed)|"
    rf"visit(?:s|ed)|train(?:s|ed)|hir(?:es|ed)|stud(?:ies|ied)|sampl(?:es|ed))\s+{HEDGING}$",
    re.I,
)
_OUT_OF = re.compile(
    r"\s+(?:out\s+)?of\s+(?:the|all|some|about|(his|her|their|its)|the\s+\w+['’]s)?\s*", re.I
)
SUBSET = re.compile(
    r",?\s+(?:of|among)\s+(?:them|whom|those(?!\s+who\b)|these|the\s+(?:dead|victims|wounded|injured|"
    r"missing))\b",
    re.I,
)
_INCLUDING = re.compile(
    r"\b(?:incl(?:uding\b|\.)|among\s+them|of\s+whom|of\s+them|among\s+whom|of\s+those|of\s+these|"
    r"of\s+which|comprising|consisting\s+of|namely)\b(?:(?!,\s(?:have|has|had|were|was|are|is)\b)[^.;:])*$",
    re.I,
)
_AMONG_THEM = re.compile(rf"\bamong\s+(?:them|whom)\s+{HEDGING}$")  # whatever they are called
_FORMER = re.compile(
    r"\b(?:(?:up|down)\s+from|from\s+an?\s+(?:[a-z-]+\s+)?(?:peak|high|low|maximum|record)\s+of|"
    r"(?:f[ae]ll(?:en)?|ris(?:en|es)|rose|dropped|climbed|declined|jumped|(?:in|de)creased)\b[^.;]{0,60}\sfrom)\s+"
    rf"{HEDGING}$"
)
_BETWEEN_LIST = re.compile(
    r"(?:\s+[\"“]?[\w’'-]+[\"”]?){0,8}?\s*(?:\([^)]{0,30}\))?\s*(?:(?:\s+[\w’'-]+){0,9},?\s+(?:along\s+with|as\s+well\s+as)|,|;|/|,?\s+(?:and|"
    r"or|plus|against|(?:as\s+)?well\s+as|together\s+with|including|with)(?:,\s(?:[\w-]+\s){1,3}(?:later|earlier),)?|\((?:\+|incl\.)?)\s*"
    r"(?:including\s+|then\s+|another\s+|a\s+further\s+|some\s+|about\s+|around\s+|at\s+least\s+|"
    r"more\s+than\s+|over\s+|nearly\s+|almost\s+|up\s+to\s+|perhaps\s+|roughly\s+|"
    r"close\s+to\s+|as\s+many\s+as\s+|the\s+|an?\s+|estimated\s+|all\s+|his\s+|its\s+)*",
    re.I,
)
_APART = re.compile(
    rf"\b(?:with|(?<!more\s)(?<!fewer\s)(?<!less\s)than|into|for|(?<!close\s)(?<!up\s)to)\s+{HEDGING}$",
    re.I,
)


# Somebody counts here, so that the passage before may say what.
TOLD_BEFORE = re.compile(
    r"\b(?:(?:figure|number|toll|total|count|tally)\s+that\s+(?:had\s+)?(?:passed|reached|topped|exceeded|(?:climbed|rose)\s+to)|counted|printed|evidence\s+of|arrived\s+at|put\s+(?:it|them|the\s+(?:number|figure|toll|total|count|"
    r"tally))\s+(?:at|as)|(?:number|figure|toll|total|count|tally)(?:\s+(?:we|they|you|I)\s+(?:have|had|use|got)|\s+(?:for|of|in|from)\s+(?:[\w’'-]+\s+){0,3}?[\w’'-]+)?\s+(?:was|is|stands\s+at|stood\s+at|"
    r"reached|has\s+reached|came\s+to|comes\s+to|may\s+be|could\s+be)|estimated|gave|spoke\s+of|admitted|had|"
    r"(?:made|makes|make)\s+it|(?:it|there)\s+(?:was|is|were|are)|lists?\s+(?:of|with)|lists|tally\s+(?:is|was)|names\s+of|contains?|contained|comprises?|"
    r"(?:stops|stopped|ends|ended)\s+at|(?:runs|ran)\s+to|it\s+(?:may|could|might)\s+(?:have\s+been|be)|(?:owns|owned|admits|conceded|confessed)\s+to|wrote|arrives\s+at|(?:gave|gives|puts?)\s+(?:the|its|their)\s+(?:[\w’'-]+\s+){1,4}?(?:as|at)|(?:interval|range)\s+(?:runs|ran)|told\s+(?:reporters|journalists|us|me|them))"
    r"\s+[\"“]?(?:\w+\s+){0,3}$|\bestimates?\s+(?:run|range|vary|differ|go)\s+(?:\w+\s+){0,2}$|\bsa(?:y|ys|id):\s+$|\bsa(?:y|ys|id)\s+(?:(?:some|about|only|just|(?:more|fewer|less)\s+than|at\s+least|nearly|over)\s+)*$",
    re.I,
)


# "Of the new patients, three are nurses": those whom the passage before counted.
OF_THOSE = re.compile(rf"\b[Oo]f\s+(?:the|these|those)\s+(?:[a-z-]+\s+){{0,2}}[a-z]+,\s+{HEDGING}$")


# "consider 800 a more realistic figure", "thought 18,000 nearer the mark"
_NEARER = (
    r"\s+(?:an?\s+(?:more\s+[a-z]+|[a-z]+(?:er|ble|ic))\s+(?:figure|number|estimate|count|total)\b|"
    r"(?:nearer|closer\s+to)\s+the\s+(?:mark|truth)\b)"
)
TOLD_AFTER = re.compile(
    r"\s*,?\s*according\s+to\b|\s*,\s+(?:sa(?:y|ys|id)|reckon\w*|claim\w*|estimat\w*)\s+(?:the\s|an?\s|[A-Z])|"
    r"\s*,\s+(?:the\s+)?(?:[\w’'-]+\s+){1,3}?(?:sa(?:y|ys|id)|reckon\w*|claim\w*|estimat\w*)\b|"
    rf"\s+(?:was|is)\s+(?:the|an?|his|their)\s+(?:[a-z]+\s+)?(?:estimate|figure|number|toll|count)\b|{_NEARER}"
)
_THE_REST = re.compile(rf"\b[Tt]he\s+(?:remaining|other)\s+{HEDGING}$")
_SENT = re.compile(
    rf"\b(?:sent|dispatched|deployed|ordered|recruited|hired|trained|posted|mobilised|mobilized)\s+"
    rf"(?:\d[\d,]*\s+(?:[a-z]+\s+){{1,3}}and\s+)?{HEDGING}$"
)
_BUSY = re.compile(
    r"(?:,?\s+(?:and|with)\s+(?:[\w-]+\s+){1,3})?\s*(?:are|is|were|was)\s+(?:now\s+|still\s+|also\s+)?([a-z]{3,}ing)\s+(?:the|to|for|through|in|on|at|with|an?|its|their)\b"
)
_NO_VERB = re.compile(
    r"\s*(?:[,.;:)\"”—–]|$)|\s+(?:are|were)\s+(?:involved|affected|concerned)\b|\s+(?:in|on|from|at|for|of|and|or|among|by|under|below|above|between|aged|according|"
    r"more|each|last|this|there|on)\b",
    re.I,
)


def _listed(before: Mention, mention: Mention, text: str) -> bool:
    return bool(_BETWEEN_LIST.fullmatch(text, before.end, mention.start))


_RESUME_AFTER = re.compile(
    r"\s*(?:[,.;:)—–\"”(]|$|(?:in|on|to|by|and|or|from|for|at|of|as|but|with|after|when|before|while|since|because|this|that|"
    r"last|each|among|by|who|under|below|aged|than|lie|lies|more|remain\w*|are|is|were|was|had|have|has|did|"
    r"came|could|it|he|she|they|we|"
    r"according|altogether|so|[a-z]+ed|[a-z]+ing|a\s+(?:day|week|month)|the\s+(?:day|week|"
    r"month|year|previous|next|following|same|night))\b)",
    re.I,
)
NOT_RESUMED = re.compile(
    r"\b(?:owned(?!\s+to)|owns(?!\s+to)|received|vacanc\w+|appointments?|prices?|cost\w*|speed\w*|temperature\w*|distance\w*|"
    r"capacity|population\w*|votes?|beds|doses|funds|budget|age[ds]?|rate\s+fell\s+below|"
    r"manifest|(?:we|they|he|she|I)\s+(?:made|ran|flew|drove|played)|"
    r"number\s+fell\s+below|stand[s]?\s+at|growth|inflation)\b[^.;]{0,40}$",
    re.I,
)


# A number that begins a clause and is followed by no noun.
_ALONE = re.compile(
    rf"(?:^|[.;:,“\"]\s|\b(?:and|but|while|that|which|where|though)\s+)\W*"
    rf"(?:(?:another|a\s+further|at\s+least|{HEDGING})\s*)*$",
    re.I,
)
_VERB = re.compile(r"\s+(?:never\s+|also\s+|still\s+|later\s+|now\s+)?[a-z]{2,}\b")


def resumes(mention: Mention, text: str, end: int, same: bool) -> bool:
    """Whether a number goes on counting what the figure before it counted."""
    value = mention.value
    if (
        value is not None
        and value < (2 if same else 10)
        and not mention.in_words
        and not window(text, mention.start).endswith("+")
    ):
        return False
    if mention.in_words and value == 1 and mention.kind == "count":
        return same and bool(
            SUBSET.match(text, mention.end)
            or re.match(r"\s+(?:was|died|is|in)\b", text[mention.end :])
        )
    if NOT_RESUMED.search(window(text, mention.start)):
        return False
    if re.match(_NEARER, text[mention.end :]):
        return True
    bare = end <= mention.end + 1 and _VERB.match(text, mention.end)
    if bare and _ALONE.search(text, 0, mention.start):
        return True  # "six await classification", "at least two never came out"
    return bool(_RESUME_AFTER.match(text, max(end, mention.end)))


def same_passage(before: Figure, sentence: Sentence) -> bool:
    """Whether a figure stands in the passage of a sentence."""
    return before.sentence.part == sentence.part
