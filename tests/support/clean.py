"""Claims as a clean text would give them, among known sources, with the shipped words."""

from __future__ import annotations

from bakhmut.dossier.claims import Dossier, build_dossier, read_dossier

WAR = "2022-02-24/2023-03-06"


def count(claim: str, **cells: str) -> dict[str, str]:
    """A count as a clean text would give it; cells override."""
    row = {
        "claim": claim,
        "quote": f"{claim} was reported",
        "source": "Office of Records",
        "published": "2023-03-06",
        "side": "Russia",
        "measure": "killed",
        "place": "Bakhmut",
        "period": WAR,
        "low": "120",
        "high": "120",
    }
    return row | cells


def ratio(claim: str, **cells: str) -> dict[str, str]:
    """A ratio of two sides as a clean text would give it; cells override."""
    scope = {"per_side": "Ukraine", "per_measure": "killed", "per_place": "Bakhmut"}
    return count(claim, low="2", high="2") | scope | {"per_period": WAR} | cells


SOURCES = [
    {"source": "Office of Records", "kind": "research", "named": "yes"},
    {"source": "another office", "kind": "research", "named": "yes"},
    {"source": "an official", "kind": "government", "named": "no"},
    {"source": "Ukrainian army", "side": "Ukraine", "kind": "military", "named": "yes"},
    {"source": "Wagner", "side": "Wagner", "kind": "military", "named": "yes"},
]


def dossier_of(*claims: dict[str, str], **tables: object) -> Dossier:
    """Return a dossier of such claims; a table given stands in place of its own."""
    shipped = read_dossier()
    frames = {"claims": list(claims), "sources": SOURCES, "terms": shipped.terms}
    return build_dossier(frames | {"assumptions": shipped.assumptions} | tables)
