"""A dossier taken otherwise, and texts taken one by one."""

import pytest

from bakhmut.claims import build_dossier, read_dossier
from bakhmut.edits import Edit, only, rebuilt, tables_of, taken
from bakhmut.summary import texts


@pytest.fixture(scope="module")
def article():
    return read_dossier()


def test_the_tables_of_a_dossier_give_the_same_dossier_back(article):
    assert rebuilt(tables_of(article)).sha256 == article.sha256


def test_an_edit_sets_cells_and_drops_the_readings_of_the_old_ones(article):
    edit = Edit("as six", {"lede": {"low": "6", "high": "6"}})
    part = taken(article, ["lede", "russia-total"], edit)
    low = part.claims.set_index("claim")["low"]
    assert low.to_dict() == {"lede": "6", "russia-total": "153,770"}
    assert "lede" in set(article.readings["claim"])
    assert part.readings.empty


def test_an_edit_of_the_measure_keeps_the_readings_of_the_number(article):
    part = taken(article, ["lede"], Edit("as killed", {"lede": {"measure": "killed"}}))
    assert set(part.readings["field"]) == {"low", "high"}


def test_an_edit_leaves_claims_out_and_the_dossier_as_it_was(article):
    before = article.claims.copy()
    part = taken(article, ["lede", "russia-total"], Edit("without it", without=("lede",)))
    assert part.claims["claim"].tolist() == ["russia-total"]
    assert article.claims.equals(before)


def test_a_restatement_without_its_root_keeps_the_voice(article):
    # "bullet-five-times" restates "lede"; alone it is still the official's.
    part = rebuilt(only(tables_of(article), ["bullet-five-times"]))
    (row,) = part.claims.itertuples()
    assert (row.repeats, row.origin) == ("", "unnamed NATO military official")


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
