"""What a program left blank is no word of the text: it makes figures collide once confirmed."""

from __future__ import annotations

import pytest

import bakhmut as bk
from bakhmut.findings.summary import examine
from bakhmut.findings.unconfirmed import unconfirmed

FIELDS = ("quote", "low", "high", "measure", "side")


def drafted(rows, *, confirmed=()):
    """Return claims as if a program had found them; `confirmed` names those that a person saw."""
    evidence = [
        {"claim": row["claim"], "field": field, "value": row.get(field, ""), "start": "0",
         "end": "1", "rule": "by hand", "sure": "read" if row.get(field) else "blank",
         "confirmed": "yes" if row["claim"] in confirmed else ""}
        for row in rows for field in FIELDS
    ]  # fmt: skip
    return bk.build_dossier({"claims": rows, "evidence": evidence})


def killed(claim, number, **cells):
    return {
        "claim": claim, "quote": f"{number} people died", "measure": "killed",
        "low": number, "high": number, **cells,
    }  # fmt: skip


TWO = [killed("all", "97"), killed("town", "11")]


def test_blanks_that_a_program_left_say_nothing_of_one_another():
    dossier = drafted(TWO)
    check = bk.check(dossier)
    assert check.status == "not-checkable"
    assert list(check.conflicts["status"]) == ["not-checkable"]
    (outcome,) = examine(dossier)
    assert outcome.brief.headline == (
        "Not decided yet: nobody has confirmed what these figures count."
    )
    # Nobody is named for either, and 97 / 11 is 8.8: more likely two events than two counts of one.
    assert outcome.brief.answer == "Nothing in the table links one figure to another."
    (outcome,) = examine(drafted([killed("all", "97"), killed("town", "41")]))  # 2.4 times
    assert outcome.brief.answer == (
        "If they count the same, 97 killed and 41 killed cannot both be true as worded. "
        # The rows have a measure and nothing else.
        "The table does not say of each whose, where and when."
    )


@pytest.mark.parametrize("scope", [{"side": "Land"}, {"place": "Town"}, {"period": "2020"}])
def test_once_both_are_confirmed_they_are_what_the_text_says(scope):
    # 97 is not 11, and one text that says of both whose, where or when means the same by both.
    rows = [{**row, **scope} for row in TWO]
    assert bk.check(drafted(rows, confirmed={"all", "town"})).status == "contradiction"
    assert bk.check(drafted(rows, confirmed={"all"})).status == "not-checkable"


def test_two_counts_of_which_nothing_says_whose_where_or_when_may_be_of_two_events():
    # "58 people are dead ... How many has your team found? 17": the confirmed cells say no more.
    rows = [killed("all", "58", source="mayor"), killed("team", "40", source="mayor")]
    (outcome,) = examine(drafted(rows, confirmed={"all", "team"}))
    assert outcome.check.status == "not-checkable"
    assert outcome.brief.answer.startswith("If they count the same, 58 killed and 40 killed")
    # A person who typed the rows says that they are of one thing: by the rule of a blank cell.
    assert bk.check(bk.build_dossier({"claims": rows})).status == "contradiction"


def test_a_share_that_stands_apart_says_of_no_count_that_it_is_of_the_same():
    rows = [killed("all", "58"), killed("team", "40"),
            {**killed("third", "33.3%"), "per_measure": "killed", "standing": "apart"}]  # fmt: skip
    assert bk.check(drafted(rows, confirmed={"all", "team", "third"})).status == "not-checkable"


def test_counts_that_a_ratio_is_said_of_are_of_one_event():
    # 9 of 30 is 30 %, and not 12 %.
    rows = [killed("dead", "9"), {**killed("ill", "30"), "measure": "infected"},
            {**killed("rate", "12%"), "per_measure": "infected"}]  # fmt: skip
    assert bk.check(drafted(rows, confirmed={"dead", "ill", "rate"})).status == "contradiction"


def test_cells_that_were_read_are_compared_but_the_first_word_is_a_doubt():
    scope = {"side": "Land", "place": "Town", "period": "2020"}
    dossier = drafted([{**row, **scope} for row in TWO])
    (outcome,) = examine(dossier)
    assert outcome.check.status == "contradiction"
    # Everything was read, and nothing is left to doubt.
    assert outcome.brief.headline == "No, not as they stand."
    unsure = dossier.evidence.assign(sure="inferred")
    rows = [{**row, **scope} for row in TWO]
    tables = {"claims": rows, "evidence": unsure.to_dict("records")}
    (outcome,) = examine(bk.build_dossier(tables))
    assert outcome.brief.headline.startswith("Perhaps not: ")


def test_a_restatement_counts_what_it_restates():
    rows = [killed("first", "97"), killed("again", "95", repeats="first")]
    assert bk.check(drafted(rows)).status == "contradiction"


@pytest.mark.parametrize("read", [True, False])
def test_one_blank_cell_is_enough_to_keep_two_figures_apart(read):
    scope = {"side": "Land", "place": "Town"} | ({"period": "2020"} if read else {})
    status = bk.check(drafted([{**row, **scope} for row in TWO])).status
    assert status == ("contradiction" if read else "not-checkable")


def test_what_nobody_drafted_is_as_it_was():
    assert bk.check(bk.build_dossier({"claims": TWO})).status == "contradiction"


def test_the_first_word_names_the_reading_without_which_both_can_be_true():
    # Lost is killed, or killed + wounded: only of the second are 30 wounded a part of 12 lost.
    terms = [
        {"kind": "measure", "term": "lost", "reading": name, "means": means}
        for name, means in (("the dead", "killed"), ("all", "killed + wounded"))
    ]
    rows = [killed("a", "12", measure="lost"), killed("b", "30", measure="wounded")]
    made = drafted(rows)
    (outcome,) = examine(
        bk.build_dossier({"claims": rows, "evidence": made.evidence, "terms": terms})
    )
    assert outcome.brief.answer == (
        "If they count the same, and “lost” is read as “all”, 12 lost and 30 wounded cannot "
        "both be true as worded. The table does not say of each whose, where and when."
    )


def test_two_counts_beside_a_ratio_of_their_sides_are_divided():
    share = {"kind": "ratio", "per_side": "Blue", "per_measure": "killed", "low": "2", "high": "2"}
    rows = [
        killed("red", "97", side="Red"), killed("blue", "54", side="Blue"),
        killed("ratio", "2", side="Red", quote="two of Red to one of Blue", **share),
    ]  # fmt: skip
    (outcome,) = examine(drafted([{k: v for k, v in row.items() if k != "kind"} for row in rows]))
    # 97 / 54 = 1.796; whose they are is stated of all three
    assert outcome.brief.answer.endswith(
        "cannot all be true as worded: 97 to 54 is 1.80 to 1. The table does not say of each where "
        "and when."
    )


def test_what_a_draft_left_blank_is_asked_and_not_flagged():
    rows = [killed("all", "97", source="police"), killed("town", "11")]
    assert not {"unstated-period", "unnamed-source"} & set(bk.flag(drafted(rows))["flag"])
    found = bk.flag(drafted(rows, confirmed={"all", "town"}))
    assert {"unstated-period", "unnamed-source"} <= set(found["flag"])


def test_what_to_confirm_is_asked_with_its_value():
    made = drafted(TWO)
    unsure = made.evidence.replace({"sure": {"read": "inferred"}})
    (outcome,) = examine(bk.build_dossier({"claims": TWO, "evidence": unsure}))
    assert (
        "(quote: 97 people died?, low: 97?, high: 97?, measure: killed?, no side)"
        in (unconfirmed([outcome])[-1])
    )


@pytest.mark.parametrize(("mark", "status"), [
    ("yes", "contradiction"), ("Yes", "contradiction"), ("x", "contradiction"),
    ("no", "not-checkable"), ("0", "not-checkable"), ("?", "not-checkable"), ("", "not-checkable"),
])  # fmt: skip
def test_only_a_mark_that_says_yes_confirms(mark, status):
    rows = [{**row, "period": "2020"} for row in TWO]
    evidence = drafted(rows).evidence.assign(confirmed=mark)
    assert bk.check(bk.build_dossier({"claims": rows, "evidence": evidence})).status == status


@pytest.mark.parametrize(("text", "status"), [
    # The 126 may be of Larn and other towns: what is blank is not the one place that is named.
    ("The flood killed 126 people. In Larn 50 people died.", "not-checkable"),
    ("Of the 126 dead, 83 were from Osk and 43 from Larn.", "not-checkable"),  # 83 + 43 = 126
    # One text that says 126 and 130 of its villagers, nowhere and at no time, says both of all.
    ("In Larn 50 died. 126 villagers were killed. 130 villagers were killed.", "contradiction"),
    # Of whom, it does not say: they may be of two floods.
    ("In Larn 50 people died. The toll is 126. The toll is 130.", "not-checkable"),
])  # fmt: skip
def test_a_place_that_a_confirmed_draft_leaves_blank_is_no_place_that_another_figure_has(
    text, status
):
    draft = bk.draft(text=text)
    confirmed = {**draft.tables(), "evidence": draft.evidence.assign(confirmed="yes")}
    assert bk.check(bk.build_dossier(confirmed)).status == status


def test_a_place_that_somebody_left_blank_is_not_stated():
    rows = [killed("all", "126"), killed("larn", "50", place="Larn")]
    # By the rule what is not stated is part of the widest place: then of Larn, where 50 died.
    assert bk.check(bk.build_dossier({"claims": rows})).status == "contradiction"
    confirmed = drafted(rows, confirmed={"all", "larn"})
    assert bk.check(confirmed).status == "not-checkable"
    said = [{**row, "claim": "all", "field": "place", "value": ""} for row in
            confirmed.evidence.head(1).to_dict("records")]  # fmt: skip
    asked = [*confirmed.evidence.to_dict("records"), *said]
    made = bk.build_dossier({"claims": rows, "evidence": asked})
    assert bk.check(made).status == "contradiction"
