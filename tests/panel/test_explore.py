"""The panel: what it offers, what it says at each move, what it writes."""

from __future__ import annotations

import random
from contextlib import suppress

import ipywidgets as widgets
import pandas as pd
import pytest
from making import count, dossier, exactly, ratio, term, wounded_per_killed
from places import OUTBREAK
from samples import HOSTILE, hostile
from test_whatif import STORIES as WHAT_IF

from bakhmut import check, decide, find_conflicts, read_dossier
from bakhmut.consistency import verbs
from bakhmut.consistency.verbs import glance
from bakhmut.panel.explore import Panel, explore
from bakhmut.panel.live import Fixed, answer, implied, plane
from bakhmut.views.states import State

STATUS = "bakhmut-status"


def every(widget):
    """Return a widget and all within it."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from every(child)


def controls(panel):
    kinds = (widgets.Dropdown, widgets.FloatText, widgets.Checkbox, widgets.Text)
    return [one for one in every(panel.widget) if isinstance(one, kinds)]


def told(panel):
    """Return the status that a panel shows."""
    return panel.shown["status"].value.split('data-status="')[1].split('"')[0]


def one_number():
    return dossier([exactly("one", "10")])


def two_sides_in_one_place():
    claims = [
        ratio("ratio", "3", "3", place="City"), count("a", low="9,000", place="City"),
        count("b", high="2,500", side="B", place="City"),
    ]  # fmt: skip
    return dossier(claims, assumptions=[wounded_per_killed("2", "")])


def none_wounded_perhaps():
    return WHAT_IF["from nought"]()


def nothing_compared():
    """A ratio whose measure is not stated, so that no share of a total follows from it."""
    claims = [
        ratio("ratio", "3", "3", place="City", measure="", per_measure=""),
        count("a", high="9,000"), count("b", low="4,000", side="B"),
    ]  # fmt: skip
    return dossier(claims)


def a_period_by_its_date():
    """A period with two readings, one named by its first month."""
    months = {"since 2022-08": "2022-08-01/2023-03-06", "this year": "2023-01-01/2023-03-06"}
    terms = [term("period", "the battle", means, name) for name, means in months.items()]
    claims = [exactly("a", "5", period="the battle"), exactly("b", "6", period="the battle")]
    return dossier(claims, terms)


STORIES = [
    read_dossier, lambda: read_dossier(OUTBREAK), one_number, two_sides_in_one_place,
    none_wounded_perhaps, nothing_compared, a_period_by_its_date,
]  # fmt: skip


@pytest.mark.parametrize("story", STORIES)
def test_the_panel_starts_with_what_the_check_says(story):
    panel = Panel(story())
    assert told(panel) == decide(story())


@pytest.mark.parametrize("story", STORIES)
def test_every_control_has_a_label_of_its_own(story):
    labels = [control.description for control in controls(Panel(story()))]
    assert all(labels)
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("story", STORIES)
def test_whatever_is_moved_the_panel_says_what_the_check_says_of_it(story):
    panel, rng = Panel(story()), random.Random(5)
    for n in range(25):
        control = rng.choice([c for c in controls(panel) if not c.disabled])
        if isinstance(control, widgets.Dropdown):
            control.value = rng.choice(control.options)[1]
        elif isinstance(control, widgets.Checkbox):
            control.value = not control.value
        elif isinstance(control, widgets.FloatText):
            control.value = round(control.value * rng.choice([0, 0.5, 0.9, 1.1, 3]), 3)
        assert "alert" not in panel.shown["status"].value
        if n % 3 == 0:
            assert told(panel) == decide(panel.answer.dossier)


def test_the_figures_and_words_of_the_article_can_be_moved():
    panel = Panel(read_dossier())
    assert len(panel.readings) == len(check(read_dossier()).variables)
    assert set(panel.figures) == {"lede", "russia-total", "ukraine-total"}
    assert panel.figures["ukraine-total"][1] is None  # open upward stays open
    assert set(panel.assumed) == set(read_dossier().assumptions["assumption"])
    assert panel.share.on.description == "Share of Ukraine's total in Bakhmut: 10 %"


def test_what_was_not_moved_is_written_as_printed(tmp_path):
    panel = Panel(read_dossier())
    assert panel.state.figures == {}
    low, _ = panel.figures["russia-total"]
    low.field.value = 153_771
    assert panel.state.figures == {"russia-total": ("153771", "153771")}
    low.field.value = 153_770
    assert panel.state.figures == {}
    panel.folder.value = str(tmp_path / "as-printed")
    panel.write()
    same = read_dossier(tmp_path / "as-printed")
    assert same.claims["low"].tolist() == read_dossier().claims["low"].tolist()


def test_a_slider_that_a_browser_puts_on_its_own_step_moves_nothing():
    panel = Panel(read_dossier())
    low, _ = panel.figures["russia-total"]
    _, slider, _ = low.box.children
    slider.value = 153_770 * 1.003
    assert low.field.value == 153_770
    slider.value = 153_770 * 2
    assert low.field.value == 308_000  # in steps of a thousand


def test_what_is_typed_stays_though_a_browser_puts_the_slider_on_its_own_step():
    panel = Panel(read_dossier())
    low, _ = panel.figures["russia-total"]
    _, slider, _ = low.box.children
    low.field.value = 400_000
    slider.value = 400_000 * 1.004  # a step is a factor 4 ** (1 / 120) = 1.0116
    assert low.field.value == 400_000
    slider.value = 400_000 * 1.0116**2
    assert low.field.value == 409_000  # 409,329 in steps of a thousand


def test_the_ends_of_a_printed_range_may_cross():
    panel = Panel(dossier([count("a", "100", "200")]))
    low, _ = panel.figures["a"]
    low.field.value = 300
    assert panel.state.figures["a"] == ("200", "300")


def test_an_assumption_has_one_slider_for_its_range():
    panel = Panel(read_dossier())
    one = panel.assumed["wounded-per-killed-ukraine"]
    assert panel.state.assumed["wounded-per-killed-ukraine"] == ("6", "10")  # as printed
    one.slider.value = (6, 12.5)
    assert panel.state.assumed["wounded-per-killed-ukraine"] == ("6", "12.5")
    assert one.on.description == "Ukraine, wounded per killed: 6 to 12.5"
    sliders = [part for part in every(one.box) if hasattr(part, "min")]
    assert sliders == [one.slider]


@pytest.mark.parametrize("claim", ["russia-total", "lede"])
def test_a_number_below_nought_is_refused_with_a_sentence(claim):
    panel = Panel(read_dossier())
    low, _ = panel.figures[claim]
    before, said = low.field.value, told(panel)
    low.field.value = -5
    assert low.field.value == before and panel.state.figures == {}
    assert "-5 was not taken" in low.refused.value and "below 0" in low.refused.value
    assert 'role="alert"' in low.refused.value
    assert told(panel) == said
    low.field.value = before * 2
    assert low.refused.value == ""


def test_a_difference_may_fall_below_nought():
    claims = [ratio("net", "-30", "-30", hedge="difference", place="City")]
    panel = Panel(dossier(claims))
    low, _ = panel.figures["net"]
    low.field.value = -45
    assert panel.state.figures["net"] == ("-45", "-45") and low.refused.value == ""


def test_all_conflicts_are_listed_with_how_many_there_were():
    panel, whole = Panel(read_dossier()), find_conflicts(read_dossier())
    keys = [key for _, key in panel.listed.options]
    assert keys == list(zip(whole["claims"], whole["assumptions"], strict=True))
    assert "10 conflicts" in panel.shown["status"].value
    panel.readings["bullet-five-times"].value = "five times as many"
    left = find_conflicts(panel.answer.dossier)
    assert 0 < len(left) < 10
    assert f"10 → {len(left)} conflicts" in panel.shown["status"].value
    assert f"10 conflicts as printed, {len(left)} as moved" in panel.shown["status"].value
    assert len(panel.listed.options) == len(left)
    assert "Gone: " in panel.shown["status"].value


def test_the_conflict_chosen_is_lit_in_text_and_plane_and_proven():
    panel = Panel(read_dossier())
    for line, (claims, assumptions) in panel.listed.options:
        panel.listed.value = (claims, assumptions)
        lit = panel.shown["text"].value.count("in this conflict")
        quotes = read_dossier().claims.set_index("claim")["quote"]
        assert lit == len({quotes[claim] for claim in claims}), line
        # each claim of it that has a number is a ratio between the sides: a band of the plane
        rows = read_dossier().claims.set_index("claim").loc[list(claims)]
        glowing = panel.shown["plane"].value.count("bakhmut-glow")
        assert glowing == rows["low"].ne("").sum() > 0, line
        assert "Lit, as in the conflict chosen" in panel.shown["plane"].value
        assert "bakhmut-proof" in panel.shown["conflict"].value


def test_the_text_shows_what_a_figure_was_moved_to():
    panel = Panel(read_dossier())
    assert "<mark>153,770</mark>" in panel.shown["text"].value
    low, _ = panel.figures["russia-total"]
    low.field.value = 200_000
    assert "<mark><del>153,770</del> <ins>200,000</ins></mark>" in panel.shown["text"].value


def test_a_conflict_that_is_looked_at_stays_chosen_while_it_is_one():
    panel = Panel(read_dossier())
    panel.listed.value = panel.listed.options[3][1]
    chosen = panel.listed.value
    panel.figures["russia-total"][0].field.value = 200_000
    assert panel.listed.value == chosen


def test_a_what_if_takes_the_place_of_what_is_supposed_of_the_same():
    panel = Panel(read_dossier())
    panel.assumed["wounded-per-killed-ukraine-wide"].on.value = True
    assert not panel.assumed["wounded-per-killed-ukraine"].on.value
    assert panel.assumed["wounded-per-killed-russia"].on.value


def test_a_what_if_switched_on_is_decided_once(monkeypatch):
    panel, decided = Panel(read_dossier()), []
    monkeypatch.setattr("bakhmut.panel.live._answer", lambda *asked: decided.append(asked[1]))
    with suppress(AttributeError):  # there is no answer to show
        panel.assumed["wounded-per-killed-ukraine-wide"].on.value = True
    (state,) = decided
    assert state.assumed["wounded-per-killed-ukraine"] is None


def test_where_nothing_can_be_compared_nothing_is_said_of_a_share():
    implied_there = dict(Panel(nothing_compared()).answer.implied)
    assert list(implied_there) == ["The totals divided, as printed"]


def test_a_figure_in_per_cent_moves_by_its_own_digits():
    share = {"place": "City", "per_side": "A", "per_place": "Land"}
    low, _ = Panel(dossier([ratio("s", "4.5%", "4.5%", **share)])).figures["s"]
    assert (low.field.value, low.field.step) == (0.045, 0.001)


def test_the_readings_of_a_figure_that_moved_are_closed_until_it_is_back():
    panel = Panel(read_dossier())
    panel.readings["lede"].value = "exactly five"
    low, _ = panel.figures["lede"]
    low.field.value = 4
    assert panel.readings["lede"].disabled
    assert "lede" not in panel.state.readings
    assert not panel.readings["casualty-ratio"].disabled
    low.field.value = 5
    assert not panel.readings["lede"].disabled


def test_starting_over_puts_everything_back():
    panel = Panel(read_dossier())
    before = panel.state
    panel.readings["lede"].value = "rounded to five"
    panel.share.on.value = True
    panel.figures["lede"][0].field.value = 2
    panel.assumed["wounded-per-killed-ukraine"].slider.value = (1, 2)
    panel.assumed["bakhmut-ratio-war-wide"].on.value = True
    panel.reset()
    assert panel.state == before
    assert told(panel) == decide(read_dossier())


def test_the_button_writes_a_folder_that_is_decided_alike(tmp_path):
    panel = Panel(read_dossier())
    panel.readings["bullet-five-times"].value = "six times as many"
    panel.figures["russia-total"][0].field.value = 500_000
    panel.folder.value = str(tmp_path / "found")
    panel.write()
    assert "bakhmut check" in panel.said.value
    assert decide(read_dossier(tmp_path / "found")) == told(panel)
    panel.write()  # nothing is ever overwritten
    assert 'role="alert"' in panel.said.value


def test_texts_of_a_dossier_stay_texts():
    panel = Panel(hostile(200))
    shown = "".join(part.value for part in panel.shown.values())
    assert "<script" not in shown and "<img" not in shown
    assert HOSTILE[:10] not in shown
    assert all(not getattr(c, "description_allow_html", False) for c in controls(panel))


def drawn(story):
    ground = Fixed(story)
    return plane(ground, answer(ground, State()).bands)


def test_the_picture_says_what_it_shows():
    shown = drawn(read_dossier())
    assert 'role="img"' in shown
    # 153,770 / 120,001 = 1.28...
    for words in ("Russia: 153,770.", "Ukraine: more than 120,000.", "at most 1.28 to 1", "5 to 1"):
        assert words in shown
    assert drawn(one_number()) == ""


def test_what_is_implied_narrows_with_the_readings():
    ground = Fixed(read_dossier())
    same = {
        name: {"lost": "casualties"}.get(variable[-1], options[0])
        for name, (variable, options) in ground.choices.items()
        if variable[0] == "term"
    }
    found = dict(answer(ground, State(readings=same, share=("5 %", "5 %"))).implied)
    # both totals then count killed and wounded: 153,770 / 120,001
    limit = "Ratio of killed + wounded in all of Ukraine, at most"
    assert found[limit] == "1.28 to 1"
    wide = dict(implied(read_dossier()).itertuples(index=False))
    assert "by statement and reading" in wide[limit]


def test_a_share_that_only_some_statements_allow_is_said_to_be_so():
    # 30 % is more than 153,770 / (5 x 120,001) = 25.6 %, the cap where all count the same
    ground = Fixed(read_dossier())
    period = {(origin, name): values[0] for (origin, name), values in ground.unstated.items()}
    found = answer(ground, State(stated=period, share=("30 %", "30 %"))).implied
    (told,) = (text for what, text in found if what.startswith("Ratio of killed outside"))
    assert told.endswith("cannot be in some")


@pytest.mark.parametrize("story", STORIES)
def test_a_glance_lists_the_conflicts_of_the_check(story):
    found, whole = glance(story()), find_conflicts(story())
    assert found.status == decide(story())
    assert found.is_whole  # of so few claims all conflicts are listed
    columns = ["conflict", "claims", "assumptions", "status"]
    for one, other in zip(
        found.conflicts[columns].itertuples(index=False, name=None),
        whole[columns].itertuples(index=False, name=None),
        strict=True,
    ):
        assert one == other
    for name in found.conflicts["conflict"]:
        row = whole[whole["conflict"].eq(name)].reset_index(drop=True)
        pd.testing.assert_frame_equal(found.explained(name), row)


def test_of_many_claims_a_glance_has_one_conflict(monkeypatch):
    monkeypatch.setattr(verbs, "MOST_LISTED", 1)
    found, whole = glance(read_dossier()), find_conflicts(read_dossier())
    assert found.status == decide(read_dossier()) and not found.is_whole
    ((claims, assumptions),) = found.conflicts[["claims", "assumptions"]].itertuples(
        index=False, name=None
    )
    sets = set(zip(whole["claims"], whole["assumptions"], strict=True))
    assert (claims, assumptions) in sets


def test_the_public_verb_returns_a_widget():
    assert isinstance(explore(), widgets.Widget)
    assert isinstance(explore(one_number()), widgets.Widget)
