"""`bakhmut draft` and a text in a dossier's place, as a user types them."""

from __future__ import annotations

import io
import json
import sys

import pytest

from bakhmut import DossierError, draft, read_dossier
from bakhmut.__main__ import main

PAGE = """<html><head><title>Toll rises | Daily</title><script>"999 killed"</script></head><body>
<nav>12 dead elsewhere</nav><article><h1>Toll rises in Arle</h1>
<p>At least 40 soldiers were killed in Arle, the army said.</p>
<p>A hospital in Bree treated 12 wounded.</p></article></body></html>"""


@pytest.fixture(autouse=True)
def story(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "story.html").write_text(PAGE)
    return tmp_path


def test_a_saved_page_becomes_a_dossier_to_check(story, capsys):
    assert main(["draft", "story.html"]) == 0
    out = capsys.readouterr().out
    assert "2 figures found, none confirmed" in out and "bakhmut check story" in out
    assert "999" not in out and max(map(len, out.splitlines())) <= 80
    dossier = read_dossier("story")
    assert dossier.claims["low"].tolist() == ["40", "12"]
    assert dossier.claims["hedge"].tolist() == ["at least", ""]
    assert dossier.title == "Toll rises in Arle" and not dossier.borrowed
    text = (story / "story" / "text.txt").read_text()
    for row in dossier.evidence.itertuples():
        assert (
            row.field not in ("quote", "number") or text[int(row.start) : int(row.end)] == row.value
        )
    assert main(["check", "story"]) == 0
    assert "nobody has confirmed" in " ".join(capsys.readouterr().out.split())
    assert main(["verify", "story.html", "story"]) == 0


def test_a_workbook_can_be_read_whatever_a_text_is_headed_by(story, capsys):
    (story / "toll.txt").write_text("Toll \x1b[31m rises\n\n40 soldiers were \x07killed in Arle.\n")
    assert main(["draft", "toll.txt", "-o", "toll.xlsx"]) == 0
    made = read_dossier("toll.xlsx")
    assert made.claims["low"].tolist() == ["40"] and "\x1b" not in made.title


def test_showing_a_draft_counts_as_time_that_it_takes(story, capsys, monkeypatch):
    def endless(draft):
        while True:
            yield "a line"

    monkeypatch.setattr("bakhmut.cli.drafting.found_table", endless)
    assert main(["draft", "story.html", "--seconds", "0.5"]) == 2
    assert "was not decided within 0.5 s" in capsys.readouterr().err
    assert not (story / "story").exists()


def test_nothing_is_overwritten(story, capsys):
    (story / "story").mkdir()
    (story / "story" / "mine").write_text("mine")
    assert main(["draft", "story.html"]) == 2
    assert "is not a new or empty folder" in capsys.readouterr().err
    assert [path.name for path in (story / "story").iterdir()] == ["mine"]
    assert main(["draft", "story.html", "-o", "other"]) == 0
    assert main(["draft", "story.html", "-o", "book.xlsx"]) == 0
    assert read_dossier("book.xlsx").sha256 == read_dossier("other").sha256
    assert len(read_dossier("book.xlsx").evidence) == len(read_dossier("other").evidence)


def test_a_claim_is_explained_by_the_words_behind_its_cells(story, capsys):
    assert main(["draft", "story.html", "--explain", "killed-40"]) == 0
    out = capsys.readouterr().out
    assert "measure: killed (read)" in out and "“killed”" in out
    assert not (story / "story").exists()
    assert main(["draft", "story.html", "--explain", "killed-44"]) == 2
    assert "did you mean 'killed-40'" in capsys.readouterr().err


def test_a_text_stands_in_a_dossiers_place(capsys):
    assert main(["check", "story.html", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["dossier"]["name"] == "story" and told["dossier"]["claims"] == 2
    assert any(one["because"].startswith("Drafted from a text") for one in told["notes"])
    assert read_dossier("story.html").sha256 == draft("story.html").dossier().sha256


def test_a_pipe_is_read(story, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Ten soldiers were killed.")))
    assert main(["draft", "-", "-o", "piped"]) == 0
    assert "1 figure found" in capsys.readouterr().out
    assert read_dossier("piped").claims["quote"].tolist() == ["Ten soldiers were killed"]


def test_a_text_without_a_figure_is_an_empty_draft_with_tables_to_fill(story, capsys):
    (story / "calm.txt").write_text("Nothing happened.")
    assert main(["draft", "calm.txt"]) == 0
    out = capsys.readouterr().out
    assert "No figure was found" in out and "calm/claims.csv by hand" in out
    assert (story / "calm" / "claims.csv").read_text().count("\n") == 1
    assert main(["check", "calm.txt"]) == 2
    assert "calm.txt: holds no figure that was found" in capsys.readouterr().err


@pytest.mark.parametrize("verb", ["draft", "check", "report", "verify"])
def test_what_is_no_text_is_one_line_and_a_2(story, verb, capsys):
    (story / "no.docx").write_bytes(b"no")
    assert main([verb, "no.docx"]) == 2
    told = capsys.readouterr()
    assert (told.out, len(told.err.splitlines())) == (
        "",
        1,
    ) and "no.docx: is not a .docx" in told.err


def test_a_draft_shows_itself_as_a_table_of_plain_text():
    shown = draft(text="<b>Ten</b> soldiers were killed, <script>x</script> said.")._repr_html_()
    assert (
        "<b>" not in shown and "<script>" not in shown and "<caption>1 figures found" not in shown
    )
    assert '<th scope="col">Figure</th>' in shown


def test_a_draft_takes_a_path_or_a_text():
    with pytest.raises(TypeError, match="one of them"):
        draft()
    with pytest.raises(DossierError, match="has 2,000,001 characters"):
        draft(text="x" * 2_000_001)


def test_a_report_on_a_page_is_not_written_onto_it(story, monkeypatch, capsys):
    asked = []
    monkeypatch.setattr(
        "bakhmut.report.make.write_report", lambda dossier, target, **_: asked.append(target)
    )
    assert main(["report", "story.html"]) == 0
    assert asked == ["story-report.html"] and (story / "story.html").read_text() == PAGE
    # Nor onto the page beside the folder that was drafted from it, or any that is no report.
    assert main(["draft", "story.html"]) == 0 and main(["report", "story"]) == 0
    coded = story / "other"
    coded.mkdir()
    (coded / "claims.csv").write_text("claim,measure,low\na,killed,3\n")
    (story / "other.html").write_text("<html>saved</html>")
    assert main(["report", "other"]) == 0
    (story / "other.html").write_text('<meta name="generator" content="bakhmut 1.0.0">')
    assert main(["report", "other"]) == 0
    assert asked[1:] == ["story-report.html", "other-report.html", "other.html"]
    assert main(["report", "story.html", "-o", "story.html"]) == 2
    assert "which is read" in capsys.readouterr().err
