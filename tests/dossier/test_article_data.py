"""The shipped data: every quote in the text, every figure as printed, every column described."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from datetime import date

import pandas as pd
import pytest
from places import ROOT

from bakhmut.dossier.claims import DATA, TABLES, read_dossier, verify_quotes
from bakhmut.dossier.parsing.hedging import HEDGES
from bakhmut.dossier.parsing.notation import parse_number

TEXT = ROOT.parent / "shared" / "article" / "article.txt"
SERIES = ROOT.parent / "shared" / "data" / "general_staff" / "russia_losses_personnel.json"
PACKAGE = json.loads((DATA / "article" / "datapackage.json").read_text(encoding="utf-8"))
CODEBOOK = (DATA / "README.md").read_text(encoding="utf-8")

needs_text = pytest.mark.skipif(not TEXT.exists(), reason="the article's text is not shipped")


def table(name):
    return pd.read_csv(DATA / f"{name}.csv", dtype=str, keep_default_na=False)


# ---- the text


@needs_text
def test_every_quote_stands_in_the_text_verbatim(article):
    frame = verify_quotes(TEXT.read_text(encoding="utf-8"), article)
    assert len(frame) == len(article.claims) + len(article.positions)
    assert frame.loc[~frame["found"], "claim"].tolist() == []


@needs_text
def test_the_data_package_names_the_text_that_was_coded():
    content = TEXT.read_bytes()
    assert PACKAGE["text"]["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
    assert PACKAGE["text"]["bytes"] == len(content)


@needs_text
def test_every_locator_leads_to_its_quote(article):
    # After the caption of the first picture come three bullets, then the paragraphs.
    _, *blocks = [line.strip() for line in TEXT.read_text("utf-8").splitlines() if line.strip()]
    bullets = [line.removeprefix("•").strip() for line in blocks if line.startswith("•")]
    paragraphs = [line for line in blocks if not line.startswith("•")]
    places = {f"bullet {i}": line for i, line in enumerate(bullets, 1)}
    places |= {f"paragraph {i}": line for i, line in enumerate(paragraphs, 1)}
    rows = pd.concat([article.claims, article.positions])
    for row in rows.itertuples():
        assert row.quote in places[row.locator], row.claim


@needs_text
def test_every_number_of_the_text_about_losses_is_coded(article):
    text = TEXT.read_text(encoding="utf-8")
    printed = set(re.findall(r"\d{1,3}(?:,\d{3})+", text))
    assert printed == {"153,770", "120,000"}
    assert printed <= set(article.claims["low"])
    in_words = [
        sentence for sentence in text.splitlines() if re.search(r"\bfive\b", sentence, re.I)
    ]
    quoted = [quote for quote in article.claims["quote"] if "five" in quote]
    assert len(in_words) == len(quoted) == 3
    assert all(any(quote in sentence for sentence in in_words) for quote in quoted)


@pytest.mark.skipif(not SERIES.exists(), reason="the daily series is not shipped")
def test_the_articles_monday_is_the_day_of_its_total_in_the_daily_series(article):
    series = {row["date"]: row for row in json.loads(SERIES.read_text(encoding="utf-8"))}
    claim = article.claims.set_index("claim").loc["russia-total"]
    day = claim["published_on"].date()
    assert day == date(2023, 3, 6) and day.strftime("%A") == "Monday"
    assert series["2023-03-06"]["personnel"] == claim["low_value"] == 153_770
    assert series["2023-03-06"]["personnel*"] == "about" and "'about'" in claim["note"]
    assert series["2023-03-07"]["personnel"] == 154_830


# ---- the coding


def test_the_four_statements_of_the_ratio_have_one_unnamed_origin(article):
    ratios = article.claims[article.claims["kind"].eq("ratio")]
    assert ratios["claim"].tolist() == [
        "lede",
        "loss-ratio",
        "bullet-five-times",
        "casualty-ratio",
    ]
    assert set(ratios["origin"]) == {"unnamed NATO military official"}
    assert ratios["repeats"].tolist() == ["", "lede", "lede", "lede"]
    assert set(ratios["place"]) == {"Bakhmut"} and set(ratios["period"]) == {""}
    sources = article.sources.set_index("source")
    assert sources.loc["unnamed NATO military official", "named"] == "no"


def test_the_newspapers_total_keeps_both_hedges_and_an_open_end(article):
    claim = article.claims.set_index("claim").loc["ukraine-total"]
    assert claim["hedge"] == "may; more than"
    assert claim["low_value"] == 120_000 and pd.isna(claim["high_value"])
    assert claim["period_end"].date() == date(2023, 2, 28)


def test_the_vague_losses_are_claims_with_open_ends(article):
    vague = article.claims[article.claims["quote"].str.contains("significant losses")]
    assert vague["claim"].tolist() == ["ukraine-losses", "bullet-significant"]
    assert vague[["low_value", "high_value"]].isna().all(axis=None)


def test_every_source_and_relay_is_described(article):
    rows = pd.concat([article.claims, article.positions])
    relays = {name.strip() for via in rows["via"] for name in via.split(">")} - {""}
    assert set(rows["source"]) | relays == set(article.sources["source"])


def test_every_reading_and_assumption_gives_its_reason(article):
    for frame in (article.terms, article.readings, article.assumptions):
        assert frame["because"].str.len().gt(15).all()


def test_two_accounts_of_the_command_are_opposed(article):
    stances = article.positions.groupby("topic")["stance"].agg(set)
    assert stances.tolist() == [{"stay", "leave"}]
    by_source = article.positions.groupby("stance")["source"].agg(set)
    assert by_source["stay"] == {"Volodymyr Zelensky"}
    assert by_source["leave"] == {"unnamed Ukrainian government sources", "Bild"}


def plausible_and_wide(article, side):
    rows = article.assumptions.set_index("assumption")
    for name in (f"wounded-per-killed-{side}", f"wounded-per-killed-{side}-wide"):
        yield tuple(float(parse_number(rows.loc[name, end])) for end in ("low", "high"))


@pytest.mark.parametrize("side", ["Russia", "Ukraine"])
def test_the_wide_range_spans_every_published_ratio_of_wounded_per_killed(article, side):
    _, (low, high) = plausible_and_wide(article, side.lower())
    rows = table("wounded_per_killed")
    of_side = ["Russia", "Wagner", ""] if side == "Russia" else ["Ukraine", ""]
    values = rows.loc[rows["side"].isin(of_side), ["low", "high"]].to_numpy().ravel()
    numbers = [float(value) for value in values if value]
    assert low <= min(numbers) and max(numbers) <= high
    # No wider than a step of 0.1 below the lowest and nothing above the highest.
    assert min(numbers) - low < 0.1 and high == max(numbers)


def test_the_plausible_range_reaches_every_whole_war_source(article):
    rows = table("wounded_per_killed")
    whole = rows[rows["scope"].eq("whole war") & ~rows["note"].str.contains("rejects|left service")]
    for side in ("Russia", "Ukraine"):
        (low, high), _ = plausible_and_wide(article, side.lower())
        own = whole[whole["side"].eq(side) & ~whole["source"].eq("not attributed")]
        assert len(own) >= 3
        for row in own.itertuples():
            assert float(row.low) <= high and float(row.high) >= low, row


# ---- what is said of the data


def words(text):
    return len(text.split())


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.csv")), ids=lambda path: path.stem)
def test_no_cell_quotes_more_than_twelve_words(path):
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    if "quote" in frame:
        assert [quote for quote in frame["quote"] if words(quote) > 12] == []
    # Nor does a note or reason, between double quotation marks.
    for column in frame.columns.intersection(["note", "because"]):
        for text in frame[column]:
            assert all(words(part) <= 12 for part in re.findall(r"[“\"]([^”\"]*)[”\"]", text))


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.csv")), ids=lambda path: path.stem)
def test_every_address_is_whole(path):
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    if "url" in frame:
        for url in set(frame["url"]) - {""}:
            assert re.fullmatch(r"https?://[\w.-]+\.\w+(/\S*)?", url), url


def test_the_data_package_describes_every_column_of_every_table():
    described = {
        resource["name"]: [field["name"] for field in resource["schema"]["fields"]]
        for resource in PACKAGE["resources"]
    }
    # `article` is for dossiers of several texts; the article's own has one.
    expected = {name: list(columns) for name, columns in TABLES.items()}
    expected["claims"].remove("article")
    # Nor does it need `standing`: no claim of it was taken back.
    expected["claims"].remove("standing")
    assert described == expected
    for resource in PACKAGE["resources"]:
        header = (DATA / "article" / resource["path"]).read_text("utf-8").splitlines()[0]
        assert header.split(",") == described[resource["name"]]
        assert all(field["description"] and field["type"] for field in resource["schema"]["fields"])


def test_the_rules_of_the_data_package_hold(article):
    for resource in PACKAGE["resources"]:
        frame = getattr(article, resource["name"])
        for field in resource["schema"]["fields"]:
            name, rules = field["name"], field.get("constraints", {})
            cells = frame[name]
            filled = cells[cells.ne("")]
            assert not rules.get("required") or len(filled) == len(cells), name
            assert not rules.get("unique") or cells.is_unique, name
            assert filled.isin(rules.get("enum", filled)).all(), name
            assert filled.str.fullmatch(rules.get("pattern", "(?s:.*)")).all(), name
        for link in resource["schema"].get("foreignKeys", []):
            other = getattr(article, link["reference"]["resource"] or resource["name"])
            own = set(frame[link["fields"]]) - {""}
            assert own <= set(other[link["reference"]["fields"]])


def test_the_codebook_names_every_column_and_every_hedge():
    for columns in TABLES.values():
        for column in columns:
            assert f"`{column}`" in CODEBOOK or column in ("low", "high"), column
    for hedge in HEDGES:
        assert f"| `{hedge}` |" in CODEBOOK


def test_the_codebook_prints_the_table_of_hedges():
    with (DATA / "hedges.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    meanings: dict[tuple, list[str]] = {}
    for row in rows:
        ends = tuple(row[c] for c in ("low", "high", "far_low", "far_high"))
        key = (row["said"] or row["hedge"], *ends, row["reached"])
        meanings.setdefault(key, []).append(row["phrase"].replace("|", "\\|"))
    for (said, low, high, far_low, far_high, _), phrases in meanings.items():
        far = f"; at the most {far_low} to {far_high}" if far_low else ""
        line = f"| `{said}` | {low or 'open'} to {high or 'open'}{far} | {', '.join(phrases)} |"
        assert line in CODEBOOK, line


@pytest.mark.parametrize("name", ["general_staff_total", "wounded_per_killed"])
def test_the_codebook_lists_who_said_what_row_by_row(name):
    rows = table(name)
    listed = [line for line in CODEBOOK.splitlines() if "](http" in line and line.startswith("| ")]
    for row in rows.to_dict("records"):
        fits = [line for line in listed if f"[{row['source']}]({row['url']})" in line]
        said = row.get("counts") or row["low"] or row["high"]
        assert any((row["published"] or "undated") in line and said in line for line in fits), row


def test_what_the_general_staffs_total_counts_is_contested_in_the_data():
    counts = table("general_staff_total")["counts"]
    assert set(counts) == {
        "killed",
        "killed + wounded",
        "killed + wounded + captured + missing",
        "not said",
    }


def test_the_articles_assumptions_are_at_home_where_its_claims_are(tmp_path):
    later = read_dossier(DATA / "later")
    assert later.assumptions.equals(read_dossier().assumptions)
    assert "assumptions" not in later.borrowed
    # Under another text they are somebody else's, and that is said.
    (tmp_path / "claims.csv").write_text("claim,measure,low,high\na,hurt,7,7\n")
    assert "assumptions" in read_dossier(tmp_path).borrowed
