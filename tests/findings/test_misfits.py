"""Figures that do not fit those they are parts or ends of by a text's own words: told at once."""

from __future__ import annotations

from pathlib import Path

import pytest

import bakhmut as bk
from bakhmut.findings.summary import Outcome, examine


def examined(text: str, path: Path, *, confirmed: bool) -> Outcome:
    """Return what is found in a text whose draft somebody confirmed as it stands, or nobody did."""
    path.write_text(text)
    draft = bk.draft(path)
    evidence = draft.evidence.assign(confirmed="yes" if confirmed else "")
    return examine(bk.build_dossier({**draft.tables(), "evidence": evidence}))[0]


OF = "that they are said to be of."
DO_NOT_FIT = {
    # 15 > 12, 420 > 300, 58 > 46
    "Twelve people were killed in the attack on Osk, fifteen of them children, police said.": (
        f"15 children killed in Osk are more than the 12 killed (police) {OF}"
    ),
    "Police arrested 300 people in Osk on Monday, 420 of whom were charged, the ministry said.": (
        f"420 charged in Osk are more than the 300 arrested (ministry) {OF}"
    ),
    "Of the 46 killed in Osk, 58 were women, police said.": (
        f"58 women killed in Osk are more than the 46 killed (police) {OF}"
    ),
    "The ministry said 46 people were killed, including 58 in the capital.": (
        f"58 killed in the capital are more than the 46 killed (ministry) {OF}"
    ),
    # 312 / 1,840 = 0.1696
    "At the hospital in Osk, 312 of 1,840 patients died, a death rate of 27 per cent, it said.": (
        "312 of 1,840 is 17.0 %; beside it stands 27% killed among patients."
    ),
    # told twice, and a part of those told second
    "The rebels released 140 prisoners in Osk. Among those 140 were 163 soldiers.": (
        f"163 soldiers released are more than the 140 released {OF}"
    ),
    # 52 - 13 = 39
    "The prefect said 13 of the 52 had died.\n\nThe remaining 21 were hurt, she said.": (
        "52 less 13 leaves 39; beside it stands “The remaining 21 were hurt”."
    ),
    # 2,496 / 4,800 = 0.52
    "The union said that 2,496 of the 4,800 nurses went on strike. It said that 62 per cent of the "
    "4,800 nurses went on strike.": (
        "2,496 of 4,800 is 52.0 %; beside it stands 62% went on strike among nurses (union)."
    ),
    # 180 / 600 = 0.3
    "One in five of the 600 workers was poisoned, the union said. Of the 600 workers, 180 were "
    "poisoned, it said.": (
        "180 of 600 is 30.0 %; beside it stands 20% poisoned among workers (union)."
    ),
    # 22,000 - 16,000 = 6,000
    "There were 16,000 demonstrators on Thursday, 4,000 fewer than the 22,000 who came in March.": (
        "From 22,000 to 16,000 is 6,000 less; beside it stands “4,000 fewer than the 22,000 who "
        "came in March”."
    ),
    # 210 / 2 = 105
    "Half of the 210 soldiers who came home, 96 in all, had been wounded.": (
        "50% of 210 is 105; beside it stands “96 in all”."
    ),
    # 31 - 14 = 17
    "The battalion attacked at Osk with 720 men. By nightfall it had lost 430 men, the adjutant "
    "wrote. That evening 340 men were left of the 720.": (
        "720 less 430 leaves 290; beside it stands “That evening 340 men were left of the 720”."
    ),
    "One in five of the 600 workers was poisoned, the report says. Its table has the result: of "
    "the 600 workers, 180 were poisoned.": (
        "180 of 600 is 30.0 %; beside it stands 20% poisoned among workers (report)."
    ),
    "We lost 14 of our 31 tanks in Osk, he said. So I have 21 tanks left.": (
        "31 less 14 leaves 17; beside it stands “So I have 21 tanks left”."
    ),
    # 47 - 31 = 16
    "The toll rose by 12, from 31 on September 3 to 47 on September 10, the ministry said.": (
        "From 31 to 47 is 16 more; beside it stands “The toll rose by 12”."
    ),
    # 30 - 15 = 15
    "The hospital now counts 30 dead, 12 more than the 15 it had reported on Monday.": (
        "From 15 to 30 is 15 more; beside it stands "
        "“12 more than the 15 it had reported on Monday”."
    ),
    # 160 - 130 = 30
    "The number of wounded fell by 20 to 130 from 160.": (
        "From 160 to 130 is 30 less; beside it stands "
        "“The number of wounded fell by 20 to 130 from 160”."
    ),
    # 300 / 200 = 1.5
    "Arrests rose by 40 per cent, from 200 in May to 300 in June.": (
        "From 200 to 300 is 50.0 % more; beside it stands “Arrests rose by 40 per cent”."
    ),
    # 42 - 24 = 18
    "Twenty-four of the 42 dead have been identified; the remaining 21 have not.": (
        "42 less 24 leaves 18; beside it stands “the remaining 21 have not”."
    ),
    # 90 - 60 - 12 = 18
    "Of 90 miners, 60 were brought up alive and 12 dead; the remaining 20 are missing.": (
        "90 less 60 and 12 leaves 18; beside it stands “the remaining 20 are missing”."
    ),
}


# The text does not say of which whole the percentage is: the one told right before is likeliest.
MAY_NOT_FIT = {
    # 60 / 240
    "In Osk 240 people were killed; 60 (30 per cent) were women.": (
        "60 of 240 is 25.0 %; beside it stands 30%."
    ),
    # 3,100 / 12,400; of 12,350 to 12,450 it is 24.9 to 25.1 %
    "In Osk 12,400 people have fallen ill with cholera, the office said. Of those who fell ill, "
    "3,100, or 35 per cent, were children, it said.": (
        "3,100 of 12,400 is 25.0 %; beside it stands 35%."
    ),
}


@pytest.mark.parametrize("text", MAY_NOT_FIT)
def test_a_percentage_told_of_a_part_is_told_where_it_is_of_nothing_before(text, tmp_path):
    found = examined(text, tmp_path / "story.txt", confirmed=True)
    assert found.brief.answer == MAY_NOT_FIT[text]
    assert found.brief.headline == "Not decided: what each of them counts is not stated."


@pytest.mark.parametrize("confirmed", [False, True])
@pytest.mark.parametrize("text", DO_NOT_FIT)
def test_a_part_that_does_not_fit_is_told_before_and_after_confirming(text, confirmed, tmp_path):
    found = examined(text, tmp_path / "story.txt", confirmed=confirmed)
    assert found.brief.answer == DO_NOT_FIT[text]
    headline = "Look again before you print them." if confirmed else "Not decided yet"
    assert found.brief.headline.startswith(headline)


@pytest.mark.parametrize(
    "text",
    [
        "Forty people were hurt and 12 killed in Osk, 15 of them children, police said.",  # of 52
        "The shelling destroyed 12 villages, including 300 houses, the governor said.",
        "At least 46 people were killed in Osk, including 58 in the capital, police said.",  # open
        "Of the 46 killed in Osk, 38 were women, police said.",
        # 312 / 1,840 is 17.0 %, as printed
        "At the hospital, 312 of 1,840 patients died, a death rate of 17 per cent, it said.",
        # 60 / 240 is 25 %; 60 / 241 is 24.9 %, 30 / 241 is 12.4 %
        "In Osk 240 people were killed; 60 (25 per cent) were women.",
        "In Osk 241 people were killed. Sixty of them (25%) were children and 30 (12.4%) women.",
        "Police said 45 people (20 per cent) were arrested for violence.",
        "The clinic logged 60 cases (12%) in Dorval and 41 cases (8%) in Hamra.",
        "The toll rose by 16, from 31 on September 3 to 47 on September 10, the ministry said.",
        "Arrests rose by about 12, from around 200 to more than 240.",  # 240 is open
        "Arrests rose by a third, from 200 in May to 267 in June.",  # rounded
        "The number of wounded fell by 30 to 130 from 160.",
        "Thirteen soldiers were killed, said the army, which had first spoken of nine dead. Eleven "
        "of them served with the mission.",
        "The nurses' union said that 2,496 of the 4,800 nurses went on strike. It said that 52 per "
        "cent of the 4,800 nurses went on strike.",
        "One in five of the 600 workers was poisoned, the union said. Of the 600 workers, 120 were "
        "poisoned, it said.",
        "From 3 May to 22 May 160 people died in Osk, the letter says. From 3 May to 22 May eight "
        "people died each day in Osk.",
        "The boat had a crew of 14 aboard and 200 people on board in all; 143 were rescued, 31 "
        "died and 26 are missing.",
        "Half of the 210 soldiers who came home, 104 in all, had been wounded.",
        "We lost 14 of our 31 tanks in Osk, he said. So I have 17 tanks left.",
        "The battalion attacked at Osk with 720 men. By nightfall it had lost 430 men, the "
        "adjutant wrote. That evening 290 men were left of the 720.",
        "The quake killed 302 people. Sarab had 148 dead. In Tol 97 people were killed. The "
        "remaining 57 deaths were reported from Marg.",
        "The return says that the army suffered 6,300 casualties at Osk. The return gives 1,950 "
        "killed and 4,350 wounded.",
        "Of the 210 people aboard, 104 were rescued, 79 died and 27 are missing.",
        "Thirty-four people were killed in Osk. Among the dead were 17 women and 17 men.",
        "Of the 42 killed, 24 were women and the remaining 18 men, police said.",
        "Of the 42 killed, at least 24 were women and the remaining 16 men, police said.",
        # of the dead, not of all
        "Police said 45 of 90 soldiers died, 30 per cent of them in the first hour.",
    ],
)
def test_a_part_that_may_fit_is_not_told(text, tmp_path):
    found = examined(text, tmp_path / "story.txt", confirmed=True)
    assert found.evidence.alike is None or found.evidence.alike.misfit is None


def test_where_other_figures_were_compared_the_misfit_is_told_all_the_same(tmp_path):
    text = (
        "The army said 900 soldiers were killed in Osk in May. The ministry said 900 soldiers "
        "were killed in Osk in May. Police said 12 people were killed, 15 of them children."
    )
    found = examined(text, tmp_path / "story.txt", confirmed=True)
    assert found.check.status == "consistent"
    assert found.brief.headline == "Look again before you print them."
    assert found.brief.answer.startswith("15 children killed are more than the 12 killed (police)")


@pytest.mark.parametrize("confirmed", [False, True])
def test_a_death_rate_is_set_against_the_ill_and_the_dead_of_which_it_is_one(confirmed, tmp_path):
    # 45 / 900 = 5 %; that another year is told of leaves it open to the engine of which year it is
    text = (
        "The fever infected 900 people in March and killed 45. The minister said the death rate "
        "was 12 per cent. Last year it infected 2,000 people."
    )
    found = examined(text, tmp_path / "story.txt", confirmed=confirmed)
    assert found.brief.answer.startswith(
        "If they count the same, 900 infected, 45 killed and 12% killed among infected (minister) "
        "cannot all be true as worded: 45 of 900 is 5 %."
    )


def test_a_death_rate_that_the_counts_give_is_no_question(tmp_path):
    text = (
        "The fever infected 900 people in March and killed 45. The minister said the death rate "
        "was 5 per cent. Last year it infected 2,000 people."
    )
    assert examined(text, tmp_path / "story.txt", confirmed=True).evidence.alike is None


def test_a_ratio_that_two_counts_give_is_not_set_against_others(tmp_path):
    # 9 / 1,140 = 0.79 %: the rate is of these, and the 52 are those of a storm
    text = (
        "Angoche had 1,140 cholera cases, including nine deaths; the case fatality rate stands "
        "at 0.8 per cent. The storm killed 52 people in Angoche."
    )
    found = examined(text, tmp_path / "story.txt", confirmed=False)
    assert [s.printed[0] for s in found.evidence] == ["1,140", "9", "0.8%", "52"]
    alike = found.evidence.alike
    assert alike is None or not any("per-cent" in claim for claim in alike.claims)


@pytest.mark.parametrize(
    "text",
    [
        # 62 x 31 = 1,922, about 1 % more
        "The army lost 62 men a day in January, it said. In January the army lost 1,900 men.",
        "The army lost 120 men a day in January, it said. In March the army lost 1,900 men.",
        "The army lost 120 men a day in January, it said. By 14 January the army lost 1,900 men.",
        "The army lost 120 men a day in January, it said. In January the rebels lost 1,900 men.",
    ],
)
def test_so_many_a_day_are_set_against_no_other_month_or_side(text, tmp_path):
    alike = examined(text, tmp_path / "story.txt", confirmed=True).evidence.alike
    assert alike is None or alike.misfit is None


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        # 120 x 31 = 3,720
        (
            "The army lost 120 men a day in January, the ministry said. In the whole month the "
            "army lost 1,900 soldiers, it said.",
            "120 a day in January make 3,720 in all; beside it stands 1,900 lost (ministry), "
            "which does not fit.",
        ),
        # 28 or 29 days of 50
        (
            "The rebels lost 50 men a day in February, police said. In February the rebels lost "
            "400 men, the mayor said.",
            "50 a day in February make 1,400 to 1,450 in all; beside it stands 400 lost "
            "(mayor), which does not fit.",
        ),
        # 22 + 19 = 41
        (
            "Strikes killed 35 people in Osk on Sunday, including 22 women and 19 children, the "
            "ministry said.",
            "If 22 women killed in Osk and 19 children killed in Osk are parts of the 35 killed "
            "(ministry), they are more than all: 41.",
        ),
        # 64 + 156 = 220
        (
            "The battalion suffered 210 casualties at Osk, its commander said. They comprised 64 "
            "dead and 156 wounded.",
            "If 64 killed and 156 wounded are parts of the 210 casualties (commander), they are "
            "more than all: 220.",
        ),
        # 11 + 9 + 8 = 28
        (
            "The shelling of Osk wounded 25 people on Sunday, the mayor said. Eleven of the "
            "wounded were men, nine were women and eight were children.",
            "If 11 men wounded, 9 women wounded and 8 children wounded are parts of the 25 wounded "
            "(mayor), they are more than all: 28.",
        ),
        # 22 + 17 = 39
        (
            "Thirty-four people were killed in Osk. Among the dead were 22 women and 17 men.",
            "If 22 women killed and 17 men killed are parts of the 34 killed, they are more "
            "than all: 39.",
        ),
        # 104 + 79 + 58 = 241
        (
            "Of the 210 people aboard, 104 were rescued, 79 died and 58 are missing.",
            "If 104 rescued, 79 killed and 58 missing are parts of the 210 aboard, they are more "
            "than all: 241.",
        ),
        # 312 - 148 - 97 = 67
        (
            "The quake killed 312 people. Sarab had 148 dead. In Tol 97 people were killed. The "
            "remaining 57 deaths were reported from Marg.",
            "312 less 148 and 97 leaves 67; beside it stands “The remaining 57 deaths were "
            "reported from Marg”.",
        ),
        # 1,950 + 4,350 = 6,300
        (
            "The return says that the army suffered 7,200 casualties at Osk. The return gives "
            "1,950 killed and 4,350 wounded.",
            "1,950 killed and 4,350 wounded are 6,300; beside it stands “The return says that the "
            "army suffered 7,200 casualties at Osk”.",
        ),
        # 30 x 90 = 2,700
        (
            "Throughout the thirty days of June the Russians lost on average 90 men killed a day. "
            "In June as a whole 1,450 Russian soldiers were killed there.",
            "90 a day throughout the thirty days of June make 2,700 in all; beside it stands 1,450 "
            "killed, which does not fit.",
        ),
        # 8 x 20 = 160
        (
            "From 3 May to 22 May 320 people died in Osk, the letter says. From 3 May to 22 May "
            "eight people died each day in Osk.",
            "8 each day from 3 May to 22 May make 160 in all; beside it stands 320 killed "
            "(letter), which does not fit.",
        ),
        # 10 x 20 = 200
        (
            "Over the 10 days of protests in Osk an average of 20 people were killed each day, the "
            "newspaper said. It counted 150 deaths in the 10 days.",
            "20 each day over the 10 days of protests make 200 in all; beside it stands 150 killed "
            "(newspaper), which does not fit.",
        ),
    ],
)
def test_lists_of_parts_and_so_many_a_day_are_added_up(text, answer, tmp_path):
    assert examined(text, tmp_path / "story.txt", confirmed=True).brief.answer == answer


@pytest.mark.parametrize(
    "text",
    [
        # 22 + 13 = 35
        "Strikes killed 35 people in Osk, including 22 women and 13 children, the ministry said.",
        # not parts of the dead
        "The crackdown killed 9 people, including two gendarmes. It saw about 240 arrested.",
        "The ministry counts 24 killed, including three policemen. The union has 78 names of dead.",
    ],
)
def test_what_is_no_list_of_parts_is_not_added_up(text, tmp_path):
    alike = examined(text, tmp_path / "story.txt", confirmed=True).evidence.alike
    assert alike is None or alike.misfit is None


@pytest.mark.parametrize(
    "text",
    [
        "The toll in Osk rose from 158 to 205 on Friday, the service said, an increase of 47.",
        "A storm killed 40 people in Osk, police said, ten fewer than the 50 first reported.",
        "Floods killed 30 people in Osk, police said, 12 more than the 18 they reported on Sunday.",
        "The regiment lost 340 men in the battle: 90 killed, 210 wounded and 40 missing.",  # = 340
        "The company lost 100 men at Osk: 30 killed and 70 wounded, its captain wrote.",  # = 100
    ],
)
def test_by_how_many_a_toll_changed_and_what_adds_up_is_no_contradiction(text, tmp_path):
    found = examined(text, tmp_path / "story.txt", confirmed=True)
    assert found.check.status != "contradiction"
    assert not found.brief.headline.startswith("No")


def test_a_ratio_of_two_months_is_held_against_both(tmp_path):
    text = (
        "The army lost twice as many tanks in July as in June, the ministry said on Monday. "
        "It lost 120 tanks in July and 80 in June, according to the ministry."
    )
    found = examined(text, tmp_path / "story.txt", confirmed=False)
    assert "120 to 80 is 1.5 to 1" in found.brief.answer
    fits = examined(text.replace("80", "60"), tmp_path / "other.txt", confirmed=False)
    assert "cannot" not in fits.brief.answer
