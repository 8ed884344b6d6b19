"""Bare numbers that count nobody: hours without "o'clock", letters, the number of a name.

"The gates had been opened at four instead of five": nothing follows that says what they count.
"""

from __future__ import annotations

import re

from bakhmut.drafting.numbers.masked import Mention
from bakhmut.drafting.phrases import counted
from bakhmut.drafting.taken.context import FEW
from bakhmut.drafting.words import listed, window

# "opened at four", "falling since three", "shut until ten" ...
_CLOCK = re.compile(r"\b(?:at|since|until|till|at\s+[a-z]+\s+instead\s+of)\s+$")
_ENDS = re.compile(
    r"\s*(?:[.,;:)\"”’—–]|$)|\s+(?:and|but|or|in|on|with|when|by|for|from|the|a|to|he|she|it|they|we|I|"
    r"before|after|instead|sharp)\b"
)
# ... where no toll is put at them: "The dead stand at four".
_PUT = re.compile(
    r"\b(?:puts?|putting|estimat\w+|reckon\w*|stands?|stood|stops?|stopped|toll|tally|count\w*|total|figures?|"
    r"numbers?|dead|deaths|losses|casualties|wounded|injured|missing|victims|remain\w*|stay\w*|arriv\w+|"
    r"lists?|sum|record|limit|maximum|best|worst|least|most|lowest|highest)\b[^.;]*$"
)
_FROM = re.compile(r"\bfrom\s+$")
_TO_HOUR = re.compile(
    r"\s+(?:to|till|until)\s+(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"
)
_ONE_OF = re.compile(r"\b[Oo]ne\s+of\s+$")  # "He was one of nine."
# "One wonders", "one can only guess": anybody.
_ONE_DOES = re.compile(
    r"\s+(?:wonders|imagines|supposes|hopes|suspects|assumes|gathers|thinks|feels|knows|sees|hears|reads|needs\s+only|"
    r"(?:can|could|might|may|must|should|would)\s+(?:only\s+)?(?:wonder|imagine|suppose|hope|suspect|assume|guess|ask|argue|add|think|say|expect))\b"
)
_NAMES_OF_ALL_BUT = re.compile(r"\b(?:names|details|ages)\s+of\s+all\s+but\s+$")
_CLOSES = re.compile(r"\s*(?:[.,;:]|$)")
# "letters, forty of them", "Stewards, 60 of them"
_THOSE = re.compile(
    r"\b([A-Za-z-]+)(?:\s+(?:home|there|here|too))?,\s+(?:(?:all|some|about|perhaps|over|nearly)\s+)*$"
)
_THINGS = listed("counted and not lost")
_OF_THEM = re.compile(r"\s+of\s+them\b")
# "It took six of us to lift it", "took four officers to carry her"
_TOOK = re.compile(r"\b(?:took|takes|taken)\s+(?:(?:about|some|at\s+least|only)\s+)*$")
_TO_DO = re.compile(
    r"(?:\s+of\s+(?:us|them))?(?:\s+[a-z]+)?(?:\s+and\s+an?\s+[a-z]+)?\s+to\s+"
    r"(?:lift|carry|move|hold|hang|get|bring|pull|drag|shift|raise|open|persuade)\b"
)
# "the 18 was late", "the road, the 28, was closed"
_THE_N = re.compile(r"\b[Tt]he\s+$")
_RUNS = re.compile(
    r",?\s+(?:was|is|had|runs?|ran|goes)\s+(?:closed|late|full|early|empty|running)\b"
)
_NAMES = re.compile(
    r"\b(?:badge|pitch|runway|exercise|verse|coach|psalm|locker|studio|desk|stall|chapter|silo)"
    r"(?:\s+number)?,?\s+$|\b(?:box|house|room|cell|bed|flat),\s+number\s+$|\bcarr(?:y|ies|ied)\s+the\s+number\s+$",
    re.I,
)
_SCORES = re.compile(r"\b(?:scor(?:es?|ed|ing)|(?:which|that|it)\s+(?:sleeps?|seats?))\s+$")


def counts_nobody(mention: Mention, text: str) -> bool:
    """Whether a number, mostly one without a noun, is of nobody of whom a text tells."""
    start, end = mention.start, mention.end
    before = window(text, start, 60)
    if mention.kind not in ("count", "range"):
        return False
    if _NAMES_OF_ALL_BUT.search(before):
        return True
    if _TOOK.search(before) and _TO_DO.match(text, end):
        return True
    if _OF_THEM.match(text, end) and (those := _THOSE.search(before)):
        return those[1].lower() in _THINGS
    if mention.value == 1 and mention.in_words and _ONE_DOES.match(text, end):
        return True
    if counted(text, mention)[2]:
        return False
    digits = text[start:end]
    few = mention.in_words and not mention.marks and (mention.value or 0) <= FEW
    hour = _CLOCK.search(before) and _ENDS.match(text, end)
    hour = hour or (_FROM.search(before) and _TO_HOUR.match(text, end))
    if few and hour and not _PUT.search(text, 0, start):
        return True
    if _ONE_OF.search(before) and _CLOSES.match(text, end):
        return True
    if digits[0].isdigit() and _THE_N.search(before) and _RUNS.match(text, end):
        return True
    named = _NAMES.search(before) or _SCORES.search(before)
    return bool(named) or (digits[0] == "0" and len(digits) > 1)
