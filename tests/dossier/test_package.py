"""The data package of a dossier fits the tables beside it; a hostile one is one sentence."""

from __future__ import annotations

import csv
import json
import os

import pytest

import bakhmut as bk
from bakhmut.dossier.claims import DATA, TABLES
from bakhmut.dossier.doors.package import DIALECT, FILE, meaning_of

ODD = {"claims": [{"claim": "a", "low": "1", "quote": 'x\n,y"', "source": "Nobody's"}]}
MADE = {
    "the article": lambda folder: DATA / "article",
    "the later dossier": lambda folder: DATA / "later",
    "new": lambda folder: bk.new_dossier(folder / "x"),
    "new and empty": lambda folder: bk.new_dossier(folder / "x", empty=True),
    "written": lambda folder: bk.write_dossier(bk.read_dossier(), folder / "x"),
    "odd": lambda folder: bk.write_dossier(ODD, folder / "x"),
}


@pytest.mark.parametrize("made", MADE)
def test_each_table_has_the_columns_and_the_dialect_that_its_package_says(made, tmp_path):
    folder = MADE[made](tmp_path)
    package = json.loads((folder / FILE).read_text("utf-8"))
    assert {resource["path"] for resource in package["resources"]} == {
        path.name for path in folder.glob("*.csv")
    }
    for resource in package["resources"]:
        assert resource["dialect"] == DIALECT
        with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file, strict=True))
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == header
        assert all(len(field["description"]) > 5 for field in fields)


@pytest.mark.parametrize("made", MADE)
def test_frictionless_finds_nothing_wrong(made, tmp_path):
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(MADE[made](tmp_path) / FILE))
    assert report.valid, report.flatten(["message"])[:5]


def test_every_column_has_a_sentence():
    assert all(meaning_of(table, column) for table in TABLES for column in TABLES[table])


def test_a_title_goes_into_a_folder_and_a_workbook_and_comes_back(tmp_path):
    title = bk.read_dossier().title
    assert title.startswith("Russian and Ukrainian losses")
    for name in ("folder", "book.xlsx"):
        assert bk.read_dossier(bk.write_dossier(bk.read_dossier(), tmp_path / name)).title == title


def test_newer_figures_leave_the_title_and_what_is_borrowed_as_they_were():
    article = bk.read_dossier()
    newer = bk.update(article, {"russia-total": "154,830"}, as_of="2023-03-07")
    assert (newer.title, newer.folder) == (article.title, article.folder)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "datapackage.json: is not whole JSON"),
        (b"[" * 200_000, "datapackage.json: is not whole JSON (nested deeper than 100)"),
        (b'{"a":' * 200_000, "datapackage.json: is not whole JSON (nested deeper than 100)"),
        (b'"' + b'\\"' * 10**6, "datapackage.json: is not whole JSON"),
        (b"\xff\xfe", "datapackage.json: is not whole JSON"),
    ],
)
def test_a_package_that_cannot_be_read_is_one_sentence(content, said, tmp_path):
    (tmp_path / "claims.csv").write_text("claim,low\na,1\n")
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(bk.DossierError) as caught:
        bk.read_dossier(tmp_path)
    assert len(caught.value.problems) == 1 and caught.value.problems[0].startswith(said)


@pytest.mark.parametrize("place", ["pipe", "device"])
def test_a_package_that_is_no_plain_file_is_refused_and_not_waited_for(place, tmp_path):
    (tmp_path / "claims.csv").write_text("claim,low\na,1\n")
    if place == "pipe":
        os.mkfifo(tmp_path / FILE)
    else:
        (tmp_path / FILE).symlink_to("/dev/zero")
    with pytest.raises(bk.DossierError, match=r"^datapackage\.json: is not a plain file"):
        bk.read_dossier(tmp_path)


@pytest.mark.parametrize("content", [b"{}", b"[]", b'{"title": 5}', b'{"title": "  "}'])
def test_a_package_without_a_title_gives_none(content, tmp_path):
    (tmp_path / "claims.csv").write_text("claim,low\na,1\n")
    (tmp_path / FILE).write_bytes(content)
    assert bk.read_dossier(tmp_path).title == ""
