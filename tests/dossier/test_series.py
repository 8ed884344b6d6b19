"""The daily bulletins as claims: what is read, what is said about it, what is refused."""

from __future__ import annotations

import json
from datetime import date

import pandas as pd
import pytest
from places import ROOT, SHARED

from bakhmut.dossier.changed.series import (
    against_series,
    cumulative_falls,
    read_daily_series,
    with_series,
)
from bakhmut.dossier.claims import TABLES, DossierError, build_dossier, read_dossier, write_dossier

# Seven invented days around the change of 1 May 2022; `more` once, one day missing (2 May).
PERSONS = [
    ("2022-04-29", 22_800, "about"),
    ("2022-04-30", 23_000, "more"),
    ("2022-05-01", 23_500, "about"),
    ("2022-05-03", 24_200, "about"),
    ("2022-05-04", 24_500, ""),
]
EQUIPMENT = [
    {"date": "2022-04-29", "tank": 986, "military auto": 1695, "fuel tank": 76},
    {"date": "2022-04-30", "tank": 1008, "military auto": 1701, "fuel tank": 76},
    {"date": "2022-05-01", "tank": 1026, "vehicles and fuel tanks": 1796},
    {"date": "2022-05-03", "tank": 1077, "vehicles and fuel tanks": 1847},
    {"date": "2022-05-04", "tank": 1070, "vehicles and fuel tanks": 1900},
]
# Recorded under 3 May: without it the totals of that day would fall, so it belongs to 4 May.
CORRECTIONS = [{"date": "2022-05-03", "tank": -9, "personnel": 0, "vehicles and fuel tanks": 52}]


def persons(rows=PERSONS):
    return [{"date": d, "day": 1, "personnel": n, "personnel*": word} for d, n, word in rows]


def write(path, records):
    path.write_text(json.dumps(records), encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "series"
    place.mkdir()
    write(place / "russia_losses_personnel.json", persons())
    write(place / "russia_losses_equipment.json", EQUIPMENT)
    write(place / "russia_losses_equipment_correction.json", CORRECTIONS)
    return place


@pytest.fixture
def shared():
    place = SHARED / "data" / "general_staff"
    if not place.is_dir():
        pytest.skip("the public series is not beside this checkout")
    return place


def claim(frame, name):
    return frame.set_index("claim").loc[name]


def test_each_total_is_a_claim_in_the_columns_of_claims_csv(folder, tmp_path):
    frame = read_daily_series(folder / "russia_losses_personnel.json")
    assert tuple(frame.columns) == TABLES["claims"]
    assert frame["low"].tolist() == ["22800", "23000", "23500", "24200", "24500"]
    assert claim(frame, "bulletin-2022-05-03")["period"] == "2022-02-24/2022-05-03"
    again = read_dossier(write_dossier({"claims": frame}, tmp_path / "out"))
    assert again.claims["low_value"].tolist() == [22_800, 23_000, 23_500, 24_200, 24_500]


def test_about_and_more_become_hedges_and_more_leaves_the_upper_end_open(folder):
    frame = read_daily_series(folder / "russia_losses_personnel.json")
    assert frame["hedge"].tolist() == ["about", "more than", "about", "about", ""]
    assert frame["high"].tolist() == ["22800", "", "23500", "24200", "24500"]


def test_only_the_days_asked_for_are_returned(folder):
    for asked in ("2022-05-01", date(2022, 5, 1), ["2022-05-01"], [date(2022, 5, 1)]):
        frame = read_daily_series(folder / "russia_losses_personnel.json", dates=asked)
        assert frame["claim"].tolist() == ["bulletin-2022-05-01"]


def test_a_missing_day_is_said(folder):
    frame = read_daily_series(folder / "russia_losses_personnel.json")
    said = claim(frame, "bulletin-2022-05-03")["note"]
    assert said == "The bulletin before it is of 2022-05-01."


def test_two_fields_that_were_merged_are_one_claim_from_the_first_day(folder):
    frame = read_daily_series(folder, dates="2022-04-30")
    merged = claim(frame, "bulletin-2022-04-30-vehicles-and-fuel-tanks")
    assert merged["low"] == "1777"  # 1,701 + 76
    assert "Sum of military auto 1,701 and fuel tank 76" in merged["note"]
    assert not frame["measure"].isin(["military auto", "fuel tank"]).any()
    first = read_daily_series(folder, dates="2022-05-01")
    said = claim(first, "bulletin-2022-05-01-vehicles-and-fuel-tanks")["note"]
    assert "From this day on one field" in said


def test_a_correction_recorded_a_day_early_is_said_where_the_totals_hold_it(folder):
    frame = read_daily_series(folder)
    # 1,070 - 1,077 = -7, of which -9 is the correction: the day's own change is +2.
    said = claim(frame, "bulletin-2022-05-04-tank")["note"]
    assert "Holds a correction of -9: without it the day's own change is +2." in said
    assert "Below the 1,077 of 2022-05-03" in said
    assert "correction" not in claim(frame, "bulletin-2022-05-03-tank")["note"]


def test_a_cumulative_total_that_falls_is_flagged_and_one_that_rises_is_not(folder):
    flags = cumulative_falls(read_daily_series(folder))
    assert flags[["flag", "severity"]].to_numpy().tolist() == [["cumulative-fall", "caution"]]
    assert flags["claims"].tolist() == [("bulletin-2022-05-03-tank", "bulletin-2022-05-04-tank")]
    assert "1,077 (tank) to 2022-05-03 and 1,070 to 2022-05-04" in flags["because"].iloc[0]


def test_totals_of_different_sources_or_measures_never_make_a_fall():
    rows = [
        {"source": "A", "measure": "killed", "period": "2022-02-24/2022-03-01", "low": "10"},
        {"source": "B", "measure": "killed", "period": "2022-02-24/2022-03-02", "low": "9"},
        {"source": "A", "measure": "lost", "period": "2022-02-24/2022-03-03", "low": "8"},
        {"source": "A", "measure": "killed", "period": "2022-03-01/2022-03-04", "low": "7"},
    ]
    claims = [{**row, "claim": f"c{n}", "high": row["low"]} for n, row in enumerate(rows)]
    assert cumulative_falls(build_dossier({"claims": claims}).claims).empty


def test_the_days_bulletin_stands_beside_the_claim_that_restates_it(folder):
    rows = [
        {
            "claim": "total",
            "source": "Ukrainian military",
            "side": "Russia",
            "measure": "lost",
            "place": "Ukraine",
            "period": "2022-02-24/2022-05-03",
            "low": "24,300",
            "high": "24,300",
            "published": "2022-05",
        }
    ]
    sources = [{"source": "Ukrainian military", "side": "Ukraine", "kind": "military"}]
    dossier = build_dossier({"claims": rows, "sources": sources})
    both = with_series(dossier, folder)
    assert both.claims["claim"].tolist() == ["total", "bulletin-2022-05-03"]
    assert claim(both.claims, "total")["repeats"] == "bulletin-2022-05-03"
    assert claim(both.claims, "total")["published"] == "2022-05"
    assert set(both.claims["origin"]) == {"General Staff of Ukraine"}
    assert dossier.claims["repeats"].tolist() == [""]
    difference = against_series(dossier, folder)
    assert difference["difference"].tolist() == [100]  # 24,300 - 24,200
    assert difference["because"].iloc[0].endswith("No bulletin has 24,300.")


def test_a_total_of_another_day_names_the_day(folder):
    article = read_dossier().claims.set_index("claim").loc[["russia-total"]].reset_index()
    article = article.assign(low="23500", high="23500", period="2022-02-24/2022-05-03")
    dossier = build_dossier({"claims": article, "sources": read_dossier().sources})
    because = against_series(dossier, folder)["because"].iloc[0]
    assert because.endswith("23,500 is the bulletin of 2022-05-01.")


@pytest.mark.parametrize(
    ("day", "difference", "said"),
    [
        ("2022-05-01", 0, "russia-total has 23,500, as has the bulletin of 2022-05-01."),
        ("2022-05-02", None, "the series has no bulletin of persons of 2022-05-02."),
    ],
)
def test_the_same_total_and_a_day_without_a_bulletin_are_said(folder, day, difference, said):
    article = read_dossier().claims.set_index("claim").loc[["russia-total"]].reset_index()
    article = article.assign(low="23500", high="23500", period=f"2022-02-24/{day}")
    dossier = build_dossier({"claims": article, "sources": read_dossier().sources})
    (row,) = against_series(dossier, folder).astype(object).to_dict("records")
    assert row["because"].endswith(said)
    assert row["difference"] == difference if difference is not None else pd.isna(row["difference"])


def test_a_dossier_without_such_a_total_must_name_the_days(folder):
    dossier = build_dossier({"claims": [{"claim": "a", "low": "1"}]})
    with pytest.raises(DossierError, match="name the days to add"):
        with_series(dossier, folder)
    added = with_series(dossier, folder, dates="2022-05-01")
    assert added.claims["claim"].tolist() == ["a", "bulletin-2022-05-01"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[{"date": "2022-04-29", "personnel": 22', "series.json: is not whole JSON"),
        ("[" * 100_000, "is not whole JSON"),
        ("[]", "is not a list of bulletins"),
        ('{"date": "2022-04-29"}', "is not a list of bulletins"),
        ("[3]", "record 1 is not a record with fields"),
        ('[{"personnel": 3}]', "record 1 has the date None; allowed: a day like 2023-03-06"),
        ('[{"date": "2022-04", "personnel": 3}]', "has the date '2022-04'"),
        ('[{"date": "2022-04-29", "personnel": "3"}]', "has personnel '3'; allowed: a whole"),
        ('[{"date": "2022-04-29", "personnel": 2.5}]', "has personnel 2.5"),
        ('[{"date": "2022-04-29", "personnel": true}]', "has personnel True"),
        ('[{"date": "2022-04-29", "personnel": -3}]', "has personnel -3"),
        ('[{"date": "2022-04-29", "personnel": null}]', "has personnel None"),
        (
            '[{"date": "2022-04-29", "personnel": 3, "personnel*": "up"}]',
            "has personnel* 'up'; allowed: about, more or blank",
        ),
        ('[{"date": "2022-04-29", "day": 3}]', "counts nothing"),
        (
            '[{"date": "2022-04-29", "tank": 1}, {"date": "2022-04-29", "tank": 1}]',
            "record 2 has a second bulletin of 2022-04-29",
        ),
    ],
)
def test_a_bad_or_partial_file_is_one_clear_error(tmp_path, text, sentence):
    path = tmp_path / "series.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DossierError) as caught:
        read_daily_series(path)
    assert len(caught.value.problems) == 1
    assert sentence in caught.value.problems[0]


def test_a_missing_file_and_an_empty_folder_are_one_clear_error(tmp_path):
    with pytest.raises(DossierError, match=r"none\.json: cannot be read"):
        read_daily_series(tmp_path / "none.json")
    with pytest.raises(DossierError, match=r"holds no russia_losses_personnel\.json"):
        read_daily_series(tmp_path)


def test_days_without_a_bulletin_are_named_together(folder):
    with pytest.raises(DossierError) as caught:
        read_daily_series(folder, dates=["2022-05-02", "2022-05", "soon", "2022-05-01"])
    first, second, third = caught.value.problems
    assert "'2022-05-02' has no bulletin; the series runs from 2022-04-29 to 2022-05-04" in first
    assert "'2022-05' is not one day" in second
    assert "'soon' is not a date" in third


def test_the_public_series_has_the_articles_total_on_its_monday(shared):
    table = against_series(read_dossier(), shared)
    assert table[["claim", "date", "difference"]].to_numpy().tolist() == [
        ["russia-total", "2023-03-06", 0]
    ]
    frame = read_daily_series(shared / "russia_losses_personnel.json", dates="2023-03-07")
    assert frame[["hedge", "low"]].to_numpy().tolist() == [["about", "154830"]]


def test_the_public_series_has_its_known_quirks(shared):
    frame = read_daily_series(shared)
    lost = frame[frame["measure"].eq("lost")].set_index("claim")
    # 871,850 + 1,650 + 1,060 = 874,560 and 941,770 + 160 + 1,130 = 943,060
    assert (
        "+1,650: without it the day's own change is +1,060"
        in lost.at["bulletin-2025-02-28", "note"]
    )
    assert (
        "+160: without it the day's own change is +1,130" in lost.at["bulletin-2025-04-22", "note"]
    )
    falls = cumulative_falls(frame)
    assert len(falls) == 13
    assert not falls["because"].str.contains(r"\(lost\)").any()
    assert lost["hedge"].value_counts().to_dict() == {"about": 1620, "more than": 6}


def test_the_shipped_bulletins_are_those_of_the_public_series(shared):
    later = read_dossier(ROOT / "bakhmut" / "data" / "later").claims
    shipped = later[later["claim"].str.fullmatch(r"bulletin-[0-9-]+")].set_index("claim")
    assert len(shipped) == 8
    days = shipped["period_end"].dt.date.tolist()
    frame = read_daily_series(shared / "russia_losses_personnel.json", dates=days)
    same = ["quote", "source", "side", "measure", "place", "period", "hedge", "low", "high"]
    public = frame.set_index("claim").loc[shipped.index, same]
    assert public.equals(shipped[same])
