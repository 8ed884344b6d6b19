"""The public verbs as a user calls them: mypy reads this, nothing runs it."""

from __future__ import annotations

from pathlib import Path
from typing import assert_type

import pandas as pd
from ipywidgets import Widget

import bakhmut as bk
from bakhmut.consistency.verbs import Check
from bakhmut.dossier.claims import build_dossier, new_dossier, verify_quotes, write_dossier
from bakhmut.dossier.parsing.hedging import hedges
from bakhmut.dossier.parsing.notation import parse_number


def read(path: str | Path) -> bk.Dossier:
    dossier = bk.read_dossier(path)
    assert_type(dossier, bk.Dossier)
    assert_type(dossier.claims, pd.DataFrame)
    assert_type(bk.read_dossier(), bk.Dossier)
    assert_type(build_dossier({"claims": [{"claim": "a", "low": "5"}]}), bk.Dossier)
    assert_type(build_dossier({"claims": dossier.claims}, name="mine"), bk.Dossier)
    assert_type(write_dossier(dossier, "copy"), Path)
    assert_type(new_dossier("mine"), Path)
    assert_type(verify_quotes("text", dossier), pd.DataFrame)
    assert_type(hedges("may; over"), tuple[str, ...])
    assert_type(float(parse_number("153,770")), float)
    return dossier


def decide(dossier: bk.Dossier) -> None:
    assert_type(bk.interpret(dossier), pd.DataFrame)
    assert_type(bk.check(dossier, assume=["bakhmut-ratio-war-wide"]), Check)
    assert_type(bk.decide(dossier), str)
    for frame in (
        bk.find_conflicts(dossier),
        bk.reading_matrix(dossier),
        bk.correct(dossier),
        bk.bound(dossier, side="Ukraine", measure="lost", place="Bakhmut"),
    ):
        assert_type(frame, pd.DataFrame)


def laid_out(dossier: bk.Dossier, frame: pd.DataFrame) -> None:
    assert_type(bk.build_dossier(frame), bk.Dossier)
    assert_type(bk.build_dossier([{"claim": "a", "low": 5.0}]), bk.Dossier)
    assert_type(bk.update(dossier, {"a": 5, "b": (1, 2)}, as_of="2023-03-07"), bk.Dossier)
    assert_type(bk.flat(bk.find_conflicts(dossier)), pd.DataFrame)
    assert_type(bk.conflicts_long(bk.find_conflicts(dossier)), pd.DataFrame)
    assert_type(bk.naive_quotients(dossier), pd.DataFrame)


def explored(dossier: bk.Dossier) -> None:
    assert_type(bk.explore(dossier), Widget)


def refused(error: bk.DossierError) -> list[str]:
    return error.problems
