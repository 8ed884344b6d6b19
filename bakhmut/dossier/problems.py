"""What is wrong with a dossier, said so that it can be mended: where, what, and what is allowed."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

SHOWN_PROBLEMS = 50
KEPT_PROBLEMS = 200
MOST_PROBLEMS = 10_000
# How many names a misspelt one is compared with, so that a large table is refused quickly.
COMPARED_NAMES = 100


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

    def _suggestion(self) -> str:
        written = (self.value or "").strip().lower()
        if len(written) > 80:
            return ""
        close = difflib.get_close_matches(written, self.near, n=1, cutoff=0.6)
        return f"; did you mean {close[0]!r}?" if close else ""


class DossierError(ValueError):
    """A dossier that cannot be used; `problems` has one sentence for each fault, in file order.

    As text: the first fifty sentences and how many more there are. `problems` itself keeps the
    first two hundred.
    """

    def __init__(self, problems: Iterable[object]):
        found = list(problems)
        self.problems = [str(problem) for problem in found[:KEPT_PROBLEMS]]
        self.total = len(found)
        super().__init__(self.problems)

    def __str__(self) -> str:
        lines = self.problems[:SHOWN_PROBLEMS]
        more = self.total - len(lines)
        many = "at least " if self.total >= MOST_PROBLEMS else ""
        return "\n".join([*lines, f"... and {many}{more:,} more problems"] if more else lines)
