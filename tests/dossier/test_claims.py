"""The door: what a dossier may look like, what it becomes, and what is said when it is refused."""

from __future__ import annotations

import gzip
import os
import pickle
from datetime import date
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest
from any_dossier import dossiers, same
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bakhmut.dossier.claims import (
    DATA,
    TABLES,
    DossierError,
    build_dossier,
    new_dossier,
    read_dossier,
    verify_quotes,
    write_dossier,
)
from bakhmut.dossier.parsing.hedging import hedges
from bakhmut.dossier.parsing.notation import parse_number, parse_period, parse_sum

ARTICLE = DATA / "article"


def refused(tables=None, **rows):
    """Return the sentences with which tables are refused; rows are given by table name."""
    with pytest.raises(DossierError) as caught:
        build_dossier(tables or rows)
    return caught.value.problems


def refused_file(path):
    with pytest.raises(DossierError) as caught:
        read_dossier(path)
    return caught.value.problems


def put(folder, name="claims.csv", text="claim,low\na,1\n"):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def claim(**cells):
    return {"claim": "a", "side": "Red", "measure": "killed", "low": "5", "high": "5", **cells}


# ---- numbers


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("153,770", 153_770),
        ("153 770", 153_770),
        ("153\u00a0770", 153_770),
        ("153\u2009770", 153_770),
        ("153\u202f770", 153_770),
        ("153'770", 153_770),
        ("1\u2019234\u2019567", 1_234_567),
        ("1,234,567.5", Fraction(2_469_135, 2)),
        ("5", 5),
        ("0", 0),
        ("120000", 120_000),
        ("4.5", Fraction(9, 2)),
        ("1.2814", Fraction(12_814, 10_000)),
        ("1.2 million", 1_200_000),
        ("1.2 Million", 1_200_000),
        ("3 billion", 3_000_000_000),
        ("120 thousand", 120_000),
        ("120k", 120_000),
        ("88 %", Fraction(88, 100)),
        ("88%", Fraction(88, 100)),
        ("12.5 per cent", Fraction(1, 8)),
        (" 5 ", 5),
        ("9" * 60, 10**60 - 1),
    ],
)
def test_a_number_as_printed_has_its_exact_value(text, value):
    assert parse_number(text) == value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("5,5", "write 5.5 with a decimal point"),
        ("120,50", "write 120.50 with a decimal point"),
        ("1.234.567", "can be taken in several ways"),
        ("1,53,770", "can be taken in several ways"),
        ("1,234 567", "can be taken in several ways"),
        ("0,500", "can be taken in several ways"),
        ("nan", "is not a number"),
        ("inf", "is not a number"),
        ("NA", "is not a number"),
        ("1e5", "is not a number"),
        ("+5", "is not a number"),
        ("5.", "can be taken in several ways"),
        ("five", "is not a number"),
        ("5 to 6", "is not a number"),
        ("\u0665", "is not a number"),
        ("½", "is not a number"),
        ("1\u212a", "is not a number"),  # the sign of the kelvin is no thousand
        ("", "is not a number"),
        ("9" * 61, "is longer than the 60 characters"),
    ],
)
def test_what_is_no_number_or_several_is_refused_with_a_way_to_write_it(text, said):
    with pytest.raises(ValueError, match=said):
        parse_number(text)


@given(st.integers(0, 10**15))
def test_grouping_digits_never_changes_a_number(number):
    for mark in (",", " ", "\u00a0", "\u202f", "'"):
        assert parse_number(f"{number:,}".replace(",", mark)) == number


# ---- periods


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022-02-24/2023-03-06", date(2022, 2, 24), date(2023, 3, 6)),
        ("2022-02-24 / 2023-03-06", date(2022, 2, 24), date(2023, 3, 6)),
        ("2022-02-24/..", date(2022, 2, 24), None),
        ("../2023-03-06", None, date(2023, 3, 6)),
        ("../..", None, None),
        ("2023-03-06", date(2023, 3, 6), date(2023, 3, 6)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2022/2023-03", date(2022, 1, 1), date(2023, 3, 31)),
        # Three months from 24 February end the day before 24 May.
        ("2022-02-24/P3M", date(2022, 2, 24), date(2022, 5, 23)),
        ("2023-03-06/P1D", date(2023, 3, 6), date(2023, 3, 6)),
        ("2023-01/P1Y", date(2023, 1, 1), date(2023, 12, 31)),
        # A week that ends on the 6th begins on the day after 27 February.
        ("P1W/2023-03-06", date(2023, 2, 28), date(2023, 3, 6)),
        # January has no 31st of February: the month ends on the 28th, whose eve is the 27th.
        ("2023-01-31/P1M", date(2023, 1, 31), date(2023, 2, 27)),
    ],
)
def test_a_period_includes_both_its_ends(text, first, last):
    assert parse_period(text) == (first, last)


@pytest.mark.parametrize("text", ["", "the siege", "winter 2022/23", "March 2023", "Operation 5"])
def test_a_term_is_no_period(text):
    assert parse_period(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "2023-02-30",
        "2023-13",
        "2023-3-6",
        "06.03.2023",
        "3/6/2023",
        "2022-02-24/yesterday",
        "2022-02-24/2022-06-01/2023",
        "since 2022-02-24",
        "2022-02-24–2023-03-06",
        "2022-02-24/P0D",
        "P1M/P1M",
        "2022-02-24/P99999Y",
        "9999-12-31/P1Y",
        "0000-01-01/..",
        "../P3M",
        "2023-03-06T10:00",
    ],
)
def test_what_looks_like_a_date_and_is_none_is_refused(text):
    with pytest.raises(ValueError, match="is not a period; write it like 2022-02-24/2023-03-06"):
        parse_period(text)


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="ends before it begins"):
        parse_period("2023-03-06/2022-02-24")


# ---- sums and hedges


def test_a_sum_has_parts_and_may_stay_open():
    assert parse_sum("killed") == (("killed",), False)
    assert parse_sum(" killed+ wounded ") == (("killed", "wounded"), False)
    assert parse_sum("Bakhmut + ...") == (("Bakhmut",), True)
    assert parse_sum("Bakhmut + …") == (("Bakhmut",), True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("killed + ", "has an empty part"),
        ("+ killed", "has an empty part"),
        ("killed + ... + wounded", "may only stand last"),
        ("...", "names no part"),
        ("killed + wounded + killed", "counts 'killed' more than once"),
    ],
)
def test_a_sum_that_cannot_be_added_is_refused(text, said):
    with pytest.raises(ValueError, match=said):
        parse_sum(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ()),
        ("exact", ("exact",)),
        ("may; more than", ("may", "more than")),
        ("may more than", ("may", "more than")),
        ("May, More Than", ("may", "more than")),
        ("may + more than", ("may", "more than")),
        ("may and more than", ("may", "more than")),
        ("over", ("more than",)),
        ("no more than", ("up to",)),
        ("no fewer than", ("at least",)),
        ("at most about", ("up to", "about")),
        ("almost", ("nearly",)),
        ("roughly", ("about",)),
        ("possibly; perhaps", ("may",)),
        ("fewer than", ("up to",)),
        ("an estimated", ("about",)),
        ("just over", ("more than",)),
        ("to date", ("so far",)),
        ("± 5 %", ("± 5 %",)),
    ],
)
def test_hedges_have_one_spelling(text, words):
    assert hedges(text) == words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("abut", "is not a hedge; allowed are exact, about, at least, more than, up to"),
        ("more", "is not a hedge"),
        ("abut 5", "is not a hedge"),
        ("exact; about", "says two opposite things"),
        ("at least; up to", "says two opposite things"),
    ],
)
def test_a_hedge_that_cannot_be_mapped_exactly_is_refused(text, said):
    with pytest.raises(ValueError, match=said):
        hedges(text)


def test_blank_per_cells_are_the_numerators_and_a_caret_is_the_row_above():
    rows = [
        claim(claim="a", side="people", measure="dead", place="town", period="2020"),
        claim(claim="b", side="^", measure="^", place="^", period="^", per_measure="ill",
              low="10 %", high="10 %"),
    ]  # fmt: skip
    made = build_dossier({"claims": rows}).claims.iloc[1]
    assert made["side"] == made["per_side"] == "people"
    assert (made["measure"], made["per_measure"]) == ("dead", "ill")
    assert made["per_place"] == "town" and made["per_period"] == "2020"


# ---- files


def test_the_article_is_read_without_a_path():
    dossier = read_dossier()
    assert dossier.name == "article"
    assert dossier.claims.set_index("claim").loc["russia-total", "low_value"] == 153_770


def test_delimiter_line_ends_mark_and_column_order_change_nothing(tmp_path):
    plain = 'claim,quote,low\na,"one, two; three",5\n'
    variants = {
        "plain": plain,
        "crlf": plain.replace("\n", "\r\n"),
        "cr": plain.replace("\n", "\r"),
        "mark": "\ufeff" + plain,
        "semicolon": 'claim;quote;low\na;"one, two; three";5\n',
        "order": 'low,claim,quote\n5,a,"one, two; three"\n',
        "no-last-end": plain.rstrip("\n"),
        "blank-rows": plain + "\n,,\n",
        "blank-column": 'claim,quote,low,,\na,"one, two; three",5,,\n',
        "more-columns": 'claim,quote,low,high,url\na,"one, two; three",5,,\n',
        "blanks": 'claim , quote, low\n a ,"one, two; three", 5 \n',
        "case": 'Claim,QUOTE, Low \na,"one, two; three",5\n',
        "tab": "claim\tquote\tlow\na\tone, two; three\t5\n",
        "stated": 'sep=;\nclaim;quote;low\na;"one, two; three";5\n',
        "utf-16": plain.encode("utf-16"),
        "packed.csv": gzip.compress(plain.encode()),
        "own-columns": 'claim,Desk,quote,low\na,7,"one, two; three",5\n',
        "words-of-per": 'claim,quote,low,Per Side\na,"one, two; three",5,\n',
    }
    dossiers = {
        name: read_dossier(put(tmp_path, f"{name}.csv", it)) for name, it in variants.items()
    }
    assert {dossier.sha256 for dossier in dossiers.values()} == {dossiers["plain"].sha256}
    assert dossiers["crlf"].name == "crlf"


def test_another_cell_is_another_hash(tmp_path):
    one = read_dossier(put(tmp_path, "one.csv", "claim,low\na,1\n"))
    two = read_dossier(put(tmp_path, "two.csv", "claim,low\na,1.0\n"))
    assert one.sha256 != two.sha256


def test_no_text_is_ever_taken_for_missing(tmp_path):
    words = ["NA", "null", "None", "nan", "N/A", "#N/A", "-"]
    rows = "".join(f"a-{i},{word},1\n" for i, word in enumerate(words))
    dossier = read_dossier(put(tmp_path, text="claim,quote,low\n" + rows))
    assert list(dossier.claims["quote"]) == words
    assert dossier.claims["note"].eq("").all()


def test_the_tables_that_are_missing_are_the_articles(tmp_path):
    put(tmp_path, text=(ARTICLE / "claims.csv").read_bytes())
    alone, article = read_dossier(tmp_path), read_dossier()
    assert alone.sha256 == article.sha256
    assert alone.name == tmp_path.name


def test_readings_and_accounts_come_along_only_for_the_articles_own_claims(tmp_path):
    dossier = read_dossier(put(tmp_path, text="claim,quote,low\nlede,other words,5\n"))
    assert dossier.readings.empty and dossier.positions.empty
    assert len(dossier.terms) == len(read_dossier().terms)


def test_an_edited_figure_does_not_meet_the_shipped_readings(tmp_path):
    text = (ARTICLE / "claims.csv").read_text(encoding="utf-8")
    put(tmp_path, text=text.replace("killed,Bakhmut,,,5,5", "killed,Bakhmut,,,7,7"))
    assert "lede" not in set(read_dossier(tmp_path).readings["claim"])


def test_a_header_without_rows_says_none(tmp_path):
    put(tmp_path, text=(ARTICLE / "claims.csv").read_bytes())
    put(tmp_path, "readings.csv", "claim,reading,field,value,because\n")
    assert read_dossier(tmp_path).readings.empty


def test_a_row_number_is_the_one_a_spreadsheet_shows(tmp_path):
    # The quoted cell spans two lines and the third row is blank, yet a spreadsheet shows row 4.
    text = 'claim,note,low\na,"two\nlines",1\n\nb,,x\n'
    (problem,) = refused_file(put(tmp_path, text=text))
    assert problem.startswith("claims.csv, row 4, column low: 'x' is not a number")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "claims.csv: is empty; its first row must name the columns"),
        ("\n\n", "is empty; its first row must name the columns"),
        ("claim,low\n", "claims.csv: has no rows; a dossier needs at least one claim"),
        # A lone half of a UTF-16 letter; a Windows byte that no letter has; Cyrillic Windows text
        # ("Ваг"), which in the western one would be nonsense; UTF-8 with one byte lost.
        (b"\xff\xfec\x00l", "is not whole: its UTF-16 text cannot be read"),
        (
            b"claim,low\na,1\nb,\x81\n",
            "row 3: is not UTF-8 text from here on; save the file as 'CSV UTF-8'",
        ),
        (b"claim,source,low\na,\xc2\xe0\xe3,1\n", "row 2: is not UTF-8 text from here on"),
        (b"claim,note,low\na,\xc3\xa9 \xe9,1\n", "row 2: is not UTF-8 text from here on"),
        (b"\x1f\x8b\x08\x00", "is not whole: its gzip data cannot be unpacked"),
        ("claim,low\na,1\nb,\x002\n", "row 3: holds a NUL byte; this is not a text file"),
        ("claim,low\na,1,2\n", "row 2: has 3 cells where the header names 2 columns; put a cell"),
        ("claim,low\na\n", "row 2: has 1 cell where the header names 2 columns"),
        ('claim,low\na,"1\n', "row 2: has a double quote out of place"),
        ('claim,low\n"a"b,1\n', "row 2: has a double quote out of place"),
        ("claim,low,low\na,1,1\n", "row 1: 'low' names more than one column"),
        ("claim,,low\na,x,1\n", "row 1: column 2 has no name; name it, or delete it"),
        ("claim,lwo,high\na,1,1\n", "row 1: 'lwo' is not a column; did you mean 'low'?"),
        ("Qoute,Claim,low\nq,a,1\n", "row 1: 'Qoute' is not a column; did you mean 'quote'?"),
        ("Low,low,claim\n1,1,a\n", "row 1: 'low' names more than one column"),
        ("a,b\nc,1\n", "row 1: names no column of this table; they are claim, article"),
        (
            "Losses as reported\nclaim,low\na,1\n",
            "row 1: names no columns; they stand in row 2: delete row 1",
        ),
        (
            "Losses;March\n\nClaim;Low\na;1\n",
            "row 1: names no columns; they stand in row 3: delete rows 1 to 2",
        ),
        ("quote,low\na,1\n", "row 1: the column 'claim' is missing"),
        ("claim,quote\na,b\n", "row 1: the columns 'low' and 'high' are missing; one is needed"),
        (",".join("abcdefghijk" * 10) + "\n", "row 1: names 110 columns; 100 are the most"),
    ],
)
def test_a_file_that_is_no_table_is_one_clear_problem(tmp_path, text, said):
    (problem,) = refused_file(put(tmp_path, text=text))
    assert said in problem


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: f"claim,note,low\na,{'x' * 100_001},1\n", "column note: has more than 100,000"),
        (
            lambda: f"claim,note,low\na,{'x' * 140_000},1\n",
            "row 2: has a cell of more than 100,000",
        ),
        (lambda: "claim,low\n" + "," * 3_000_001, "row 2: is longer than 3,000,000 characters"),
        (lambda: "claim,low\n" + "a,1\n" * 100_001, "has more than the 100,000 rows"),
        (lambda: " " * (32 * 2**20 + 1), "claims.csv: is larger than the 32 MB"),
    ],
)
def test_a_table_too_large_is_one_clear_problem(tmp_path, make, said):
    (problem,) = refused_file(put(tmp_path, text=make()))
    assert said in problem


def test_a_folder_in_the_place_of_a_table_is_one_clear_problem(tmp_path):
    (tmp_path / "claims.csv").mkdir()
    assert refused_file(tmp_path) == ["claims.csv: is a folder, not a file"]


def test_a_missing_claims_table_is_one_clear_problem(tmp_path):
    assert refused_file(tmp_path) == ["claims.csv: cannot be read (No such file or directory)"]


def test_a_path_that_leads_nowhere_is_one_clear_problem(tmp_path):
    missing = tmp_path / "no\nwhere"
    (problem,) = refused_file(missing)
    assert problem.endswith("is neither a folder nor a file that can be read")
    assert "\n" not in problem
    (problem,) = refused_file("x" * 5000)
    assert problem.endswith("is neither a folder nor a file that can be read")


def test_a_circle_of_links_is_one_clear_problem(tmp_path):
    (tmp_path / "claims.csv").symlink_to(tmp_path / "terms.csv")
    (tmp_path / "terms.csv").symlink_to(tmp_path / "claims.csv")
    problems = refused_file(tmp_path)
    assert [problem.split(":")[0] for problem in problems] == ["claims.csv", "terms.csv"]
    assert all("cannot be read (" in problem for problem in problems)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    put(tmp_path)
    os.mkfifo(tmp_path / "terms.csv")
    assert refused_file(tmp_path) == [
        "terms.csv: is not a plain file; what comes through a pipe is read as -"
    ]


def test_a_device_without_an_end_is_refused(tmp_path):
    put(tmp_path)
    (tmp_path / "terms.csv").symlink_to("/dev/zero")
    (problem,) = refused_file(tmp_path)
    assert problem.startswith("terms.csv: is not a plain file")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to the superuser")
def test_a_file_closed_to_us_is_one_clear_problem(tmp_path):
    put(tmp_path).chmod(0)
    assert refused_file(tmp_path) == ["claims.csv: cannot be read (Permission denied)"]


def test_a_table_under_a_wrong_name_is_not_passed_over(tmp_path):
    put(tmp_path)
    put(tmp_path, "reading.csv", "claim,reading,field,value\na,x,low,1\n")
    put(tmp_path, "estimates.csv", "anything\n")
    assert refused_file(tmp_path) == [
        "reading.csv: is not a table of a dossier; did you mean readings.csv?"
    ]


# ---- what the tables must say


def test_faults_of_all_tables_are_reported_together():
    problems = refused(
        claims=[claim(claim="A B", low="5,5"), claim(claim="b", low="2", high="1")],
        terms=[{"kind": "measur", "term": "lost", "means": ""}],
        assumptions=[{"assumption": "x", "tier": "sure", "low": "1"}],
    )
    assert [problem.split(":")[0] for problem in problems] == [
        "claims.csv, row 2, column claim",
        "claims.csv, row 2, column low",
        "claims.csv, row 3, column low",
        "terms.csv, row 2, column kind",
        "terms.csv, row 2, column means",
        "assumptions.csv, row 2, column tier",
    ]


RATIO = {"per_side": "Blue", "per_measure": "killed", "low": "5", "high": "5"}


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"claim": ""}, "column claim: is empty; each row needs an id of its own"),
        ({"claim": "Total"}, "column claim: 'Total' is not an id; write small letters"),
        ({"claim": "x" * 101}, "column claim: 'xxxxxxxxxx"),
        ({"low": "6"}, "column low: '6' is above the high end '5'; low must not be above high"),
        ({"low": "1 million"}, "column low: '1 million' is above the high end"),
        ({"hedge": "abut"}, "column hedge: 'abut' is not a hedge; allowed are exact, about"),
        (
            {"published": "06.03.2023"},
            "column published: '06.03.2023' is not written as a date here; write 2023-03-06",
        ),
        ({"published": "since March"}, "column published: 'since March' is not a date"),
        ({"published": "2023-02-30"}, "column published: '2023-02-30' is not a date"),
        ({"period": "2023-13"}, "column period: '2023-13' is not a period"),
        ({"period": "2023/2022"}, "column period: '2023/2022' ends before it begins"),
        ({"period": "2022 + 2023-02-30"}, "column period: '2022 + 2023-02-30' is not a period"),
        ({"side": "Red + "}, "column side: 'Red +' has an empty part"),
        ({"place": "each"}, "column place: 'each' is for assumptions.csv only"),
        ({"place": "each + town"}, "column place: 'each + town' has 'each' in a sum"),
        ({"via": "CNN > > BBC"}, "column via: 'CNN > > BBC' has an empty relay"),
        ({"side": "^"}, "column side: '^' says 'as in the row above', and there is none"),
        ({"hedge": "up to", "low": "183", "high": ""}, "a ceiling stands here: move 183 from low"),
        ({"hedge": "at least", "low": "", "high": "5"}, "a floor stands here: move 5 from high"),
        ({"low": "-3", "high": "-3"}, "column low: '-3' is negative; a count or a ratio is zero"),
        ({"hedge": "difference"}, "column hedge: 'difference' needs the per_ columns"),
        ({"hedge": "± 5", "low": "3", "high": "7"}, "needs one number: write the same in low and"),
        ({"standing": "denyed"}, "column standing: 'denyed' is not allowed; allowed are corrected"),
        ({"low": "", "high": "153.770"}, "column high: '153.770' may be 153,770 or a decimal"),
        ({"repeats": "b"}, "column repeats: 'b' is not a claim of this table"),
        ({"repeats": "a"}, "column repeats: 'a' closes a circle of restatements (a > a)"),
    ],
)
def test_a_claim_that_cannot_be_used_is_refused_by_name(cells, said):
    (problem,) = refused(claims=[claim(**cells)])
    assert problem.startswith("claims.csv, row 2, ")
    assert said in problem


@pytest.mark.parametrize(
    ("cells", "per"),
    [
        ({"per_measure": "wounded"}, ("Red", "wounded", "", "")),
        ({"per_side": "Blue", "place": "town"}, ("Blue", "killed", "town", "")),
        ({"per_side": "Blue", "period": "2022"}, ("Blue", "killed", "", "2022")),
        ({"place": "town"}, ("", "", "", "")),
    ],
)
def test_a_ratio_takes_blank_cells_of_its_denominator_from_its_numerator(cells, per):
    row = build_dossier({"claims": [claim(**cells)]}).claims.iloc[0]
    assert tuple(row[f"per_{name}"] for name in ("side", "measure", "place", "period")) == per


def test_a_ratio_may_have_three_decimals():
    dossier = build_dossier({"claims": [claim(**RATIO | {"low": "1.281", "high": "1.281"})]})
    assert dossier.claims.loc[0, "low_value"] == 1.281


def test_an_id_is_used_once():
    (problem,) = refused(claims=[claim(), claim(claim="b"), claim()])
    assert (
        problem == "claims.csv, row 4, column claim: 'a' is used in row 2 already; an id is unique"
    )


def test_a_circle_of_restatements_is_named_once():
    rows = [claim(claim=name, repeats=other) for name, other in ("ab", "bc", "ca")]
    (problem,) = refused(claims=rows)
    assert "(a > b > c > a)" in problem


def test_a_misspelt_claim_is_met_with_the_nearest():
    (problem,) = refused(claims=[claim(claim="russia-total"), claim(repeats="rusia-total")])
    assert problem.endswith("did you mean 'russia-total'?")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"source": ""}, "sources.csv, row 2, column source: is empty; name the source"),
        ({"source": "X", "named": "y"}, "column named: 'y' is not allowed; allowed are yes, no"),
    ],
)
def test_a_source_that_cannot_be_used_is_refused(row, said):
    (problem,) = refused(claims=[claim()], sources=[row])
    assert said in problem


def test_a_source_is_described_once():
    (problem,) = refused(claims=[claim()], sources=[{"source": "X"}, {"source": "X"}])
    assert "sources.csv, row 3, column source: 'X' is described in row 2 already" in problem


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"kind": "Measure"}, "column kind: 'Measure' is not allowed; allowed are side, measure"),
        ({"term": ""}, "column term: is empty; name the term"),
        ({"term": "a + b"}, "column term: 'a + b' cannot be a term"),
        ({"term": "each"}, "column term: 'each' cannot be a term"),
        ({"means": ""}, "column means: is empty; write the parts, like 'killed + wounded'"),
        ({"means": "... + killed"}, "column means: '... + killed' has ' + ...' before its end"),
        ({"means": "each"}, "column means: 'each' has 'each' in a sum"),
        ({"means": "killed + lost"}, "column term: 'lost' is part of itself (lost > lost)"),
        ({"kind": "period", "means": "2022-02-30"}, "column means: '2022-02-30' is not a period"),
    ],
)
def test_a_term_that_cannot_be_used_is_refused(row, said):
    good = {"kind": "measure", "term": "lost", "reading": "", "means": "killed", "because": ""}
    (problem,) = refused(claims=[claim()], terms=[good | row])
    assert said in problem


def test_terms_that_are_part_of_each_other_are_refused():
    rows = [{"kind": "place", "term": term, "means": means} for term, means in ("ab", "bc", "ca")]
    (problem,) = refused(claims=[claim()], terms=rows)
    assert "'a' is part of itself (a > b > c > a)" in problem


def test_one_word_of_two_kinds_is_no_circle():
    rows = [
        {"kind": "place", "term": "a", "means": "b"},
        {"kind": "side", "term": "b", "means": "a"},
    ]
    assert len(build_dossier({"claims": [claim()], "terms": rows}).terms) == 2


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"claim": "b"}, "column claim: 'b' is not a claim of claims.csv"),
        ({"reading": ""}, "column reading: is empty; give the reading a name"),
        ({"field": "lwo"}, "column field: 'lwo' is not allowed; allowed are side, measure"),
        ({"field": "lwo"}, "did you mean 'low'?"),
        ({"value": "x"}, "column value: 'x' as the low of a under the reading 'r' is not a number"),
        ({"value": "6"}, "column value: '6' as the low of a under the reading 'r' is above the"),
        ({"field": "hedge", "value": "abut"}, "'abut' as the hedge of a under the reading 'r' is"),
        ({"field": "period", "value": "2023-13"}, "'2023-13' as the period of a under the reading"),
        (
            {"field": "side", "value": "each"},
            "'each' as the side of a under the reading 'r' is for",
        ),
        ({"field": "per_side", "value": "Blue"}, "would make a ratio of a count; code the ratio"),
    ],
)
def test_a_reading_that_cannot_be_used_is_refused(row, said):
    good = {"claim": "a", "reading": "r", "field": "low", "value": "5"}
    problems = refused(claims=[claim()], readings=[good | row])
    assert problems[0].startswith("readings.csv, row 2, ")
    assert said in problems[0]


def test_a_claim_that_is_none_is_told_once_for_all_its_readings():
    rows = [{"claim": "b", "reading": "r", "field": "low", "value": str(n)} for n in range(5)]
    (problem,) = {text for text in refused(claims=[claim()], readings=rows) if "is not a" in text}
    assert problem.startswith("readings.csv, row 2, column claim: 'b' is not a claim of claims.csv")


def test_a_reading_sets_a_column_once():
    row = {"claim": "a", "reading": "r", "field": "low", "value": "5"}
    (problem,) = refused(claims=[claim()], readings=[row, row])
    assert "row 3, column field: 'low' is set for this reading in row 2 already" in problem


def test_a_printed_figure_that_no_reading_holds_is_refused():
    rows = [
        {"claim": "a", "reading": "five", "field": end, "value": "5"} for end in ("low", "high")
    ]
    (problem,) = refused(claims=[claim(low="7", high="7")], readings=rows)
    assert "column claim: 'a' is printed as 7, which none of its readings here holds" in problem
    assert build_dossier({"claims": [claim()], "readings": rows}).readings["value"].shape == (2,)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"claim": "a"}, "column claim: 'a' is the id of a claim in claims.csv"),
        ({"claim": "X"}, "column claim: 'X' is not an id"),
        ({"topic": ""}, "column topic: is empty; opposed accounts are found by their topic"),
        ({"stance": ""}, "column stance: is empty; opposed accounts are found by their stance"),
        ({"via": "> BBC"}, "column via: '> BBC' has an empty relay"),
    ],
)
def test_an_account_that_cannot_be_used_is_refused(row, said):
    good = {"claim": "p", "topic": "stay or leave", "stance": "stay"}
    (problem,) = refused(claims=[claim()], positions=[good | row])
    assert problem.startswith("positions.csv, row 2, ")
    assert said in problem


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"assumption": ""}, "column assumption: is empty; each row needs an id of its own"),
        (
            {"tier": "what if"},
            "column tier: 'what if' is not allowed; allowed are plausible, what-if",
        ),
        ({"tier": "what if"}, "did you mean 'what-if'?"),
        (
            {"low": "", "high": ""},
            "column low: is blank, and so is 'high'; an assumption says at least one",
        ),
        ({"high": "1"}, "column low: '2' is above the high end '1'"),
        ({"per_side": ""}, "column per_side: is blank: side is filled"),
        ({"period": "2023-02-30", "per_period": "each"}, "column period: '2023-02-30' is not a"),
    ],
)
def test_an_assumption_that_cannot_be_used_is_refused(row, said):
    good = {"assumption": "wpk", "tier": "plausible", "side": "Red", "measure": "wounded"}
    good |= {"per_side": "Red", "per_measure": "killed", "low": "2", "high": "4"}
    (problem,) = refused(claims=[claim()], assumptions=[good | row])
    assert problem.startswith("assumptions.csv, row 2, ")
    assert said in problem


def test_each_and_blank_scopes_are_allowed_in_assumptions():
    row = {"assumption": "wpk", "tier": "plausible", "side": "Red", "measure": "wounded"}
    row |= {"place": "each", "per_side": "Red", "per_measure": "killed", "per_place": "each"}
    assert len(
        build_dossier({"claims": [claim()], "assumptions": [row | {"low": "2"}]}).assumptions
    )


def test_a_value_is_shown_short_with_control_characters_visible():
    (problem,) = refused(claims=[claim(hedge="a\tb\x1b[31m" + "x" * 200)])
    assert r"'a\tb\x1b[31m" in problem
    assert "(208 characters)" in problem
    assert len(problem) < 250 and problem.isprintable()


def test_one_sentence_tells_all_rows_with_one_kind_of_fault():
    rows = [claim(claim=f"a-{i}", low=f"{i} x", hedge="abut" * (i == 3)) for i in range(10)]
    # The first row of a table is row 2: rows 2 to 11 have a low end that is no number.
    assert refused(claims=rows) == [
        "claims.csv, row 2, column low: '0 x' is not a number; write it like 153,770 or 120000 or "
        "4.5 or 88% or 1.2 million (also rows 3, 4, 5, 6, 7 and 4 more)",
        "claims.csv, row 5, column hedge: 'abut' is not a hedge; allowed are exact, about, "
        "at least, more than, up to, nearly, may, so far, difference, several joined by ';'",
    ]


def test_fifty_problems_are_printed_and_the_rest_counted():
    with pytest.raises(DossierError) as caught:
        raise DossierError(f"problem {number}" for number in range(300))
    lines = str(caught.value).splitlines()
    assert len(lines) == 51
    assert lines[-1] == "... and 250 more problems"


def test_looking_stops_where_a_table_is_wrong_throughout():
    with pytest.raises(DossierError) as caught:
        build_dossier({"claims": [claim(claim=f"a-{i}", low="x") for i in range(10_001)]})
    told, stopped = str(caught.value).splitlines()
    assert told.endswith("(also rows 3, 4, 5, 6, 7 and 9,994 more)")
    assert stopped == "Looking stopped at 10,000 faults."


def test_an_error_survives_the_way_between_processes():
    with pytest.raises(DossierError) as caught:
        build_dossier({"claims": [claim(low="x")]})
    again = pickle.loads(pickle.dumps(caught.value))
    assert str(again) == str(caught.value) and again.problems == caught.value.problems


def test_a_chain_as_long_as_a_table_needs_no_recursion():
    length = 20_000
    names = [f"c-{i}" for i in range(length)]
    rows = [
        claim(claim=name, repeats=last) for name, last in zip(names, ["", *names], strict=False)
    ]
    rows[0]["source"] = "the first"
    terms = [{"kind": "place", "term": f"t{i}", "means": f"t{i + 1} + u{i}"} for i in range(length)]
    dossier = build_dossier({"claims": rows, "terms": terms})
    assert set(dossier.claims["origin"]) == {"the first"}
    terms[-1]["means"] = "t0"
    (problem,) = refused(claims=rows, terms=terms)
    assert "'t0' is part of itself (t0 > t1 > t2 > t3 > t4 > t5 > ... > t0)" in problem


# ---- derived columns


def test_any_denominator_makes_a_ratio():
    rows = [claim(), claim(claim="b", **RATIO), claim(claim="c", side="", per_measure="killed")]
    assert list(build_dossier({"claims": rows}).claims["kind"]) == ["count", "ratio", "ratio"]


def test_an_origin_is_the_source_at_the_root():
    rows = [
        claim(claim="c", source="third", repeats="b"),
        claim(claim="b", source="second", repeats="a"),
        claim(source="first"),
        claim(claim="d"),
    ]
    origins = build_dossier({"claims": rows}).claims["origin"]
    assert list(origins) == ["first", "first", "first", "the text"]


def test_with_several_texts_an_unnamed_origin_is_its_own_text():
    rows = [claim(article="one"), claim(claim="b", article="two"), claim(claim="c")]
    origins = build_dossier({"claims": rows}).claims["origin"]
    assert list(origins) == ["the text one", "the text two", "the text"]


def test_open_numbers_and_unstated_days_are_missing_and_text_never_is():
    rows = [
        claim(high="", period="2022-02-24/..", published="2023-02"),
        claim(claim="b", low="", period="the siege"),
        claim(claim="c", period="2022-01 + 2022-03", published="1815-06-18"),
    ]
    claims = build_dossier({"claims": rows}).claims
    assert claims["low_value"].isna().tolist() == [False, True, False]
    assert claims["high_value"].isna().tolist() == [True, False, False]
    assert claims["period_start"].tolist() == [pd.Timestamp("2022-02-24"), pd.NaT, pd.NaT]
    assert claims["period_end"].isna().all()
    assert claims["published_on"].tolist() == [
        pd.Timestamp("2023-02-01"),
        pd.NaT,
        pd.Timestamp("1815-06-18"),
    ]
    assert claims["published"].tolist() == ["2023-02", "", "1815-06-18"]
    assert not claims[list(TABLES["claims"])].isna().to_numpy().any()


def test_an_altered_frame_is_checked_and_derived_anew():
    dossier = read_dossier()
    claims = dossier.claims.copy()
    row = claims["claim"].eq("russia-total")
    claims.loc[row, ["low", "high"]] = "154,830"
    claims.loc[row, "published"] = "2023-03-07"
    tables = {name: getattr(dossier, name) for name in TABLES} | {"claims": claims}
    altered = build_dossier(tables, name="altered")
    changed = altered.claims.set_index("claim").loc["russia-total"]
    assert (changed["low_value"], changed["published"]) == (154_830, "2023-03-07")
    assert altered.sha256 != dossier.sha256
    assert build_dossier({name: getattr(dossier, name) for name in TABLES}).sha256 == dossier.sha256


# ---- writing


def test_what_is_written_is_read_back_the_same(tmp_path):
    dossier = read_dossier()
    assert same(read_dossier(write_dossier(dossier, tmp_path / "deep" / "copy")), dossier)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(dossier=dossiers())
def test_any_dossier_is_read_back_as_it_was_written(dossier, tmp_path_factory):
    folder = tmp_path_factory.mktemp("property")
    again = read_dossier(write_dossier(dossier, folder / "dossier"))
    assert same(again, dossier)
    first = (folder / "dossier" / "claims.csv").read_bytes()
    assert (write_dossier(again, folder / "again") / "claims.csv").read_bytes() == first


def test_nothing_is_ever_overwritten(tmp_path):
    put(tmp_path, "notes.txt", "mine")
    with pytest.raises(DossierError, match="is not a new or empty folder; nothing there was chang"):
        write_dossier(read_dossier(), tmp_path)
    with pytest.raises(DossierError, match="is not a new or empty folder"):
        new_dossier(tmp_path / "notes.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_an_empty_folder_is_filled_in_place(tmp_path):
    before = tmp_path.stat().st_ino
    assert same(read_dossier(new_dossier(tmp_path)), read_dossier())
    assert tmp_path.stat().st_ino == before
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_new_dossier_is_the_articles_file_by_file(tmp_path):
    folder = new_dossier(tmp_path / "mine")
    names = {path.name for path in folder.iterdir()}
    assert names == {path.name for path in ARTICLE.iterdir()}
    assert "datapackage.json" in names
    assert all((folder / name).read_bytes() == (ARTICLE / name).read_bytes() for name in names)


def test_a_write_that_fails_leaves_nothing_behind(tmp_path, monkeypatch):
    written = []

    def full_disk(path, content):
        written.append(path)
        if len(written) == 3:
            raise OSError(28, "No space left on device")
        return len(content)

    monkeypatch.setattr(Path, "write_bytes", full_disk)
    with pytest.raises(DossierError, match="No space left on device; nothing there was changed"):
        write_dossier(read_dossier(), tmp_path / "copy")
    assert list(tmp_path.iterdir()) == []


def test_tables_are_checked_before_they_are_written(tmp_path):
    with pytest.raises(DossierError):
        write_dossier({"claims": [claim(low="x")]}, tmp_path / "copy")
    assert list(tmp_path.iterdir()) == []


# ---- quotes


TEXT = "He said “we lost 153,770 men”\nand – so far –\nno more. We lost them."


@pytest.mark.parametrize(
    ("quote", "found", "offset", "nearest", "note"),
    [
        ("lost 153,770 men", True, 12, "", ""),
        ("lost", True, 12, "", "the first of 2 places"),
        ("so far – no", True, 36, "so far –\nno", "differs in white space only"),
        (
            '"we lost',
            True,
            8,  # after "He said "
            "“we lost",
            "differs in quotation marks, dashes or white space only",
        ),
        (
            "and - so",
            True,
            30,  # after a line of 29 letters and its end
            "and – so",
            "differs in quotation marks, dashes or white space only",
        ),
        (
            "LOST 153,770",
            False,
            -1,
            "lost 153,770",
            "differs in capitals, marks or white space only",
        ),
        ("lost 153,771 men", False, -1, "lost 153,770 men", "the text has other words"),
        ("lost 154,830 tanks", False, -1, "", "the text has nothing close to it"),
        ("tanks", False, -1, "", "the text has nothing close to it"),
        ("", False, -1, "", "no quote is given"),
    ],
)
def test_a_quote_is_found_verbatim_or_the_difference_is_named(quote, found, offset, nearest, note):
    (row,) = verify_quotes(TEXT, build_dossier({"claims": [claim(quote=quote)]})).to_dict("records")
    expected = {"found": found, "offset": offset, "nearest": nearest, "note": note}
    assert {key: row[key] for key in expected} == expected
    if found:
        assert TEXT[offset:].startswith(nearest or quote)


def test_quotes_of_claims_and_accounts_are_looked_up():
    positions = [{"claim": "p", "quote": "so far", "topic": "t", "stance": "s"}]
    dossier = build_dossier({"claims": [claim(quote="men")], "positions": positions})
    frame = verify_quotes(TEXT, dossier)
    assert frame[["claim", "table", "found"]].to_numpy().tolist() == [
        ["a", "claims", True],
        ["p", "positions", True],
    ]
