"""A text cut into passages: paragraphs, bullets, headlines, and their sentences with offsets.

`"Toll rises\\n\\nFive died. Two fled."` has a headline and one paragraph of two sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bakhmut.drafting.words import listed

LONGEST_SENTENCE = 900
_BULLET = re.compile(r"\s*(?:[•‣▪●◦·*]|[-–—](?=\s)|\d{1,2}[.)](?=\s))\s*")
# "tanks - 3,423 (+5)": a line of a bulletin, and no line that goes on.
_LISTED = re.compile(
    r"[a-z][\w ,’'/()-]{1,60}?\s*(?:[–—‒:]|\s-)\s*(?:about\s+|approx\w*\.?\s+|some\s+|[~≈]\s*)?\d"
)
_END = re.compile(r"[.!?…][\"”’»)\]]*(?:\[\d+\])?(?=\s+[\"“‘«(\[]?[A-Z0-9À-Þ])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:No|Nos|Nr|incl|excl|Gen|Lt|Col|Maj|Capt|Sgt|Brig|Adm|Cmdr|Mr|Mrs|Ms|Dr|Prof|Rev|Hon|Sen|"
    r"Rep|Gov|"
    r"Pres|St|Mt|Ft|vs|cf|approx|ca|c|est|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|"
    r"Art|Sec|"
    r"Fig|pp?|vol|Inc|Ltd|Co|Corp|al|e\.g|i\.e|DR|MR|MRS|MS|COL|GEN|PROF|CAPT|SEN|REP|GOV|LT|SGT|"
    r"MAJ|ADM|Dame|Insp|Supt|Cpl|Pte)|\b[A-Z]|\b[A-Z]\.[A-Z])\.$"
)

_POST = re.compile(r"\d{1,2}/(?:\d{1,2})?\s+(?=[^\W\d])")  # "2/8 Kyiv claims": of a thread
_ANSWER = re.compile(r"No\.\s+(?!\d)")  # "No. Eleven died", and not "No. 4"


@dataclass(frozen=True)
class Sentence:
    """One sentence `text[start:end]`; `part` is the number of its passage, `locator` its name."""

    start: int
    end: int
    part: int
    locator: str
    text: str

    @property
    def headline(self) -> bool:
        """Whether it stands alone above the body, in a bullet or between paragraphs."""
        return not self.locator.startswith("paragraph")


def sentences(text: str) -> list[Sentence]:
    """Return the sentences of a text, in order; a passage never runs over an empty line."""
    found, counts = [], {"headline": 0, "bullet": 0, "paragraph": 0}
    for part, (start, end) in enumerate(_passages(text)):
        kind = _kind(text[start:end])
        counts[kind] += 1
        locator = f"{kind} {counts[kind]}"
        if _elsewhere().match(text, start, end):
            continue  # "Read more: 2 killed in a pile-up": of another story
        for first, last in _sentences(text, start, end):
            found.append(Sentence(first, last, part, locator, text[first:last]))
    return found


@lru_cache(maxsize=1)
def _elsewhere() -> re.Pattern[str]:
    phrases = "|".join(map(re.escape, sorted(listed("leads elsewhere"), key=len, reverse=True)))
    return re.compile(rf"\W*(?:{phrases})\s*[:|–—-]\s", re.I)


def _passages(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of passages; a line that only wraps belongs to the one before it."""
    start = end = 0
    for line in re.finditer(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+", text):
        if not line[0].strip():
            continue
        gap = text[end : line.start()]
        breaks = gap.replace("\r\n", "\n")
        wrapped = (
            end > start
            and len(breaks) <= 1
            and end - text.rfind("\n", 0, end) > 50
            and text[end - 1] not in '.!?:…"”'
            and not _BULLET.match(line[0])
            and not _LISTED.match(line[0])
            and line[0][:1].islower()
        )
        if not wrapped:
            if end > start:
                yield start, end
            start = line.start() + len(line[0]) - len(line[0].lstrip())
        end = line.start() + len(line[0].rstrip())
    if end > start:
        yield start, end


def _kind(passage: str) -> str:
    if _BULLET.match(passage):
        return "bullet"
    closed = passage.rstrip('"”’)»] ').endswith((".", "!", "?", "…", ";"))
    return "headline" if len(passage) < 160 and not closed and "|" not in passage else "paragraph"


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    post = _POST.match(text, start, end)
    first = post.end() if post else start
    for stop in _END.finditer(text, start, end):
        short = _ABBREVIATION.search(text, max(first, stop.start() - 12), stop.start() + 1)
        if short and not _ANSWER.match(text, short.start()):
            continue
        if text[stop.start() - 1] == "m" and text[stop.end() : stop.end() + 2] == " (":
            continue  # "at 6:20 p.m. (1520 GMT)"
        if first == start and text[first : stop.start()].replace(".", "").isdigit():
            continue  # "41. Between 1 April and 30 June": the number of a paragraph
        yield from _short(text, first, stop.end())
        first = _skip(text, stop.end())
    if first < end:
        yield from _short(text, first, end)


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _short(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a sentence, one that is longer than any real one in pieces cut at blanks."""
    while end - start > LONGEST_SENTENCE:
        cut = text.rfind(" ", start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE)
        cut = cut if cut > 0 else start + LONGEST_SENTENCE
        yield start, cut
        start = _skip(text, cut)
    if start < end:
        yield start, end
