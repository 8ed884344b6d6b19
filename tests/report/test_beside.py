"""A dossier beside the daily bulletins: in the terminal, in the report, and what is refused."""

import json
import re

import pytest
from samples import write_notebooks

from bakhmut.__main__ import main
from bakhmut.dossier.claims import DossierError, build_dossier, read_dossier
from bakhmut.report.beside import lay_beside
from bakhmut.report.make import write_report

# Four invented days; tanks fall once.
DAYS = [
    {"date": "2023-03-05", "personnel": 153_000, "personnel*": "about", "tank": 3_420},
    {"date": "2023-03-06", "personnel": 153_770, "personnel*": "about", "tank": 3_430},
    {"date": "2023-03-07", "personnel": 154_830, "personnel*": "about", "tank": 3_425},
    {"date": "2023-06-30", "personnel": 228_000, "personnel*": "about", "tank": 4_000},
]


@pytest.fixture
def series(tmp_path):
    path = tmp_path / "days.json"
    path.write_text(json.dumps(DAYS), encoding="utf-8")
    return path


def total(name, value, day, **cells):
    scope = {"side": "Russia", "measure": "lost", "place": "Ukraine"}
    period = {"period": f"2022-02-24/{day}", "published": day}
    return {"claim": name, "source": "staff", "low": value, "high": value} | scope | period | cells


def dossier(*rows):
    sources = [{"source": "staff", "side": "Ukraine", "kind": "military", "named": "yes"}]
    return build_dossier({"claims": list(rows), "sources": sources})


def test_the_articles_total_is_that_of_its_monday(series):
    beside = lay_beside(read_dossier(), series)
    assert beside.claims["because"].tolist() == [
        "russia-total has 153,770, as has the bulletin of 2023-03-06."
    ]
    assert beside.dossier.claims["claim"].iloc[-1] == "bulletin-2023-03-06"
    assert "4 bulletins of persons, 2023-03-05 to 2023-06-30" in beside.extent
    assert "1 of its totals are below an earlier one" in beside.extent


def test_a_bulletin_is_added_in_the_text_that_restates_it(series):
    first = total("first", "1", "2023-01-01", article="one")
    second = total("second", "153,770", "2023-03-06", article="two")
    beside = lay_beside(dossier(first, second), series)
    texts = beside.dossier.claims.set_index("claim")["article"].to_dict()
    assert texts == {"first": "one", "second": "two", "bulletin-2023-03-06": "two"}


def test_a_day_without_a_bulletin_is_said_and_the_others_are_compared(series):
    early, late = total("early", "1", "2023-01-01"), total("late", "154,830", "2023-03-06")
    beside = lay_beside(dossier(early, late), series)
    assert beside.claims["because"].tolist() == [
        "early has 1; the series has no bulletin of persons of 2023-01-01.",
        "late has 154,830; the bulletin of 2023-03-06 has 153,770. "
        "154,830 is the bulletin of 2023-03-07.",
    ]
    # 154,830 - 153,770 = 1,060
    assert beside.claims["difference"].fillna(0).tolist() == [0, 1_060]


def test_days_asked_for_are_added_besides_those_of_the_claims(series):
    beside = lay_beside(dossier(total("a", "153,770", "2023-03-06")), series, dates=["2023-03-07"])
    names = beside.dossier.claims["claim"].tolist()
    assert names == ["a", "bulletin-2023-03-06", "bulletin-2023-03-07"]
    with pytest.raises(DossierError, match="'2023-03-08' has no bulletin"):
        lay_beside(read_dossier(), series, dates=["2023-03-08"])


def test_check_says_first_what_the_bulletins_have(series, capsys):
    assert main(["check", "--series", str(series)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("BULLETINS\n")
    assert "russia-total has 153,770, as has the bulletin of 2023-03-06." in out
    assert max(map(len, out.splitlines())) <= 80


def test_check_of_an_updated_figure_meets_the_bulletin_of_its_day(series, capsys):
    updated = ["--set", "russia-total=154,830", "--as-of", "2023-03-07"]
    main(["check", "--series", str(series), *updated])
    found = " ".join(capsys.readouterr().out.split())
    assert "russia-total has 154,830, as has the bulletin of 2023-03-07." in found


def test_the_bulletins_are_claims_of_the_json(series, capsys):
    main(["check", "--series", str(series), "--day", "2023-03-05", "--format", "json"])
    # the article's eight, that of its Monday, and the one asked for
    assert json.loads(capsys.readouterr().out)["dossier"]["claims"] == 8 + 1 + 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--day", "2023-03-06"], "--day: names a day of the file given with --series"),
        (["--series", "none.json"], "none.json: cannot be read"),
    ],
)
def test_what_cannot_be_laid_beside_is_one_clear_error(arguments, sentence, capsys):
    assert main(["check", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert sentence in err


def test_a_partial_series_leaves_the_earlier_report(series, tmp_path, capsys):
    target = tmp_path / "report.html"
    target.write_text("earlier", encoding="utf-8")
    series.write_text(series.read_text(encoding="utf-8")[:-40], encoding="utf-8")
    assert main(["report", "--series", str(series), "-o", str(target)]) == 2
    assert target.read_text(encoding="utf-8") == "earlier"
    assert "days.json: is not whole JSON" in capsys.readouterr().err


@pytest.mark.usefixtures("warm_kernels")
def test_the_report_has_a_chapter_with_the_series_drawn(series, tmp_path):
    folder = write_notebooks(tmp_path / "notebooks", **{"01-shown": ["DOSSIER = None"]})
    target = tmp_path / "report.html"
    write_report(None, target, series=series, notebooks=folder, progress=lambda line: None)
    page = target.read_text(encoding="utf-8")
    chapter = page[page.index('id="bulletins"') :]
    chapter = chapter[: chapter.index("</section>")]
    # drawn to a season after the article's total: the bulletin of the end of June is left out
    alt = re.search(r'alt="([^"]+)"', chapter)[1]
    assert alt.startswith("The daily series, and where 153,770 stands on it.")
    assert "154,830 on 2023-03-07" in alt and "228,000" not in alt
    assert "3,430 (tank) to 2023-03-06 and 3,425 to 2023-03-07" in chapter
    assert "bakhmut report --series days.json" in page
    assert str(tmp_path) not in page
