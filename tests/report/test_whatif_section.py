"""The what-if in the page: where it stands, what it says without scripts, what its script gets."""

from __future__ import annotations

import json
import re

import pytest
from making import dossier, exactly, ratio
from places import ROOT
from samples import HOSTILE, small
from test_whatif import STORIES

from bakhmut import read_dossier
from bakhmut.dossier.changed.edits import tables_of
from bakhmut.dossier.claims import build_dossier
from bakhmut.findings.summary import examine
from bakhmut.meaning.interpretation import interpret, read
from bakhmut.report.page import ReportRequest, Results, build_page
from bakhmut.report.whatif_section import SHARES, section
from bakhmut.views.whatif import pieces, question

TEMPLATES = ROOT / "bakhmut" / "report" / "templates"


def page_of(whole) -> str:
    return build_page(ReportRequest(whole), Results(examine(whole), interpret(whole)), [])


@pytest.fixture(scope="module")
def article():
    return page_of(read_dossier())


def test_the_script_is_small_and_asks_for_nothing():
    script = (TEMPLATES / "whatif.js").read_bytes()
    assert len(script) <= 20_000
    assert not re.search(rb"fetch|XMLHttp|import|eval|innerHTML|Function|http", script)


def test_the_same_dossier_gives_the_same_section(article):
    assert page_of(read_dossier()) == article


def test_the_section_opens_where_all_words_count_the_same(article):
    # 153,770 / (5 x 120,001) = 25.6 %; (1.2814 - 5 s) / (1 - s) = 1.09, 0.87, 0.35
    shown = section(read_dossier())["shown"]
    assert shown["cap"] == "25.6 %"
    at = dict(zip(SHARES, (row[1] for row in shown["table"]), strict=True))
    assert (at[5], at[10], at[20]) == ("1.09 to 1", "0.87 to 1", "0.35 to 1")
    assert at[30] == at[50] == "cannot be"
    for text in ("25.6 %", "1.09 to 1", "cannot be"):
        assert text in article.split('id="what-if"')[1].split("</section>")[0]


@pytest.mark.parametrize("name", STORIES)
def test_the_page_has_an_answer_for_every_reading_the_library_has(name):
    whole = STORIES[name]()
    shown = section(whole)
    every = pieces(question(whole), read(whole))
    if shown is None:
        assert not any(piece.caps for piece in every)
        return
    data = json.loads(shown["data"])
    assert len(data["keys"]) == len(every)
    for number in data["keys"].values():
        caps, outside = data["answers"][number]
        polys = [p for quotient in caps for p in quotient]
        polys += [p for pairs in outside.values() for pair in pairs or () for q in pair for p in q]
        assert all(re.fullmatch(r"\d+( \d+){3}", poly) for poly in polys)


def test_without_a_ratio_inside_and_totals_around_it_the_section_is_left_out():
    whole = dossier([ratio("r", "3", "3"), exactly("a", "9,000"), exactly("b", "4,000", side="B")])
    assert section(whole) is None
    page = page_of(whole)
    assert "what-if" not in page
    assert section(small()) is None


def test_a_multiplier_that_may_be_nought_starts_where_its_slider_does():
    shown = section(STORIES["from nought"]())
    assert [(knob.start, knob.most) for knob in shown["knobs"]] == [(1, 1), (1, 1)]


def test_texts_of_a_dossier_stay_texts():
    def turned(row):
        names = {"Bakhmut": f"B {HOSTILE}", "Ukraine": f"U {HOSTILE}", "Russia": f"R {HOSTILE}"}
        return {k: names.get(v, v) for k, v in row.items()}

    tables = tables_of(read_dossier())
    for table in ("claims", "assumptions", "sources"):
        tables[table] = [turned(row) for row in tables[table]]
    for row in tables["terms"]:
        if row["term"] == "Ukraine":
            row |= {"term": f"U {HOSTILE}", "means": f"B {HOSTILE} + ..."}
        row["term"] = f"R {HOSTILE}" if row["term"] == "Russia" else row["term"]
    for row in tables["claims"]:
        row["quote"] += HOSTILE
    for row in tables["readings"]:
        row["reading"] += HOSTILE
    whole = build_dossier(tables)
    page = page_of(whole)
    part = page.split('id="what-if"')[1].split("</section>")[0]
    assert "<script>hit" not in part and "<img" not in part
    assert "49" not in re.findall(r"<h2.*?</h2>", part)[0]
