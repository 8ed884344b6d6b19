"""What follows from the cells of a claim: its kind, its origin, its numbers and its days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np
import pandas as pd

from bakhmut.dossier.notation import parse_date, parse_number, parse_period
from bakhmut.dossier.tables import PER

DERIVED = (
    *("kind", "origin", "low_value", "high_value"),
    *("period_start", "period_end", "published_text"),
)


def derive(claims: pd.DataFrame) -> pd.DataFrame:
    """Return the claims with what follows from their cells."""
    is_ratio = (claims[list(PER)] != "").any(axis=1)
    periods = [_period(text) for text in claims["period"]]
    published = [parse_date(text)[0] if text else None for text in claims["published"]]
    return claims.assign(
        kind=np.where(is_ratio, "ratio", "count"),
        origin=_origins(claims),
        low_value=_values(claims["low"]),
        high_value=_values(claims["high"]),
        period_start=_days(first for first, _ in periods),
        period_end=_days(last for _, last in periods),
        published_text=claims["published"],
        published=_days(published),
    )


def _values(texts: Iterable[str]) -> list[float]:
    return [float(parse_number(text)) if text else float("nan") for text in texts]


def _period(text: str) -> tuple[date | None, date | None]:
    return (parse_period(text) if "+" not in text else None) or (None, None)


def _days(days: Iterable[date | None]) -> np.ndarray:
    # Seconds, not nanoseconds: those end in 2262.
    return np.array(list(days), dtype="datetime64[s]")


def _origins(claims: pd.DataFrame) -> list[str]:
    """Return for each claim the source at the root of its chain of restatements."""
    texts = set(claims["article"]) - {""}
    root = dict(zip(claims["claim"], claims["repeats"], strict=True))
    source = {}
    for claim, name, article in zip(
        claims["claim"], claims["source"], claims["article"], strict=True
    ):
        source[claim] = name or ("the text" if len(texts) < 2 else f"the text {article}".strip())
    for claim in root:
        chain = [claim]
        while root[chain[-1]]:
            chain.append(root[chain[-1]])
        for link in chain[:-1]:
            root[link] = chain[-1]
    return [source[root[claim] or claim] for claim in claims["claim"]]
