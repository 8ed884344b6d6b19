"""Frames without lists in cells, and words that sort as one expects."""

from __future__ import annotations

import pandas as pd
import pytest

import bakhmut as bk


@pytest.fixture(scope="module")
def check(article):
    return bk.check(article)


def test_no_cell_of_a_flat_frame_is_a_list(check, tmp_path):
    flat = bk.flat(check.conflicts)
    assert list(flat.columns) == list(check.conflicts.columns)
    assert not any(isinstance(cell, tuple | list | dict) for cell in flat.to_numpy().ravel())
    flat.to_excel(tmp_path / "conflicts.xlsx", index=False)
    again = pd.read_excel(tmp_path / "conflicts.xlsx")
    assert again["claims"].tolist() == ["; ".join(row) for row in check.conflicts["claims"]]


def test_a_conflict_has_a_row_for_each_of_its_claims(article, check):
    long = bk.conflicts_long(check.conflicts)
    assert len(long) == check.conflicts["claims"].map(len).sum()
    lede = long[long["claim"].eq("lede")]
    assert list(lede["conflict"]) == [
        row.conflict for row in check.conflicts.itertuples() if "lede" in row.claims
    ]
    assert all("lede" not in others.split("; ") for others in lede["others"])
    joined = article.claims.merge(long, on="claim")
    assert not any(name.endswith(("_x", "_y")) for name in joined.columns)


def test_nothing_in_conflict_is_a_frame_without_rows():
    one = bk.find_conflicts(bk.build_dossier({"claims": [{"claim": "a", "low": "1"}]}))
    assert bk.conflicts_long(one).empty and bk.flat(one).empty


def test_status_and_severity_sort_by_gravity(article, check):
    status = check.conflicts["status"]
    # The gravest first, but for what needs an unusual reading ("five times more" as six).
    assert status.cat.ordered and status.max() == "contradiction-in-some-readings"
    assert (status >= "conflicts-with-assumption").all()
    flags = bk.flag(article, check)
    words = flags.sort_values("severity", ascending=False, kind="stable")["severity"].tolist()
    assert words == flags["severity"].tolist() and words[0] == "serious"
    assert set(flags.loc[flags["severity"] >= "caution", "severity"]) <= {"serious", "caution"}


def test_a_notebook_shows_dossier_and_check_with_every_cell_escaped(check):
    rows = [{"claim": "a", "quote": "<script>x</script>", "source": "<b>", "low": "5", "url": "u"}]
    shown = bk.build_dossier({"claims": rows}, name="<i>")._repr_html_()
    assert "<script>" not in shown and "&lt;script&gt;" in shown and "&lt;i&gt;" in shown
    assert "at least 5" in shown
    html = check._repr_html_()
    assert "conflict-1" in html and "bullet-five-times; casualty-ratio" in html


def test_newer_figures_are_taken_in_any_type(article):
    for value in (154_830, 154_830.0, "154,830", (154_830, 154_830)):
        newer = bk.update(article, {"russia-total": value}, as_of="2023-03-07")
        row = newer.claims.set_index("claim").loc["russia-total"]
        assert (row["low_value"], row["published"]) == (154_830, "2023-03-07")
    with pytest.raises(bk.DossierError, match="is not a claim of this dossier"):
        bk.update(article, {"russia-totals": 1})
