"""A word of one origin read in one way only, written as a dossier would write it.

"lost", which may mean the killed or the killed and wounded, becomes the term "lost as killed" in
the claims of whoever is taken so. Other origins keep the word with all its readings, of which one
now is that term: what it stands for is the same thing for all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bakhmut.dossier.parsing.notation import parse_sum
from bakhmut.dossier.tables import SCOPE as DIMENSIONS
from bakhmut.meaning.vocabulary import Choice

Key = tuple[str, str]
Row = dict[str, str]


class ChosenTerms:
    """The terms of a dossier with the readings chosen for words, and claims in these terms."""

    def __init__(self, terms: list[Row], chosen: Mapping[Choice, str]):
        self.rows: dict[Key, dict[str, list[Row]]] = {}
        for row in terms:
            readings = self.rows.setdefault((row["kind"], row["term"]), {})
            readings.setdefault(row["reading"], []).append(row)
        self.chosen = {v: reading for v, reading in chosen.items() if v.kind == "term"}
        self._added: dict[Key, list[Row]] = {}
        self._made: dict[tuple[str, str, str], str] = {}

    def reword(self, claims: list[Row], readings: list[Row]) -> None:
        """Put each scope, in claims (with `origin`) and readings, in the words of its origin."""
        if not self.chosen:
            return
        origin = {row["claim"]: row["origin"] for row in claims}
        for row in claims:
            for dimension in DIMENSIONS:
                for column in (dimension, f"per_{dimension}"):
                    row[column] = self._cell(dimension, row[column], row["origin"])
        for row in readings:
            kind = row["field"].removeprefix("per_")
            row["value"] = self._cell(kind, row["value"], origin.get(row["claim"], ""))

    def terms(self) -> list[Row]:
        """Return the terms, those that were made last."""
        rows = [row for readings in self.rows.values() for own in readings.values() for row in own]
        return rows + [row for own in self._added.values() for row in own]

    def _cell(self, kind: str, text: str, origin: str) -> str:
        if not text or kind not in DIMENSIONS:
            return text
        if (kind, text) in self.rows:
            return self._word(kind, text, origin)
        parts, is_open = parse_sum(text)
        said = [self._word(kind, part, origin) for part in parts]
        return " + ".join([*said, *["..."] * is_open]) if said != list(parts) else text

    def _word(self, kind: str, word: str, origin: str) -> str:
        """Return the term that stands for a word as one origin is taken to use it."""
        readings = self.rows.get((kind, word))
        if readings is None:
            return word
        reading = self.chosen.get(Choice("term", origin, kind, word))
        if reading in readings and len(readings) > 1:
            word = self._read(kind, word, reading)
            readings = {"": self._added[kind, word]}
        within = {
            label: [{**row, "means": self._cell(kind, row["means"], origin)} for row in rows]
            for label, rows in readings.items()
        }
        if within == readings:
            return word
        changed = [
            new["means"] for label, rows in within.items()
            for new, row in zip(rows, readings[label], strict=True) if new != row
        ]  # fmt: skip
        name = self._name(kind, f"{word} with {' and '.join(dict.fromkeys(changed))}")
        rows = [row | {"term": name} for own in within.values() for row in own]
        self._added.setdefault((kind, name), rows)
        return name

    def _read(self, kind: str, word: str, reading: str) -> str:
        """Return the term for a word in one reading, which the word itself now refers to."""
        if (kind, word, reading) not in self._made:
            rows = self.rows[kind, word][reading]
            name = self._name(kind, f"{word} as {reading}")
            self._made[kind, word, reading] = name
            self._added[kind, name] = [row | {"term": name, "reading": ""} for row in rows]
            self.rows[kind, word][reading] = [rows[0] | {"means": name}]
        return self._made[kind, word, reading]

    def _name(self, kind: str, wanted: str) -> str:
        """Return a name that nothing else has and that is mistaken for no sum and no date."""
        if kind == "period":
            wanted = re.sub(r"(?<=[0-9])-(?=[0-9])", " ", wanted.replace("/", " to "))
        name = " ".join(wanted.replace("+", " and ").replace("...", " more ").split())
        taken = {part for key in self.rows if key[0] == kind for part in self._parts(key)}
        while (kind, name) in self.rows or name in taken:
            name += " (chosen)"
        return name

    def _parts(self, key: Key) -> set[str]:
        rows = (row for own in self.rows[key].values() for row in own)
        return {part for row in rows for part in parse_sum(row["means"])[0]}
