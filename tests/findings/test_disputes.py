"""Several counts of what may be one thing are one finding, not a pair each."""

import bakhmut as bk
from bakhmut.cli.shown.first import check_screen
from bakhmut.findings.advice.disputes import counted, disputes
from bakhmut.findings.summary import examine
from bakhmut.report import reading, record
from bakhmut.report.picture import picture

TEXT = (
    "The minister said that 3,283 people were killed. The UN puts the number of dead at 3,958. "
    "The mayor spoke of 18,000 dead. The army said that 40 people were arrested."
)


def plain(text, fg=None, bold=False):
    return text


def outcome(text=TEXT):
    return examine(bk.draft(text=text).dossier())[0]


def test_pairs_of_one_measure_are_joined_and_the_closest_come_first():
    one = outcome()
    (found,) = disputes(one.check.conflicts, one.dossier.claims)
    # 3,958 / 3,283 is 1.2, 18,000 / 3,958 is 4.5, 18,000 / 3,283 is 5.5
    assert found.claims == ("killed-3283", "killed-3958", "killed-18000")
    assert len(found.conflicts) == 3 and found.at_odds == "no two of them"
    assert counted(one.evidence, found.claims) == (
        "3 counts of killed: 3,283 (minister), 3,958 (UN) and 18,000 (mayor)"
    )


def test_a_single_pair_is_no_dispute_of_several():
    one = outcome(TEXT.replace("The mayor spoke of 18,000 dead. ", ""))
    assert len(one.check.conflicts) == 1
    assert disputes(one.check.conflicts, one.dossier.claims) == []


def test_ranges_that_overlap_leave_some_two_that_go_together():
    one = outcome(TEXT.replace("18,000 dead", "3,000 to 3,500 dead"))
    (found,) = disputes(one.check.conflicts, one.dossier.claims)
    assert len(found.conflicts) == 2 and found.at_odds == "not all of them"
    assert "not all of them can be true" in one.brief.answer


def test_the_terminal_has_one_line_for_them_and_counts_the_pairs():
    lines = list(check_screen([outcome()], plain))
    said = " ".join(" ".join(lines).split())
    assert "3 conflicts (Not compared: 3)" in said
    assert said.count("if what is not stated is the same") == 1
    # (3,958 - 3,283) / (3,958 + 3,283) = 9.3 %, (18,000 - 3,283) / (18,000 + 3,283) = 69.1 %
    assert "no two of them, if what is not stated is the same; off by 9.3 % to 6" in said


def test_the_page_has_one_finding_and_one_picture_for_them():
    one = outcome()
    first, *_ = record.findings(record.conflicts([one]))
    assert first.more == 2 and first.item.short.count("paragraph") == 3
    assert reading.told([first])[0]["sum"] == ""
    words = [bar["words"] for bar in picture(one.dossier, [one]).bars]
    assert words == ["3,283: killed, minister", "3,958: killed, UN", "18,000: killed, mayor"]


def test_what_most_figures_leave_unsaid_is_said_once():
    text = " ".join(f"The mayor said that {n} people were killed in Orm{n}." for n in range(30, 36))
    one = outcome(text)
    rows = reading.rows([one], one.dossier)
    assert reading.of_most([one], one.dossier) == (
        "Who says it is not named (6 of 6 figures)."  # that it found no period, a draft asks
    )
    assert not any("period" in row.remark for row in rows)
    article = examine(bk.read_dossier())
    assert reading.of_most(article, article[0].dossier) == ""
