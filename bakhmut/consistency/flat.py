"""Frames for a spreadsheet or a join: no lists in cells, one row a claim."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd


def flat(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame whose cells are single values: lists joined by "; ", pairs as "name: value".

    For `to_excel`, `to_csv` or a database, of any frame that the verbs return.

    >>> flat(pd.DataFrame({"claims": [("a", "b")], "readings": [{"a": "five"}]})).iloc[0].tolist()
    ['a; b', 'a: five']
    """
    cells = {
        name: [_cell(value) for value in column] if column.dtype == object else column
        for name, column in frame.items()
    }
    return pd.DataFrame(cells, index=frame.index, columns=frame.columns)


def _cell(value: object) -> object:
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {_cell(one)}" for name, one in value.items())
    if isinstance(value, tuple | list | set | frozenset):
        return "; ".join(str(_cell(one)) for one in value)
    return value


def conflicts_long(conflicts: pd.DataFrame) -> pd.DataFrame:
    """Return the conflicts as one row a claim in each, to join with `dossier.claims` on `claim`.

    Takes the frame of `find_conflicts`. Columns: `claim`, `conflict`, `status`, `others` (the other
    claims of the conflict) and `assumptions`, names joined by "; ", `margin` (the relative error in
    each figure that would reconcile them), `reason`. No column has the name of another of a claim.
    """
    columns = ["claim", "conflict", "status", "others", "assumptions", "margin", "reason"]
    rows = [
        [
            claim,
            row.conflict,
            row.status,
            "; ".join(other for other in row.claims if other != claim),
            "; ".join(row.assumptions),
            row.margin,
            row.because,
        ]
        for row in conflicts.itertuples()
        for claim in row.claims
    ]
    found = pd.DataFrame(rows, columns=columns)
    return found.astype({"status": conflicts["status"].dtype})
