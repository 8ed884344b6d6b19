"""What is wrong with a dossier, said so that it can be mended: where, what, and what is allowed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

SHOWN_PROBLEMS = 50
KEPT_PROBLEMS = 200
MOST_PROBLEMS = 10_000
# How many names a misspelt one is compared with, so that a large table is refused quickly.
COMPARED_NAMES = 100
# Rows of one kind of fault that are named after the first.
_NAMED_ROWS = 5
# What tells two faults of one kind apart: words in quotation marks, numbers.
_PARTICULAR = re.compile(r"'[^']*'|\"[^\"]*\"|\([^()]*\)|[0-9][0-9,.:/-]*")


def show(value: str, *, width: int = 60) -> str:
    """Return a cell for a message: quoted, shortened, with control characters made visible."""
    shown = repr(value[:width])
    return f"{shown[:-1]}…{shown[-1]} ({len(value):,} characters)" if len(value) > width else shown


@dataclass(frozen=True)
class Problem:
    """One fault at the door; as text, one sentence that says where, what, and what is allowed."""

    file: str
    what: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    near: tuple[str, ...] = ()

    def __str__(self) -> str:
        where = [self.file if self.file.isprintable() else show(self.file)]
        where += [f"row {self.row:,}"] if self.row is not None else []
        where += [f"column {self.column}"] if self.column is not None else []
        value = f"{show(self.value)} " if self.value else ""
        return f"{', '.join(where)}: {value}{self.what}{self._suggestion()}"

    @property
    def kind(self) -> tuple[object, ...]:
        """What it has in common with others that are told once with it."""
        return self.file, self.column, _PARTICULAR.sub("#", self.what)

    def _suggestion(self) -> str:
        written = (self.value or "").strip().lower()
        if len(written) > 80:
            return ""
        close = difflib.get_close_matches(written, self.near, n=1, cutoff=0.6)
        return f"; did you mean {close[0]!r}?" if close else ""


class DossierError(ValueError):
    """A dossier that cannot be used; `problems` has one sentence for each kind of fault.

    The sentence is that of the first cell, in file order, and names the rows of the others. As
    text: the first fifty sentences and how many more there are; `problems` keeps two hundred.
    """

    def __init__(self, problems: Iterable[object]):
        found = list(problems)
        sentences = list(_told_once(found))
        self.problems = sentences[:KEPT_PROBLEMS]
        self.total = len(sentences)
        self.is_all = len(found) < MOST_PROBLEMS
        # A fault in how a figure or a word was coded, not of a file.
        self.is_coding = any(isinstance(one, Problem) and one.column for one in found)
        super().__init__(self.problems)

    def __str__(self) -> str:
        lines = self.problems[:SHOWN_PROBLEMS]
        more = self.total - len(lines)
        lines += [f"... and {more:,} more problems"] if more else []
        end = f"Looking stopped at {MOST_PROBLEMS:,} faults."
        return "\n".join(lines if self.is_all else [*lines, end])


def _told_once(problems: Iterable[object]) -> Iterator[str]:
    """Yield one sentence for each kind of problem, with the rows that it stands in."""
    kinds: dict[object, list[Any]] = {}
    for at, problem in enumerate(problems):
        in_a_row = isinstance(problem, Problem) and problem.row is not None
        kinds.setdefault(problem.kind if in_a_row else at, []).append(problem)  # type: ignore[attr-defined]
    for first, *others in kinds.values():
        rows = list(dict.fromkeys(one.row for one in others if one.row != first.row))
        named = ", ".join(f"{row:,}" for row in rows[:_NAMED_ROWS])
        more = f" and {len(rows) - _NAMED_ROWS:,} more" if len(rows) > _NAMED_ROWS else ""
        yield f"{first} (also row{'s' * (len(rows) > 1)} {named}{more})" if rows else str(first)
