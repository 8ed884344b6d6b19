"""Figures that restate another: a headline's, or the same number of the same thing said again."""

from __future__ import annotations

from bakhmut.drafting.numerals import FRACTIONS  # noqa: F401  (kept near the numbers it belongs to)


def restatements(
    claims: list[dict[str, str]], evidence: list[dict[str, object]]
) -> tuple[list[dict[str, str]], list[dict[str, object]]]:
    """Return the claims with `repeats` filled, and the evidence for it."""
    spans = {
        row["claim"]: (row["start"], row["end"], row["value"])
        for row in evidence
        if row["field"] == "number"
    }
    first: dict[tuple[str, ...], str] = {}
    more: list[dict[str, object]] = []
    body = [row for row in claims if row["locator"].startswith("paragraph")]
    above = [row for row in claims if not row["locator"].startswith("paragraph")]
    for row in (*body, *above):
        same = _same(row)
        root = first.get(same)
        if root is None:
            first[same] = row["claim"]
        elif row["low"] or row["high"]:
            row["repeats"] = root
            start, end, value = spans[root]
            more.append({"claim": row["claim"], "field": "repeats", "value": root, "start": start, "end": end,
                         "rule": "same number of the same", "sure": "inferred", "confirmed": ""})  # fmt: skip
    return claims, more


def _same(row: dict[str, str]) -> tuple[str, ...]:
    alike = {"lost": "killed", "losses": "killed", "casualties": "killed"}
    measure = alike.get(row["measure"], row["measure"])
    return (row["low"], row["high"], "/" if row["per_measure"] or row["per_side"] else "", measure)
