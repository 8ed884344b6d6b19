"""What is no second count of the same stands apart; two counts that disagree do not."""

import pytest

import bakhmut as bk


def standings(text):
    claims = bk.draft(text=text).claims
    return dict(zip(claims["low"], claims["standing"], strict=True))


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        # parts of those just counted
        ("A further 82 people were hurt, 19 of them seriously.", {"19"}),
        ("The injured number 1,860. Of those, 214 are serious.", {"214"}),
        (
            "The storm killed 11 people. Of the 11, seven drowned and three were crushed.",
            {"7", "3"},
        ),
        ("The quake killed 49 people. Nine of the dead were found in one house.", {"9"}),
        ("Of 1,040 men hurt on Tuesday, 300 fell or were wounded at the bridge.", {"300"}),
        ("Officials have identified 88 bodies; the remaining 12 are unknown.", {"12"}),
        # in addition to them
        ("The health ministry reported 16 new cases, and 1,527 people have been infected.", {"16"}),
        ("Divers found 30 bodies, and another 12 bodies were found on the beach.", {"12"}),
        ("The losses of the enemy are:\n\ntanks - 3,448 (+7) units.", {"7"}),
        # of another time
        ("The sea took 2,406 lives. A year earlier the figure stood at 1,150.", {"1,150"}),
        ("The hospital admitted 64 people, against 11 before the heat.", {"11"}),
        # by another count
        (
            "Take Hanoi's figure, and 2.5 besiegers died for each of the besieged; take the other, "
            "and it was five.",
            {"5"},
        ),
        # what they were, of those just counted
        ("The virus killed 5,000 people. Nine in ten were 70 or older.", {"90%"}),
        # one voice counts on
        ("Gunmen killed six people at the gate, four died in the yard.", {"4"}),
    ],
)
def test_what_is_no_second_count_of_the_same_stands_apart(text, apart):
    found = standings(text)
    assert {low for low, standing in found.items() if standing == "apart"} == apart
    assert apart < set(found)


@pytest.mark.parametrize(
    "text",
    [
        "The army says 40 people were killed. The rebels put the number of dead at 75.",
        "The ministry said 300 people had died, but doctors put the toll at 500.",
        "The ferry was carrying 120 people, of whom 87 drowned.",
        "The attack killed 12 people, five of them children.",
        "At least 12 people were killed and another 30 wounded.",
        "Of the victims, 97 were women and 54 were men.",
    ],
)
def test_figures_that_say_what_they_count_stay_compared(text):
    assert "apart" not in standings(text).values()


def test_a_part_is_not_set_against_its_whole_and_two_tolls_still_are():
    text = (
        "The blast killed 49 people, the minister said. Nine of the dead were found in one house. "
        "The union put the number of dead at 110."
    )
    conflicts = bk.find_conflicts(bk.draft(text=text).dossier())
    assert conflicts["claims"].tolist() == [("killed-49", "killed-110")]


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("Russia has lost 364 tanks.", "tanks lost"),
        ("Russia has lost 364 men.", "lost"),
        ("Ukrainian losses came to five aircraft.", "aircraft lost"),
        ("Shelling destroyed 40 houses.", "destroyed"),
    ],
)
def test_things_lost_are_not_counted_as_men(text, measure):
    assert bk.draft(text=text).claims["measure"].tolist() == [measure]


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("Some 130 tanks were destroyed. Analysts counted 36, among them 13 from one column.",
         {"destroyed-13"}),
        ("The governor put the toll at 112 dead, 64 of them in the town of Castrel. In Castrel "
         "the mayor counted 71 dead.", set()),
        ("The governor put the toll at 112 dead, 64 of them on Monday.", {"killed-64"}),
    ],
)  # fmt: skip
def test_a_part_is_the_number_that_is_said_to_be_one_and_a_place_has_its_own_toll(text, apart):
    claims = bk.draft(text=text).claims
    assert set(claims.loc[claims["standing"].eq("apart"), "claim"]) == apart


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("The toll is 40, not 400, the mayor said.", {"400"}),
        ("It was not 500 dead, it was 50, he said.", {"500"}),
        ("He put the dead at 30, not the hundreds claimed.", {"200"}),
        ("Not forty of the men got back; 80 were killed.", set()),
        ("Dozens, if not hundreds, were killed, and not only 40.", set()),
        ("No more than 40 were killed, and not fewer than 30.", set()),
    ],
)
def test_a_number_that_a_text_says_it_was_not_is_denied(text, denied):
    found = standings(text)
    assert {low for low, standing in found.items() if standing == "denied"} == denied


def test_a_number_that_was_corrected_later_stands_corrected():
    found = standings(
        "The coastguard gave 104 as the number of rescued, before it corrected that number on "
        "Friday to 91."
    )
    assert found["104"] == "corrected"


def test_what_a_toll_rose_from_was_corrected():
    assert standings("The death toll rose to 87 from 63 on Monday.")["63"] == "corrected"


LIVE = """Storm: live

15:00 - Officials say 38 people died, fewer than the governor said.

12:15 - The governor says 40 people have died. Three firefighters died.

10:30 - The ministry says 31 people are dead. In Arle 400 people were hurt.

08:00 - Police said 3 people had been killed.
"""


@pytest.mark.parametrize("order", [1, -1])
def test_a_toll_that_a_later_hour_raises_is_of_another_time(order):
    head, *entries = LIVE.strip().split("\n\n")
    claims = bk.draft(text="\n\n".join([head, *entries[::order]])).claims
    standing = dict(zip(claims["low"] + " " + claims["measure"], claims["standing"], strict=True))
    # 31 by 38 and 40 later. Not 40 by 38, no firefighters by anybody, and not 3 by 31: these are
    # more than tenfold apart, and may be of two events.
    assert standing == {
        "38 killed": "", "40 killed": "", "3 killed": "", "31 killed": "apart", "400 wounded": "",
    }  # fmt: skip


@pytest.mark.parametrize("text", [
    # Two times of day are no page of hours, and neither are hours in no order.
    LIVE.replace("15:00 - ", "").replace("08:00 - ", ""),
    LIVE.replace("15:00", "09:00"),
])  # fmt: skip
def test_times_of_day_that_make_no_page_of_hours_set_nothing_apart(text):
    assert set(bk.draft(text=text).claims["standing"]) == {""}


@pytest.mark.parametrize(("text", "status"), [
    # Of 46 there cannot be 58: they are set against each other, and collide once confirmed.
    ("The union said 46 people were killed in the country in June, including 58 in the capital.",
     "contradiction"),
    ("The union said 46 people were killed in the country in June, including 12 in the capital.",
     "not-checkable"),
    # What remains of a whole may be more than what was named of it.
    ("Officials have identified 88 bodies; the remaining 120 are unknown.", "not-checkable"),
])  # fmt: skip
def test_a_part_that_is_more_than_its_whole_does_not_stand_apart(text, status):
    draft = bk.draft(text=text)
    assert set(draft.claims["standing"]) == ({""} if status == "contradiction" else {"", "apart"})
    confirmed = {**draft.tables(), "evidence": draft.evidence.assign(confirmed="yes")}
    assert bk.check(bk.build_dossier(confirmed)).status == status


def test_what_is_denied_in_one_voice_is_not_denied_where_another_says_it():
    text = "The army denied that 300 people had died. Witnesses said 300 people had died."
    claims = bk.draft(text=text).claims
    assert list(claims["standing"]) == ["denied", ""]
    assert list(claims["repeats"]) == ["", claims["claim"][0]]


def test_a_figure_said_again_stands_apart_as_the_first_did():
    text = (
        "One in five of the 600 workers at the plant was poisoned, the report says. The table has "
        "it: of the 600 workers, 180 were poisoned."
    )
    assert standings(text)["600"] == "apart"
