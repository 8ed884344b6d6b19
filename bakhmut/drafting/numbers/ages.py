"""Numbers that say how old somebody is: "aged 19", "Ines Robal, 45,", "since she was 13"."""

from __future__ import annotations

import re

from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.numbers.numerals import SMALL
from bakhmut.drafting.patterns.needing import Needing
from bakhmut.drafting.phrases import PERSONS, kind_of

_AGED = Needing(
    r"\b(?:aged|age|ages|age\s+of|aged\s+between|ages\s+of|under-|over-|under\s+age|"
    r"older\s+than|younger\s+than|turned|as\s+young\s+as|as\s+old\s+as|lived\s+to\s+be|"
    r"lived\s+to|died\s+at|dies\s+at|at\s+the\s+age\s+of|(?:boy|girl|child|children|man|woman)\s+of\s+(?:just|only)|those\s+over|those\s+under|people\s+over|"
    r"child(?:ren)?\s+under|boys\s+under|children\s+below|adults\s+over|women\s+over|men\s+over|"
    r"everyone\s+over|aged\s+over|aged\s+under|retirement\s+(?:from|to|at)|retirement\s+age\s+from|pension\s+age\s+from|"
    r"pension\s+age\s+to|retirement\s+age\s+to|aged\s+\w+(?:,\s\w+)*,?\s+and)(?:\s+(?:from|between|about|only|"
    r"just|over|under|up\s+to))?\s+$",
    re.I,
)
_NAME_AGE = re.compile(
    r"(?:(?!\w+day\b)[A-Z][\w’'.-]+[”\"]?|\b(?:oldest|youngest|eldest|leader|mother|father|farmer|widow|resident|teacher|nurse|woman|"
    r"man|son|daughter|student|spokesman|spokeswoman|worker|survivor|boy|girl|driver|owner|"
    r"sister|brother|grandmother|pensioner|engineer|doctor|volunteer|soldier|veteran|"
    r"shopkeeper|fisherman|steward|captain|pilot|chief|cook|priest|imam|suspect|victim|mechanic|nephew|niece|cousin|husband|wife|aunt|uncle|[a-z]+(?:man|woman)|(?!(?:later|earlier|after|however|together|altogether|further|rather|moreover|ever|never|over|under|winter|summer|number|order)\b)[a-z]+(?:er|or|ist)))\s*(?:,|\()\s*$"
)
_AGES = re.compile(
    r"\b(?:boys|girls|children|brothers|sisters|sons|daughters|siblings|teenagers|youths|men|women|"
    r"students|pupils|cousins),\s(?:\d{1,2}\s+and\s)?$|\baged\s(?:\d{1,2},\s)+$|"
    r"\b(?:sons|daughters|boys|girls|youths|lads)\s+of\s+(?:\d{1,2},\s)+$"
)
_PLACES = re.compile(  # "in Aden (34), Ibb (20) and": so many in each
    r"\b(?:in|at|from|of|by)\s+(?:the\s+)?(?:[A-Z][\w’'-]+\s)+\("
    r"(?:\d[\d,]*\),?\s(?:and\s)?(?:[A-Z][\w’'-]+\s)+\()*$"
)
_OF_AGE = Needing(
    r"\b(?:a|an|the)\s+(?:\w+\s+){0,2}(?:farmer|man|woman|boy|girl|child|youth|widow|nurse|"
    r"teacher|soldier|private|officer|lieutenant|mother|father|student|lad|recruit|sniper|"
    r"veteran|[a-z-]+er|surveyor|doctor|sailor|tailor|tutor|editor|sergeant|corporal|captain)\s+of\s+(?:about\s+|some\s+|perhaps\s+|maybe\s+)?$",
    re.I,
)
_YOUNGEST = Needing(
    r"\bwho(?:\s+(?:was|is|had\s+turned|turned)|[’']s)\s+(?:only\s+|just\s+|then\s+)?$|\b(?:youngest|oldest|eldest)\s+(?:(?!and\b)[\w’'-]+\s+){0,4}$|\b(?:aged|age)\s+(?:just\s+)?$",
    re.I,
)
# "were under 18", "boys under sixteen": how old, not how many.
_UNDER = Needing(
    rf"\b(?!\w+day\b|dead\b|deaths\b|killed\b|(?:{'|'.join(SMALL)})\b)[a-z][\w’'-]+,\s+(?:now|then)\s+"
    r"(?:only\s+|just\s+)?$|\bold,\s+or\s+$|\bage\s+(?:of\s+[^.;,\d]{3,30}?\s)?(?:was|is)\s+$|"
    r"\b(?:(?:she|he)['’]s|(?:she|he|i|they)\s+(?:was|were|is|am|turned))\s+(?:only\s+|just\s+)?$|"
    r"\b(?:women|children|men)(?:,\s\w+)*,?\s+(?:and|or)\s+(?:those\s+)?(?:over|under)\s+$|\b(?:were|was|are|is|be|all|boys|girls|children|people|those|persons|men|women|patients|"
    r"victims|conscripts|recruits|soldiers|anyone|everybody|adults|aged|residents|babies|infants|pupils|them|dead|injured)"
    r"\s+(?:well\s+)?(?:under|over|below|above|older\s+than|younger\s+than|at\s+least)\s+$",
    re.I,
)
# "It was at least 120"
_COUNTS = re.compile(
    r"\b(?:[Ii]t|[Tt]hat|[Tt]his|toll|figure|number|total|count|tally)\s+(?:was|is)\s+(?:well\s+)?"
    r"(?:under|over|below|above|at\s+least)\s+$"
)
_NO_NOUN = re.compile(
    r"\s*(?:[,.;:)—–\"”]|$|(?:and|or|in|were|was|had|who|have|has|are|is|years?|saw|said|says|told|tells|lost|died|now|at|on|by|from|with|"
    r"when|[a-z]{3,}ing)\b)"
)
# "conscripts of 18 or 19"
_PERSONS_OF = re.compile(
    r"\b(?:boys|girls|children|sons|daughters|conscripts|recruits|soldiers|youths|students|lads|women|men|teenagers)\s+of\s+$"
)
HURT = re.compile(
    r"\s+(?:more\s+)?(?:dead|killed|wounded|injured|hurt|missing|captured|arrested)\b"
)


_YEARS_OLD = re.compile(
    r"[\s-](?:years?|months?|weeks?|days?)[\s-](?:of\s+age|old|olds)\b|"
    r"\s+(?:or|and|years\s+and|years\s+or)\s+(?:older|over|above|younger|under|below|more\s+years)\b",
    re.I,
)


# "Nélida Rojas was nine when the soldiers came"
_WAS_THEN = Needing(r"\b[A-ZÀ-Þ][\w’'-]+\s+was\s+(?:only\s+|just\s+|then\s+)?$")
_WHO_IS = re.compile(r"[A-ZÀ-Þ][\w’'-]+,\swho\s[^,.;]{3,55},\s(?:is|was)\s+(?:now\s+|only\s+)?$")
# "My brother is 24", "The average soldier is 43": one person, not a number or a toll.
_ONE_IS = Needing(
    r"\b(?:(?:brother|sister|mother|father|daughter|teacher|driver|soldier|"
    r"officer|fighter|worker|victim|conscript|recruit)|boy|girl|son|man|woman|wife|husband|widow|child|"
    r"uncle|aunt|cousin|nephew|niece)\s+(?:is|was|turned|turns)\s+(?:only\s+|just\s+|now\s+)?$"
)
# "Hrytsenko is 56 and has a bad knee", "who turns 97 in June"
_IS_NOW = re.compile(r"\b(?:is|turns)\s+(?:only\s+|just\s+|now\s+)?$")
_AND_HAS = re.compile(
    r"\s+and\s+(?:has|had|was|is|lives|lived|works|worked|comes|came|signed|joined|wears|grew|runs|ran|left|served|"
    r"speaks|fought|did|does|used|never)\b"
)
_TURNS = re.compile(r"\bturns\s+$")
_I_AM = re.compile(r"\bI['’]m\s+(?:only\s+|just\s+)?$")
_AND_WAS = re.compile(
    r"\s+and\s+(?:on|in|at|an?|already|still|just|had|newly|married|living)\b|[.,]"
)
_WHEN = re.compile(r"\s+(?:when|at\s+the\s+time)\b")


_WENT_AT = re.compile(
    r"\b(?:went\s+(?:down|in|out|to\s+\w+)|joined(?:\s+up)?|enlisted|married)\s+at\s+$"
)
_ONE_OF = re.compile(r"\b(?:[Aa]n?|[Tt]he)\s+(?:[a-z-]+\s+)?([A-Za-z]+)\s+of\s+$")
_MANY = (
    "crew",
    "family",
    "team",
    "group",
    "party",
    "patrol",
    "squad",
    "gang",
    "unit",
    "population",
)


def _is_of_age(before: str) -> bool:
    """Whether a number is how old somebody is: "a deckhand of 19", and no "a crew of 19"."""
    one = _ONE_OF.search(before)
    return bool(one and one[1] not in _MANY and kind_of(f"{one[1]}s") in PERSONS)


def is_age(mention: Mention, before: str, after: str, text: str) -> bool:
    """Return whether a number says how old somebody is, by the words around it."""
    value, at = mention.value, mention.start
    if value is None or value > 120 or mention.kind not in ("count", "range"):
        return False
    bare = _NO_NOUN.match(after)
    if after.startswith((" of his ", " of her ", " of their ", " of them ")):
        return False  # "Hans Beck, aged 70, and two of his sons"
    if (
        _YEARS_OLD.match(after)
        or _AGED.before(text, at, 60)
        or _YOUNGEST.before(text, at, 60)
        or (bare and _UNDER.before(text, at, 60) and not _COUNTS.search(before))
        or (_TURNS.search(before) or (_IS_NOW.search(before) and _AND_HAS.match(after)))
        or (bare and (_WHO_IS.search(before) or _I_AM.search(before)))
        or (bare and _ONE_IS.before(text, at, 60))
        or (13 < value < 100 and before.endswith(", at ") and after[:1] in (",", "."))
        or (bare and 13 < value < 100 and _is_of_age(before))
        or (bare and value < 100 and _WENT_AT.search(before))
        or (_WHEN.match(after) and _WAS_THEN.before(text, at, 60))
        or (value >= 13 and _AND_WAS.match(after) and _WAS_THEN.before(text, at, 60))
        or ((bare or HURT.match(after)) and _OF_AGE.before(text, at, 60))
    ):
        return True
    so_old = mention.kind == "range" or after.startswith(" on average")
    if so_old and value < 90 and _PERSONS_OF.search(before):
        return True
    listed = not mention.in_words and _AGES.search(before)
    if listed and re.match(
        r"(?:\s+and\s+\d{1,2})?\s*[,.;)]|\s+and\s+\d{1,2}\s+(?:were|was|are|had)\b", after
    ):
        return True  # "two boys, 9 and 11,"
    return (
        not mention.in_words
        and bool(_NAME_AGE.search(before))
        and not _PLACES.search(before)
        and bool(re.match(r"\s*(?:[,).;:]|$|and\b)", after))
    )
