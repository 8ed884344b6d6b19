"""What a notebook shows: tables that can be read aloud, pictures with words, escaped text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from unittest.mock import patch

import numpy as np
import pandas as pd
import pytest

from bakhmut import check, figures
from bakhmut.base.words import number, span
from bakhmut.dossier.claims import build_dossier
from bakhmut.figures import display
from bakhmut.findings import answers
from bakhmut.report.chapters.sections import markdown

NASTY = "a $100 <b>poll</b> | *union* `x` [y](http://z) #1"


def shown(call, *args, **kwargs):
    """Return the one bundle that a call displays: its data and its metadata."""
    with patch("IPython.display.display") as front:
        call(*args, **kwargs)
    (bundle,), options = front.call_args
    assert front.call_count == 1
    assert options["raw"]
    return bundle, options.get("metadata", {})


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words += data


def test_a_table_has_a_caption_scoped_headers_and_a_stable_id():
    frame = pd.DataFrame({"who": ["Red"], "how_many": [1500.0]})
    data, _ = shown(figures.table, frame, caption="Who lost what?")
    tags = Tags(data["text/html"])
    assert ("table", {"id": "table-who-lost-what"}) in tags.found
    assert [attrs for tag, attrs in tags.found if tag == "th"] == [
        {"scope": "col"}, {"scope": "col"}, {"scope": "row"},
    ]  # fmt: skip
    assert "<caption>Who lost what?</caption>" in data["text/html"]
    assert "how many" in tags.words
    assert "1,500" in tags.words


def test_a_table_shows_the_columns_asked_for_under_the_names_given():
    frame = pd.DataFrame({"a": [1], "b": [2], "c": [3]})
    data, _ = shown(figures.table, frame, caption="x", columns={"c": "third", "a": "first"})
    assert re.findall(r'<th scope="col">(.*?)</th>', data["text/html"]) == ["third", "first"]


def test_what_is_missing_in_a_table_is_blank():
    frame = pd.DataFrame({"a": ["x"], "b": [np.nan], "c": [None], "d": [pd.NaT]})
    data, _ = shown(figures.table, frame, caption="x")
    assert data["text/html"].count("<td></td>") == 3
    assert not re.search("nan|None|NaT", data["text/html"] + data["text/plain"], re.IGNORECASE)


def test_text_of_a_dossier_cannot_break_out_of_a_table():
    data, _ = shown(figures.table, pd.DataFrame({"a": [NASTY], "b": [NASTY]}), caption=NASTY)
    assert "b" not in {tag for tag, _ in Tags(data["text/html"]).found}
    assert Tags(data["text/html"]).words.count(NASTY) == 3


def test_an_empty_table_says_so_in_a_sentence():
    data, _ = shown(figures.table, pd.DataFrame({"a": []}), caption="Opposed accounts")
    assert data["text/plain"] == "Opposed accounts: none in this dossier."


def test_a_long_table_says_how_many_rows_there_are():
    data, _ = shown(figures.table, pd.DataFrame({"a": range(9)}), caption="Rows", most=4)
    assert "Rows (the first 4 of 9)" in data["text/html"]
    assert data["text/html"].count("<tr>") == 5


def test_a_table_to_look_things_up_in_is_folded_under_its_caption():
    data, _ = shown(figures.table, pd.DataFrame({"a": [1, 2]}), caption="<Rows>", folded=True)
    start, *_ = data["text/html"].split("<table")
    assert start == "<details><summary>&lt;Rows&gt;: 2 rows</summary>\n"
    assert data["text/html"].endswith("</table>\n</details>")


def test_a_share_is_shown_as_a_percentage():
    frame = pd.DataFrame({"part": ["Town", "Cape"], "share": [0.256283, np.nan]})
    data, _ = shown(figures.table, frame, caption="Cap", percent=["share"])
    assert re.findall("<td>(.*?)</td>", data["text/html"]) == ["25.6 %", ""]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (("a", "b"), "a; b"),
        ({"lost": "killed"}, "lost: killed"),
        (True, "yes"),
        (pd.Timestamp("2023-03-06 00:00"), "2023-03-06"),
        (np.int64(153770), "153,770"),
        (np.float64(1.28142), "1.28"),
        ("153,770", "153,770"),
        ((), ""),
    ],
)
def test_a_cell_is_printed_as_a_reader_would(value, words):
    assert display.cell(value) == words


def test_a_sentence_escapes_what_comes_from_a_dossier_but_not_its_own_marks():
    data, _ = shown(figures.say, "**Said**: {what}", what=NASTY)
    markdown = data["text/markdown"]
    assert markdown.startswith("**Said**: ")
    assert not re.search(r"[*`\[\]|$<>]", markdown.removeprefix("**Said**: "))
    assert data["text/plain"] == f"**Said**: {NASTY}"


@pytest.mark.parametrize(
    "address",
    ["https://e.example/a", "HTTP://e.example", "ftp://e.example", "www.e.example", "a@e.example"],
)
def test_an_address_in_a_dossier_is_text_and_no_link(address):
    said = display.prose("{a}", a=f"a quote with {address} in it")
    # GitHub's Markdown makes a link of what begins so, or has an @; ours of the first.
    assert not re.search(r"(?i)://|www\.|@", said)
    assert markdown(said) == f"<p>a quote with {address} in it</p>\n"


def test_braces_in_a_dossier_are_not_filled_in():
    assert display.prose("{a}", a="{b} {0} {a.real}") == "{b} {0} {a.real}"


def test_a_figure_is_shown_with_its_words_once(article):
    ax = figures.plot_coverage(article)
    data, metadata = shown(figures.show, ax)
    assert metadata["image/png"]["alt"] == data["text/plain"] == figures.alt_text(ax)
    assert set(data) == {"image/png", "text/plain"}


def test_labelled_sentences_are_one_output_and_stay_texts():
    data, _ = shown(figures.lines, [("", "Yes."), ("Fix", "*5* <b>")])
    assert data["text/plain"] == "Yes.\nFix: *5* <b>"
    assert data["text/markdown"] == "Yes.\n\n**Fix:** &#42;5&#42; &lt;b&gt;"


def test_a_report_is_shown_the_figure_as_svg(article, monkeypatch):
    monkeypatch.setenv("BAKHMUT_FIGURES", "svg")
    ax = figures.plot_coverage(article)
    data, metadata = shown(figures.show, ax)
    assert data["image/svg+xml"].startswith("<svg") and set(data) == {"image/svg+xml", "text/plain"}
    assert metadata["image/svg+xml"]["alt"] == data["text/plain"]


def test_a_figure_with_nothing_to_draw_is_shown_as_its_sentence():
    row = {"claim": "one", "quote": "ten", "side": "Red", "low": "10", "high": "10"}
    ax = figures.plot_ratio_elsewhere(build_dossier({"claims": [row]}))
    data, _ = shown(figures.show, ax)
    assert set(data) == {"text/markdown", "text/plain"}
    assert data["text/plain"].startswith("No ratio of a part")


def test_proofs_show_every_line_of_every_conflict():
    conflicts = pd.DataFrame(
        {"conflict": ["conflict-1", "conflict-2"], "claims": [("a", "b"), ("c",)],
         "proof": [("A ≤ 5 × B", "6 × B ≤ A"), (f"(1) {NASTY}",)]}
    )  # fmt: skip
    data, _ = shown(figures.proofs, conflicts)
    tags = Tags(data["text/html"])
    assert [attrs for tag, attrs in tags.found if tag == "details"] == [{"open": None}, {}]
    for line in ("conflict-1: a; b", "A ≤ 5 × B", "6 × B ≤ A", f"(1) {NASTY}"):
        assert line in tags.words
        assert line in data["text/plain"]
    assert "b" not in {tag for tag, _ in tags.found}


def test_no_conflict_needs_no_proof():
    empty = pd.DataFrame(columns=["conflict", "claims", "proof"])
    assert "nothing to prove" in shown(figures.proofs, empty)[0]["text/plain"]


# ---- the answers


def test_the_first_answer_counts_figures_voices_and_hedges(article):
    words = answers.what_it_says(article)
    claims = article.claims
    assert words.startswith(f"{len(claims)} figures from {claims['origin'].nunique()} voices; ")
    assert "go back to one, an unnamed NATO military official" in words
    assert f"1 of {len(claims)} carries a hedge" in words  # "may have sustained more than"


def test_the_second_answer_multiplies_the_readings_as_the_engine_does(article):
    total = check(article).readings_total
    assert f"makes {total} combinations" in answers.how_it_can_be_read(article)


def test_the_third_answer_has_the_known_numbers_and_who_says_so(article):
    words = answers.what_the_ratio_implies(article)
    for part in (
        "5 to 1 in Bakhmut", "at most 1.28 to 1", "30,754", "25.6 %",
        "unnamed NATO military official", "Ukrainian military and The Telegraph",
    ):  # fmt: skip
        assert part in words


def test_what_the_ratio_would_imply_is_called_a_what_if(article):
    words = answers.implied_in_words(article)
    for part in (
        "30,754 for Ukraine, where more than 120,000 is reported",
        "600,000 for Russia, where 153,770 is reported",
        "3.90",
    ):
        assert part in words
    assert words.endswith("This is a what-if.")


def test_the_last_answer_says_whether_a_ratio_meets_a_count(article):
    result = check(article)
    words = answers.what_cannot_all_hold(result, article)
    assert f"{result.readings_consistent} of {result.readings_total} combinations" in words
    assert "none that set a ratio against a count" in words
    # Some hold by meaning alone and fail with the assumptions: fewer are left.
    with_assumptions = int(re.search(r"([0-9,]+) with the assumptions", words)[1])
    assert 0 < with_assumptions < result.readings_consistent


def test_what_would_give_names_words_not_ids(article):
    words = answers.what_would_give(check(article), article)
    assert words.startswith("No figure need be given up.")
    assert "“lost” as “killed”" in words
    assert "“casualty ratio in Bakhmut did not favor Russia” as" in words
    # Whether "five" is exact or rounded resolves nothing.
    assert "exactly five" not in words


def test_no_answer_speaks_of_lies_or_calls_a_figure_false(article):
    result = check(article)
    texts = [
        answers.what_it_says(article), answers.how_it_can_be_read(article),
        answers.what_the_ratio_implies(article), answers.quotient_in_words(article),
        answers.implied_in_words(article), answers.multiplier_in_words(article),
        answers.what_would_give(result, article),
        answers.what_cannot_all_hold(result, article), answers.nearest_threshold(result, article),
    ]  # fmt: skip
    for text in texts:
        assert not re.search(r"\b(lie|lies|lied|false|wrong)\b", text)
        assert "nan" not in text


def test_a_dossier_with_nothing_to_compare_is_answered_in_plain_words():
    row = {"claim": "one", "quote": "ten fell", "side": "Red", "low": "10", "high": "10"}
    dossier = build_dossier({"claims": [row]})
    result = check(dossier)
    for answer in (
        answers.what_it_says(dossier), answers.how_it_can_be_read(dossier),
        answers.what_the_ratio_implies(dossier), answers.quotient_in_words(dossier),
        answers.implied_in_words(dossier), answers.multiplier_in_words(dossier),
        answers.what_cannot_all_hold(result, dossier), answers.nearest_threshold(result, dossier),
        answers.what_if_in_words(result.conflicts, dossier),
    ):  # fmt: skip
        assert answer.endswith(".")
        assert "nan" not in answer


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (153770, "153,770"),
        (30754.4, "30,754"),
        (1.2814, "1.28"),
        (3.90193, "3.90"),
        (4.5, "4.5"),
        (0.868241, "0.87"),
        (0.0512, "0.051"),
        (12.34, "12.3"),
        (2_500_000, "2.5 million"),
        (float("nan"), "not stated"),
    ],
)
def test_numbers_are_printed_as_finely_as_they_bear(value, words):
    assert number(value) == words


def test_an_open_end_is_said():
    assert span(120000, float("nan")) == "at least 120,000"
    assert span(float("nan"), 1.2814) == "at most 1.28"
    assert span(float("nan"), float("nan")) == "no number"
