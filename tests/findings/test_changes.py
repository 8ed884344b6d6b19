"""What moved between two dossiers, and because of what."""

import pytest

from bakhmut.dossier.changed.edits import tables_of
from bakhmut.dossier.claims import build_dossier
from bakhmut.findings.changes import COLUMNS, KINDS, as_object, compare, figure


def small(*claims, **tables):
    """A dossier of counts of one scope by two offices, none of it ambiguous."""
    base = {"side": "Russia", "place": "Bakhmut", "period": "2022-08-01/2023-03-06"}
    base |= {"published": "2023-03-06", "measure": "killed", "source": "one office"}
    rows = [base | {"quote": f"{claim['claim']} was said"} | claim for claim in claims]
    sources = [{"source": name, "named": "yes"} for name in ("one office", "another office")]
    return build_dossier({"claims": rows, "sources": sources} | tables)


def one(frame, kind):
    rows = frame[frame["kind"] == kind]
    assert len(rows) == 1, frame.to_string()
    return rows.iloc[0]


TOTAL = {"claim": "total", "low": "153,770", "high": "153,770"}
FLOOR = {"claim": "floor", "side": "Ukraine", "hedge": "more than", "low": "120,000"}


def test_nothing_moved_between_a_dossier_and_itself():
    frame = compare(small(TOTAL, FLOOR), small(TOTAL, FLOOR))
    assert frame.empty
    assert list(frame) == COLUMNS


def test_a_figure_with_a_newer_date_has_changed():
    new = TOTAL | {"low": "154,830", "high": "154,830", "published": "2023-03-07"}
    row = one(compare(small(TOTAL), small(new)), "figure")
    assert (row.what, row.before, row.after) == ("total", "153,770", "154,830")
    assert row.because == "published 2023-03-06, now 2023-03-07"


def test_another_figure_under_the_same_date_is_a_silent_change_of_its_own_kind():
    frame = compare(small(TOTAL), small(TOTAL | {"low": "154,830", "high": "154,830"}))
    row = one(frame, "silent")
    assert (row.before, row.after) == ("153,770", "154,830")
    assert "2023-03-06" in row.because
    assert "figure" not in set(frame["kind"])


def test_a_lost_hedge_is_a_changed_figure():
    row = one(compare(small(FLOOR), small(FLOOR | {"hedge": "", "high": "120,000"})), "silent")
    assert (row.before, row.after) == ("more than 120,000", "120,000")


def test_claims_that_came_and_went_are_named():
    newcomer = {"claim": "newcomer", "quote": "nine", "low": "9", "high": "9", "place": "Kyiv"}
    frame = compare(small(TOTAL, FLOOR), small(TOTAL, newcomer))
    rows = frame[frame["kind"] == "claim"].set_index("what")
    assert (rows.loc["floor", "before"], rows.loc["floor", "after"]) == (
        "more than 120,000, “floor was said”",
        "",
    )
    assert (rows.loc["newcomer", "before"], rows.loc["newcomer", "after"]) == ("", "9, “nine”")


def test_a_changed_scope_is_said_column_by_column():
    rows = compare(small(TOTAL), small(TOTAL | {"place": "Kyiv", "note": "moved"}))
    claims = rows[rows["kind"] == "claim"]["what"].tolist()
    assert claims == ["total: place", "total: note"]


def test_a_conflict_that_dissolves_names_the_change_that_alone_dissolves_it():
    # 100 and 130 killed of one scope cannot both hold; 130 corrected to 100 can.
    rows = [
        {"claim": "a", "low": "100", "high": "100"},
        {"claim": "b", "low": "130", "high": "130"},
    ]
    old = small(rows[0], rows[1] | {"source": "another office"})
    new = small(
        rows[0] | {"locator": "page 1"},
        rows[1] | {"source": "another office", "low": "100", "high": "100"},
    )
    row = one(compare(old, new), "conflict")
    assert (row.what, row.before, row.after) == ("a and b", "contradiction", "")
    assert row.because == "b from “130” to “100”: this alone ends it"


def test_a_conflict_that_appears_names_the_change_that_makes_it():
    same = {"claim": "a", "low": "100", "high": "100"}
    other = {"claim": "b", "source": "another office"}
    old = small(same, other | {"low": "100", "high": "100"})
    new = small(same, other | {"low": "130", "high": "130"})
    frame = compare(old, new)
    row = one(frame, "conflict")
    assert (row.before, row.after) == ("", "contradiction")
    assert row.because == "b from “100” to “130”: this alone makes it"
    assert one(frame, "status").because == "0 conflicts went, 1 came, 0 changed"


def test_two_changes_that_dissolve_only_together_are_said_to():
    # 100, 130 and 160: moving 130 or 160 to 100 alone leaves the other at odds with 100; the
    # conflict of a with b alone dissolves by b, that of a with c by c.
    low = {"claim": "a", "low": "100", "high": "100"}
    old = small(low, {"claim": "b", "low": "130", "high": "130"})
    new = small(low | {"low": "115", "high": "115"}, {"claim": "b", "low": "115", "high": "115"})
    row = one(compare(old, new), "conflict")
    assert row.because == "only together: a from “100” to “115” and b from “130” to “115”"


def test_a_changed_word_is_found_responsible(article):
    tables = tables_of(article)
    words = [
        row for row in tables["terms"] if (row["term"], row["reading"]) != ("lost", "casualties")
    ]
    frame = compare(article, build_dossier({**tables, "terms": words}))
    assert one(frame, "word").what == "lost"
    gone = frame[(frame["kind"] == "conflict") & (frame["after"] == "")]
    assert gone["because"].str.startswith("the word lost changed: this alone ends it").any()


def test_a_flag_that_went_or_came_is_told_with_its_cause():
    # Published on 4 March the older total is no longer a month older than that of 6 March.
    old = small(TOTAL, FLOOR | {"published": "2023-02-01"})
    row = one(compare(old, small(TOTAL, FLOOR | {"published": "2023-03-04"})), "flag")
    assert row.what.startswith("stale [")
    assert row.before.startswith("note: ")
    assert row.after == ""
    assert row.because == "floor (published changed)"


def test_a_quotient_that_moved_is_told_by_its_flag():
    # 153,770 / 120,001 = 1.2814; 163,770 / 120,001 = 1.3647.
    frame = compare(
        small(TOTAL, FLOOR), small(TOTAL | {"low": "163,770", "high": "163,770"}, FLOOR)
    )
    rows = frame[frame["what"].str.startswith("point-against-bound")]
    assert "at most 1.28," in rows.iloc[0].before
    assert "at most 1.36," in rows.iloc[0].after


def test_a_bound_that_moved_names_the_figure_that_moved_it():
    new = small(TOTAL | {"low": "163,770", "high": "163,770"}, FLOOR | {"low": "130,000"})
    frame = compare(small(TOTAL, FLOOR), new)
    bounds = frame[frame["kind"] == "bound"].set_index("before")
    assert bounds.loc["153,770", "after"] == "163,770"
    assert bounds.loc["153,770", "because"] == "total from “153,770” to “163,770”"
    why = bounds.loc["at least 120,001", "because"]
    assert why == "floor from “more than 120,000” to “more than 130,000”"


def test_kinds_come_in_a_fixed_order_with_what_weighs_most_first():
    other = {"claim": "other", "low": "9,000", "high": "9,000", "source": "another office"}
    new = small(TOTAL, other | {"low": "153,770", "high": "153,770", "note": "x"})
    kinds = [KINDS.index(kind) for kind in compare(small(TOTAL, other), new)["kind"]]
    assert kinds == sorted(kinds)
    assert len(set(kinds)) > 2
    assert KINDS[:2] == ("status", "silent")


def test_the_object_for_scripts_names_both_dossiers():
    old, new = small(TOTAL), small(TOTAL | {"note": "x"})
    told = as_object(old, new, compare(old, new))
    assert told["old"]["sha256"] != told["new"]["sha256"]
    assert told["changes"] == [
        {"kind": "claim", "what": "total: note", "before": "", "after": "x", "because": ""}
    ]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (("", "5", "7"), "5 to 7"),
        (("", "", ""), "no number"),
        (("", "5", ""), "at least 5"),
        (("", "", "5"), "up to 5"),
        (("more than", "5", ""), "more than 5"),
    ],
)
def test_a_figure_is_said_as_it_is_printed(cells, words):
    assert figure(dict(zip(("hedge", "low", "high"), cells, strict=True))) == words
