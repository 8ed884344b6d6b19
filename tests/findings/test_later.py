"""The later dossier: how it is coded, what it does to the article, every conflict explained."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pandas as pd
import pytest
from places import SHARED

from bakhmut.consistency.verbs import find_conflicts
from bakhmut.dossier.claims import TABLES, build_dossier
from bakhmut.dossier.derived import roots
from bakhmut.findings.flags import flag
from bakhmut.findings.later import (
    LATER,
    all_ratios,
    answer,
    conflicts_moved,
    day_of,
    mark_of,
    moved_figures,
    place_of,
    then_and_now,
    totals_beside,
    with_originals,
)
from bakhmut.findings.questions import (
    counted_by,
    counts_inside,
    counts_near,
    disagreements,
    part_of,
    totals_of,
    what_is_known,
)
from bakhmut.views.estimates import read_estimates

SHARED = SHARED / "data" / "reported_claims.csv"
README = (LATER / "README.md").read_text(encoding="utf-8")
# Known misreports, kept out of the table: what was printed, and which claim it misreports.
MISREPORTS = [
    ("official-june-war", {"measure": "killed"}, {"official-june-war"}, "uk-mod-dec-killed"),
    ("kirby-wagner-casualties", {"measure": "killed"}, set(), "kirby-wagner-killed"),
    (
        "zelensky-500000",
        {"measure": "wounded", "hedge": "", "low": "500,000", "high": "500,000"},
        {"zelensky-180000"},
        "zelensky-500000",
    ),
    (
        "names-russia-march",
        {"hedge": "", "low": "16,000", "high": "17,500"},
        set(),
        "uk-mod-feb-killed",
    ),
    (
        "post-ukraine",
        {"measure": "killed", "hedge": "about", "low": "71,500", "high": "71,500"},
        set(),
        "zelensky-31000",
    ),
]


@pytest.fixture(scope="module")
def moved(article, later):
    return conflicts_moved(article, later)


def explained(heading):
    """Return the sets of claims in the table under a heading of the README."""
    section = README.split(f"### {heading}\n")[1].split("\n##")[0]
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    return [frozenset(re.findall(r"`([a-z0-9-]+)`", row.split("|")[1])) for row in rows]


def found(frame):
    return [frozenset(claims) for claims in frame["claims"]]


# ---- the data


def test_there_are_more_than_sixty_claims_beside_the_articles(article, later):
    others = later.claims[~later.claims["claim"].isin(article.claims["claim"])]
    assert len(others) == 137
    assert others["url"].ne("").all()
    assert others["article"].ne("").all()
    assert others["quote"].ne("").all()


def test_the_articles_claims_are_the_same_but_for_the_originals_they_name(article, later):
    same = [c for c in TABLES["claims"] if c not in ("article", "repeats", "published")]
    own = later.claims[later.claims["claim"].isin(article.claims["claim"])]
    assert own[same].reset_index(drop=True).equals(article.claims[same])
    named = own.loc[own["repeats"].to_numpy() != article.claims["repeats"].to_numpy()]
    assert dict(zip(named["claim"], named["repeats"], strict=True)) == {
        "lede": "nato-original",
        "russia-total": "bulletin-2023-03-06",
    }


def test_no_quote_is_longer_than_twelve_words(later):
    assert later.claims["quote"].str.split().str.len().max() <= 12


@pytest.mark.skipif(not SHARED.exists(), reason="the collected claims are not beside")
def test_every_quote_stands_in_the_wording_read_on_its_page(article, later):
    read = pd.read_csv(SHARED, dtype=str, keep_default_na=False)
    read = read[read["confidence"].eq("read")]
    others = later.claims[~later.claims["claim"].isin(article.claims["claim"])]
    for row in others[others["source"].ne("General Staff of Ukraine")].itertuples():
        wordings = read.loc[read["url"].eq(row.url), "wording"]
        assert any(row.quote in wording for wording in wordings), row.claim


def test_every_printed_number_stands_in_the_quote_or_is_explained(later):
    for row in later.claims.itertuples():
        for end in {row.low, row.high} - {""}:
            digits = re.sub(r"\D", "", end.removesuffix(".0"))
            words = re.sub(r"(?<=\d)[\s,](?=\d{3})", "", row.quote)
            assert digits in re.sub(r"\.", "", words) or row.note or row.per_side, row.claim


def test_every_source_is_described(later):
    assert set(later.claims["source"]) <= set(later.sources["source"])
    assert set(later.sources["named"]) == {"yes", "no"}


def test_the_readme_counts_add_up_to_the_table(later):
    section = README.split("## What is in it")[1].split("\n\nEvery row")[0]
    rows = [line for line in section.splitlines() if line.count("|") == 3][2:]
    numbers = [int(row.split("|")[2]) for row in rows]
    assert sum(numbers) == len(later.claims)


def test_the_data_package_describes_every_column():
    package = json.loads((LATER / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        frame = pd.read_csv(LATER / resource["path"], dtype=str, keep_default_na=False)
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == list(frame.columns)
        assert all(field["description"] for field in fields)


# ---- what it does to the article


def test_the_ratio_is_traced_to_at_least_five(article, later):
    figures = moved_figures(article, later).set_index("claim")
    assert figures.loc["lede", "original"].startswith("at least 5 (")
    assert figures.loc["russia-total", "original"].startswith("about 153,770 (")
    assert figures.loc["russia-total", "same_voice"] == "about 409,820 (2024-02-25)"


def test_other_voices_are_compared_in_a_like_measure_only(article, later):
    figures = moved_figures(article, later).set_index("claim")
    # "more than 120,000 casualties" of Ukraine: of killed alone others print 9,000 and 31,000,
    # which are no casualties; the day stands beside each.
    assert figures.loc["ukraine-total", "lowest"] == "may be more than 100,000 (2022-11-09)"
    assert figures.loc["ukraine-total", "highest"] == "more than 383,000 (2023-12-19)"
    killed = later.claims[later.claims["measure"].eq("killed") & later.claims["side"].eq("Ukraine")]
    assert {9_000, 31_000} <= {*killed["low_value"], *killed["high_value"]}


def test_losses_are_like_what_is_lost_but_cases_are_not_like_deaths():
    shared = {"side": "people", "place": "Liberia", "period": "2014", "published": "2014"}
    rows = [
        shared | {"claim": "a", "measure": "losses", "low": "5", "high": "5", "source": "one"},
        shared | {"claim": "b", "measure": "lost", "low": "6", "high": "6", "source": "two"},
        shared | {"claim": "c", "measure": "cases", "low": "7", "high": "7", "source": "two"},
        shared | {"claim": "d", "measure": "deaths", "low": "8", "high": "8", "source": "three"},
    ]
    term = {"kind": "measure", "term": "losses", "means": "lost"}
    text = build_dossier({"claims": rows, "terms": [term]})
    figures = moved_figures(text, text).set_index("claim")
    assert figures["lowest"].to_dict() == {
        "a": "6 (2014-12-31)", "b": "5 (2014-12-31)", "c": "", "d": "",
    }  # fmt: skip


def test_all_ten_conflicts_of_the_text_dissolve_with_the_originals_words(article, later, moved):
    assert len(find_conflicts(article)) == 10
    assert find_conflicts(with_originals(article, later)).empty
    assert moved["moved"].value_counts().to_dict() == {"goes": 10, "appears": 7}


def test_what_appears_beside_others_is_disagreement_never_one_voice_alone(moved):
    assert moved.loc[moved["moved"].eq("appears"), "origins"].min() >= 2


def test_the_answer_names_what_moved_and_where_the_ratio_stands(article, later, moved):
    ratios = all_ratios(later, mark_of(article), read_estimates())
    said = answer(article, later, ratios=ratios, conflicts=moved)
    assert "Ukrainian military: 153,770 became about 409,820 (2024-02-25)" in said
    assert "10 of the text's 10 conflicts are gone" in said
    assert (
        "Of 6 ratios that others report for Bakhmut, beside its 5 to 1, 3 leave room for it" in said
    )


def test_a_dossier_of_which_nothing_later_is_known_says_so():
    rows = [{"claim": "crowd", "side": "march", "measure": "people", "low": "5", "high": "5"}]
    rows += [{**rows[0], "claim": "other", "source": "police", "low": "3", "high": "3"}]
    only = build_dossier({"claims": rows})
    nothing = replace(only, claims=only.claims[:0])
    conflicts = conflicts_moved(only, nothing)
    ratios = all_ratios(nothing, mark_of(only), read_estimates())
    assert len(find_conflicts(only)) == 1 and conflicts.empty
    assert "Nothing later is known" in answer(only, nothing, ratios=ratios, conflicts=conflicts)
    assert moved_figures(only, nothing).empty
    assert place_of(only) == ""
    assert pd.isna(day_of(only))
    assert totals_beside(only, nothing).empty


def test_a_path_to_the_later_figures_is_set_beside_the_article(article, later, tmp_path):
    then, now = then_and_now(LATER)
    assert (then.sha256, now.sha256) == (article.sha256, later.sha256)
    rows = [{"claim": "other", "low": "5"}]
    file = tmp_path / "claims.csv"
    pd.DataFrame(rows).to_csv(file, index=False)
    then, now = then_and_now(file)
    assert list(then.claims["claim"]) == ["other"] and now.claims.empty


# ---- the questions, every conflict explained one by one


def test_every_conflict_beside_the_articles_totals_is_explained(article, later):
    near = totals_beside(article, later)
    assert set(near["place"]) == {"Ukraine"}
    assert near["origin"].is_unique or not near.duplicated(["origin", "side", "measure"]).any()
    conflicts = disagreements(later, near)
    assert sorted(map(sorted, found(conflicts))) == sorted(
        map(sorted, explained("The article's totals beside others near its day"))
    )


def test_every_conflict_of_counts_for_bakhmut_is_explained(later):
    inside = counts_inside(later, "Bakhmut")
    assert "Ukraine" not in set(inside["place"])
    assert {"Bakhmut", "Bakhmut area", "Bakhmut-Popasna sector"} <= set(inside["place"])
    conflicts = disagreements(later, inside)
    assert sorted(map(sorted, found(conflicts))) == sorted(
        map(sorted, explained("Counts for Bakhmut"))
    )


def test_every_conflict_about_ukraines_dead_is_explained(later):
    rows = later.claims
    dead = rows["kind"].eq("count") & rows["side"].eq("Ukraine") & rows["measure"].eq("killed")
    conflicts = disagreements(later, rows[dead & rows["repeats"].eq("")])
    assert sorted(map(sorted, found(conflicts))) == sorted(map(sorted, explained("Ukraine's dead")))
    assert conflicts["origins"].min() >= 2


def test_every_conflict_inside_a_text_is_explained(article, later):
    known = explained("Inside one text")
    seen = set()
    for text, claims in later.claims.groupby("article", sort=False):
        if text != "the article" and len(claims) > 1:
            seen |= set(found(find_conflicts(part_of(later, claims["claim"]))))
    assert seen == set(known)


def test_only_sources_that_differ_are_contradictions_in_every_reading(later):
    conflicts = disagreements(later, counts_inside(later, "Bakhmut"))
    plain = conflicts[conflicts["status"].eq("contradiction")]
    assert plain["origins"].min() >= 2


@pytest.mark.parametrize(("origin", "cells", "beside", "against"), MISREPORTS)
def test_a_known_misreport_raises_a_conflict(later, origin, cells, beside, against):
    row = later.claims[later.claims["claim"].eq(origin)].assign(claim="misreport", repeats=origin)
    row = row.assign(**cells)
    others = later.claims[later.claims["claim"].isin({origin, against, *beside})]
    others = others.assign(repeats="")
    frames = {
        "claims": pd.concat([others, row])[list(TABLES["claims"])],
        "sources": later.sources,
        "terms": later.terms,
    }
    conflicts = find_conflicts(build_dossier(frames))
    assert any({"misreport", against} <= set(claims) for claims in conflicts["claims"])


def test_each_drift_between_outlets_is_flagged(later):
    root = later.claims["claim"].map(roots(later.claims))
    found = {}
    for first in ("kirby-casualties", "commission-video", "bulletin-2024-02-23"):
        part = part_of(later, later.claims.loc[root.eq(first), "claim"])
        flags = flag(part).set_index("flag")["claims"]
        found[first] = set(flags["metric-drift"])
    assert found == {
        "kirby-casualties": {
            "kirby-casualties",
            "kirby-casualties-newsweek",
            "kirby-losses-babel",
        },
        "commission-video": {"commission-video", "commission-correction"},
        "bulletin-2024-02-23": {"bulletin-2024-02-23", "series-ukrainian-news"},
    }


def test_the_articles_five_has_dropped_the_originals_at_least(later):
    part = part_of(later, pd.Series(["nato-original", "lede", "loss-ratio"]))
    flags = flag(part).set_index("flag")
    assert set(flags.at["dropped-hedge", "claims"]) == {"lede", "loss-ratio", "nato-original"}
    assert "at least" in flags.at["dropped-hedge", "because"]


def test_casualties_reported_as_killed_are_flagged_as_drift(later):
    own = later.claims[later.claims["claim"].eq("officials-march")]
    killed = own.assign(claim="misreport", repeats="officials-march", measure="killed")
    killed = killed.assign(quote="believed to have been killed in the battle for the city")
    rows = pd.concat([own, killed])
    rows = rows[list(TABLES["claims"])]
    frames = {"claims": rows, "sources": later.sources, "terms": later.terms}
    flags = flag(build_dossier(frames)).set_index("flag")["claims"]
    assert set(flags["metric-drift"]) == {"officials-march", "misreport"}


def test_totals_keep_the_texts_own_claim_and_drop_other_restatements(article, later):
    totals = totals_of(later, "Russia", own=article.claims["claim"])
    assert "russia-total" in set(totals["claim"])
    assert "series-newsweek" not in set(totals["claim"])
    row = totals.set_index("claim").loc["wallace"]
    assert (row["low"], row["low_value"]) == (220_001, 220_000)  # more than: one more


def test_no_day_and_no_totals_give_no_rows(later):
    assert counts_near(later, pd.NaT).empty
    assert counts_near(replace(later, claims=later.claims.iloc[:0]), pd.Timestamp("2023")).empty


def test_nobody_outside_the_two_sides_counts_ukraines_losses_in_bakhmut(later):
    counted = counted_by(later, "Ukraine", "Bakhmut")
    assert set(counted["on_side"]) == {"Russia", "Ukraine", ""}
    # 22,816 / 7.5 = 3,042.1
    assert "implies 3,042 (22,816 / 7.5)" in set(counted["figure"])
    said = what_is_known(counted, side="Ukraine", place="Bakhmut")
    assert said.startswith("No credible count of Ukraine's losses in Bakhmut was found")
    assert said.endswith("from 3,042 to 55,000.")
    named = counted.assign(on_side="", named="yes")
    assert "6 come from outside" in what_is_known(named, side="Ukraine", place="Bakhmut")
    assert "at all" in what_is_known(counted.iloc[:0], side="Ukraine", place="Bakhmut")
