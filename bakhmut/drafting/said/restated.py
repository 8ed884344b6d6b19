"""Figures that restate another: a headline's, or the same number of the same thing said again."""

from __future__ import annotations

from collections.abc import Iterator

Row = dict[str, object]
# Words by which one text may name the same loss in its headline and in its body.
_ALIKE = {"lost": "killed", "losses": "killed", "casualties": "killed", "gone": "killed"}


def restatements(claims: list[dict[str, str]], evidence: list[Row]) -> list[Row]:
    """Fill `repeats` where a figure restates another, and return the evidence for it.

    A headline or bullet restates the body; within the body the later restates the earlier.
    """
    cells = {(row["claim"], row["field"]): row for row in evidence}
    roots: dict[tuple[str, ...], list[dict[str, str]]] = {}
    more: list[Row] = []
    for row in sorted(claims, key=lambda row: not row["locator"].startswith("paragraph")):
        kind = str(cells[row["claim"], "kind"]["value"])
        if not (row["low"] or row["high"]) and kind != "vague":
            continue
        same = roots.setdefault(
            (kind, row["low"], row["high"], _ALIKE.get(row["measure"], row["measure"])), []
        )
        root = next((one for one in same if _fits(one, row)), None)
        headline = not row["locator"].startswith("paragraph")
        telling = kind in ("ratio", "vague") or sum(map(str.isdigit, row["low"] or row["high"])) > 2
        if root and (headline or telling):
            row["repeats"] = root["claim"]
            at = cells[root["claim"], "number"]
            more += _scope_of(root, row, cells)
            more.append({"claim": row["claim"], "field": "repeats", "value": root["claim"],
                         "start": at["start"], "end": at["end"], "rule": "the same figure again",
                         "sure": "inferred", "confirmed": ""})  # fmt: skip
        else:
            same.append(row)
    return more


def _scope_of(
    root: dict[str, str], row: dict[str, str], cells: dict[tuple[object, object], Row]
) -> Iterator[Row]:
    """Fill the place and period that a restatement leaves out with those of what it restates."""
    for cell in ("place", "period"):
        if root[cell] and not row[cell]:
            row[cell] = root[cell]
            said = cells[root["claim"], cell]
            more = {"claim": row["claim"], "rule": "of the figure restated", "sure": "carried"}
            yield {**said, **more}


def _fits(one: dict[str, str], other: dict[str, str]) -> bool:
    """Whether no cell of the scope keeps two figures apart."""
    scope = ("side", "place", "per_side")
    return all(not one[c] or not other[c] or one[c] == other[c] for c in scope)
