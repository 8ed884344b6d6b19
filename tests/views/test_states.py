"""A dossier with words read in one way and figures moved: a dossier like any other."""

from __future__ import annotations

import random

import pytest
from making import WAR, count, dossier, exactly, ratio, term, wounded_per_killed
from places import OUTBREAK

from bakhmut import check, decide, interpret, read_dossier, reading_matrix, write_dossier
from bakhmut.views.states import State, checked, choices, figures, moved, share_of, unstated

OFFICIAL = "unnamed NATO military official"


def nested():
    """Words inside words, an open sum, one voice with two claims and another with one."""
    words = [
        term("measure", "hit", "lost + missing"),
        term("measure", "lost", "killed", "dead"),
        term("measure", "lost", "killed + wounded + ...", "all"),
        term("place", "Land", "City + ..."),
    ]
    claims = [
        exactly("a-hit", "100", measure="hit", source="one"),
        exactly("a-lost", "120", measure="lost", source="one"),
        count("b-lost", high="90", measure="lost", source="two"),
        count("b-killed", low="95", source="two"),
        ratio("r", "2", "2", measure="lost", per_measure="hit", source="two", place="City"),
    ]
    return dossier(claims, words, assumptions=[wounded_per_killed("1", "3")])


@pytest.mark.parametrize("story", [read_dossier, nested])
def test_a_dossier_read_in_one_way_has_the_status_of_that_row_of_the_matrix(story):
    whole = story()
    rows = reading_matrix(whole).drop(columns=["reading", "conflicts"])
    assert len(rows) > 1
    for row in rows.sample(min(24, len(rows)), random_state=1).to_dict("records"):
        status = row.pop("status")
        assert decide(moved(whole, State(readings=row))) == status


def test_only_the_origin_that_is_read_so_loses_its_other_readings():
    name = "lost (Ukrainian military)"
    read = moved(read_dossier(), State(readings={name: "killed"}))
    left = interpret(read).groupby("claim")["measure"].agg(set)
    assert left["russia-total"] == {"killed"}
    assert left["lede"] == {"killed", "killed + wounded"}


def test_words_made_of_a_word_follow_it():
    read = moved(nested(), State(readings={"lost (one)": "dead"}))
    meant = interpret(read).groupby("claim")["measure"].agg(set)
    assert meant["a-hit"] == {"killed + missing"}
    assert len(meant["b-lost"]) == 2


def test_a_figure_moves_in_all_statements_that_restate_it_and_its_readings_go():
    moved_ratio = moved(read_dossier(), State(figures={"lede": ("4", "4")}))
    rows = moved_ratio.claims.set_index("claim")
    assert rows.loc[["lede", "loss-ratio", "bullet-five-times"], "low"].tolist() == ["4"] * 3
    assert rows.loc["lede", "low_value"] == 4
    assert "Printed: 5; moved." in rows.loc["lede", "note"]
    # "five to one again" prints no figure of its own: it follows, and stays a reading
    left = moved_ratio.readings
    assert set(left["claim"]) == {"casualty-ratio"}
    assert left.loc[left["reading"].eq("five to one again"), "value"].tolist() == ["4", "4"]


def test_the_figures_of_one_chain_are_one_figure():
    found = {one.claim: one for one in figures(read_dossier())}
    assert found["lede"].claims == ("lede", "loss-ratio", "bullet-five-times")
    assert set(found) == {"lede", "russia-total", "ukraine-total"}
    assert (found["ukraine-total"].low, found["ukraine-total"].high) == ("120,000", "")


def test_what_is_not_stated_can_be_filled_in_with_what_others_state():
    article = read_dossier()
    (key,) = unstated(article)
    assert key == (OFFICIAL, "period")
    war = "2022-02-24/2023-03-06"
    rows = moved(article, State(stated={key: war})).claims
    own = rows[rows["origin"].eq(OFFICIAL)]
    assert set(own["period"]) == {war}
    assert set(own.loc[own["kind"].eq("ratio"), "per_period"]) == {war}
    assert set(own.loc[own["kind"].eq("count"), "per_period"]) == {""}


def test_the_share_turns_the_status_at_the_cap_to_the_digit():
    # 153,770 / (5 x 120,001) = 0.256281..., all words read as counting the same
    article, share = read_dossier(), share_of(read_dossier())
    same = {
        f"lost ({OFFICIAL})": "casualties", "lost (Ukrainian military)": "casualties",
        "casualties (The Telegraph)": "military", "lede": "exactly five",
        "loss-ratio": "exactly five", "bullet-five-times": "five times as many",
        f"casualties ({OFFICIAL})": "military", "casualty-ratio": "five to one again",
    }  # fmt: skip
    off = dict.fromkeys(article.assumptions["assumption"])
    period = {(OFFICIAL, "period"): "2022-02-24/2023-02-28"}
    found = [
        # The lede sets casualties against killed, so it is left with its words; the others bind.
        decide(
            moved(article, State(same, period, {}, off, (f"{s} %", f"{s} %")), share=share)
        )
        for s in ("25.628", "25.629")
    ]  # fmt: skip
    assert found == ["consistent", "conflicts-with-assumption"]


def test_assumptions_can_be_switched_off_and_on_and_moved():
    article = read_dossier()
    wide = "wounded-per-killed-ukraine-wide"
    state = State(assumed={"wounded-per-killed-ukraine": None, wide: ("3", "4")})
    rows = moved(article, state).assumptions.set_index("assumption")
    assert rows.loc["wounded-per-killed-ukraine", "tier"] == "what-if"
    assert rows.loc[wide, ["tier", "low", "high"]].tolist() == ["plausible", "3", "4"]
    assert decide(moved(article, State(assumed=dict.fromkeys(rows.index)))) == (
        "contradiction-in-some-readings"
    )


def at_random(whole, rng):
    """Return some state of a dossier."""
    readings = {n: rng.choice(o) for n, (_, o) in choices(whole).items() if rng.random() < 0.5}
    stated = {k: rng.choice(o) for k, o in unstated(whole).items() if rng.random() < 0.5}

    def scaled(text, times):
        return text and f"{float(text.replace(',', '')) * times:.2f}"

    moves = {
        f.claim: (scaled(f.low, times), scaled(f.high, times))
        for f in figures(whole) for times in (0.5, 1.7) if rng.random() < 0.3
    }  # fmt: skip
    assumed = {
        name: rng.choice([None, ("1", "2"), ("4", "9.5")])
        for name in whole.assumptions["assumption"] if rng.random() < 0.4
    }  # fmt: skip
    return State(readings, stated, moves, assumed, rng.choice([None, ("5 %", "60 %")]))


@pytest.mark.parametrize("story", [read_dossier, lambda: read_dossier(OUTBREAK), nested])
def test_what_is_written_is_read_again_with_the_same_status(story, tmp_path):
    whole, rng = story(), random.Random(3)
    for n in range(5):
        state = at_random(whole, rng)
        quick = moved(whole, state, share=share_of(whole))
        folder = write_dossier(checked(quick, name="found"), tmp_path / str(n))
        assert decide(read_dossier(folder)) == decide(quick), state


def test_two_assumptions_at_odds_over_pieces_that_no_claim_of_the_conflict_names_are_proven():
    # Both suppose wounded per killed of A, in ranges that do not meet; B's total and the ratio
    # say only that A has killed at all, so that the wounded stand in no claim of the conflict.
    words = [term("place", "Land", "City + ...")]
    claims = [exactly("b", "100", side="B"), count("a-hurt", low="1", measure="wounded")]
    scope = {"measure": "killed", "place": "Land", "period": WAR}
    link = {
        "assumption": "link", "tier": "plausible", "side": "A", **scope, "per_side": "B",
        **{f"per_{k}": v for k, v in scope.items()}, "low": "5", "high": "5", "because": "test",
    }  # fmt: skip
    apart = [
        wounded_per_killed("2", "4"),
        wounded_per_killed("5", "6") | {"assumption": "wpk-a-otherwise"},
    ]
    found = check(dossier(claims, words, assumptions=[link, *apart])).conflicts
    both = {"link", "wpk-a", "wpk-a-otherwise"}
    (row,) = [r for r in found.itertuples() if set(r.assumptions) == both]
    assert row.claims == ("b",)
    assert row.proof[-1].endswith("These cannot all be true as worded.")
