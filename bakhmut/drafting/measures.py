"""What was done to those whom a number counts: the measure, found by the words around it.

Each measure word near a number is weighed: words between cost little, other numbers and the ends
of clauses more. "3,155 killed, 14,529 wounded": each number takes the word that follows it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import lru_cache

from bakhmut.drafting.mentions import Mention
from bakhmut.drafting.words import (
    background,
    company,
    key,
    measure_pattern,
    measures,
    peoples,
    persons,
)

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
_ADJECTIVES = re.compile(r"\s+[a-z-]+(?:,\s[a-z-]+)*,?\s(?:and|or)\s[a-z-]+\s+")
# ", most of them in their teens," between a noun and its verb.
_ASIDE = re.compile(
    r"(?:\s+[\w’'-]+){1,4},\s[^,;.]{3,90},\s+(?=(?:were|was|are|is|have|has|had|died|fled|remain\w*)\b)"
)
_WHOLE = re.compile(r"\s+of\s+(?:all\s+)?(?:the|those|these|them|all)\s+(?:\w+\s+){0,1}")
_OBJECT = re.compile(
    r"\s+(?:the|its|their|his|all|several|many|him|them)\s+(?!(?:day|week|month|year|night|previous|same|last)\b)",
    re.I,
)
_TAIL = re.compile(r"\s+(?:(?:were|was|have|has|had|been|are|is)\s+)+$")
_NEW_CLAUSE = re.compile(
    r"[;:—–]|\b(?:but|while|who|which|where|when|that|after|because|before|said|was|were|had|have|has)\b",
    re.I,
)
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


@lru_cache(maxsize=64)
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
        if not _in_company(key(word), match, sentence):
            continue
        for measure in dict.fromkeys(m for m, _ in entries):
            forms = tuple(form for m, form in entries if m == measure)
            found.append(Hit(match.start(), match.end(), measure, forms, key(word)))
            break
    return found


def _in_company(word: str, match: re.Match[str], sentence: str) -> bool:
    """Whether an ambiguous word is a measure here: `fell` of men, not of snow."""
    wanted = company().get(word)
    if wanted is None:
        return True
    start, end = match.span()
    return bool(wanted.search(f"{sentence[max(0, start - 80) : start]}@{sentence[end : end + 80]}"))


_ARTICLE = re.compile(
    r"[\"”’]?\s+of\s+(?:all\s+)?(?:(?:the|its|their|his|her|our|these|those)\s+)?(?=\w)"
)
_MORE = re.compile(r"\s+(?:more|other|further|additional|new)(?=\s)", re.I)


@lru_cache(maxsize=512)
def noun_phrase(sentence: str, start: int) -> tuple[int, int, str]:
    """Return the span and head of the noun that follows a number: `Russian servicemen`."""
    words: list[tuple[int, int, str]] = []
    at = start
    for lead in (_ARTICLE, _MORE):
        if match := lead.match(sentence, at):
            at = match.end()
    for match in _WORD.finditer(sentence, at, min(len(sentence), at + 120)):
        word = match[0]
        if not words and _no_noun(word.lower()):
            break
        gap = sentence[at : match.start()].strip(" \t\u00a0-\"“‘'’”")
        if gap or word.lower() in _STOP or len(words) == 5 or word[0].isdigit():
            break
        if words and (_verbal(word.lower(), words[-1][2]) or _complete(words[-1][2], word)):
            break
        words.append((match.start(), match.end(), word))
        at = match.end()
    if not words or words[-1][2].endswith(("’s", "'s")):
        return start, start, ""
    return words[0][0], words[-1][1], words[-1][2]


def _no_noun(word: str) -> bool:
    """Whether the first word behind a number is no noun: `350 died`, `28,616 suspected`."""
    forms = [form for _, form in measures().get(word, ())]
    if forms and "name" not in forms:
        return True
    if word.endswith("ed") and word not in _ADJECTIVE_ED:
        return True
    return word in _VERBS or word in (
        "suspected",
        "confirmed",
        "probable",
        "reported",
        "identified",
    )


_ADJECTIVE_ED = frozenset(
    "armed unarmed armoured armored retired masked hooded uniformed married disabled skilled unskilled educated naked mechanised mechanized motorised trained untrained experienced aged infrared unmanned red seed".split()
)


def _complete(before: str, word: str) -> bool:
    """Whether a plural ends the phrase: after `jailbirds` no noun of the same phrase comes."""
    known = persons()
    if word.lower() in known or word.lower() in background() or word in peoples():
        return False
    return (
        before.lower() in known
        and before.lower() != "staff"
        and before.lower()[-1] in "sn"
        or (
            before.endswith("s")
            and before[-2:] not in ("ss", "us", "’s", "'s")
            and before[0].islower()
        )
    )


def _verbal(word: str, before: str) -> bool:
    """Whether a word after a noun begins the predicate: `men stepped`, `people died`."""
    if word in measures() and any(form != "name" for _, form in measures()[word]):
        return True
    plural = before.endswith("s") or before.lower() in (
        "people",
        "men",
        "women",
        "children",
        "troops",
    )
    return plural and (word.endswith("ed") or word.endswith("ing") or word in _VERBS)


_VERBS = frozenset(
    "fell died fled lost came went took left made got stood ran drew gave saw put lay met told fought began set struck sank swept broke lie lies remain remains remained need needs needed live lived have had has".split()
)


def is_background(head: str, phrase: str) -> bool:
    """Whether a noun is counted as background: `149 of its buildings`, `374 trucks`."""
    word = head.lower()
    return word in background() and key(phrase) not in persons()


def measure_of(mention: Mention, sentence: str, around: Around) -> Found | None:
    """Return the measure of a mention by the words of its own sentence; None where none is near."""
    best = _nearest(mention, sentence, around, denominator=False)
    if best is None and mention.kind == "ratio":  # "twice as many women as men died"
        best = _nearest(mention, sentence, around, denominator=True)
    if best is None or best.cost > FURTHEST:
        return None
    return _joined(best, mention, sentence, around)


def _nearest(mention: Mention, sentence: str, around: Around, *, denominator: bool) -> Found | None:
    best: Found | None = None
    for hit in around.hits:
        inside = hit.start < mention.end and hit.end > mention.start
        if inside and mention.kind not in ("ratio", "share", "vague"):
            continue
        if mention.kind == "ratio" and mention.below and hit.start >= mention.below[0]:
            near = mention.rule == "times" and hit.start - mention.below[0] < 12
            if not near or hit.forms[0] != "name":
                if not denominator:
                    continue  # the denominator's own word
        found = _weighed(hit, mention, sentence, around)
        if found and (best is None or found.cost < best.cost):
            best = found
    return best


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
    if mention.kind == "vague" and hit.start < mention.end:
        return Found(hit.measure, hit.start, hit.end, "inside", "read", -1.0)
    others = around.between(mention.end, hit.start)
    words = len(gap.split())
    cost = 0.25 * words + _clauses(gap) + 3.0 * others
    rule = "number, then word"
    only_doing = hit.forms == ("doing",)
    if only_doing:
        cost += 5.0
    elif hit.forms == ("name",) and words > 3:
        cost += 2.5
    if _ADJECTIVES.fullmatch(gap):
        cost = 0.5  # "28,616 suspected, probable and confirmed cases"
    elif (aside := _ASIDE.match(gap)) and "done" in hit.forms:
        rest = gap[aside.end() :]
        cost = (
            0.5
            + 0.25 * len(rest.split())
            + _clauses(rest)
            + 3.0 * around.between(mention.end + aside.end(), hit.start)
        )
        others = 0
    if hit.words in persons() and "done" not in hit.forms:
        cost += 1.0  # "detained 21 protesters": what was done to them stands elsewhere
    if "done" in hit.forms and _AUX.search(gap):
        cost -= 0.25
    if mention.kind == "share" and _WHOLE.fullmatch(gap):
        cost += 2.5  # "two thirds of those infected had died": infected is the whole
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
    elif (
        "doing" in hit.forms
        and not _AUX.search(gap[-25:])
        and (_OBJECT.match(sentence, hit.end) or around.between(hit.end, hit.end + 2))
    ):
        cost += 3.0
    if (
        others
        and re.search(r",|\band\b|\bor\b", gap)
        and not _NEW_CLAUSE.search(_TAIL.sub("", gap))
    ):
        cost -= 3.0 * others + 2.5 * gap.count(",")  # a list with one predicate at its end
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
            r"\b(?:at|to|was|were|is|of|reached|reaching|stands?|stood|rose|number\w*|total\w*|exceed\w*|are|by|from|hit|nearing|past|be|been|than|over|put|:|–|‒|—|-)\s+(?:\w+\s+){0,3}$|[:(–‒—]\s*$|\bpass\w*\s+$|\btop\w*\s+$",
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
    parts, start, end = [best.measure], best.start, best.end
    for hit in around.hits:
        if (
            hit.start >= end
            and hit.measure not in parts
            and _LINK.fullmatch(sentence, end, hit.start)
        ):
            parts.append(hit.measure)
            end = hit.end
    for hit in reversed(around.hits):
        if (
            hit.end <= start
            and hit.measure not in parts
            and _LINK.fullmatch(sentence, hit.end, start)
        ):
            parts.insert(0, hit.measure)
            start = hit.start
    if len(parts) == 1 or not set(parts) <= _JOINED:
        return best
    return replace(best, measure=" + ".join(parts), start=start, end=end)


_JOINED = frozenset("killed wounded missing captured infected hospitalised lost".split())


__all__ = ["Around", "Found", "Hit", "is_background", "measure_of", "noun_phrase", "peoples"]
