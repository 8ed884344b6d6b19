"""Are the quotes in the text? Every quote of a dossier looked up, verbatim."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Protocol

import pandas as pd

# Marks that typesetting swaps: a quote copied from another edition differs in these only.
_MARKS = ("'‘’‚‛′`", '"“”„‟″«»', "-‐‑‒–—−")
_ALIKE = {mark: "[" + re.escape(marks) + "]" for marks in _MARKS for mark in marks}
# A line's end and the marks that a word processor bends are the same words; capitals are not.
_LOOSER: tuple[tuple[str, dict[str, str], int, bool], ...] = (
    ("differs in white space only", {}, 0, True),
    ("differs in quotation marks, dashes or white space only", _ALIKE, 0, True),
    ("differs in capitals, marks or white space only", _ALIKE, re.IGNORECASE, False),
)
_TRIED_PLACES = 50


class _HasQuotes(Protocol):
    @property
    def claims(self) -> pd.DataFrame: ...
    @property
    def positions(self) -> pd.DataFrame: ...


def verify_quotes(text: str, dossier: _HasQuotes) -> pd.DataFrame:
    """Return for every claim and account whether its quote stands in the text, verbatim.

    Columns: `claim`, `table` (claims or positions), `quote`, `found` (word for word: marks may be
    bent otherwise, lines end elsewhere), `offset` (characters before its first place in the text,
    -1 where it is not found), `nearest` (the words of the text that come closest, "" where all is
    the same or nothing comes close), `note` (what differs, in words).
    """
    words = _Words(text)
    rows = [
        {"claim": row.claim, "table": table, "quote": row.quote, **_look_up(row.quote, words)}
        for table in ("claims", "positions")
        for row in getattr(dossier, table).itertuples()
    ]
    columns = ["claim", "table", "quote", "found", "offset", "nearest", "note"]
    return pd.DataFrame(rows, columns=columns)


def _look_up(quote: str, words: _Words) -> dict[str, object]:
    missing = {"found": False, "offset": -1, "nearest": ""}
    if not quote.strip():
        return {**missing, "note": "no quote is given"}
    offset = words.text.find(quote)
    if offset >= 0:
        times = words.text.count(quote)
        note = f"the first of {times} places" if times > 1 else ""
        return {"found": True, "offset": offset, "nearest": "", "note": note}
    for note, alike, flags, same in _LOOSER:
        pattern = r"\s+".join(
            "".join(alike.get(letter, re.escape(letter)) for letter in word)
            for word in quote.split()
        )
        if match := re.search(pattern, words.text, flags):
            offset = match.start() if same else -1
            return {"found": same, "offset": offset, "nearest": match[0], "note": note}
    nearest = words.nearest(quote)
    note = "the text has other words" if nearest else "the text has nothing close to it"
    return {**missing, "nearest": nearest, "note": note}


class _Words:
    """A text and where each of its words stands, so that many quotes can be looked up in it."""

    def __init__(self, text: str):
        self.text = text
        self._matches = list(re.finditer(r"\w+", text))
        self._words = [match[0].lower() for match in self._matches]
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(self._words):
            self._places[word].append(place)

    def nearest(self, quote: str) -> str:
        """Return the stretch as long as `quote` that shares most words with it, at least half."""
        wanted = [word.lower() for word in re.findall(r"\w+", quote)]
        present = [word for word in wanted if word in self._places]
        if 2 * len(present) < len(wanted) or not present:
            return ""
        rarest = min(present, key=lambda word: len(self._places[word]))
        starts = [
            max(0, place - wanted.index(rarest)) for place in self._places[rarest][:_TRIED_PLACES]
        ]
        counts = Counter(wanted)

        def shared(start: int) -> int:
            window = Counter(self._words[start : start + len(wanted)])
            return (window & counts).total()

        best = max(starts, key=shared)
        if 2 * shared(best) < len(wanted):
            return ""
        last = min(best + len(wanted), len(self._matches)) - 1
        return self.text[self._matches[best].start() : self._matches[last].end()]
