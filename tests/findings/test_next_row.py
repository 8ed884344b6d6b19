"""The row of terms.csv that would link most figures."""

from __future__ import annotations

from making import exactly, term

import bakhmut as bk
from bakhmut.findings.next_row import next_row


def built(rows, terms=()):
    return bk.build_dossier({"claims": rows, "terms": list(terms)})


def test_the_row_that_links_most_figures_is_named():
    front = [
        exactly(f"front-{side.lower()}", "100", place="Marran front", side=side) for side in "AB"
    ]
    karel = [exactly(f"karel-{side.lower()}", "5", place="Karel", side=side) for side in "ABC"]
    other = exactly("other", "5", place="Elsewhere", side="A")
    # All six are alone. With Karel in the front, those of sides A and B are linked, two by two;
    # with Elsewhere in it only the two of side A.
    found = next_row(built([*front, *karel, other]))
    assert found.kind == "place" and {found.whole, found.part} == {"Marran front", "Karel"}
    assert found.figures == 4
    assert str(found) == (
        f"If {found.part} is part of {found.whole}: place, {found.whole}, , {found.part} + ... "
        "in terms.csv would link 4 more figures."
    )


def test_what_is_linked_needs_no_row():
    assert next_row(built([exactly("a", "5"), exactly("b", "5")])) is None


def test_one_figure_alone_has_nothing_to_be_linked_to():
    assert next_row(built([exactly("a", "5")])) is None


def test_a_row_is_named_once_it_stands_no_more():
    rows = [exactly("a", "5", place="Karel"), exactly("b", "9", place="Marran front")]
    found = next_row(built(rows))
    assert found.figures == 2  # both were alone
    again = built(rows, [term(found.kind, found.whole, f"{found.part} + ...")])
    assert next_row(again) is None


def test_no_row_makes_a_word_part_of_itself():
    # X holds Y already, and their sides keep the figures apart: the other way round is a circle.
    rows = [exactly("a", "5", place="X"), exactly("b", "9", place="Y", side="B")]
    assert next_row(built(rows, [term("place", "X", "Y + ...")])) is None
