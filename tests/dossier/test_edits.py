"""A dossier taken otherwise, and texts taken one by one."""

from copy import deepcopy

import pandas as pd
import pytest

from bakhmut.dossier.changed.edits import Edit, only, part, rebuilt, tables_of, taken
from bakhmut.dossier.claims import build_dossier
from bakhmut.findings.summary import texts


@pytest.fixture(scope="module")
def rows(article):
    tables = tables_of(article)
    return {row["claim"]: row for row in tables["claims"]}, tables["readings"]


def test_the_tables_of_a_dossier_give_the_same_dossier_back(article):
    assert rebuilt(tables_of(article)).sha256 == article.sha256


def test_an_edit_sets_cells_and_drops_the_readings_of_the_old_ones(article, rows):
    (row,), readings = taken(*rows, Edit("as six", {"lede": {"low": "6", "high": "6"}}))
    assert (row["claim"], row["low"], row["measure"]) == ("lede", "6", "lost")
    assert "lede" in set(article.readings["claim"])
    assert readings == []


def test_an_edit_of_the_measure_keeps_the_readings_of_the_number(rows):
    _, readings = taken(*rows, Edit("as killed", {"lede": {"measure": "killed"}}))
    assert {row["field"] for row in readings} == {"low", "high"}
    assert {row["claim"] for row in readings} == {"lede"}


def test_an_edit_leaves_the_rows_as_they_were(rows):
    before = deepcopy(rows)
    taken(*rows, Edit("as six", {"lede": {"low": "6", "high": "6"}}))
    assert rows == before


def test_a_restatement_without_its_root_keeps_the_voice(article):
    # "bullet-five-times" restates "lede"; alone it is still the official's.
    part = rebuilt(only(tables_of(article), ["bullet-five-times"]))
    (row,) = part.claims.itertuples()
    assert (row.repeats, row.origin) == ("", "unnamed NATO military official")


def test_a_part_is_what_its_own_tables_would_give(article):
    # What is derived for the whole holds for the part: nothing is derived anew.
    ids = ["bullet-five-times", "russia-total"]
    quick, anew = part(article, ids, "a part"), rebuilt(only(tables_of(article), ids), "a part")
    for table in ("claims", "sources", "terms", "readings", "positions", "assumptions"):
        pd.testing.assert_frame_equal(getattr(quick, table), getattr(anew, table))
    assert quick.name == anew.name


def test_a_dossier_of_one_text_is_that_text(article):
    assert texts(article) == [article]


def test_each_text_has_its_own_claims_and_the_first_the_accounts(article):
    tables = tables_of(article)
    for row in tables["claims"]:
        row["article"] = "late" if row["claim"].endswith("-total") else "early"
    early, late = texts(build_dossier(tables))
    assert [early.name, late.name] == ["early", "late"]
    assert late.claims["claim"].tolist() == ["russia-total", "ukraine-total"]
    assert len(early.claims) == 6
    assert len(early.positions) == len(article.positions) and late.positions.empty
