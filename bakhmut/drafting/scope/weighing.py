"""How far a measure word is from a number: words between cost little, clauses and numbers more.

"3,155 killed, 14,529 wounded": each number takes the word that follows it.
"""

from __future__ import annotations

import re

from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.phrases import PAST, counted
from bakhmut.drafting.scope.hits import PASSIVE, TO_OBJECT, Around, Found, Hit
from bakhmut.drafting.words import any_of, listed

_AUX = re.compile(
    r"\b(?:were|was|are|is|been|be|being|had|have|has|remain\w*|got|left|reported|feared|"
    r"listed|confirmed|presumed|declared|believed|known)\b",
    re.I,
)
_CLAUSE = re.compile(
    r"[;:—–,]|\s-\s|\b(?:(?:but|while|whereas|though|although|who|which|where|when|that|after|"
    r"because|before)\b|as\s(?!many|much|well|of))|[.!?]\s"
)
_CLAUSE_WORDS = frozenset(re.findall("[a-z]{2,}", _CLAUSE.pattern.replace(r"\b", " ")))
_COSTS = {
    ",": 2.5,
    ";": 6.0,
    ":": 3.0,
    "—": 4.0,
    "–": 4.0,
    "but": 4.0,
    "while": 5.0,
    "whereas": 5.0,
}
_ADJECTIVES = re.compile(r"\s+[a-z-]+(?:,\s[a-z-]+)*,?\s(?:and|or)\s[a-z-]+\s+")
_THEY_DO = re.compile(r"\s(?:he|she|they|we|it|I)\s+(?!were|was|had|have|are)[a-z]+\s")
_SUM = re.compile(r"\s+(?:US\$|[$£€]|[A-Z]{1,3}\s?\$?\s?\d)")
_TWO_SIDES = re.compile(
    r"\s+[A-Z][\w-]+,?\s+(?:and|against|to|but|versus)\s+(?:\w+\s+){0,2}\d[\d,]*\s+[A-Z][\w-]+\s+"
)
_AMONG_THE = re.compile(
    r"(?:\s+[\w’'-]+){1,4}?\s+(?:is|are|was|were|be|been)\s+(?:(?:also|thought|believed|feared|reported|"
    r"said|known|to|be)\s+)*(?:among|amongst|counted\s+among)\s+the\s+"
)
_AMONG_TAIL = re.compile(
    r"\s(?:is|are|was|were)\s+(?:also\s+)?among\s+the\s+(?:\d[\d,]*\s+)?(?:[a-z]+\s+)?$"
)
_ONE_WORD = re.compile(r",\s[a-z]+,\s$")  # "at the river, killed, drowned or left"
# ", most of them in their teens," between a noun and its verb.
_ASIDE = re.compile(
    r"(?:\s+[\w’'-]+){0,4}(?:,\s(?:[^,;.]|(?<=\d),(?=\d)){3,90},\s+|\s?(?:[—–]|--)\s?[^—–;.]{3,90}?(?:[—–]|--)\s?|\s\([^();.]{3,90}\)\s+)(?=$|(?:face|need|live|lack|were|was|are|is|have|has|had|died|fled|"
    r"remain\w*)\b)"
)
OF_WHOLE = re.compile(
    r"\s+of\s+(?:all\s+)?(?:the|th[eo]se|them|all|its|their|his|her)\s+(?:\w+\s+)?"
)
_OF_THE = re.compile(r"(?:\s+(?:more|others))?\s+of\s+(?:all\s+)?(?:the|those)\s+")
_DOES = re.compile(
    r"\s+(?:(?:later|then|\w+ly)\s+)?(?:died|succumbed|went|fell|fled|left|[a-z]+ed)\b"
)
_ASIDE_DID = re.compile(r",\s[^,.;]{3,90},\s+(?:were|was|have|has|had|are|is|died)\b")
_PART_OF = re.compile(
    r"\b(?:of\s+(?:whom|them|which|these|those)|including|among\s+(?:them|whom))\b"
)
_OWN_COUNT = re.compile(r"\s*,\s[^,;.\d]{3,50},\s+")
_OBJECT = re.compile(
    r"\s+(?:the|its|their|his|all|several|many|him|them)\s+(?!(?:day|week|month|year|night|"
    r"previous|same|last)\b)",
    re.I,
)
_TAIL = re.compile(
    r"\s+(?:were|was|have|has|had|are|is)\s+(?:(?:been|also|all|either|both|then|later|now|still|since|[a-z]+ly)\s+)*$"
)
_WENT = "charged|attacked|advanced|marched|rode|fought|crossed|climbed|sailed"
_CHARGED = re.compile(rf"\b(?:{_WENT})\b")
_NEW_CLAUSE = re.compile(
    r"[;:—–]|\b(?:but|with|while|who|which|where|when|that|after|because|before|said|was|were|had|"
    rf"{_WENT}|have|has|went|came|got|ran|stayed)\b",
    re.I,
)
# "the internally displaced", "the number of missing": a participle that stands for persons.
_LISTED_AS = re.compile(
    r"\b(?:listed|described|registered|classified|recorded|reported|given|entered)\s+as\b"
)
_BRACKETED = re.compile(r"^\s?\(\d[\d,]*\)")  # "three (3) new cases"
_PAUSE = re.compile(
    r",\s+(?:meanwhile|however|by\s+contrast|in\s+turn|in\s+fact|too|unusually|moreover|though|at\s+least|"
    r"for\s+its\s+part|on\s+the\s+other\s+hand|sadly|tragically|[a-z]+ly),\s+"
)
_PUT_AT = re.compile(
    r"\s+(?:at|to|as)\s+(?:(?:about|some|around|nearly|over|more\s+than|at\s+least|up\s+to)\s+)?"
)
_OF = re.compile(r"\s+of\s+")
_ARE_SOME_WHO = re.compile(r"\s(?:are|were|is|was)\s+(?:[a-z]+\s+){0,2}[a-z]+s\s+who\s")
_WHO_WERE = re.compile(r" who (?:[a-z]+ ){0,3}")
_AFTER_WHO = re.compile(
    r"(?:\s+[\w’'-]+){0,3}\s+who\s+(?:(?:had|have|were|was|are)\s+(?:been\s+)?)?[a-z]+\s[^,.;:]*?[a-z]\s+"
    r"(?:were|was|are|have\s+been|had\s+been)\s+(?:\w+ly\s+)?"
)
_OF_ANOTHER = re.compile(r"\w,?\s+(?:which|that)\s+(?:has|had|have|was|were|is)\b")
_THE = re.compile(
    r"\b(?:the|number\s+of|those|(?:its|their|his|her|our)(?:\s+own)?)\s+(?:\w+ly\s+)?$", re.I
)
# "has not spoken of its own dead since 2022, when it acknowledged 5,937": what is told of is named.
_ACKNOWLEDGES = re.compile(
    r"\b(?:acknowledg|admitt|confirm|conced|report|announc|list|cit|count)ed\s+(?:to\s+)?$"
)
# "brought to the hospital and that 31 were those of civilians": the number begins a clause.
_OWN_CLAUSE = re.compile(r"\b(?:that|but|while|whereas)\s+(?:\w+\s+){0,2}$")
_IT_HAD = re.compile(r",\s+(?:it|they|he|she|we)\s+(?:had|has|have)\s+(?:\w+\s+){0,2}$")
_IS = re.compile(r"\s+(?:were|was|are|is|had|have|has|did|remain\w*)\b")
_SAYS_THAT = re.compile(r"\bthat\b")
# "25,000, and points out that the attackers bled": a bare number, and another thing that is said.
_SAYS_MORE = re.compile(r"\s*,\s+(?:and|but)\s+(?:\w+\s+){1,3}that\s")


def _clauses(gap: str) -> float:
    if gap.replace(" ", "").isalnum() and _CLAUSE_WORDS.isdisjoint(gap.split()):
        return 0.0
    return sum(_COSTS.get(match[0].lower(), 2.0) for match in _CLAUSE.finditer(gap))


def after(hit: Hit, mention: Mention, sentence: str, around: Around) -> Found | None:
    """Weigh a word behind the number: `89 killed`, `400 men had been killed`, `31 deaths`."""
    gap = _PAUSE.sub(" ", sentence[mention.end : hit.start])
    gap = _LISTED_AS.sub("", _BRACKETED.sub("", gap))
    if _WHO_WERE.fullmatch(gap) and not around.is_object(mention):
        gap = gap[4:]  # "187 who were never found"
    if len(gap) > 220:
        return None
    if mention.kind == "vague" and hit.start < mention.end:
        return Found(hit.measure, hit.start, hit.end, "inside", "read", -1.0)
    others = around.between(mention.end, hit.start)
    words = len(gap.split())
    cost = 0.25 * words + _clauses(gap) + 3.0 * others
    if _OF_ANOTHER.search(gap) or _SAYS_MORE.match(gap):
        cost += 3.0  # "firefighters battle the blaze, which has destroyed"
    at = _PUT_AT.match(sentence, hit.end)
    label = sentence.startswith(":", hit.end) and not gap.startswith(" of ")
    label = label and around.between(hit.end, hit.end + 25)
    if label or (at and around.begins(at.end())):
        cost += 6.0  # "suspected: 1,220; deaths: 61", "the dead at 90 and the maimed at twice that"
    only_doing = hit.forms == ("doing",)
    if only_doing:
        cost += 5.0
    elif hit.forms == ("name",) and words > 3:
        cost += 2.5
    if gap.strip() == "as":
        cost = 0.5  # "lists 46,000 as missing"
    elif others and _AMONG_TAIL.search(gap):
        cost = 1.4  # "343 firemen and 23 policemen were among the 2,753 people killed"
        others = 0
    elif _AMONG_THE.fullmatch(gap):
        cost = 0.5  # "one woman is among the survivors"
    elif not others and "done" in hit.forms and _AFTER_WHO.fullmatch(gap):
        cost = 0.3  # "40 people who had taken part in the vigil were beaten"
    elif _TWO_SIDES.fullmatch(gap):
        cost = 0.5  # "300,000 British and 200,000 German losses"
    elif not others and _ADJECTIVES.fullmatch(gap):
        cost = 0.5  # "28,616 suspected, probable and confirmed cases"
    elif (aside := _ASIDE.match(gap)) and "done" in hit.forms and not _ONE_WORD.search(aside[0]):
        rest = gap[aside.end() :]
        inside = around.between(mention.end + aside.end(), hit.start)
        cost = 0.5 + 0.25 * len(rest.split()) + _clauses(rest) + 3.0 * inside
        others = 0
    if gap.strip() and hit.words in ("loss", "loss of") and (n := _N.match(sentence, hit.end)):
        cost += 6.0 if around.begins(n.end()) else 0.0  # "killed 210 for the loss of 31"
    if "," in gap and (of := _OF.match(sentence, hit.end)) and around.begins(of.end()):
        cost += 6.0  # "two survivors, and a toll of 2,719"
    if sentence.startswith("With ") and _THEY_DO.search(gap):
        cost += 8.0  # "with forty volunteers he keeps a list of soldiers killed"
    if hit.words in WHO and "done" not in hit.forms and not _AMONG_THE.fullmatch(gap):
        cost += (
            1.2 if hit.words == "survivors" else 2.2
        )  # "detained 21 protesters": what was done to them stands elsewhere
    if "done" in hit.forms and _AUX.search(gap):
        cost -= 0.25
    did = _DOES.match(sentence, hit.end) or _ASIDE_DID.match(sentence, hit.end)
    if mention.kind == "count" and _OF_THE.fullmatch(gap) and did:
        cost += 4.0  # "three of the wounded died"
    another = any(mention.end <= one.start < one.end <= hit.start for one in around.hits)
    if mention.kind == "share" and OF_WHOLE.fullmatch(gap) and not another:
        cost += 2.5  # "two thirds of those infected had died": infected is the whole
    own, object_ = TO_OBJECT.match(sentence, hit.end), _OBJECT.match(sentence, hit.end)
    acts = not _AUX.search(gap[-25:]) or gap.endswith((" has ", " have ", " had "))
    if "doing" in hit.forms and acts and _SUM.match(sentence, hit.end):
        cost += 8.0  # "trained 840 clinicians and released US$ 350,000"
    elif "doing" in hit.forms and own and acts and around.begins(own.end()):
        cost += 8.0  # "two colleagues operated on 412": they did it
    elif hit.forms == ("done",) and object_ and acts:
        cost += 3.0  # "rescued 73 and recovered the bodies of three"
    elif "doing" in hit.forms and acts and (object_ or around.between(hit.end, hit.end + 2)):
        cost += 3.0
    if (
        others
        and re.search(r",|\band\b|\bor\b", gap)
        and not _NEW_CLAUSE.search(_TAIL.sub("", gap))
        and not around.told(mention.end, hit.start)
        and not around.is_object(mention)
        and not around.of_another(hit, mention)
        and not _DID_AND.match(gap)
    ):
        cost -= 3.0 * others + 2.5 * gap.count(",")  # a list with one predicate at its end
    elif others and (_CHARGED.search(gap) or _DID_AND.match(gap)):
        cost += 4.0  # "670 men charged down a valley and 110 were killed"
    if _AND_THEN.search(gap) and not _AUX.search(gap):
        # "shot dead two suspects and arrested a third"
        cost += 3.0 if around.is_object(mention) else 0.8
    if "name" in hit.forms and _DID_FOR.fullmatch(gap):
        cost += 9.0
    if _FOR_WHAT.fullmatch(gap) and around.is_object(mention):
        cost += 9.0  # "arrested 27 people for looting and arson"
    if hit.words.startswith(("on ", "in ", "at ")) and any(
        one.end + 1 == hit.start and "name" in one.forms for one in around.hits
    ):
        cost += 6.0  # "since the deaths on the ward"
    if others and _AND_SAYS.search(gap):
        cost += 6.0  # "with two of his kids and says five of his neighbours were shot"
    if mention.rule == "more or fewer" and _WHEN.match(gap):
        cost += 8.0  # "Sales fell 12 per cent after five customers died"
    if _MEANWHILE.fullmatch(gap) and not counted(sentence, mention)[2]:
        cost += 9.0  # "fell from 340 to 75 as telephones came back"
    if _ARE_SOME_WHO.search(gap):
        cost += 4.0  # "seven in ten of his amputees are farmers who went back"
    if others and _PART_OF.search(gap):
        cost += 6.0  # "377,231 men, of whom 162,308 were dead"
    sure = "read" if cost < 1.3 and mention.kind not in ("ratio", "share") else "inferred"
    return Found(hit.measure, hit.start, hit.end, "number, then word", sure, cost)


_MEANWHILE = re.compile(
    r"(?:\s+on\s+\w+day)?\s+(?:as|while|once|when|because)\s+(?:(?:the|its|their|more)\s+)?"
    r"(?!they\b|people\b|men\b|women\b|those\b|number\b|toll\b|count\b)(?:[a-z]+\s+){1,2}"
)
_AND_SAYS = re.compile(r"\band\s+(?:says?|said|adds?|added|told|reckons?|believes?)\s")
_N = re.compile(r"\s+(?:of\s+)?(?:(?:about|some|only|just)\s+)?")
_WHEN = re.compile(r"\s+(?:after|when|since|as|because|before)\s")
# "80 firefighters responded and nine people were hurt"
_DID_AND = re.compile(
    r"\s+(?:[a-z-]+\s+)?(?:[a-z-]+s|men|people|children|police)\s+(?:(?:have|had)\s+)?"
    rf"(?:[a-z]{{3,}}ed|{any_of('irregular past')})\s+(?:[^,;]{{0,30}}?\s)?and\s"
)
_ONE_WHO = re.compile(r"\s+(?:an?|the|one)\s+(?:[a-z-]+\s+){1,3}who\s")
# "600 gave blood for the injured", "9,000 walked behind the coffins of the miners"
_DID_FOR = re.compile(
    rf"(?:\s+[a-z]+){{0,2}}?\s+(?:(?:had|have|has)\s+)?(?!died\b|found\s+(?!the\b)|lost\b)"
    rf"{PAST}\s+"
    r"(?:(?:[\w’'-]+\s+){0,7}?(?:to|for|behind|beside|past|about|against|with|since|over|around)\s+)?"
    r"(?:the|those|these|their|its)\s+(?:[a-z]+\s+){0,3}"
)
_FOR_WHAT = re.compile(r"(?:\s+[a-z]+){0,3}?\s+for\s+(?:(?:the|an?|his|her|their|alleged)\s+)*")
_AND_THEN = re.compile(r"\b(?:and|then|but)\s+$")


def before(hit: Hit, mention: Mention, sentence: str, around: Around) -> Found | None:
    """Weigh a word in front of the number: `killing 12`, `lost 620`, `a toll of 89`."""
    gap = _PAUSE.sub(" ", sentence[hit.end : mention.start])
    if len(gap) > 220:
        return None
    others = around.between(hit.end, mention.start)
    words = len(gap.split())
    bare = not counted(sentence, mention)[2]
    active = "doing" in hit.forms or hit.measure == "lost"
    passive = "done" in hit.forms and PASSIVE.search(sentence[max(0, hit.start - 25) : hit.start])
    aside = _OWN_COUNT.match(gap)  # "lost, by their own reckoning, 377,231"
    gap = gap[aside.end() :] if aside else gap
    cost = 0.6 + 0.25 * words + _clauses(gap) + 2.0 * others
    its = not others and TO_OBJECT.fullmatch(sentence, hit.end, mention.start)
    if not others and not its and around.next_to_another(hit, mention):
        cost += 2.0  # "9,400 injured and 187 who were never found"
    own_clause = bare and _OWN_CLAUSE.search(gap) and _IS.match(sentence, mention.end)
    if own_clause or _IT_HAD.search(gap):
        cost += 4.0
    if active and _ONE_WHO.match(gap):
        cost += 6.0  # "shot dead a man who had held eleven customers"
    if active and _OBJECT.match(gap) and _SAYS_THAT.search(gap):
        cost += 3.0  # "dismissed the charge and said that 1,300 of its people"
    # "57,000 dead, they said, and casualties of 600,000": casualties are nearer
    named = any(hit.end <= one.start < mention.start and "name" in one.forms for one in around.hits)
    cost += 3.0 if named else 0
    the = bool(_THE.search(sentence[max(0, hit.start - 25) : hit.start]))
    if ("name" in hit.forms and not active) or (the and "done" in hit.forms):
        linked = re.search(
            r"\b(?:at|to|was|were|is|of|reached|reaching|stands?|stood|rose|number\w*|"
            r"total\w*|includ\w+|exceed\w*|as|are|by|from|hit|nearing|past|be|been|than|over|put|:|–|‒|—|-)"
            r"\s+(?:\w+\s+){0,3}$|[:(–‒—]\s*$|\bpass\w*\s+$|\btop\w*\s+$",
            gap + " ",
        )
        linked = linked or hit.words.endswith(" of")  # "the remains of 63 fighters"
        cost += 0 if linked else 2.5
        if linked and not others and not named and sentence.startswith(",", mention.end):
            cost = min(cost, 0.2)  # "Toll mounts to 37, 12 lose eyesight"
        if the and bare and not others and _ACKNOWLEDGES.search(gap):
            cost = min(cost, 1.4)
    elif passive or not active:
        cost += 3.0 if "done" in hit.forms else 0
    if (
        others
        and around.hits
        and any(one.start >= hit.end and one.end <= mention.start for one in around.hits)
    ):
        cost += 1.5
    if hit.words in WHO and "done" not in hit.forms:
        cost += 2.0  # "the number of dead protesters at 19"
    closes = re.match(r"\s*(?:[,;.)]|$)", sentence[mention.end :])
    if closes and not gap.strip() and "doing" not in hit.forms:
        cost = min(cost, 0.9)  # "self-inflicted 9, homicide 2, other 11"
    headed = HEADED.match(sentence, hit.start if passive and gap.startswith(": ") else 0)
    if headed and hit.end <= headed.end(1) and not _LABEL.search(
        sentence, headed.end(), mention.start
    ):  # fmt: skip
        # "Destroyed: 3 tanks, one cannon", "have been destroyed: 3 tanks"
        cost = 0.6 + 0.1 * others
    if "name" in hit.forms and not others and _ESTIMATES_RUN.search(gap):
        cost = min(cost, 1.4)  # "the dead were never counted; estimates run from 45,000 to"
    if hit.words.endswith(("toll", "count")) and not others and _ROSE_TO.search(gap):
        cost = min(cost, 0.4)  # "the toll from a ferry that sank off the coast rose to 34"
    subject = hit.measure == "lost" and not passive
    return Found(
        hit.measure,
        hit.start,
        hit.end,
        "word, then number",
        "read" if cost < 1.3 and mention.kind not in ("ratio", "share") else "inferred",
        cost,
        subject,
    )


_ESTIMATES_RUN = re.compile(r"\bestimates\s+(?:run|range|vary|go)\s+(?:\w+\s+){0,2}$")
_ROSE_TO = re.compile(
    r"\s(?:(?:r[io]se[ns]?|climb\w*|jump\w*|grew|stood|stands)\s(?:to|at)|pass\w*|reach\w*)\s"
)
# "Destroyed: 3 tanks"; more than a word or two is a sentence.
HEADED = re.compile(r"\W*([A-Za-z][^\d:;.,]{1,40}):\s")
_LABEL = re.compile(r"[A-Za-z]:\s")
WHO = listed("persons named by a measure")
