"""A draft confirmed: what is said is kept at once and taken up again; no file is lost by it."""

from __future__ import annotations

import pytest

from bakhmut import DossierError, check, draft, read_dossier
from bakhmut.dossier.derived import is_open
from bakhmut.drafting.kept.confirmation import confirmation_of
from bakhmut.drafting.kept.written import write_draft
from bakhmut.findings.summary import examine, summarize
from bakhmut.findings.unconfirmed import open_cells, unconfirmed

STORY = """\
Nine dead in Arle

The mayor said that nine people were killed in Arle on Monday. The army said that 30 soldiers
were wounded there. A hospital in Bree treated 12 wounded.
"""


@pytest.fixture
def place(tmp_path):
    return write_draft(draft(text=STORY), tmp_path / "story")


def cell(place, claim, field):
    claims = read_dossier(place).claims
    return claims.loc[claims["claim"].eq(claim), field].item()


def test_the_least_sure_figure_comes_first_and_what_was_answered_last(place):
    known = confirmation_of(place)
    ranks = {"read": 0, "inferred": 1, "carried": 2, "blank": 3}
    worst = [max(ranks[row["sure"]] for row in known.evidence[claim]) for claim in known.order]
    assert worst == sorted(worst, reverse=True) and worst[0] > 0
    first = known.order[0]
    known.accept(first)
    again = confirmation_of(place)
    assert again.order[-1] == first
    assert (again.done, known.done, again.state(first)) == (1, 1, "yes")


@pytest.mark.parametrize(("marks", "state"), [
    (["yes"], "yes"), (["x", "Yes", "ok"], "yes"), (["no"], "no"), (["No "], "no"),
    (["no", "yes"], ""), (["?"], ""), ([""], ""), (["yes", ""], ""),
])  # fmt: skip
def test_a_mark_means_to_who_confirms_what_it_means_to_the_check(place, marks, state):
    # Of some cells "no" is no word on the figure: a person found those cells wrong.
    known = confirmation_of(place)
    claim = known.order[0]
    for n, row in enumerate(known.evidence[claim]):
        row["confirmed"] = marks[n % len(marks)]
    assert known.state(claim) == state
    waiting = [row for row in known.evidence[claim] if is_open(row["sure"], row["confirmed"])]
    assert bool(waiting) == (state != "yes")
    assert claim in {row["claim"] for row in known._kept()["claims"]} or state == "no"


def test_a_cell_that_is_mended_stands_in_the_table_and_is_confirmed(place):
    known = confirmation_of(place)
    claim = known.order[0]
    known.mend(claim, place=" Oss ")
    assert cell(place, claim, "place") == "Oss"
    kept = read_dossier(place).evidence
    row = kept[kept["claim"].eq(claim) & kept["field"].eq("place")].iloc[0]
    assert (row["value"], row["rule"], row["confirmed"]) == ("Oss", "by hand", "yes")


def test_a_value_that_cannot_stand_is_told_and_changes_nothing(place):
    known = confirmation_of(place)
    before = {path.name: path.read_bytes() for path in place.iterdir()}
    with pytest.raises(DossierError, match="'many' is not a number"):
        known.mend(known.order[0], low="many")
    assert {path.name: path.read_bytes() for path in place.iterdir()} == before
    known.accept(known.order[0])  # and what is sound goes on being saved


def test_what_is_dropped_leaves_the_table_and_comes_back_when_accepted(place):
    claims = read_dossier(place).claims
    root = next(iter(filter(None, claims["repeats"])))
    kept = claims.loc[claims["claim"].eq(root)].iloc[0]
    known = confirmation_of(place)
    known.drop(root)
    left = read_dossier(place).claims
    assert root not in set(left["claim"]) | set(left["repeats"])
    again = confirmation_of(place)
    assert again.state(root) == "no"
    again.accept(root)
    back = read_dossier(place).claims.set_index("claim").loc[root]
    assert (back["quote"], back["low"], back["place"]) == (
        kept["quote"],
        kept["low"],
        kept["place"],
    )


def test_the_last_figure_cannot_be_dropped(tmp_path):
    known = confirmation_of(draft(text="Nine were killed."), tmp_path / "one")
    with pytest.raises(DossierError, match="a dossier needs at least one claim"):
        known.drop(known.order[0])
    assert known.done == 0


def test_what_somebody_else_changed_is_not_overwritten(place):
    known = confirmation_of(place)
    table = place / "claims.csv"
    table.write_text(table.read_text().replace("Arle", "Oss"))
    with pytest.raises(DossierError, match="was changed elsewhere"):
        known.accept(known.order[0])
    assert "Oss" in table.read_text()


def test_where_one_file_was_changed_elsewhere_none_is_written(place):
    known = confirmation_of(place)
    with (place / "evidence.csv").open("a") as table:
        table.write("\n")
    before = (place / "claims.csv").read_bytes()
    with pytest.raises(DossierError, match=r"evidence\.csv: was changed elsewhere"):
        known.drop(known.order[0])
    assert (place / "claims.csv").read_bytes() == before
    assert known.state(known.order[0]) == ""


def test_two_cells_that_only_fit_together_are_mended_together(place):
    known = confirmation_of(place)
    claim = next(one for one in known.order if known.rows[one]["low"] == "30")
    with pytest.raises(DossierError, match="above the high end"):
        known.mend(claim, low="40")
    known.mend(claim, low="40", high="50")
    assert (cell(place, claim, "low"), cell(place, claim, "high")) == ("40", "50")


def test_a_folder_with_the_draft_of_another_text_is_left_alone(place):
    with pytest.raises(DossierError, match="holds the draft of another text"):
        confirmation_of(draft(text="Ten were killed."), place)
    with pytest.raises(DossierError, match=r"has no evidence\.csv"):
        (place / "evidence.csv").unlink()
        confirmation_of(place)


def test_every_verdict_on_what_nobody_confirmed_says_so_until_it_is_confirmed(tmp_path):
    text = "Ten soldiers were killed in Arle, the army said. Later 25 were killed in Arle, it said."
    place = write_draft(draft(text=text), tmp_path / "two")
    table = place / "claims.csv"
    dossier = read_dossier(place)
    open_ = open_cells(dossier)
    assert open_
    told = [one["because"] for one in summarize(dossier, examine(dossier))["notes"]]
    assert any(one.startswith(f"Drafted from a text: in {len(open_)} of 2") for one in told)
    resting = [row for row in check(dossier).conflicts["claims"] if set(row) & set(open_)]
    assert len(resting) == 1  # 25 beside 10
    assert any(one.endswith("; the conflict rests on that.") for one in told)
    (first,) = [one for one in told if one.startswith("Confirm first: ")]
    assert (
        "“Ten soldiers were killed in Arle” (" in first
        and "“Later 25 were killed in Arle” (" in first
    )
    known = confirmation_of(place)
    for claim in known.order:
        known.accept(claim)
    assert unconfirmed(examine(read_dossier(place))) == []
    assert table.exists()


def test_a_cell_that_was_changed_in_the_table_is_somebodys_own(place):
    dossier = read_dossier(place)
    claim = next(c for c, told in open_cells(dossier).items() if "no source" in told)
    rows = dossier.claims.assign(source=dossier.claims["source"].where(
        dossier.claims["claim"].ne(claim), "a reporter"))  # fmt: skip
    from dataclasses import replace

    assert "no source" not in open_cells(replace(dossier, claims=rows)).get(claim, "")


def test_a_dossier_that_was_not_drafted_says_nothing_of_it():
    assert unconfirmed(examine(read_dossier())) == []


@pytest.mark.parametrize("most", [0, 1, 2])
@pytest.mark.parametrize("steps", [["drop"], ["drop", "accept"]])
def test_a_kill_between_two_files_leaves_a_dossier_that_can_be_read(
    place, monkeypatch, steps, most
):
    (place / ".claims.csv.1-ab.part").write_text("left by a kill in the middle of writing")
    claim, whole = confirmation_of(place).order[0], len(read_dossier(place).claims)
    assert not list(place.glob(".*"))
    rows = f"{claim},a,low,5,x,\n{claim},b,low,6,x,\n"
    (place / "readings.csv").write_text(f"claim,reading,field,value,because,usual\n{rows}")
    confirmation = confirmation_of(place)
    *before, last = steps
    for step in before:
        getattr(confirmation, step)(claim)
    written = []

    def replace(target, content):
        if len(written) == most:
            raise KeyboardInterrupt
        written.append(target.name)
        target.write_bytes(content)

    # The readings name the claim: they go before it, and come back after it.
    monkeypatch.setattr("bakhmut.base.files.replace", replace)
    with pytest.raises(KeyboardInterrupt):
        getattr(confirmation, last)(claim)
    assert len(written) == most
    assert len(read_dossier(place).claims) in (whole - 1, whole)
