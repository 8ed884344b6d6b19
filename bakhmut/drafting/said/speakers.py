"""The name of the one who speaks, in front of a verb or in place of a pronoun."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bakhmut.drafting.numbers.numerals import SMALL
from bakhmut.drafting.patterns.needing import Needing
from bakhmut.drafting.words import any_of, is_speaker, key, listed, persons

CAPITAL = r"[A-ZÀ-Þ][\w’'.&-]*"


_SPEAKERS = any_of("those who speak")
SPEAKERS = rf"\b(?:{_SPEAKERS})\b"


_ADJUNCT = re.compile(
    r"(?:(?:\s*,)?\s+(?:has|have|had|also|just|later|previously|earlier|yesterday|today|then|since|"
    r"now|once|still|already|officially|publicly|only|first|initially|itself|himself|herself|"
    r"themselves|always|however|each|both|all|jointly|though|so\s+far|to\s+date|long|flatly|likewise|nevertheless|nonetheless|instead|in\s+turn|"
    r"in\s+the\s+end|for\s+\w+\s+part|by\s+contrast|in\s+effect|(?!tally|family|assembly|reply|Italy|ally)\w+ly|"
    r"by\s+(?:then|now|noon|dusk|dawn|midnight|nightfall|evening|midday|[A-Z][a-z]+)|at\s+(?:one|some|any|that)\s+point|alone|meanwhile|too|never|again|might|may|would|will|could|separately|repeatedly|reportedly|used\s+to|(?:likes?|liked|went\s+on|goes\s+on|began|continued?|continues)\s+to|"
    r"earlier\s+(?:in\s+the|that|this)\s+(?:day|week|month|year)|seldom|often|sometimes|at\s+first|last\s+(?:week|month|year|night)|this\s+(?:week|month|morning)|"
    r"on\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:\s+(?:morning|night|evening))?|(?:Mon|"
    r"Tues|Wednes|Thurs|Fri|Satur|Sun)day|in\s+\d{4}|in\s+(?:January|February|March|April|May|"
    r"June|July|August|September|October|November|December)(?:\s+\d{4})?))+$"
)


_LEADERS = re.compile(
    r"^(?:\s*(?:(?:In|At|On|Near)\s+[A-ZÀ-Þ][\w’'-]+(?:\s+[A-ZÀ-Þ][\w’'-]+)*\s+(?=(?:the|an?)"
    r"\s)|(?:[Bb]y|[Ss]ince|[Uu]ntil)\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:[Bb]y|[Ii]n|[Ss]ince|[Oo]n|[Uu]ntil)\s+(?:\d{1,2}\s+)?(?:January|February|March|"
    r"April|May|June|July|August|September|October|November|December)(?:\s+\d{1,4})?|(?:So|Thus)\s+far(?:\s+this\s+\w+)?|\d+(?:\.\d+)+\.?|\d{1,2}[:.h]\d\d\b|In\s+all\s+of\s+(?:last\s+\w+|\d{4})|"
    r"(?:This|That)\s+(?:year|week|month|night|day|evening|morning)|(?:hours|days|weeks|months|minutes|an?\s+(?:day|week|month|year))\s+(?:after|before)|In\s+(?:an?|its|his|her|their)\s+(?:[a-z]+\s+){0,2}(?:statement|report|update|bulletin|"
    r"interview|briefing|post|message|letter|address|note)(?:\s+(?:on|to|published|issued|released|posted|by)(?:\s+[a-z]+){1,4}?)?(?=\s*,|\s+(?:the|an?)\s)|To\s+date|In\s+(?:all|total)|But|And|"
    r"Yet|So|Meanwhile|However|Still|Then|Now|Later|Earlier|Yesterday|Today|On\s+\w+day|"
    r"In\s+(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December)|"
    r"In\s+\d{4}|Last\s+\w+|as|which|when|where|what|how|and|but|yet|while|for|since|because|"
    r"although|though|whereas|after|by|that|if|nor|or|"
    r"In\s+the\s+(?:capital|city|town|north|south|east|west|province|region|valley|camp)(?=\s+[a-z]))\b[,\s]*)+"
)


_BOUND = re.compile(
    r"[;!?()|\"”“—–\[\]]|:(?!\d)|\s-\s|\.\s(?<![A-Z]\.\s)(?<!\b(?:No|Dr|Mr|Ms|Lt|St)\.\s)"
    r"(?<!\b(?:Mrs|Col|Gen|Sgt|Maj|Rev|Gov|Sen|Rep|Adm)\.\s)"
    r"(?<!\b(?:Capt|Prof|Supt|Insp|Cmdr|Brig)\.\s)|\b(?:that|but|while|whereas|when|although|"
    r"because|than|if|said|says|told)\s|,\s(?:and|as|or|though|for)\s"
)


_RELATIVE = re.compile(
    r"\s*(?:(?:about|some|just|around)\s+)?\d+\s?(?:km|kilomet\w+|miles?|met\w+|years?)\b|\s*(?:and\s+)?(?:[a-z]+ing|[a-z]+ed\s+(?:by|in|from|at|on|[a-z]+ly\b)|first\s+with|last\s+to|read\s+(?:out|aloud)|written|drawn\s+up|made\s+public|never|leaked|viewed|published|released|issued|compiled|seen|obtained|shared|conducted|headed|set\s+up|where|when|who|which|whose|whom|the|a|an|its|his|her|their|commissioned|citing|quoting|"
    r"speaking|himself|herself|before|of|from|known|led|based|run|once|then|now|formerly|both|also|using|"
    r"having|however|though|meanwhile|too|on\b|in\b|at\b|by\b|after|under|for)\b|\s*[A-ZÀ-Þ]|\s*\d{1,3}$"
)


# "Dr Samir Haddad, director of the hospital,": who somebody is
_IN_OFFICE = re.compile(rf"{CAPITAL}\s+{CAPITAL},\s+(?:[a-z-]+\s+){{0,3}}(?:{_SPEAKERS})\b[^,]*,$")
PRONOUNS = frozenset(["he", "she", "they", "it", "we", "i", "you", "him", "her", "them"])


@dataclass(frozen=True)
class Voice:
    """An attribution: the source's words at `start:end`, and where the whole stands."""

    name: str
    start: int
    end: int
    first: int
    last: int
    rule: str
    trailing: bool
    via: str = ""


_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_WHO_COMB = re.compile(r",\s+(?:who|which|whose)\s[^,.;:]+,\s[^.;:]*\sand\s[^.;:,]+,$")


def subject(sentence: str, verb: int) -> tuple[int, int] | None:
    """Return the span of the one who speaks, in front of a verb; appositions are stepped over."""
    floor = max(0, verb - 260)
    head = _THOUSANDS.sub(" ", sentence[:verb]).rstrip()  # their commas part no words
    head = _stripped(head, floor)
    if one := _ONE_OF_THEM.search(head, floor):  # "One of them, a captain, put"
        return _speaker(sentence, one[1], one.start(1))
    shown = _SHOWN.search(head, floor)  # "A post shared more than 40,000 times says"
    if shown and is_speaker(head[shown.start(1) : shown.end(1)]):
        head = head[: shown.end(1)]
    for said in (_HE_SAYS, _LIKENED, _ASIDE, _WHO_COMB):
        head = head[: aside.start()] if (aside := said.search(head, floor)) else head
    # "X, who spoke ..., told": what lies between the commas only describes X.
    while head.endswith(","):
        comma = head.rfind(",", floor, len(head) - 1)
        if comma < 0 or not (_RELATIVE.match(head[comma + 1 :]) or _IN_OFFICE.search(head, floor)):
            head = head[:-1].rstrip()
            break
        described = head[comma + 1 :]
        head = head[: comma + 1]
        if not re.match(r"\s*(?:who|which|whose)\b", described) and not head.endswith(","):
            break
        again = head[head.rfind(",", 0, -1) + 1 :] if re.search(r",[^,]*,$", head) else ""
        if not (_RELATIVE.match(again) and re.match(r"\s*(?:who|which|whose|a\s|an\s)", again)):
            head = head[:-1].rstrip()
    head = _stripped(head, floor)
    ends = [match.end() for match in _CLAUSE_END.finditer(head, floor)]
    goes_on = head.endswith((" and", " but")) and _GOES_ON.match(head, max(ends, default=floor))
    if goes_on:
        return _speaker(sentence, clean(goes_on[1]), goes_on.start(1))
    if relative := _THAT_DID.search(head, floor):  # "The group that led the protests has put"
        head = head[: relative.end(1)]
    bound = max((match.end() for match in _BOUND.finditer(head, floor)), default=floor)
    bound = max(bound, head.rfind(",", bound) + 1)
    start = bound + (lead.end() if (lead := _LEADERS.match(head[bound:])) else 0)
    tail = head[start:]
    conj = re.search(r".*\band\s+(?=(?:the|a|an|its|one)\s|[A-Z])", tail) if "and" in tail else None
    if conj and re.search(r"\d|\b(?:killed|wounded|died|were|was|had|have|has)\b", conj[0]):
        start += conj.end()
    if within := _behind_adjunct(head[start:]):
        start += within
    words = head[start:]
    if (more := _DESCRIBED.search(words)) and not _PRONOUN.search(words):
        words = words[: more.start()]
    # "The militants deny this, saying", "The ministry released its first figures, saying"
    for cut in (_DENIES, _ISSUES):
        words = words[: found.start()] if (found := cut.search(words)) else words
    if further := _SURVEYED.match(words):  # "Médecins Sans Frontières surveyed camps and"
        words = further[1]
    return _speaker(sentence, clean(words), start)


_ONE_OF_THEM = re.compile(
    r"\b(?:One|Another|one|another)(?:\s+of\s+(?:them|the\s+[\w’-]+))?,\s+an?\s+"
    r"((?:[\w’-]+\s+){0,3}?[\w’-]+)(?:\s+(?:of|from|in|at|who)\s[^,]{2,40})?,$"
)


def _stripped(head: str, floor: int) -> str:
    """Return words without the adverbs at their end; those in front of a comma stay."""
    adjunct = _ADJUNCT.search(head, floor)
    if adjunct is None:
        return head
    start = adjunct.start() + max(adjunct[0].rfind(","), 0)
    return head[:start] + ("," if head[start : start + 1] == "," else "")


_LED = re.compile(
    r"(?:In|On|At|By|Since|During|Over|Within|From|Until|After|Before|Under|Through|Throughout|"
    r"Across|Amid|Despite|Between|For|With)\s"
)
_NEXT_NAME = re.compile(r"\s(?=(?:the|an?|its|their|his|her|one|both)\s|[A-ZÀ-Þ])")
_SMALL_WORD = re.compile(
    r"\b(?:of|in|on|at|by|since|during|over|within|from|until|after|before|under|through|throughout|"
    r"across|amid|despite|between|for|with|and|to|near|around|about|all|both|than|against|the|an?|its|"
    r"their|his|her|into|as|or|one|first|last)$",
    re.I,
)


def _behind_adjunct(words: str) -> int:
    """Return where the subject begins: "Since the beginning of the year the Division has lost"."""
    if not _LED.match(words):
        return 0
    for match in reversed([*_NEXT_NAME.finditer(words)]):
        before = words[: match.start()]
        small = not re.search(r"[A-ZÀ-Þ][\w’'.-]*$", before) or words[match.end()].islower()
        if small and not _SMALL_WORD.search(before):
            return match.end()
    return 0


_SHOWN = re.compile(
    r"\b([\w’-]+)\s(?:shared|seen|viewed|watched|liked|forwarded|signed|circulat(?:ed|ing)|posted|"
    r"published|released|dated|written)\s[^,;.]{2,50}$",
    re.I,
)
# "the ministry, more sparing, put"
_LIKENED = re.compile(
    r",\s+(?:more|less|ever|hardly|always|usually|never|no|far|rather|too|not|as\s+(?:usual|ever|always))\b[^,;.\d]{0,30},$"
)
# "the commission, he recalled, had counted"
_HE_SAYS = re.compile(
    r",\s+(?:he|she|they)\s+(?:said|says|added|adds|noted|notes|recalled|recalls|wrote|writes|insisted|insists|"
    r"claimed|claims|pointed\s+out|explained),$"
)
# "the union - banned in May - had counted"
_ASIDE = re.compile(r"\s?[-–—]\s?(?<!\w-)[^-–—\d]{3,80}\s?[-–—]$")
_DESCRIBED = re.compile(
    r"\s(?:who|which|with|whose|speaking|citing|quoting|shared|seen|viewed|circulat(?:ed|ing))\s"
)
_CLAUSE_END = re.compile(r"[;.:]\s+")
# "The spokesman called this a ruse and" acknowledged, "The group that runs a ship took 51 off and"
# found: who did the first thing says the second.
_GOES_ON = re.compile(
    r"(?!\s*(?:the|an?|its|one)\s+[a-z]{3,}s\s)"
    rf"\s*((?:(?:the|an?|its|one)\s+)?(?:(?:[\w’'-]+\s+){{0,4}}(?:{_SPEAKERS})|{CAPITAL}(?:\s+{CAPITAL})*)(?:\s+{CAPITAL}){{0,3}})"
    r"(?:\s+that\s+\w+\s+(?:the\s+|an?\s+)?(?:\w+\s+){1,2})?\s+(?:(?:has|have|had|also|then|later)\s+)*"
    r"(?:[a-z]+ed|[a-z]{3,}s|took|gave|put|drew|made|saw|went|called|visited|won|left|began|met|held|sent|spoke|(?:would|did|could|does|do|will)\s+not)\s.{3,120}\s(?:and|but)$",
    re.I,
)
_THAT_DID = re.compile(
    r"(?:^|[,;.]\s)((?:The|the|An?)\s+(?:[\w’'-]+\s+){0,3}[\w’'-]+)\s+(?:that|which)\s+"
    r"(?:(?:he|she|they|we|it)\s+)?(?:[a-z]+ed|led|runs?|ran|represents?|speaks?|tracks?|monitors?|keeps?)(?:\s+[^,;.]{3,50})?$"
)
_WHO = Needing(
    rf"\b((?:(?:[Tt]he|[Aa]n?|[Ii]ts|his|her|their|{CAPITAL}['’]s)\s+(?:[\w’'-]+\s+){{0,3}}[\w’'-]+|{CAPITAL}(?:\s+{CAPITAL})*|(?:[a-z]+\s+){{0,2}}[a-z]+s)"
    r"(?:\s+of\s+(?:the\s+)?[\w’'-]+)?),\s+(?:who|which)\s+(?:(?:has|had|have|at\s+first|first|"
    r"also|later|then|earlier|once|still|now|yesterday|today|last\s+\w+|on\s+\w+day|\w+ly)\s+)*$"
)


def antecedent(sentence: str, verb: int) -> tuple[int, int] | None:
    """Return who speaks in a clause of their own: "the police, who at first said"."""
    match = _WHO.search(sentence, max(0, verb - 120), verb)
    return _speaker(sentence, clean(match[1]), match.start()) if match else None


_APPOSED = re.compile(
    rf"(?:[,;.:”\"]|\bwhom|\bwhich)\s+(?:an?|the|one|another|its|their)\s+((?:[\w’'-]+\s+){{0,4}}(?:{_SPEAKERS})(?:\s+(?:of|for|at|in|from|with)\s+"
    rf"(?:[\w’'-]+\s*){{1,5}})?,\s+{CAPITAL}(?:\s+{CAPITAL}){{0,3}}),\s+$"
)


# "the village elder, Karim Yusufi, 67, said", "said the harbour master, Lena Holt."
_ITS_NAME = re.compile(
    rf",\s+((?:Dr\.?\s+)?{CAPITAL}(?:\s+{CAPITAL}){{1,2}})(?=,\s+\d{{2}},|\s*(?:[.;:\"”]|$))"
)


def with_name(sentence: str, start: int, end: int) -> int:
    """Return where an office ends with the name that follows it, apart only by an age."""
    named = sentence[start:end].islower() and _ITS_NAME.match(sentence, end)
    return named.end(1) - named[1].endswith(".") if named else end


def apposed(sentence: str, verb: int) -> tuple[int, int] | None:
    """Return who speaks by office and name behind what is said: "..., a survivor, Amina Yusuf,"."""
    match = _APPOSED.search(sentence, max(0, verb - 140), verb)
    return match.span(1) if match else None


_DENIES = re.compile(
    r"\s(?:den(?:y|ies|ied)|reject(?:s|ed)?|dispute[sd]?|confirm(?:s|ed)?)\s(?!cases|deaths|infections|dead)"
)
_ISSUES = re.compile(
    r"\s(?:(?:has|have|had)\s+)?(?:releas|publish|issu|updat|revis|rais|lower|correct|amend|contradict|post|announc)(?:ed|es)\s|"
    r"\s(?:gave|gives|put\s+out|puts\s+out)\s"
)
_SURVEYED = re.compile(r"((?:[A-ZÀ-Þ][\w’-]+\s+)*[A-ZÀ-Þ][\w’-]+)\s+[a-z]+ed\s.*\band\s*$")


def _speaker(sentence: str, name: str, start: int) -> tuple[int, int] | None:
    """Return where a name stands if it may be one who speaks."""
    if counted := _N_THE.match(name):  # "fifty-two the surgeon lists"
        start, name = start + name.find(counted[1]), counted[1]
    if pronoun := _PRONOUN.search(name):  # "In the whole valley I'd say"
        start, name = start + name.find(pronoun[0]), pronoun[1]
    name = re.sub(r"\s(?:that|which|who|you)$", "", name)  # "A government that admits to 200"
    if (
        not name
        or name.lower() in SMALL.keys() - {"one"}
        or len(name.split()) > 16
        or NO_SPEAKER.search(name)
        or _NO_NAME.search(name)
    ):
        return None
    known = is_speaker(name) or key(name) in PRONOUNS or _PERSON.fullmatch(name)
    known = known or key(name) in listed("parties") or _SAYS_SO.match(sentence, start)
    plain = start == 0 and len(name.split()) == 1 and name == name.lower()
    if not known and (plain or not re.search(CAPITAL, name)):
        return None
    at = sentence.find(name, start)
    return (at, at + len(name)) if at >= 0 else None


# A missionary, villagers: persons of whom no number is told.
_PERSON = re.compile(
    rf"(?!(?:{'|'.join(sorted(SMALL))})\s)(?:[a-z-]+\s+){{0,2}}"
    rf"(?:{'|'.join(sorted(one for one, kind in persons().items() if kind == 'group'))}|"
    r"[a-z]{3,}(?:onary|ist|ian)s?)"
)
# "A curate who came by wrote home": whoever says so.
_SAYS_SO = re.compile(
    r"\s*(?:[Tt]he|[Aa]n?|[Oo]ne|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)\s+(?:\d+-year-old\s+)?(?:[a-z’'-]+\s+){0,2}[a-z’'-]+(?:,\s[^,;.]{3,40},)?\s+(?:who\s[^,;.]{3,50}\s|(?:at|in|from|on|behind)\s+(?:the|an?)\s+[a-z]+\s)?"
    r"(?:insist(?:s|ed)|joke[sd]|maintain(?:s|ed)|reckon(?:s|ed)|believe[sd]|argue[sd]|recalls|remember(?:s|ed)|say|said|says|told|wrote|writes|recalled|testified|puts?\s+(?:it|them|the|its|their)\s)\b"
)
_N_THE = re.compile(  # and "a claim the rebels dismissed"
    rf"(?:{'|'.join(sorted(SMALL))}|claim|figure|toll|number|account)(?:-[a-z]+)?\s+(?:the|an?)\s+(.+)$"
)
_PRONOUN = re.compile(r"(?:^|\s)(it|I|we|he|she|they)(?:['’][a-z]+)?$")
NO_SPEAKER = re.compile(
    r"^(?:(?:about|some|around|nearly|over|at\s+least|up\s+to)\s+\d|what|(?:adding|using|combining|counting|comparing)\s|(?-i:[Ww]ho)|which|nobody|no\b|of\b|neither|none|together|bod(?:y|ies)\s+of|there|that|this(?!\s+(?:newspaper|paper|magazine|website|agency)\b)|these|those|(?:\w+\s+)+of\s+(?:those|these|them)$|\d(?!\d*-year))|"
    r"\b(?:were|was|is|are|been|be|(?<!close\s)to|not|has|had|have|will|accounts?\s+for)\b|"
    r"\s(?-i:seeks?|wants?|calls?|orders?|demands?|awaits?|promises?)$|%",
    re.I,
)


# "killed at 312 and", "days before he turned on Moscow": words of a clause, and of no name.
_NO_NAME = re.compile(
    r"\s(?:and|or|in|at|of|for|toll|number)$|^(?-i:[a-z]).*\s\d{1,3}(?:,\d{3})*$|\s(?:he|she|it|they)\s(?:\w+\s)?\w+ed\s|"
    r"^(?:across|among|before|after|following|days|weeks|hours|despite|amid)\b",
    re.I,
)
_ARTICLES = re.compile(
    r"(?i)^(?:the|an?|one|another|both|neighbou?ring|(?:its|their|his|her)(?:\s+own)?)\s+"
)
# "The next day the army's General Staff said": when it did.
_WHEN = re.compile(
    r"(?i)^(?:the\s+)?(?:next|same|following|previous)\s+(?:day|morning|evening|night|week|month|year)"
    r"\s+(?=(?:the|an?|its|his|her|their)\s|[A-Z])"
)


def clean(name: str) -> str:
    """Return a name without article, marks and adverbs around it."""
    bare = name.strip(" ,.;:\"“”'‘’()-–—•·*▪‣")
    name = bare + "." if _DOTTED.search(bare) and bare + "." in name else bare  # "the U.N."
    name = _ONE_OF.sub("", _ARTICLES.sub("", _WHEN.sub("", name)))
    name = _ASKED.sub("", name)
    name = re.sub(
        r"(?:\s+(?:can|could|must|also|has|had|have|last|quoted|cited|interviewed|later|itself|here|there|just|now|thus)|['’]s(?:\s+(?:own|previous|"
        r"earlier|latest|last|first|initial|current|new|final))?)$",
        "",
        name,
    ).strip()
    if counted := _COUNT_OF.match(name):  # "data from American officials", "police estimates"
        name = counted[1] or counted[2]
    return name


_DOTTED = re.compile(r"\b[A-Z](?:\.[A-Z])+$")
_ONE_OF = re.compile(r"^of\s+(?:my|our|his|her|its|their)\s+(?=[a-z]+s$)")  # "one of my nurses"
# "Do hacked files show": who is asked about.
_ASKED = re.compile(
    r"^(?:Do|Did|Does|Has|Have|Can|Could|Will|Would|Should)\s+(?:the\s+|an?\s+)?(?=\S)"
)
_COUNT_OF = re.compile(
    r"(?:data|figures|numbers|statistics|estimates|records|information)\s+(?:(?:collected|compiled|"
    r"published|released|provided|given|issued)\s+)?(?:by|from)\s+(?:the\s+|an?\s+)?(.{3,})$|"
    r"(?!official\b|other\b|some\b|new\b|early\b|initial\b|latest\b|preliminary\b|internal\b|local\b|"
    r"hospital\b|these\b|those\b|most\b|recent\b)((?:[\w’'&.-]+\s+){0,3}?[\w&.-]+)\s+(?:estimates|figures|data|statistics)$"
)
