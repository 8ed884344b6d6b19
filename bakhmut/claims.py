"""Read and check a dossier: five small CSV tables in, typed frames out."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pandas as pd

DATA = Path(__file__).parent / "data"

TABLES = {
    "claims": [
        "claim", "article", "locator", "quote", "source", "via", "repeats", "published",
        "side", "measure", "place", "period",
        "per_side", "per_measure", "per_place", "per_period",
        "hedge", "low", "high", "url", "note",
    ],
    "sources": ["source", "side", "kind", "named", "note"],
    "terms": ["kind", "term", "reading", "means", "because"],
    "readings": ["claim", "reading", "field", "value", "because"],
    "positions": ["claim", "quote", "locator", "source", "via", "topic", "stance", "note"],
    "assumptions": [
        "assumption", "tier",
        "side", "measure", "place", "period",
        "per_side", "per_measure", "per_place", "per_period",
        "low", "high", "because", "url",
    ],
}  # fmt: skip


class DossierError(ValueError):
    """A dossier that cannot be used; `problems` has one sentence for each fault."""

    def __init__(self, problems: list[str]):
        self.problems = problems
        super().__init__("\n".join(problems))


@dataclass(frozen=True, eq=False)
class Dossier:
    """The tables of a dossier, checked and typed. Blank text is "", an open number NaN."""

    name: str
    folder: Path | None
    sha256: str
    claims: pd.DataFrame
    sources: pd.DataFrame
    terms: pd.DataFrame
    readings: pd.DataFrame
    positions: pd.DataFrame
    assumptions: pd.DataFrame


def parse_number(text: str) -> Fraction:
    """Return a number as printed ("153,770", "153 770", "4.5") as an exact fraction."""
    plain = re.sub(r"(?<=\d)[,\s\u00a0\u2009\u202f](?=\d{3}(\D|$))", "", text.strip())
    if not re.fullmatch(r"\d+(\.\d+)?", plain):
        raise ValueError(f"{text!r} is not a number")
    return Fraction(plain)


def read_dossier(path: str | Path | None = None) -> Dossier:
    """Return the dossier in a folder or a claims.csv; without a path, the article's."""
    place = Path(path) if path is not None else DATA / "article"
    folder = place.parent if place.is_file() else place
    frames = {}
    digest = hashlib.sha256()
    for table, columns in TABLES.items():
        file = folder / f"{table}.csv"
        if table == "claims" and place.is_file():
            file = place
        if not file.exists():
            file = DATA / "article" / f"{table}.csv"
        digest.update(file.read_bytes())
        frame = pd.read_csv(file, dtype=str, keep_default_na=False)
        frames[table] = frame.reindex(columns=columns, fill_value="")
    claims = frames["claims"]
    ratio = claims[["per_side", "per_measure", "per_place", "per_period"]].ne("").any(axis=1)
    claims["kind"] = ratio.map({True: "ratio", False: "count"})
    repeats = dict(zip(claims["claim"], claims["repeats"], strict=True))
    source = dict(zip(claims["claim"], claims["source"], strict=True))

    def origin(claim: str) -> str:
        while repeats[claim]:
            claim = repeats[claim]
        return source[claim]

    claims["origin"] = claims["claim"].map(origin)
    for end in ("low", "high"):
        claims[f"{end}_value"] = [
            float(parse_number(text)) if text else float("nan") for text in claims[end]
        ]
    return Dossier(folder.name, folder, digest.hexdigest(), **frames)
