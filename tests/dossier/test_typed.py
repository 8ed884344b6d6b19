"""What a spreadsheet makes of what was typed: taken back where certain, named where not."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from bakhmut.dossier.claims import DossierError, build_dossier
from bakhmut.dossier.doors.typed import how_to_write, text_of_cell


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        # 45000 days after 30 December 1899 are 15 March 2023 (45,000 = 123 years with 30 leap
        # days, 44,925 days to 30 December 2022, and 75 more).
        ("published", "45000", "looks like a date that Excel made; write 2023-03-15"),
        ("period", "45000", "looks like a date that Excel made; write 2023-03-15"),
        ("published", "45000.0", "looks like a date that Excel made; write 2023-03-15"),
        ("published", "3/6/2023", "day or month first? write 2023-03-06 or 2023-06-03"),
        ("per_period", "3-6-2023", "day or month first? write 2023-03-06 or 2023-06-03"),
        ("published", "3/25/2023", "is not written as a date here; write 2023-03-25"),
        ("published", "25/3/2023", "is not written as a date here; write 2023-03-25"),
        ("published", "5/5/2023", "is not written as a date here; write 2023-05-05"),
        ("published", "06.03.2023", "is not written as a date here; write 2023-03-06"),
        ("published", "2023-3-6", "is not written as a date here; write 2023-03-06"),
        ("published", "2023/03/06", "is not written as a date here; write 2023-03-06"),
        ("published", "2023-03-06 00:00:00", "is not written as a date here; write 2023-03-06"),
        ("published", "Mar 2023", "is not written as a date here; write 2023-03"),
        ("published", "6 March 2023", "is not written as a date here; write 2023-03-06"),
        ("published", "March 6, 2023", "is not written as a date here; write 2023-03-06"),
        (
            "published",
            "May-24",
            "is not written as a date here; write 2024-05 or a day with its year, like 2023-05-06",
        ),
        ("low", "May-24", "looks like a date that Excel made; make the cell text and type the f"),
        ("high", "24-May", "looks like a date that Excel made"),
        ("low", "5/24/2023", "looks like a date that Excel made"),
        ("low", "5:1", "is a ratio; write the first number"),
    ],
)
def test_what_looks_like_a_date_is_met_with_what_to_write(column, text, said):
    assert how_to_write(column, text).startswith(said)


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("low", "45000"),
        ("low", "five"),
        ("published", "yesterday"),
        ("published", "31/31/2023"),
        ("published", "2023-02-30"),
        ("published", "19999"),
        ("side", "May-24"),
        ("hedge", "3/6/2023"),
    ],
)
def test_of_other_texts_it_says_nothing(column, text):
    assert how_to_write(column, text) == ""


def test_a_date_of_a_spreadsheet_is_no_name_of_a_period():
    for column in ("period", "per_period"):
        row = {"claim": "a", "measure": "killed", "low": "5", "period": "2024", column: "May-24"}
        with pytest.raises(DossierError, match=f"{column}: 'May-24' .* write 2024-05 or a day"):
            build_dossier([row])
    # What a text calls a period is one.
    assert (
        build_dossier([{"claim": "a", "period": "the May of 24", "low": "5"}])
        .claims["claim"]
        .tolist()
    )


DAY = datetime(2023, 3, 15)


@pytest.mark.parametrize(
    ("value", "column", "shown_as", "text"),
    [
        (153770, "low", "#,##0", "153770"),
        (4.5, "low", "General", "4.5"),
        (0.25, "low", "0%", "25%"),
        (0.256, "low", "0%", "25.6%"),  # what was typed, not what is shown of it
        (0.07, "low", "0.00%", "7%"),  # 0.07 * 100 in floats is 7.000000000000001
        (1.28, "low", '0.00" % of all"', "1.28"),  # a literal, no per cent
        (DAY, "published", "mm-dd-yy", "2023-03-15"),
        (DAY, "period", "yyyy\\-mm\\-dd", "2023-03-15"),
        (DAY, "published", "[$-809]d mmmm yyyy;@", "2023-03-15"),
        (date(2023, 3, 1), "published", "mmm-yy", "2023-03"),
        (date(2023, 1, 1), "published", "yyyy", "2023"),
        (2023, "published", "General", "2023"),
        (True, "named", "General", "yes"),
        ("May-24", "quote", "@", "May-24"),
    ],
)
def test_what_was_typed_is_taken_back_where_it_is_certain(value, column, shown_as, text):
    assert text_of_cell(value, column, shown_as) == text


@pytest.mark.parametrize(
    ("value", "column", "shown_as", "said"),
    [
        (DAY, "low", "d-mmm", "holds a date \\(2023-03-15\\) that Excel made of what was typed"),
        (DAY, "locator", "mm-dd-yy", "holds a date \\(2023-03-15\\)"),
        (DAY, "published", "d-mmm", "is shown without a year, and Excel took 2023"),
        (DAY, "published", "mmm-yy", "holds the date 2023-03-15 and shows less of it"),
        (time(5, 1), "low", "h:mm", "holds a time \\(05:01:00\\)"),
        (timedelta(hours=29), "low", "[h]:mm", "holds a time"),
    ],
)
def test_what_was_typed_is_asked_for_where_it_is_not_certain(value, column, shown_as, said):
    with pytest.raises(ValueError, match=said):
        text_of_cell(value, column, shown_as)
