"""What the first screen says of figures that were compared with none."""

from __future__ import annotations

import pytest
from making import dossier, exactly
from test_whatif_section import page_of

import bakhmut as bk
from bakhmut.record import compared_with_none


def said(one, other, column="place"):
    """Return what is said of two claims that differ in a name."""
    made = dossier([exactly("a", "5", **{column: one}), exactly("b", "6", **{column: other})], [])
    alone = bk.check(made).alone
    assert alone == ("a", "b")
    return compared_with_none(made, alone, named=alone)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Lyn", "Lyon"), ("the wrok", "the work"), ("deaths", "death"), ("Deaths", "deaths")],
)
@pytest.mark.parametrize("column", ["side", "measure", "place"])
def test_names_that_differ_by_a_slip_are_asked_about(one, other, column):
    assert f"Is “{one}” another name for “{other}”?" in said(one, other, column)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("Iran", "Iraq"), ("phase 1", "phase 2"), ("phase 1", "phase 11")),
        *(("east side", "west side"), ("Group A", "Group B"), ("A", "AB"), ("Oslo", "Bergen")),
    ],
)
def test_names_that_differ_otherwise_are_two_names(one, other):
    assert said(one, other) == (
        "Nothing in the meaning of the words links a and b to another figure, so they were "
        "compared with none."
    )


def test_the_page_says_so_by_the_quotes():
    rows = [exactly("a", "5", place="Lyn", quote="5 fell in Lyn"), exactly("b", "6", place="Lyon")]
    page = page_of(dossier(rows, []))
    assert "links “5 fell in Lyn” and b to another figure" in page
    assert "another name for “Lyon”?" in page


def test_where_all_is_compared_the_page_says_nothing_of_it():
    assert "compared with none" not in page_of(dossier([exactly("a", "5"), exactly("b", "5")]))
