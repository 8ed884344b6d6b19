"""What was done to those whom a number counts: the measure, found by the words around it.

Each measure word near a number is weighed: words between cost little, other numbers and the ends
of clauses more. "3,155 killed, 14,529 wounded": each number takes the word that follows it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from bakhmut.drafting.mentions import Mention
from bakhmut.drafting.words import background, key, measure_pattern, measures, peoples, persons

FURTHEST = 9.0  # what a word may cost at most and still be a number's measure
_WORD = re.compile(r"[^\W_](?:[\w’'-]*[^\W_])?")
_STOP = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "at",
        "on",
        "to",
        "for",
        "from",
        "by",
        "with",
        "and",
        "or",
        "but",
        "nor",
        "as",
        "than",
        "that",
        "which",
        "who",
        "whom",
        "whose",
        "where",
        "when",
        "while",
        "if",
        "was",
        "were",
        "is",
        "are",
        "be",
        "been",
        "being",
        "has",
        "have",
        "had",
        "having",
        "do",
        "did",
        "does",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "must",
        "should",
        "it",
        "its",
        "he",
        "his",
        "she",
        "her",
        "they",
        "their",
        "them",
        "we",
        "our",
        "us",
        "i",
        "you",
        "your",
        "this",
        "these",
        "those",
        "there",
        "here",
        "not",
        "no",
        "only",
        "also",
        "after",
        "before",
        "since",
        "during",
        "until",
        "till",
        "near",
        "over",
        "under",
        "between",
        "among",
        "against",
        "into",
        "onto",
        "out",
        "up",
        "down",
        "off",
        "about",
        "around",
        "through",
        "per",
        "each",
        "every",
        "all",
        "both",
        "so",
        "far",
        "said",
        "say",
        "says",
        "according",
        "remain",
        "remains",
        "remained",
        "more",
        "fewer",
        "less",
        "much",
        "yet",
        "still",
        "just",
        "even",
        "nearly",
        "almost",
        "then",
        "later",
        "earlier",
        "today",
        "yesterday",
        "because",
        "including",
        "via",
        "amid",
        "across",
    ]
)
_AUX = re.compile(
    r"\b(?:were|was|are|is|been|be|being|had|have|has|remain\w*|got|left|reported|feared|listed|confirmed|presumed|declared|believed|known)\b",
    re.I,
)
_CLAUSE = re.compile(
    r"[;:—–]|\s-\s|,|\bbut\b|\bwhile\b|\bwhereas\b|\bthough\b|\balthough\b|\bwho\b|\bwhich\b|\bwhere\b|\bwhen\b|\bthat\b|\bafter\b|\bbecause\b|\bbefore\b|[.!?]\s"
)
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
_LINK = re.compile(r"\s+(?:and|or)\s+|/|\s+(?:and/or)\s+")


@dataclass(frozen=True)
class Hit:
    """A measure word at `start:end`, its measure and the forms in which it is used."""

    start: int
    end: int
    measure: str
    forms: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class Found:
    """A measure with the span of its words, the rule that bound it, and how sure that is."""

    measure: str
    start: int
    end: int
    rule: str
    sure: str
    cost: float = 0.0
    subject: bool = False  # those who lost them stand before the verb: "Russia has lost 9"


def hits(sentence: str) -> list[Hit]:
    """Return the measure words of a sentence in order."""
    found = []
    for match in measure_pattern().finditer(sentence):
        entries = measures()[key(match[0])]
        word = match[0]
        if (
            word[0].isupper()
            and match.start()
            and not word.isupper()
            and sentence[match.start() - 1] == " "
            and word != "Dead"
        ):
            continue  # inside of a name
        if word.lower() in _AMBIGUOUS and not _AMBIGUOUS[word.lower()].search(
            sentence[: match.start()] + "\0" + sentence[match.end() :]
        ):
            continue
        for measure in dict.fromkeys(m for m, _ in entries):
            forms = tuple(form for m, form in entries if m == measure)
            found.append(Hit(match.start(), match.end(), measure, forms, key(word)))
            break
    return found


# Words that are measures only in some company; \0 stands for the word itself.
_AMBIGUOUS = {
    "fell": re.compile(
        r"(?:\d|men|soldiers|who|ones?|of\s+them|of\s+whom)\s+\0(?!\s+(?:to|from|by|short|back|ill|on|silent|asleep|apart|behind|over|again|in\s+\w+\s+to))",
        re.I,
    ),
    "fallen": re.compile(
        r"(?:\b(?:the|had|have|has|more)\s+\0(?!\s+(?:to|from|by|ill|silent|sharply))|\0\s+(?:soldiers|servicemen|men|fighters|comrades))",
        re.I,
    ),
    "toll": re.compile(
        r"(?:death|casualty|official|the|its|a|overall|total|final|civilian|this|human|provisional|current|latest)\s\0|^\0",
        re.I,
    ),
    "struck": re.compile(
        r"(?:\d|nurses|teachers|workers|staff|them|drivers|doctors|members|servants|who)\s+\0(?!\s+(?:by|a\b|the\b))",
        re.I,
    ),
    "strike": re.compile(r"\b(?:to|will|could|on)\s\0(?!\s+(?:on|against|at)\b)", re.I),
    "lives": re.compile(
        r"(?:claim\w*|cost\w*|took|taken|loss\s+of|lost|\d|of)\s+(?:[\w,.]+\s+){0,4}\0(?!\s+in)",
        re.I,
    ),
    "body": re.compile(r"\bone\s\0", re.I),
    "won": re.compile(r"\0[^.;]{0,40}(?:votes|per\s?cent|%)", re.I),
    "received": re.compile(r"\0[^.;]{0,40}votes", re.I),
    "polled": re.compile(r"\0[^.;]{0,40}votes", re.I),
    "reached": re.compile(
        r"(?:\d|people|migrants|refugees|who)\s+\0\s+(?:Italy|Greece|Spain|land|shore|safety|Europe|Malta|Germany|Britain|the\s+(?:coast|border|island|shore))"
    ),
    "cases": re.compile(
        r"(?<!in many )(?<!in some )(?<!in most )(?<!in such )(?<!in all )\0(?!\s+(?:before|in\s+court))",
        re.I,
    ),
    "case": re.compile(
        r"(?:\b(?:one|first|new|confirmed|suspected|single)\s+(?:\w+\s+)?\0|\0\s+(?:count|load|fatality))",
        re.I,
    ),
    "sick": re.compile(r"\0(?!\s+(?:pay|leave))"),
    "held": re.compile(
        r"(?:being|were|was|still|are|been)\s\0(?!\s+(?:on|in\s+\w+day|at\s+bay|a\b))", re.I
    ),
    "seized": re.compile(r"\0"),
    "charged": re.compile(r"(?:been|were|was|are|people|men)\s+\0(?!\s+(?:the|at|up))", re.I),
    "landed": re.compile(r"(?:\d|men|troops|people|migrants|soldiers|had|have)\s+\0", re.I),
    "crossed": re.compile(
        r"(?:people|migrants|refugees|\d|who|have|had)\s+\0(?!\s+(?:at|the\s+(?:line|street|road))\b)",
        re.I,
    ),
    "strong": re.compile(r"(?:\d|men|thousand|hundred)[\s,-]+\0", re.I),
    "hit": re.compile(
        r"(?:being|were|been|was|houses|buildings|homes)\s\0(?!\s+(?:by\s+a\s+strike|with))", re.I
    ),
    "damage": re.compile(r"\0\s+to\b", re.I),
    "left": re.compile(r"\0"),
    "captured": re.compile(
        r"\0(?!\s+(?:the\s+(?:city|town|village|imagination)|on\s+(?:video|camera|film)|by\s+cameras))",
        re.I,
    ),
    "saved": re.compile(r"\0(?!\s+(?:from\s+\w+ing\s+money|money))", re.I),
    "drew": re.compile(r"\0[^.;,]{0,50}(?:\d|thousand|hundred|people)", re.I),
    "packed into": re.compile(r"\0"),
    "shot": re.compile(r"\0(?!\s+(?:up|down|at|from|by\s+a\s+camera))", re.I),
    "reported": re.compile(r"\0"),
    "claimed": re.compile(
        r"\0(?:\s+(?:at\s+least|more\s+than|some|about|nearly|up\s+to|over|an?\s+estimated|the))?\s+[\w,.]+\s+(?:\w+\s+)?(?:lives|victims)",
        re.I,
    ),
    "claiming": re.compile(r"\0\s+(?:[\w,.]+\s+){1,5}lives", re.I),
    "in need": re.compile(r"\0(?!\s+of\s+(?:repair|reform))", re.I),
    "gone": re.compile(r"(?:were|are|was|all)\s\0(?!\s+(?:up|down|to|on|by))", re.I),
    "gathered": re.compile(
        r"(?:\d|people|thousand|hundred|protesters|crowd|supporters|thousands|hundreds|who|had|have)\s+\0(?!\s+by)",
        re.I,
    ),
    "collapsed": re.compile(
        r"(?:buildings|houses|homes|structures|blocks|bridges)\s+(?:had\s+|have\s+|were\s+)?\0",
        re.I,
    ),
    "buried": re.compile(
        r"\0\s+(?:under|beneath|alive|in\s+(?:the\s+)?(?:rubble|mud|debris|snow))|(?:still|were|be|feared)\s+\0",
        re.I,
    ),
    "beaten": re.compile(r"(?:were|was|been)\s\0(?!\s+(?:off|back))", re.I),
    "carried": re.compile(
        r"(?:it|boat|vessel|ship|ferry|train|plane|bus|dinghy|aircraft)\s+(?:had\s+)?\0", re.I
    ),
    "carrying": re.compile(
        r"(?:was|boat|vessel|ship|ferry|train|plane|bus|dinghy|aircraft|were|\w)\s+\0\s+(?!out)",
        re.I,
    ),
    "contacts": re.compile(r"\b(?:\d|close|of\s+their|high-risk)\s*\0", re.I),
    "commanded": re.compile(r"\0\s+(?:an?\s+army|\w*\s*[\d\ue000]|about|some|more)", re.I),
    "suspended": re.compile(r"(?:were|was|are)\s\0", re.I),
    "arrest": re.compile(r"\bto\s\0", re.I),
    "closed": re.compile(
        r"(?:schools|hospitals|shops|stations|were|was|remain\w*|clinics)\s+\0", re.I
    ),
    "shut": re.compile(
        r"(?:schools|hospitals|shops|stations|were|was|remain\w*|clinics|half|third|quarter)\s+\0",
        re.I,
    ),
    "strength": re.compile(r"\0"),
    "collect": re.compile(r"\0"),
    "on the move": re.compile(r"\0"),
    "stranded": re.compile(r"\0"),
    "isolated": re.compile(r"(?:were|been|was|being|are|patients|contacts)\s\0", re.I),
    "crowd": re.compile(r"\0"),
    "engaged": re.compile(r"(?:men|troops|soldiers|\d)\s\0", re.I),
    "serving": re.compile(r"(?:men|troops|soldiers|women|personnel)\s\0", re.I),
    "in action": re.compile(r"(?:killed|wounded|missing)\s\0", re.I),
    "joined": re.compile(
        r"(?:\d|people|thousand|hundred|workers|teachers|nurses|protesters|thousands|who|staff|others|million)\s+\0|\0\s+(?:by\s+)?(?:the\s+)?(?:march|protest|demonstration|strike)",
        re.I,
    ),
}


def noun_phrase(sentence: str, start: int) -> tuple[int, int, str]:
    """Return the span and head of the noun that follows a number: `Russian servicemen`."""
    words = []
    at = start
    if of := re.match(
        r"\s+of\s+(?:(?:the|its|their|his|her|our|these|those)\s+)?(?=\w)", sentence[start:]
    ):
        at = start + of.end()
    for match in _WORD.finditer(sentence, at, min(len(sentence), at + 120)):
        gap = sentence[at : match.start()]
        if (
            (gap.strip(" \t\u00a0-\"“‘'’”") and not (gap.strip() == "," and False))
            or match[0].lower() in _STOP
            or len(words) == 5
        ):
            break
        if match[0][0].isdigit() or (words and _verbal(match[0].lower(), words[-1][2])):
            break
        words.append((match.start(), match.end(), match[0]))
        at = match.end()
        if match[0].endswith(("’s", "'s")):
            continue
    if not words:
        return start, start, ""
    return words[0][0], words[-1][1], words[-1][2]


def _verbal(word: str, before: str) -> bool:
    """Whether a word after a noun begins the predicate: `men stepped`, `people died`."""
    if word in measures() and any(form != "name" for _, form in measures()[word]):
        return True
    plural = before.endswith("s") or before.lower() in persons()
    return plural and (word.endswith("ed") or word.endswith("ing") or word in _VERBS)


_VERBS = frozenset(
    [
        "fell",
        "died",
        "fled",
        "lost",
        "came",
        "went",
        "took",
        "left",
        "made",
        "got",
        "stood",
        "ran",
        "drew",
        "gave",
        "saw",
        "put",
        "lay",
        "met",
        "told",
        "fought",
        "began",
        "set",
        "struck",
        "sank",
        "swept",
        "broke",
    ]
)


def is_background(head: str, phrase: str) -> bool:
    """Whether a noun is counted as background: `149 of its buildings`, `374 trucks`."""
    word = head.lower()
    return word in background() and key(phrase) not in persons()


def measure_of(mention: Mention, sentence: str, around: Around) -> Found | None:
    """Return the measure of a mention by the words of its own sentence; None where none is near."""
    best: Found | None = None
    for hit in around.hits:
        if (
            hit.start < mention.end
            and hit.end > mention.start
            and mention.kind not in ("ratio", "share")
        ):
            continue
        found = _weighed(hit, mention, sentence, around)
        if found and (best is None or found.cost < best.cost):
            best = found
    if best is None or best.cost > FURTHEST:
        return None
    return _joined(best, mention, sentence, around)


class Around:
    """The mentions and measure words of one sentence, to count what lies between two places."""

    def __init__(self, sentence: str, found: list[Mention]):
        self.hits = hits(sentence)
        self.starts = [one.start for one in found]
        self.sentence = sentence

    def between(self, start: int, end: int) -> int:
        """Return how many mentions begin inside a span."""
        return bisect_left(self.starts, end) - bisect_left(self.starts, start)


def _clauses(gap: str) -> float:
    cost = 0.0
    for match in _CLAUSE.finditer(gap):
        cost += _COSTS.get(match[0].lower(), 2.0)
    return cost


def _weighed(hit: Hit, mention: Mention, sentence: str, around: Around) -> Found | None:
    if hit.start >= mention.start:
        return _after(hit, mention, sentence, around)
    return _before(hit, mention, sentence, around)


def _after(hit: Hit, mention: Mention, sentence: str, around: Around) -> Found | None:
    """Weigh a word behind the number: `89 killed`, `400 men had been killed`, `31 deaths`."""
    gap = sentence[mention.end : hit.start]
    if len(gap) > 220:
        return None
    others = around.between(mention.end, hit.start)
    words = len(gap.split())
    cost = 0.25 * words + _clauses(gap) + 3.0 * others
    rule = "number, then word"
    only_doing = hit.forms == ("doing",)
    if only_doing:
        cost += 5.0
    elif hit.forms == ("name",) and words > 3:
        cost += 2.5
    if "done" in hit.forms and _AUX.search(gap):
        cost -= 0.25
    following = sentence[hit.end : hit.end + 25]
    if (
        "doing" in hit.forms
        and re.match(
            r"\s+(?:(?:at\s+least|about|some|more\s+than|another|the|over|nearly|almost|up\s+to|an?)\s+)*[\d]",
            following,
        )
        and not _AUX.search(gap[-25:])
    ):
        cost += 3.0  # the word goes on to an object of its own
    if others and re.match(r"\s*(?:,|and)\s", gap) and not _CLAUSE.search(gap.replace(",", "")):
        cost -= 2.5 * others  # a list with one predicate at its end
    sure = "read" if cost < 2 else "inferred"
    return Found(hit.measure, hit.start, hit.end, rule, sure, cost)


def _before(hit: Hit, mention: Mention, sentence: str, around: Around) -> Found | None:
    """Weigh a word in front of the number: `killing 12`, `lost 620`, `a toll of 89`."""
    gap = sentence[hit.end : mention.start]
    if len(gap) > 220:
        return None
    others = around.between(hit.end, mention.start)
    words = len(gap.split())
    active = "doing" in hit.forms or hit.measure == "lost"
    passive = "done" in hit.forms and bool(
        re.search(
            r"\b(?:was|were|been|be|being|are|is|get|got)\s+(?:\w+\s+)?$",
            sentence[max(0, hit.start - 25) : hit.start],
        )
    )
    cost = 0.6 + 0.25 * words + _clauses(gap) + 2.0 * others
    if "name" in hit.forms and not active:
        linked = re.search(
            r"\b(?:at|to|was|were|is|of|reached|reaching|stands?|stood|rose|number\w*|total\w*|exceed\w*|are|by|from|hit|nearing|past|be|been|than|over|put|:)\s+(?:\w+\s+){0,3}$|[:(]\s*$",
            gap + " ",
        )
        cost += 0 if linked else 2.5
    elif passive or not active:
        cost += 3.0 if "done" in hit.forms else 0
    if (
        others
        and around.hits
        and any(one.start >= hit.end and one.end <= mention.start for one in around.hits)
    ):
        cost += 1.5
    subject = hit.measure == "lost" and not passive
    return Found(
        hit.measure,
        hit.start,
        hit.end,
        "word, then number",
        "read" if cost < 2 else "inferred",
        cost,
        subject,
    )


def _joined(best: Found, mention: Mention, sentence: str, around: Around) -> Found:
    """Return `captured + missing` where both words stand together behind or before one number."""
    measures_, end = [best.measure], best.end
    for hit in around.hits:
        if hit.start < end:
            continue
        link = _LINK.fullmatch(sentence, end, hit.start)
        if not link or hit.measure in measures_:
            break
        measures_.append(hit.measure)
        end = hit.end
    known = {"killed", "wounded", "missing", "captured", "infected", "hospitalised", "lost"}
    if len(measures_) == 1 or not set(measures_) <= known:
        return best
    return Found(
        " + ".join(measures_), best.start, end, best.rule, best.sure, best.cost, best.subject
    )


__all__ = ["Around", "Found", "Hit", "is_background", "measure_of", "noun_phrase", "peoples"]
