"""What a program left blank is no word of the text: it makes figures collide once confirmed."""

from __future__ import annotations

import pytest

import bakhmut as bk
from bakhmut.findings.summary import examine

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
        "Not compared yet: nobody has confirmed what these figures count."
    )
    assert outcome.brief.answer == (
        "If they count the same, 97 killed and 11 killed cannot both be true as worded."
    )


def test_once_both_are_confirmed_they_are_what_the_text_says():
    # 97 is not 11, and one text that states neither period nor place means the same by both.
    assert bk.check(drafted(TWO, confirmed={"all", "town"})).status == "contradiction"
    assert bk.check(drafted(TWO, confirmed={"all"})).status == "not-checkable"


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
