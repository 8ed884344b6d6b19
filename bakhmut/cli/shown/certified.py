"""Conflicts with the sums that refute them, as plain JSON that others can check.

`docs/check_certificate.py` does, in less than 100 lines that import nothing of this package. The
format is in docs/method.md, "Certificates".
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from bakhmut.base.basis import LOW
from bakhmut.consistency.case import Case, case_of
from bakhmut.consistency.explain import by_itself, certificate_of
from bakhmut.dossier.claims import Dossier
from bakhmut.engine.proving.certificates import Step
from bakhmut.engine.verdicts import Conflict
from bakhmut.meaning.interpretation import read

FORMAT = "bakhmut-certificates-1"


def certified(dossiers: Iterable[Dossier], *, assume: Iterable[str] = ()) -> str:
    """Return the certificates of all conflicts of some texts as JSON.

    One object a text with its `name`, `sha256` and `conflicts`; of a conflict its `conflict`
    (name), `status`, `claims`, `assumptions` and `sums`, one for each way in which it fails: the
    `readings` and the `rows`, each `from` a claim or an assumption ("" by meaning alone), taken
    so many `times`: the `cells`, each so often, are `>=` or `<=` a `number`. Numbers are
    fractions as text.
    """
    asked = tuple(assume)
    texts = [
        {"name": dossier.name, "sha256": dossier.sha256, "conflicts": _conflicts(dossier, asked)}
        for dossier in dossiers
    ]
    return json.dumps({"format": FORMAT, "texts": texts}, indent=1, ensure_ascii=False) + "\n"


def _conflicts(dossier: Dossier, assume: tuple[str, ...]) -> list[dict[str, Any]]:
    case = case_of(read(dossier), assume)
    return [_conflict(case, conflict) for conflict in case.conflicts]


def _conflict(case: Case, conflict: Conflict) -> dict[str, Any]:
    names = sorted(conflict.premises, key=case.place.__getitem__)
    sums = []
    for core in conflict.cores:
        alone = by_itself(case, core, stated=not conflict.missing)
        if alone is None:
            raise ArithmeticError(f"{conflict.name} did not survive its proof")
        steps = certificate_of(*alone, core).steps
        sums.append({"readings": case.named(dict(core.world)), "rows": [_row(s) for s in steps]})
    return {
        "conflict": conflict.name,
        "status": conflict.status,
        "claims": [name for name in names if not case.by_name[name].is_assumption],
        "assumptions": [name for name in names if case.by_name[name].is_assumption],
        "sums": sums,
    }


def _row(step: Step) -> dict[str, Any]:
    return {
        "from": step.premise,
        "times": str(step.times),
        "cells": {str(cell): str(weight) for cell, weight in step.form},
        "is": ">=" if step.end == LOW else "<=",
        "number": str(step.value),
    }
