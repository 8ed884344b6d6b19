"""The claims arranged for reading: in words, by chain, place, time and reading."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from bakhmut import check
from bakhmut.consistency.arranged import (  # fmt: skip
    left_open,
    resting_on,
    telling_bounds,
    thresholds,
    what_ifs,
)
from bakhmut.dossier.claims import build_dossier
from bakhmut.drafting.drafts import draft_text
from bakhmut.views.sourcing import (
    accounts,
    coverage,
    in_brief,
    ratio_readings,
    read_reference,
    relays,
    statements,
    ways_to_read,
    word_readings,
)

COUNT = {"claim": "one", "quote": "ten", "side": "Red", "low": "10", "high": "10"}


@pytest.fixture(scope="module")
def checked(article):
    return check(article)


def test_every_claim_is_stated_in_words(article):
    rows = statements(article).set_index("claim")
    assert list(rows.index) == list(article.claims["claim"])
    assert rows.loc["lede", "what"] == "Russia lost per Ukraine killed, in Bakhmut"
    assert rows.loc["ukraine-total", "figure"] == "may be more than 120,000"
    assert rows.loc["ukraine-losses", "figure"] == "no number"
    assert rows.loc["lede", "through"] == "CNN"
    assert rows.loc["russia-total", "through"] == "the text itself"


@pytest.mark.parametrize(
    ("low", "high", "hedge", "words"),
    [
        ("10", "10", "", "10"),
        ("10", "12", "", "10 to 12"),
        ("10", "", "", "at least 10"),
        ("", "12", "", "up to 12"),
        ("", "12", "nearly", "nearly 12"),
    ],
)
def test_a_number_keeps_its_hedge(low, high, hedge, words):
    row = COUNT | {"low": low, "high": high, "hedge": hedge}
    assert statements(build_dossier({"claims": [row]}))["figure"].tolist() == [words]


def test_a_restatement_says_what_changed_since_the_first_statement(outbreak):
    row = relays(outbreak).set_index("claim").loc["ratio-headline"]
    assert row["restated"]
    assert row["root"] == "ratio-said"
    assert row["hedge_lost"] == "at least"
    assert row["reworded"]
    assert row["wording"] == "ill per ill"


def test_the_article_restates_lost_per_killed_as_casualties(article):
    rows = relays(article).set_index("claim")
    assert rows.loc["lede", "wording"] == "lost per killed"
    assert rows.loc["bullet-five-times", "wording"] == "casualties per casualties"
    assert set(rows.index[rows["reworded"]]) == {
        "loss-ratio", "bullet-five-times", "casualty-ratio",
    }  # fmt: skip


def test_the_first_statement_leads_its_chain():
    rows = [
        COUNT | {"claim": "later", "source": "A", "repeats": "first"},
        COUNT | {"claim": "other", "source": "B"},
        COUNT | {"claim": "first", "source": "A", "hedge": "about"},
    ]
    frame = relays(build_dossier({"claims": rows}))
    assert frame["claim"].tolist() == ["first", "later", "other"]
    assert frame["hedge_lost"].tolist() == ["", "about", ""]


def test_claims_of_one_scope_share_a_row_of_coverage(article):
    rows = coverage(article)
    assert sorted(map(len, rows["claims"])) == [1, 1, 2, 4]
    stated = rows[rows["period"].ne("not stated")]
    assert stated["end"].tolist() == [pd.Timestamp("2023-03-06"), pd.Timestamp("2023-02-28")]
    assert rows.loc[rows["period"].eq("not stated"), "start"].isna().all()


def test_only_opposed_accounts_are_set_side_by_side(article):
    assert set(accounts(article)["stance"]) == {"stay", "leave"}
    claims = [COUNT]
    account = {"claim": "a", "quote": "held", "topic": "the town", "stance": "stay"}
    agreed = [account, account | {"claim": "b", "quote": "it was held"}]
    assert accounts(build_dossier({"claims": claims, "positions": agreed})).empty


def test_a_word_is_listed_with_all_that_use_it_under_any_name(article):
    rows = word_readings(article)
    lost = rows[rows["word"].eq("lost")]
    assert lost["reading"].tolist() == ["killed", "casualties"]
    # "losses" is the noun of "lost": its claims hang on the same reading
    assert set(lost["used_by"].iloc[0]) >= {"lede", "loss-ratio", "russia-total"}


def test_a_word_has_one_row_with_every_way_to_take_it(article):
    rows = ways_to_read(article).set_index("word")
    assert len(rows.loc["casualties", "ways"]) == 2
    six = rows.loc["five times more casualties in Bakhmut than Ukraine", "ways"]
    assert any(way.startswith("six times as many (6): ") for way in six)


def test_ratios_are_told_apart_by_what_their_readings_count(article):
    rows = ratio_readings(article).set_index("counts")
    assert rows.loc["Russia killed per Ukraine killed", "ratios"] == ("5", "4.5 to 5.5")
    mixed = rows.loc["Russia killed + wounded per Ukraine killed"]
    assert mixed["claims"] == ("lede",)


def test_reference_tables_are_empty_for_another_story(article, outbreak):
    for name in ("general_staff_total", "wounded_per_killed"):
        assert len(read_reference(name, article)) > 20
        assert read_reference(name, outbreak).empty


def test_thresholds_of_one_value_stand_in_one_row(checked, article):
    rows = thresholds(checked.conflicts, article)
    assert not rows.duplicated(["assumption", "bound", "exact"]).any()
    told = {name for names in rows["conflicts"] for name in names.split(", ")}
    with_one = checked.conflicts[checked.conflicts["thresholds"].map(len).gt(0)]
    assert told == set(with_one["conflict"])
    assert rows["what"].isin(["Ukraine, wounded per killed", "Russia, wounded per killed"]).all()


def test_the_nearest_threshold_comes_first(checked, article):
    rows = thresholds(checked.conflicts, article)
    ends = np.where(rows["bound"].eq("low"), rows["low"], rows["high"])
    apart = np.abs(rows["value"] / ends - 1)
    assert (np.diff(apart) >= -1e-12).all()


def test_what_a_draft_did_not_find_is_no_name_in_any_view():
    made = draft_text("The ministry counted three times fewer marchers.").dossier()
    assert "side not stated (" in made.claims["side"].iloc[0]  # so that it is not compared
    frames = (statements(made), coverage(made), ratio_readings(made))
    assert all("not stated (" not in frame.to_csv() for frame in frames)


def test_what_ifs_are_those_that_set_side_against_side(article):
    assert what_ifs(article) == ("bakhmut-ratio-war-wide",)


def test_conflicts_that_rest_on_an_assumption_are_found(checked):
    name = "wounded-per-killed-russia"
    found = resting_on(checked.conflicts, [name])
    expected = checked.conflicts["assumptions"].map(lambda used: name in used)
    assert found["conflict"].tolist() == checked.conflicts.loc[expected, "conflict"].tolist()
    assert resting_on(checked.conflicts.head(0), [name]).empty


def test_the_largest_share_of_the_city_is_among_the_bounds(checked):
    rows = telling_bounds(checked)
    narrow = rows.loc[rows["quantity"].str.contains("Ukraine, killed.*Bakhmut"), "narrowest"]
    assert narrow.str.contains("30,754").any()
    # 30,754 / 120,001 is 25.6 per cent: "more than 120,000" is at least 120,001
    assert narrow.eq("at most 25.6 %").any()


def test_a_bound_that_says_nothing_is_left_out(checked):
    rows = telling_bounds(checked)
    assert not rows["narrowest"].isin(["at least 0", "at least 1", "no number"]).any()


def test_what_was_left_undecided_is_told_whole(checked):
    assert left_open(checked).empty
    assert in_brief(["a", "b", "a", "c", "d"]) == "a, b, c and 1 more"
