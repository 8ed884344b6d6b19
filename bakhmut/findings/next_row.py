"""The next useful row: which line of terms.csv would link most figures that nothing links yet.

Two figures can only be compared where their words overlap. A row `place, Marran front, , Karel +
...` says that one place is part of another; it is for the coder to say whether it is so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import pandas as pd

from bakhmut.base.words import count
from bakhmut.consistency.case import linked_claims
from bakhmut.dossier.claims import Dossier
from bakhmut.dossier.derived import NOT_FOUND, contents
from bakhmut.dossier.parsing.notation import parse_sum
from bakhmut.meaning.interpretation import read
from bakhmut.meaning.systems import build_systems

# Two sides are rarely part of each other.
KINDS = ("place", "measure")
# Each of them says one thing that was done: none is a wider word for another.
APART = {
    *("killed", "wounded", "captured", "missing", "abducted", "kidnapped", "arrested", "charged"),
    *("infected", "hospitalised", "treated", "discharged", "recovered", "identified", "survived"),
    *("displaced", "fled", "evacuated", "sheltering", "rescued", "trapped", "aboard", "attended"),
}
# Beyond these the search would take longer than the check itself.
MOST_CLAIMS, MOST_TRIED = 40, 24


@dataclass(frozen=True)
class NextRow:
    """A row of terms.csv that would link `figures` more figures; `part` may be part of `whole`."""

    kind: str
    whole: str
    part: str
    figures: int

    @property
    def row(self) -> tuple[str, str, str, str]:
        """The cells `kind`, `term`, `reading` and `means` of terms.csv."""
        return self.kind, self.whole, "", f"{self.part} + ..."

    def __str__(self) -> str:
        """Say what to add, and on which condition."""
        more = count(self.figures, "more figure")
        cells = ", ".join(self.row)
        return f"If {self.part} is part of {self.whole}: {cells} in terms.csv would link {more}."


def next_row(dossier: Dossier) -> NextRow | None:
    """Return the row of terms.csv that would link most figures, None where none would link any.

    Tried are pairs of words of one kind (places first, then measures) of which one
    stands in a claim that is compared with none. Which of the two is the whole is a guess: the
    word that more claims have.
    """
    if len(dossier.claims) > MOST_CLAIMS:
        return None
    alone = _alone(dossier)
    best: NextRow | None = None
    pairs = list(_pairs(dossier, alone)) if alone else []
    for kind, whole, part in pairs[:MOST_TRIED]:
        row = {"kind": kind, "term": whole, "reading": "", "means": f"{part} + ...", "because": ""}
        terms = pd.concat([dossier.terms, pd.DataFrame([row])], ignore_index=True)
        left = _alone(replace(dossier, terms=terms))
        linked = len(alone) - len(left)
        if linked > (best.figures if best else 0):
            best = NextRow(kind, whole, part, linked)
    return best


def _alone(dossier: Dossier) -> set[str]:
    """Return the claims with a number that share no cell with another."""
    whole = read(dossier)
    systems = build_systems(whole.claims, whole.vocabulary, widest=whole.widest)
    numbers = dossier.claims[["low", "high"]].ne("").any(axis=1)
    return set(dossier.claims.loc[numbers, "claim"]) - linked_claims(systems)


def _pairs(dossier: Dossier, alone: set[str]) -> Iterator[tuple[str, str, str]]:
    """Yield kind, whole and part of the words that might be linked, the most frequent first."""
    claims = dossier.claims
    for kind in KINDS:
        inside = contents(dossier.terms, kind)
        columns = [kind, f"per_{kind}"]
        often = Counter(_words(claims[columns].to_numpy().ravel()))
        lonely = set(_words(claims.loc[claims["claim"].isin(alone), columns].to_numpy().ravel()))
        words = sorted(often, key=lambda word: (-often[word], word))
        pairs = [(one, other) for n, one in enumerate(words) for other in words[n + 1 :]]
        for whole, part in pairs:
            is_news = {whole, part} & lonely and not {whole, part} <= APART
            if is_news and whole not in inside.get(part, ()):
                yield kind, whole, part


def _words(cells: Iterable[str]) -> list[str]:
    """Return the words of cells, without what a draft calls what it did not find."""
    found = (cell for cell in cells if cell not in ("", "each") and NOT_FOUND not in cell)
    return [word for cell in found for word in parse_sum(cell)[0]]
