"""What follows from the cells of a claim: its kind, its origin, its numbers and its days."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from bakhmut.dossier.parsing.hedging import hedges
from bakhmut.dossier.parsing.notation import parse_date, parse_number, parse_period, parse_sum
from bakhmut.dossier.tables import PER

Word = TypeVar("Word", bound=Hashable)
DERIVED = (
    *("kind", "origin", "low_value", "high_value"),
    *("period_start", "period_end", "published_on"),
)


def derive(claims: pd.DataFrame) -> pd.DataFrame:
    """Return the claims with what follows from their cells."""
    cells = {name: column.tolist() for name, column in claims.items()}
    is_ratio = [any(per) for per in zip(*(cells[column] for column in PER), strict=True)]
    is_difference = ["difference" in hedges(text) for text in cells["hedge"]]
    periods = [_period(text) for text in cells["period"]]
    published = [parse_date(text)[0] if text else None for text in cells["published"]]
    return claims.assign(
        kind=np.where(is_ratio, np.where(is_difference, "difference", "ratio"), "count"),
        origin=_origins(cells),
        low_value=_values(cells["low"]),
        high_value=_values(cells["high"]),
        period_start=_days(first for first, _ in periods),
        period_end=_days(last for _, last in periods),
        published_on=_days(published),
    )


def _values(texts: Iterable[str]) -> list[float]:
    return [float(parse_number(text)) if text else float("nan") for text in texts]


def _period(text: str) -> tuple[date | None, date | None]:
    return (parse_period(text) if "+" not in text else None) or (None, None)


def _days(days: Iterable[date | None]) -> np.ndarray:
    # Seconds, not nanoseconds: those end in 2262.
    return np.array(list(days), dtype="datetime64[s]")


_CONFIRMED = frozenset(("yes", "y", "x", "true", "1", "ok", "ja", "oui", "si", "sí", "✓", "✔"))


def is_confirmed(mark: str) -> bool:
    """Return whether a mark in `confirmed` says yes: "no", "?" and a blank do not."""
    return mark.strip().casefold() in _CONFIRMED


def is_open(sure: str, mark: str) -> bool:
    """Return whether a drafted cell waits for somebody: not read off the words, nor confirmed."""
    return sure != "read" and not is_confirmed(mark)


def unread(evidence: pd.DataFrame) -> dict[str, frozenset[str]]:
    """Return the drafted claims that nobody has confirmed, each with the fields that somebody has.

    What such a claim leaves blank was not found by the program that drafted it; that is no word
    of the text, which may well say it elsewhere.
    """
    said: dict[str, dict[str, bool]] = {}
    columns = (evidence[name] for name in ("claim", "field", "confirmed"))
    for claim, field, confirmed in zip(*columns, strict=True):
        said.setdefault(claim, {})[field] = is_confirmed(confirmed)
    return {
        claim: frozenset(field for field, yes in fields.items() if yes)
        for claim, fields in said.items()
        if not all(fields.values())
    }


# What is printed and compared with no other figure, and what is said of it.
STANDINGS = {
    "corrected": "was corrected",
    "withdrawn": "was withdrawn",
    "denied": "was denied",
    "apart": "counts a part, more, or another time",
}


def set_aside(claims: pd.DataFrame) -> set[str]:
    """Return the claims that were taken back or set apart: compared only where that is asked."""
    return set(claims.loc[claims["standing"].ne(""), "claim"])


NOT_FOUND = " not stated ("  # in the name that a draft gives to a side or measure it has not found


def headlines(claims: pd.DataFrame) -> set[str]:
    """Return the claims that stand in the headline."""
    return set(claims["claim"][claims["locator"].astype(str).str.startswith("headline")])


def stated(word: str) -> str:
    """Return a word of a claim, "" for the name that a draft gives to what it has not found."""
    return "" if NOT_FOUND in word else word


def roots(claims: pd.DataFrame | Mapping[Any, Sequence[str]]) -> dict[str, str]:
    """Return for each claim the one that it restates in the end: itself, if it restates none."""
    repeats = dict(zip(claims["claim"], claims["repeats"], strict=True))
    found: dict[str, str] = {}
    for claim in repeats:
        chain = []
        at = claim
        while at not in found and repeats.get(at):
            chain.append(at)
            at = repeats[at]
        found.update(dict.fromkeys([*chain, at], found.get(at, at)))
    return found


def reached(start: Iterable[Word], step: Callable[[Word], Iterable[Word] | None]) -> list[Word]:
    """Return where some words lead to, step by step, they themselves first.

    >>> reached(["city"], {"city": ["land"], "land": ["world"], "sea": ["world"]}.get)
    ['city', 'land', 'world']
    """
    found = dict.fromkeys(start)
    waiting = list(found)
    while waiting:
        fresh = [word for word in step(waiting.pop()) or () if word not in found]
        found.update(dict.fromkeys(fresh))
        waiting += fresh
    return list(found)


def contents(terms: pd.DataFrame, kind: str) -> dict[str, set[str]]:
    """Return for each word of one kind all that the terms place in it, at any depth."""
    direct: dict[str, set[str]] = {}
    rows = terms[terms["kind"].eq(kind)]
    for word, means in zip(rows["term"], rows["means"], strict=True):
        direct.setdefault(word, set()).update(parse_sum(means)[0])
    return {word: {*reached([word], direct.get)} - {word} for word in direct}


def _origins(claims: Mapping[Any, Sequence[str]]) -> list[str]:
    """Return for each claim the source at the root of its chain of restatements."""
    texts = set(claims["article"]) - {""}
    root = roots(claims)
    source = {}
    for claim, name, article in zip(
        claims["claim"], claims["source"], claims["article"], strict=True
    ):
        source[claim] = name or ("the text" if len(texts) < 2 else f"the text {article}".strip())
    return [source[root[claim]] for claim in claims["claim"]]
