"""What goes wrong with drawn tables, and the smallest part of them in which just that does."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable
from pathlib import Path

Tables = dict[str, list[dict[str, str]]]
Wrong = Callable[[Tables], str]
TOO_LONG = "too long for the judge"  # which is neither right nor wrong, and is not reduced


def told(tables: Tables, wrong: Wrong) -> tuple[str, str]:
    """Return of which kind it is what goes wrong with tables, and what is said; "" where nothing.

    A disagreement is of the kind of its first word, a fault of its type and of where it comes up.
    """
    try:
        said = wrong(tables)
    except Exception as fault:
        at = traceback.extract_tb(fault.__traceback__)[-1]
        kind = f"{type(fault).__name__} in {Path(at.filename).name}:{at.lineno}"
        return kind, f"{kind}: {fault}"
    word = re.search("[a-z]+", said)
    return word[0] if word else said, said


def reduced(tables: Tables, wrong: Wrong) -> Tables:
    """Return the smallest part of tables with which the same goes wrong; words keep their rows."""
    kind, _ = told(tables, wrong)
    shrinking = True
    while shrinking:
        shrinking = False
        for smaller in _smaller(tables):
            if told(smaller, wrong)[0] == kind:
                tables, shrinking = smaller, True
                break
    return tables


def _smaller(tables: Tables):
    """Yield tables with one row fewer, without readings of claims that are gone."""
    for name, rows in tables.items():
        for n in range(len(rows)) if name != "terms" else ():
            fewer = {**tables, name: [*rows[:n], *rows[n + 1 :]]}
            known = {claim["claim"] for claim in fewer["claims"]}
            if "readings" in fewer:
                fewer["readings"] = [r for r in fewer["readings"] if r["claim"] in known]
            if known:
                yield fewer


def looked_at(tables: Tables, wrong: Wrong) -> str:
    """Return what goes wrong with tables and the smallest part of them, "" where nothing does."""
    _, said = told(tables, wrong)
    return f"{said}\n  {reduced(tables, wrong)}" if said not in ("", TOO_LONG) else said
