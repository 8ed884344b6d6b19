"""A text in; draft claims out, with the words that support every cell of them.

`draft_text("Ten died, police said.")` has one claim (10, killed, source police) and its evidence.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import pandas as pd

from bakhmut.base.limits import uncollected
from bakhmut.dossier.claims import Dossier, DossierError, build_dossier
from bakhmut.dossier.problems import Problem
from bakhmut.dossier.tables import EVIDENCE, TABLES
from bakhmut.drafting.assign import cells_of
from bakhmut.drafting.found import figures
from bakhmut.drafting.kept.shown import as_html, headline
from bakhmut.drafting.passages import Sentence, sentences
from bakhmut.drafting.said.restated import outgrown, restatements
from bakhmut.drafting.scene import Cell, Memory
from bakhmut.drafting.scope.carried import Figure
from bakhmut.drafting.tabled import loadable, readings, sources, terms

Row = dict[str, object]
MOST_WORDS = 12


@dataclass(frozen=True, eq=False)
class Draft:
    """Claims that rules found in a text, and the evidence for each of their cells.

    `claims` has the columns of claims.csv, all text, blank where nothing is stated. `evidence` has
    a row a filled cell: `claim`, `field`, `value`, `start`, `end` (offsets in `text`, end
    excluded), `rule`, `sure` (read, inferred, carried or blank) and `confirmed` ("" until a
    person has). Each claim has rows for the fields `quote`, `number` and `kind` (count, range,
    rate, share, ratio, vague) besides.
    """

    text: str
    claims: pd.DataFrame
    evidence: pd.DataFrame
    name: str = "draft"
    file: str = ""

    @cached_property
    def terms(self) -> pd.DataFrame:
        """What the words of the claims may mean: rows of terms.csv."""
        return terms(self.claims, self.text)

    @cached_property
    def sources(self) -> pd.DataFrame:
        """Who speaks: rows of sources.csv."""
        return sources(self.claims)

    @cached_property
    def readings(self) -> pd.DataFrame:
        """How single claims may be read: rows of readings.csv."""
        return readings(self.claims, self.evidence)

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return the draft as the tables of a dossier that `build_dossier` takes as they are."""
        claims = loadable(self.claims, self.evidence)
        drafted = {"terms": self.terms, "sources": self.sources, "readings": self.readings}
        return {"claims": claims, **drafted}

    def dossier(self) -> Dossier:
        """Return the draft as a checked dossier; nobody has confirmed it, and it assumes nothing.

        Raises `DossierError` where no figure was found in the text.
        """
        if self.claims.empty:
            raise DossierError([Problem(self.file or self.name, "holds no figure that was found")])
        tables = {**self.tables(), "evidence": self.evidence}
        return replace(build_dossier(tables, name=self.name), title=headline(self.text))

    def _repr_html_(self) -> str:
        return as_html(self.claims, self.evidence)


@uncollected()
def draft_text(text: str, *, article: str = "") -> Draft:
    """Return the draft of a text: its figures as claims, each cell with its evidence.

    The same text gives the same draft; what is added at the end of a text leaves the ids of the
    claims before it as they are. A text without a figure gives a draft without a claim.
    """
    claims: list[dict[str, str]] = []
    evidence: list[Row] = []
    memory = Memory(text=text)
    used: dict[str, int] = {}
    every = sentences(text)
    for number, (sentence, found) in enumerate(figures(every), 1):
        memory.later = every[number : number + 3]
        for figure, cells in zip(found, cells_of(sentence, found, memory), strict=True):
            claim, (start, end) = _name(figure, cells, used), quote(sentence, figure)
            own = {"claim": claim, "article": article, "locator": sentence.locator}
            row = dict.fromkeys(TABLES["claims"], "") | own | {"quote": text[start:end]}
            row |= {cell.field: cell.value for cell in cells if cell.field in row}
            claims.append(row)
            evidence += _evidence(claim, (start, end), cells, text)
    more = [*restatements(claims, evidence), *outgrown(claims, evidence, text)]
    return Draft(text, _frame(claims, TABLES["claims"]), _frame([*evidence, *more], EVIDENCE))


def _frame(rows: list[dict[str, str]], columns: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(columns), dtype=object)


def _name(figure: Figure, cells: list[Cell], used: dict[str, int]) -> str:
    """Return the id of a claim, by what it counts and its number: `killed-400`.

    It depends on nothing that stands behind the claim, so that it stays when a text grows.
    """
    number = next(cell.value for cell in cells if cell.field == "number")
    measure = next((cell.value for cell in cells if cell.field == "measure"), figure.mention.kind)
    words = re.findall(
        r"[a-z0-9]+", f"{measure} {re.sub(r'(?<=[0-9])[^0-9a-zA-Z.](?=[0-9])', '', number)}".lower()
    )
    base = "-".join(words)[:60].strip("-") or "figure"
    used[base] = used.get(base, 0) + 1
    return base if used[base] == 1 else f"{base}-no-{used[base]}"


def _evidence(claim: str, span: tuple[int, int], cells: list[Cell], text: str) -> Iterator[Row]:
    start, end = span
    yield _row(claim, Cell("quote", text[start:end], start, end, "words around the number"))
    for cell in cells:
        yield _row(claim, cell)
    filled = {cell.field for cell in cells}
    for column in ("side", "measure", "source"):
        if column not in filled:
            yield _row(claim, Cell(column, "", start, end, "nothing found", "blank"))


def _row(claim: str, cell: Cell) -> Row:
    return {
        "claim": claim, "field": cell.field, "value": cell.value, "start": cell.start,
        "end": cell.end, "rule": cell.rule, "sure": cell.sure, "confirmed": "",
    }  # fmt: skip


def quote(sentence: Sentence, figure: Figure) -> tuple[int, int]:
    """Return the span in the text of at most 12 words that carry a figure, its number inside."""
    text, mention = sentence.text, figure.mention
    words, starts, ends = _words(text)
    first = bisect_right(ends, mention.start)
    last = bisect_left(starts, mention.end) - 1
    wished = [(mark[0], mark[1]) for mark in mention.marks]
    if figure.measure and not figure.carried and figure.row is None:
        wished.append((figure.measure.start, figure.measure.end))
    # The hedge and the measure, where they fit into twelve words.
    for start, end in wished:
        low = bisect_right(ends, start)
        low = low if low < len(words) else first
        high = bisect_left(starts, end) - 1
        high = high if high >= 0 else last
        if max(last, high) - min(first, low) < MOST_WORDS:
            first, last = min(first, low), max(last, high)
    # Then words behind and before, up to a mark of punctuation.
    while (
        last + 1 < len(words) and last - first + 1 < MOST_WORDS - 2 and not _ends(text, words[last])
    ):
        last += 1
    while first and last - first + 1 < MOST_WORDS and not _ends(text, words[first - 1]):
        first -= 1
    start, end = words[first][0], words[last][1]
    while end > mention.end and text[end - 1] in ',;:.!?)”"’':
        end -= 1
    while start < mention.start and text[start] in '(“"‘•-– \t\u00a0':
        start += 1
    if last - first + 1 > MOST_WORDS:
        start, end = mention.start, mention.end
    return sentence.start + start, sentence.start + end


@lru_cache(maxsize=64)
def _words(text: str) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Return the spans of words, and where they begin and end."""
    spans = [match.span() for match in re.finditer(r"\S+", text)]
    return spans, [start for start, _ in spans], [end for _, end in spans]


def _ends(text: str, word: tuple[int, int]) -> bool:
    return text[word[1] - 1] in ",;:.!?)—–"
