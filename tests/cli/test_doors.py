"""Every way in from the command line: a workbook, a pipe, packed tables, columns of one's own."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys

import openpyxl
import pytest

import bakhmut as bk
from bakhmut.__main__ import main

TABLE = (
    "claim,side,measure,place,period,low,high\n"
    "killed,A,killed,L,2023,60,60\n"
    "wounded,A,wounded,L,2023,60,60\n"
    "both,A,killed + wounded,L,2023,100,100\n"
)


def run(*arguments, **settings):
    command = [sys.executable, "-m", "bakhmut", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, timeout=240, check=False, **settings)


def answer(capsys, *arguments):
    code = main(["check", *map(str, arguments), "--format", "json"])
    return code, json.loads(capsys.readouterr().out)


def test_every_way_in_gives_one_answer(tmp_path, capsys):
    plain = tmp_path / "story.csv"
    plain.write_text(TABLE)
    code, said = answer(capsys, plain)
    # 60 killed and 60 wounded are 120, so 100 in all cannot be.
    assert code == 1 and said["status"] == "contradiction"
    (tmp_path / "packed").mkdir()
    packed = tmp_path / "packed" / "story.csv.gz"
    packed.write_bytes(gzip.compress(TABLE.encode("utf-16")))
    book = tmp_path / "book" / "story.xlsx"
    bk.write_dossier(bk.read_dossier(plain), book)
    assert answer(capsys, packed) == (1, said)
    assert answer(capsys, book) == (1, said)
    for content in (TABLE.encode(), packed.read_bytes(), book.read_bytes()):
        piped = run("check", "-", "--format", "json", input=content)
        assert (piped.returncode, piped.stderr) == (1, b"")
        assert json.loads(piped.stdout)["dossier"]["sha256"] == said["dossier"]["sha256"]


def test_a_new_workbook_is_checked_as_it_is(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["new", "my story.xlsx"]) == 0
    out = capsys.readouterr().out
    assert "'my story.xlsx' now holds a copy of the article's dossier: a sheet a table." in out
    article = answer(capsys)[1]
    again = answer(capsys, "my story.xlsx")[1]
    assert again["dossier"].pop("name") == "my story" and article["dossier"].pop("name")
    assert again == article


def test_what_is_not_used_is_named_once_on_standard_error(tmp_path, capsys):
    (tmp_path / "story.csv").write_text(
        TABLE.replace("high\n", "high,Desk\n").replace("0\n", "0,x\n")
    )
    main(["check", str(tmp_path / "story.csv"), "--format", "json"])
    said = capsys.readouterr()
    assert said.err == "story.csv has a column that is not used: 'Desk'\n"
    json.loads(said.out)


def test_a_check_comes_as_a_workbook(tmp_path):
    (tmp_path / "story.csv").write_text(TABLE)
    done = run("check", tmp_path / "story.csv", "--format", "xlsx")
    assert (done.returncode, done.stderr) == (1, b"")
    sheet = openpyxl.load_workbook(io.BytesIO(done.stdout))["check"]
    rows = [dict(zip([c.value for c in sheet[1]], row, strict=True)) for row in
            sheet.iter_rows(min_row=2, values_only=True)]  # fmt: skip
    assert rows[0]["status"] == "contradiction"
    assert rows[1]["claims"] == "killed; wounded; both" and isinstance(rows[1]["margin"], float)


@pytest.mark.parametrize("verb", ["diff", "verify"])
def test_other_answers_come_as_a_workbook_too(verb, tmp_path):
    (tmp_path / "story.csv").write_text(TABLE)
    (tmp_path / "text").write_text("60 killed")
    first = tmp_path / ("text" if verb == "verify" else "story.csv")
    done = run(verb, first, tmp_path / "story.csv", "--format", "xlsx")
    assert openpyxl.load_workbook(io.BytesIO(done.stdout)).sheetnames == [verb]


def test_a_text_that_is_a_pipe_or_a_device_is_not_waited_for(tmp_path, capsys):
    (tmp_path / "story.csv").write_text(TABLE)
    assert main(["verify", "/dev/zero", str(tmp_path / "story.csv")]) == 2
    assert "/dev/zero: is not a plain file" in capsys.readouterr().err
    assert main(["check", "/dev/zero"]) == 2
    assert "/dev/zero: is neither a folder nor a file" in capsys.readouterr().err


def test_a_series_that_is_a_device_or_nested_without_end_is_one_sentence(tmp_path, capsys):
    deep = tmp_path / "russia_losses_personnel.json"
    deep.write_text("[" * 200_000)
    assert main(["check", "--series", str(deep)]) == 2
    assert "is not whole JSON (nested deeper than 100)" in capsys.readouterr().err
    assert main(["check", "--series", "/dev/zero"]) == 2
    assert (
        capsys.readouterr().err
        == "zero: is not a plain file; what comes through a pipe is read as -\n"
    )


def test_an_archive_may_hold_workbooks(tmp_path, capsys):
    archive = tmp_path / "archive"
    (archive / "deep").mkdir(parents=True)
    (tmp_path / "story.csv").write_text(TABLE)
    bk.write_dossier(bk.read_dossier(tmp_path / "story.csv"), archive / "deep" / "story.xlsx")
    (archive / "deep" / "~$story.xlsx").write_bytes(b"lock")  # of a spreadsheet that has it open
    assert main(["check", "--many", str(archive), "-o", str(tmp_path / "out.csv")]) == 1
    (row,) = (tmp_path / "out.csv").read_text().splitlines()[1:]
    assert row.startswith("deep/story.xlsx,") and ",contradiction," in row


def test_windows_text_with_an_accent_before_a_closing_mark_is_read(tmp_path):
    # In UTF-8 the byte of "é" would be the first of three; the closing mark after it is one more.
    text = TABLE.replace("claim,", "claim,quote,", 1).replace(
        "killed,A", "killed,“du café” – dit,A", 1
    )
    text = text.replace("wounded,A", "wounded,,A", 1).replace("both,A", "both,,A", 1)
    (tmp_path / "claims.csv").write_bytes(text.encode("cp1252"))
    dossier = bk.read_dossier(tmp_path)
    assert dossier.claims["quote"].iloc[0] == "“du café” – dit"
