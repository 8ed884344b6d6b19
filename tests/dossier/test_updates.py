"""Newer figures in place of printed ones: what changes, what stays, what is refused."""

from __future__ import annotations

import pytest

from bakhmut.dossier.changed.updates import apply_updates
from bakhmut.dossier.claims import DossierError, build_dossier


def updated(dossier, *updates, as_of=None):
    return apply_updates(dossier, updates, as_of=as_of)


def row(dossier, claim):
    return dossier.claims.set_index("claim").loc[claim]


def refusal(dossier, *updates, as_of=None):
    with pytest.raises(DossierError) as caught:
        apply_updates(dossier, updates, as_of=as_of)
    return caught.value.problems


def test_a_new_figure_takes_the_place_of_both_ends_of_a_point(article):
    new, changes = updated(article, "russia-total=154,830")
    assert tuple(row(new, "russia-total")[["low", "high"]]) == ("154,830", "154,830")
    assert row(new, "russia-total")["low_value"] == 154_830
    assert changes[["claim", "field", "before", "after"]].to_numpy().tolist() == [
        ["russia-total", "figure", "153,770", "154,830"]
    ]


def test_the_quote_stays_and_the_note_says_what_was_printed(article):
    new, _ = updated(article, "russia-total=154,830")
    assert row(new, "russia-total")["quote"] == "lost 153,770 personnel"
    assert row(new, "russia-total")["note"].endswith("Printed: 153,770; updated.")


def test_the_dossier_given_is_left_as_it_is(article):
    before = article.claims.copy()
    new, _ = updated(article, "russia-total=154,830", as_of="2023-03-07")
    assert article.claims.equals(before)
    assert new.sha256 != article.sha256


def test_an_open_end_stays_open_and_the_hedge_stays(article):
    new, changes = updated(article, "ukraine-total=131,000")
    assert tuple(row(new, "ukraine-total")[["hedge", "low", "high"]]) == (
        "may; more than",
        "131,000",
        "",
    )
    assert changes["after"].tolist() == ["may be more than 131,000"]


def test_as_of_moves_the_date_and_the_end_of_the_period(article):
    new, changes = updated(article, "russia-total=154,830", as_of="2023-03-07")
    assert row(new, "russia-total")["period"] == "2022-02-24/2023-03-07"
    assert row(new, "russia-total")["published"] == "2023-03-07"
    assert changes["field"].tolist() == ["figure", "published", "period"]


def test_as_of_moves_nothing_of_the_other_claims(article):
    new, _ = updated(article, "russia-total=154,830", as_of="2023-03-07")
    others = article.claims["claim"].ne("russia-total")
    assert new.claims[others].equals(article.claims[others])


def test_readings_of_the_old_figure_go_with_it_and_are_listed(article):
    new, changes = updated(article, "lede=6")
    assert not new.readings["claim"].eq("lede").any()
    assert new.readings["claim"].eq("loss-ratio").any()
    gone = changes[changes["field"].eq("reading")]
    assert gone["before"].tolist() == ["exactly five", "rounded to five"]


def test_restatements_that_keep_their_figure_are_named(article):
    _, changes = updated(article, "lede=6")
    assert "loss-ratio, bullet-five-times, casualty-ratio" in changes["because"].iloc[0]


def test_a_range_takes_a_range():
    claims = [{"claim": "both", "low": "20,000", "high": "30,000", "side": "Russia"}]
    dossier = build_dossier({"claims": claims})
    new, _ = updated(dossier, "both=25,000 to 35,000")
    assert tuple(row(new, "both")[["low_value", "high_value"]]) == (25_000, 35_000)
    assert "prints a range, '20,000 to 30,000'; give both ends" in refusal(dossier, "both=5")[0]


def test_a_period_that_is_a_single_day_or_a_term_is_not_moved():
    claims = [
        {"claim": "day", "low": "1", "high": "1", "period": "2023-03-11"},
        {"claim": "word", "low": "1", "high": "1", "period": "the siege"},
    ]
    new, _ = updated(build_dossier({"claims": claims}), "day=2", "word=2", as_of="2023-04-01")
    assert new.claims["period"].tolist() == ["2023-03-11", "the siege"]


@pytest.mark.parametrize(
    ("update", "sentence"),
    [
        ("russia-total", "--set: 'russia-total' is not CLAIM=VALUE; write it like"),
        ("russia-total=", "--set: 'russia-total=' is not CLAIM=VALUE"),
        ("russia-totl=1", "'russia-totl' is not a claim of this dossier; did you mean"),
        ("russia-total=many", "--set russia-total: 'many' is not a number"),
        ("russia-total=5,5", "write 5.5 with a decimal point"),
        ("russia-total=-3", "is negative"),
        ("russia-total=9 to 3", "'9' is above the other end; write the lower one first"),
        ("ukraine-losses=4", "--set ukraine-losses: has no figure to replace"),
        ("ukraine-total=1 to 2", "prints 'may be more than 120,000', open at one end"),
    ],
)
def test_a_wrong_update_is_refused_in_one_sentence(article, update, sentence):
    problems = refusal(article, update)
    assert len(problems) == 1
    assert sentence in problems[0]


def test_all_faults_are_named_together(article):
    assert len(refusal(article, "nobody=1", "lede=x", "russia-total=2", "russia-total=3")) == 3


@pytest.mark.parametrize(
    ("as_of", "sentence"),
    [
        ("2023-03", "--as-of: '2023-03' is not one day"),
        ("yesterday", "--as-of: 'yesterday' is not a date"),
        ("2021-01-01", "begins on 2022-02-24, after the day of --as-of, 2021-01-01"),
    ],
)
def test_a_wrong_day_is_refused_in_one_sentence(article, as_of, sentence):
    assert sentence in refusal(article, "russia-total=1", as_of=as_of)[0]


def test_each_figure_may_have_a_day_of_its_own(article):
    days = ["2023-03-07", "2023-03-13"]
    new, _ = updated(article, "russia-total=154,830", "ukraine-total=131,000", as_of=days)
    assert row(new, "russia-total")["published"] == "2023-03-07"
    assert row(new, "ukraine-total")["period"] == "2022-02-24/2023-03-13"
    problem = refusal(article, "russia-total=1", "ukraine-total=2", "lede=3", as_of=days)[0]
    assert "is given 2 times for 3 figures; give one, or one for each" in problem


def test_a_day_without_a_figure_is_refused(article):
    assert refusal(article, as_of="2023-03-07") == [
        "--as-of: says of what day new figures are; give them with --set"
    ]


def test_a_value_is_data_and_nothing_else(article):
    problem = refusal(article, "russia-total=__import__('os')")[0]
    assert "is not a number" in problem
