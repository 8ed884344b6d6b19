"""Which figures of a draft may well count the same: the first screen asks about the likeliest."""

from __future__ import annotations

from itertools import permutations

import pytest
from test_unconfirmed import drafted, killed

import bakhmut as bk
from bakhmut.cli.shown.first import check_screen
from bakhmut.findings.summary import examine
from bakhmut.report.picture import picture


def answer(text):
    return examine(bk.draft(text=text).dossier())[0].brief.answer


def outcome(*rows):
    """Return the outcome of coded rows: source, number, and what else is stated."""
    made = [
        {"claim": f"{source or 'text'}-{number}", "quote": f"{number} died", "source": source,
         "measure": "killed", "low": number, "high": number, **cells}
        for source, number, cells in rows
    ]  # fmt: skip
    return examine(bk.build_dossier({"claims": made}))[0]


def test_two_voices_come_before_one_voice_and_near_figures_before_far_ones():
    text = (
        "The mayor said 9 people were killed on the bridge. The governor said 11 people died. "
        "Three people were killed in Arun, police said. More than 4,000 people were killed in all, "
        "the army said."
    )
    # 11 to 9 is 1.2; 9 to 3 is 3, and the other pairs lie farther apart.
    assert answer(text) == (
        "If they count the same, 9 killed on the bridge (mayor) and 11 killed (governor) cannot "
        "both be true as worded. The table does not say of each whose, where and when."
    )


RIVALS = (
    ("staff", "31000", {"side": "Blue"}),
    ("officials", "70000", {}),
    ("staff", "400", {"place": "Arun"}),
)


@pytest.mark.parametrize("rows", list(permutations(RIVALS)))
def test_a_side_that_only_one_of_two_states_does_not_hide_that_they_may_be_one(rows):
    # The engine compares no row without a side with one that has it: nothing is linked.
    one = outcome(*rows)
    assert one.check.status == "not-checkable"
    first, second = (row for row in rows if row[1] != "400")
    names = {"31000": "31,000 killed (staff)", "70000": "70,000 killed (officials)"}
    assert one.brief.answer == (
        f"If they count the same, {names[first[1]]} and {names[second[1]]} cannot both be true as "
        "worded. The table does not say of each whose, where and when."
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"side": "Blue"}, {"side": "Red"}),
        ({"side": "Blue", "place": "Arun"}, {"place": "Karel"}),
        ({"side": "Blue", "period": "2020"}, {"period": "2021"}),
        ({"side": "Blue"}, {"measure": "wounded"}),
        ({"side": "Blue"}, {"low": "25000", "high": "35000"}),  # 31,000 lies in it
        ({"side": "Blue"}, {"low": "400000", "high": "400000"}),  # 400 / 31 is 12.9
    ],
)
def test_what_is_stated_keeps_figures_apart(first, second):
    one = outcome(("staff", "31000", first), ("officials", "70000", second))
    assert one.check.status == "not-checkable"
    assert one.brief.answer == "Nothing in the table links one figure to another."


def test_one_speaker_who_gives_two_numbers_counts_two_things():
    one = outcome(("staff", "31000", {"side": "Blue"}), ("staff", "70000", {}))
    assert one.brief.answer == "Nothing in the table links one figure to another."


@pytest.mark.parametrize(
    "text",
    [
        "One died on the way. Three people were killed in the yard.",  # what happened to one
        "The flood killed 19 people. In 1970 a storm killed 300,000 people.",  # 15,789 times
    ],
)
def test_one_death_that_is_told_and_figures_far_apart_in_one_voice_are_no_rivals(text):
    assert answer(text) == "Nothing in the table links one figure to another."


def test_two_voices_far_apart_are_rivals():
    text = (
        "The army said 10 people were killed in the raid. The rebels said 300 people were killed."
    )
    assert answer(text).startswith("If they count the same, 10 killed")


def test_ratios_of_which_one_names_no_sides_are_rivals():
    text = (
        "Russia was losing seven soldiers for every Ukrainian, said Oleksiy Danilov. "
        "A NATO official put the ratio of losses at five to one."
    )
    said = answer(text)
    assert "7 to 1" in said and "5 to 1" in said
    assert said.endswith("The table does not say of each whose, where and when.")


def test_where_few_figures_were_compared_the_likeliest_rivals_are_told_first():
    scope = {"side": "Blue", "place": "Arun", "period": "2020"}
    one = outcome(
        ("police", "12", scope), ("mayor", "12", scope),
        ("union", "240", {"side": "Red"}), ("army", "187", {}), ("court", "30", {"side": "Green"}),
    )  # fmt: skip
    assert one.brief.headline == "Only 2 of 5 figures could be compared."
    assert one.brief.mind[0] == (
        "If they count the same, 240 killed (union) and 187 killed (army) cannot both be true as "
        "worded. The table does not say of each whose, where and when."
    )


def test_of_several_counts_only_those_near_one_another_are_told_together():
    text = (
        "The minister said that 3,283 people were killed. The UN puts the number of dead at "
        "3,958. The mayor spoke of 18,000 dead. A guard said that four people were killed."
    )
    # 3,283, 3,958 and 18,000 are each less than ten times the one before; 4 is 820 times less.
    assert answer(text) == (
        "3 counts of killed: 3,283 (minister), 3,958 (UN) and 18,000 (mayor). If they count the "
        "same, no two of them can be true. The table does not say of each whose, "
        "where and when."
    )


def test_what_may_be_one_count_is_the_picture_of_a_text_that_links_nothing():
    one = outcome(("guard", "34", {"place": "Jolo"}), ("governor", "31", {"side": "Blue"}))
    assert one.check.status == "not-checkable" and one.check.conflicts.empty
    words = [bar["words"] for bar in picture(one.dossier, [one]).bars]
    assert words == ["34: killed, Jolo, guard", "31: Blue killed, governor"]


def test_a_restatement_that_has_lost_its_hedge_is_no_rival_of_what_the_hedge_allows():
    ratio = {"per_side": "Blue", "side": "Red", "per_measure": "killed"}
    rows = [
        ("official", "5", {**ratio, "hedge": "at least", "high": ""}),
        ("council", "7", {**ratio, "measure": "killed", "per_side": ""}),
    ]
    headline = {
        "claim": "headline", "quote": "5 to 1", "source": "official", "measure": "killed",
        "low": "5", "high": "5", "repeats": "official-5", **ratio,
    }  # fmt: skip
    made = [
        {"claim": f"{source or 'text'}-{number}", "quote": f"{number} to 1", "source": source,
         "measure": "killed", "low": number, "high": number, **cells}
        for source, number, cells in rows
    ]  # fmt: skip
    one = examine(bk.build_dossier({"claims": [*made, headline]}))[0]
    assert one.evidence.alike is None or "council-7" not in one.evidence.alike.claims


def test_a_group_that_a_noun_names_is_no_second_count_of_all_unless_it_is_more_than_all():
    one = outcome(("office", "14500", {"side": "children"}), ("ministry", "20000", {}))
    assert one.brief.answer == "Nothing in the table links one figure to another."
    # 14,500 children are no part of 10,000 dead.
    one = outcome(("office", "14500", {"side": "children"}), ("ministry", "10000", {}))
    assert one.brief.answer.startswith("If they count the same, 14,500 children killed (office)")


def test_a_part_of_another_figure_is_no_rival():
    text = (
        "The governor put the toll at 19 dead. Doctors said they had received 62 wounded, of whom "
        "four died. Two of the dead were children, the mayor said."
    )
    assert answer(text) == "Nothing in the table links one figure to another."


@pytest.mark.parametrize(
    "text",
    [
        "Police said 21 people were killed. The toll has risen to 23 dead, the mayor said.",
        "Police said 96 people were killed. The minister said the toll could exceed 137 dead.",
        'Police said 96 people were killed. "We must expect 137 dead," the minister said.',
    ],
)
def test_what_a_toll_has_grown_to_and_what_is_to_come_are_no_rivals(text):
    assert answer(text) == "Nothing in the table links one figure to another."


def test_the_dead_of_all_who_were_aboard_are_a_toll_of_their_own():
    text = (
        "A plane with 48 people on board came down, killing at least 41 of them, the authority "
        "said. The governor spoke of 38 dead."
    )
    assert answer(text).startswith("If they count the same, at least 41 killed (authority) and 38")


def test_counts_of_the_two_sides_of_a_ratio_stay_beside_it():
    text = (
        "The fire chief said 97 of the victims were women and 54 were men. Twice as many women "
        "as men died because they were smaller, a doctor said."
    )
    assert answer(text).startswith(
        "If they count the same, 97 women killed (fire chief), 54 men killed (fire chief) and 2 to "
        "1 for women against"
    )


@pytest.mark.parametrize(
    ("one", "other", "rivals"),
    [
        ("in January", "for January", True),
        ("since 2 August", "since the outbreak began", True),
        ("since 2 August", "since November", False),
        ("A week ago", "since 2 August", False),
    ],
)
def test_times_in_other_words_may_be_one_time(one, other, rivals):
    found = outcome(("ministry", "57", {"period": one}), ("doctors", "71", {"period": other}))
    assert (found.evidence.alike is not None) == rivals


@pytest.mark.parametrize(("source", "number", "asked"), [
    ("", "52", False),  # a row of a table: a part of the 86
    ("police", "52", True),  # police in Arun may mean all of them
    ("", "97", True),  # more than the whole
])  # fmt: skip
def test_a_smaller_count_of_one_place_that_nobody_gives_is_a_part(source, number, asked):
    rows = [("institute", "86", {}), (source, number, {"place": "Arun"})]
    assert (outcome(*rows).evidence.alike is not None) == asked


@pytest.mark.parametrize(("other", "told"), [
    # 20 : 1,872 is 94 times
    ("1872", ["    not told here: its figures are more than tenfold apart"]),
    ("45", [" 1  “20 people died” and “45 people died”: only if what is not stated is the",
            "    same; off by 38.5 %"]),  # 25 / 65
])  # fmt: skip
def test_of_figures_far_apart_that_nothing_compares_no_line_is_made(other, told):
    found = examine(drafted([killed("one", "20"), killed("other", other)]))
    lines = list(check_screen(found, lambda text, **_: text))
    at = lines.index("1 conflict (Not compared: 1)")
    assert lines[at + 1 : at + 1 + len(told)] == told
    assert any(line.startswith("Confirm first") for line in lines) == (other == "45")


def test_more_in_a_part_of_a_place_than_in_all_of_it_is_asked_about():
    text = (
        "The doctors' union registered 46 deaths across the country since the protests began on 3 "
        "June. In the capital alone, the police said, {} people had been killed since 3 June."
    )
    assert answer(text.format(58)) == (
        "If they count the same, 46 killed in the country (doctors' union) and 58 killed in the "
        "capital (police) cannot both be true as worded: the capital is part of the country. The "
        "table does not say of each whose."
    )
    assert answer(text.format(31)) == "Nothing in the table links one figure to another."


PARTS = (
    "The command lost 214 soldiers killed in May, the ministry said. The ministry lists {} killed "
    "around Velm, 67 near Arle and 42 at Oss."
)


def test_parts_that_are_more_than_the_whole_are_asked_about():
    assert answer(PARTS.format(131)) == (  # 131 + 67 + 42
        "If 131 killed in Velm, 67 killed in Arle and 42 killed in Oss are parts of the 214 killed "
        "(ministry), they are more than all: 240."
    )


@pytest.mark.parametrize("text", [
    PARTS.format(101),  # 210: four were killed elsewhere
    PARTS.format(131).replace("The ministry lists", "The rebels list"),  # two voices may differ
    PARTS.format(131).replace("near Arle", "near Velm"),  # two counts of one place are no list
])  # fmt: skip
def test_a_list_that_may_be_right_is_not_asked_about(text):
    assert "more than all" not in answer(text)


def test_what_the_question_names_is_not_named_again_as_compared_with_nothing():
    two = "The mayor said 9 people were killed on the bridge. The governor said 11 people died."
    brief = examine(bk.draft(text=two).dossier())[0].brief
    assert brief.answer.startswith("If they count the same, 9 killed on the bridge (mayor) and 11")
    assert not [one for one in brief.mind if one.startswith("Compared with no other")]
    more = examine(bk.draft(text=f"{two} Police held 40 people.").dossier())[0].brief
    assert more.mind[0] == "Compared with no other figure: 40 held."
