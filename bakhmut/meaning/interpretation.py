"""A dossier read into its meaning: once for each verb, and handed to all that ask what words mean.

"Casualties" of one voice may be killed and wounded, or missing too: two readings of one claim, and
a choice that all claims of this voice share. In: a `Dossier`. Out: an `Interpretation`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from bakhmut.dossier.claims import Dossier
from bakhmut.dossier.tables import PER
from bakhmut.dossier.tables import SCOPE as DIMENSIONS
from bakhmut.meaning.readings import (
    Premise,
    Reading,
    assumption_premises,
    choices_of,
    claim_premises,
    kind_of,
    readings_of,
)
from bakhmut.meaning.rows import scopes_of
from bakhmut.meaning.space.pieces import Space, Widest
from bakhmut.meaning.vocabulary import Choice, Vocabulary

AS_PRINTED = "as printed"
READ = (
    *("claim", "origin", "kind", "reading", "choices", *DIMENSIONS, *PER),
    *("low", "high", "low_exact", "high_exact", "because"),
)


@dataclass(frozen=True, eq=False)
class Interpretation:
    """A dossier, what its words mean, and its claims as premises, in the order of the table."""

    dossier: Dossier
    vocabulary: Vocabulary
    claims: list[Premise]

    @cached_property
    def by_name(self) -> dict[str, Premise]:
        """The claims by name."""
        return {premise.name: premise for premise in self.claims}

    @cached_property
    def widest(self) -> Widest:
        """The parts of each dimension that hold all others that the claims use."""
        return widest_of(self.claims, self.vocabulary)

    @cached_property
    def choices(self) -> dict[Choice, tuple[str, ...]]:
        """What may be read in several ways, each with its readings."""
        return choices_of(readings_of(self.claims))

    @cached_property
    def names(self) -> dict[Choice, str]:
        """A short name for each of these choices."""
        return choice_names(self.claims)

    def assumed(self, assume: Iterable[str] = ()) -> list[Premise]:
        """Return the assumptions in force: the plausible ones, and those asked for by name."""
        return assumption_premises(self.dossier, self.vocabulary, assume)

    @cached_property
    def frame(self) -> pd.DataFrame:
        """Every claim under each of its readings, as `interpret` returns it."""
        return pd.DataFrame(self.rows(), columns=READ)

    def rows(self) -> list[dict[str, Any]]:
        """Return the rows of `frame`."""
        return [self._row(premise, one) for premise in self.claims for one in premise.readings]

    def _row(self, premise: Premise, one: Reading) -> dict[str, Any]:
        """Return a claim under one reading, in the dossier's words."""
        say = self.vocabulary.in_words
        labels = [reading for _, reading in one.choices]
        below = one.bottom or ((), (), (), ())
        return {
            "claim": premise.name,
            "origin": premise.origin,
            "kind": kind_of(one),
            "reading": "; ".join(labels) if labels else AS_PRINTED,
            "choices": tuple((self.names[choice], reading) for choice, reading in one.choices),
            **{d: say(d, parts) for d, parts in zip(DIMENSIONS, one.top, strict=True)},
            **{f"per_{d}": say(d, parts) for d, parts in zip(DIMENSIONS, below, strict=True)},
            "low": float("nan") if one.low is None else float(one.low),
            "high": float("nan") if one.high is None else float(one.high),
            "low_exact": one.low,
            "high_exact": one.high,
            "because": one.because,
        }


def read(dossier: Dossier) -> Interpretation:
    """Return a dossier read into its meaning.

    Raises
    ------
    TypeError
        Something else was given: the path of a dossier, or a draft.
    """
    if not isinstance(dossier, Dossier):
        raise TypeError(
            f"a dossier is needed, not {type(dossier).__name__}: bk.read_dossier(path) reads one "
            "from a folder, a workbook or a text; of a draft it is draft.dossier()"
        )
    vocabulary = Vocabulary(dossier.terms)
    return Interpretation(dossier, vocabulary, claim_premises(dossier, vocabulary))


def interpret(dossier: Dossier) -> pd.DataFrame:
    """Return every claim under each of its readings, with resolved scope and bounds.

    Returns
    -------
    DataFrame
        One row for a claim under one reading: `claim`, `origin`, `kind` (count or ratio),
        `reading` (a label, "as printed" where there is only one), `choices` (pairs of variable
        and reading), the eight scope columns with their words resolved ("" = not stated),
        `low` and `high` (float, NaN = open) after the hedge, `low_exact` and `high_exact`
        (Fraction or None), `because`.
    """
    return read(dossier).frame


def widest_of(premises: Iterable[Premise], vocabulary: Vocabulary) -> Widest:
    """Return the parts of each dimension that hold all others that some claims use."""
    scopes = [s for premise in premises for one in premise.readings for s in scopes_of(one)]
    return Space(vocabulary, scopes).widest


def choice_names(premises: Iterable[Premise]) -> dict[Choice, str]:
    """Return a short name for each variable: the claim, the word, or the word and its origin."""
    found = choices_of(readings_of(premises))
    claims = {choice.owner for choice in found if choice.kind == "claim"}
    words = [choice.word for choice in found if choice.kind == "term"]
    names = {}
    for choice in found:
        if choice.kind == "claim":
            names[choice] = choice.owner
        else:
            word = choice.word
            alone = words.count(word) == 1 and word not in claims
            names[choice] = word if alone else f"{word} ({choice.owner})"
    if len(set(names.values())) < len(names):  # one word in two dimensions
        names = {v: f"{n} as a {v.dimension}" if v.kind == "term" else n for v, n in names.items()}
    return names
