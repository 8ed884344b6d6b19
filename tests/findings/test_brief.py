"""The first screen: at most 120 words, computed, for any text of any field."""

import json
import re

import jsonschema
import pytest
from places import CASES

import bakhmut as bk
from bakhmut.dossier.claims import DATA, build_dossier, read_dossier
from bakhmut.findings.advice.brief import MOST_WORDS, UNCHECKED, briefs
from bakhmut.findings.summary import brief_of, examine, keep_brief_of, schema, summarize

DOSSIERS = [
    bk.read_dossier(),
    read_dossier(DATA / "later"),
    *(read_dossier(folder) for folder in sorted(CASES.iterdir()) if folder.is_dir()),
]
JARGON = (
    "origin",
    "dissolve",
    "margin",
    "metric-drift",
    "times-more",
    "conflict-",
    "nan\\b",
    "None\\b",
)


@pytest.fixture(scope="module", params=DOSSIERS, ids=lambda one: one.name)
def outcomes(request):
    return examine(request.param)


def lines(brief):
    return [f"{label}: {said}" if label else said for label, said in brief.lines()]


def of(*claims, **tables):
    scope = {"side": "people", "place": "Town", "period": "2024", "source": "Office"}
    rows = [scope | claim for claim in claims]
    none = {"assumption": "none", "tier": "what-if", "side": "x", "measure": "x", "low": "1"}
    dossier = build_dossier({"claims": rows, "assumptions": [none], "terms": [
        {"kind": "measure", "term": "hurt", "means": "injured"}], **tables})  # fmt: skip
    return briefs(examine(dossier))


def test_the_brief_of_the_article():
    (outcome,) = examine(bk.read_dossier())
    # 153,770 / 120,000 = 1.2814; (1.2814 - 1) / (5 - 1) = 0.07035 of 120,000 is 8,442.
    assert lines(outcome.brief) == [
        "Yes, print them together, after one edit.",
        "5 to 1 is for Bakhmut. 153,770 and more than 120,000 are for all of Ukraine and give at "
        "most 1.28 to 1. Say so.",
        "Fix: Other outlets relay “at least five”. The text drops it, and counts three things: "
        "lost, losses, casualties.",
        "Write: Russia lost at least five troops for every Ukrainian soldier killed in Bakhmut, "
        "an unnamed NATO military official told CNN, giving no period.",
        "So worded throughout, all 10 conflicts go.",
        "Mind: If all count casualties, and Ukraine had above 8,442 in Bakhmut (7 %), it had "
        "more elsewhere than Russia.",
        "Mind: 4 statements come from one voice: an unnamed NATO military official.",
        UNCHECKED,
    ]


def test_a_brief_that_is_kept_is_told_of_an_equal_dossier_alone(monkeypatch):
    monkeypatch.setattr("bakhmut.findings.summary._KEPT", [])
    keep_brief_of(bk.read_dossier())
    kept = brief_of(bk.read_dossier())
    assert kept is brief_of(bk.read_dossier()) and kept == briefs(examine(bk.read_dossier()))
    other = bk.read_dossier()
    other.claims.loc[0, "low"] = "1"  # altered where it is: its digest says nothing of it
    assert brief_of(other) is not kept and brief_of(other) == briefs(examine(other))


def test_a_brief_has_at_most_120_words_and_says_what_was_not_checked(outcomes):
    for brief in (briefs(outcomes), *(one.brief for one in outcomes)):
        assert brief.words <= MOST_WORDS
        assert brief.mind[-1] == UNCHECKED


def test_a_brief_has_no_jargon_no_id_and_no_gap(outcomes):
    for one in outcomes:
        said = " ".join(lines(one.brief))
        quoted = " ".join(one.dossier.claims["quote"])
        assert not [w for w in JARGON if re.search(rf"\b{w}", said) and w not in quoted]
        assert not any(gap in said for gap in ("  ", "“”", "()", " ,", " .", ".."))
        ids = [claim for claim in one.dossier.claims["claim"] if "-" in claim]
        assert not [claim for claim in ids if claim in said]


def test_the_brief_in_json_is_that_of_the_screen(outcomes):
    dossier = outcomes[0].dossier
    told = json.loads(json.dumps(summarize(dossier, outcomes)))
    jsonschema.validate(told, schema())
    assert told["brief"] == briefs(outcomes).as_object()


def test_figures_that_fit_are_printed_together():
    brief = of(
        {"claim": "a", "measure": "injured", "low": "12", "high": "12"},
        {"claim": "b", "measure": "hurt", "low": "10", "hedge": "more than"},
    )
    assert brief.headline == "Yes, print them together."
    assert brief.answer == "As worded, the 2 figures compared can both be true."
    assert brief.fixes == ()


def test_yes_is_said_of_the_figures_that_were_compared_and_which_they_are():
    brief = of(
        {"claim": "a", "measure": "injured", "side": "A", "low": "12", "high": "12"},
        {"claim": "b", "measure": "injured", "side": "A", "low": "10", "hedge": "more than"},
        {"claim": "c", "measure": "injured", "side": "B", "low": "7", "high": "7"},
        {"claim": "d", "measure": "injured", "side": "C", "low": "40", "high": "40"},
    )
    assert brief.headline == "Yes, as far as they were compared: 2 of 4 figures."
    assert brief.answer == (
        "As worded, the 2 figures compared (12 and more than 10) can both be true."
    )


def test_what_fits_is_told_where_others_could_only_collide_if_they_counted_the_same():
    brief = of(
        {"claim": "a", "measure": "injured", "side": "A", "low": "12", "high": "12"},
        {"claim": "b", "measure": "injured", "side": "A", "low": "10", "hedge": "more than"},
        {"claim": "c", "measure": "injured", "side": "B", "low": "7", "high": "7", "place": ""},
        {"claim": "d", "measure": "injured", "side": "B", "low": "9", "high": "9", "place": "",
         "source": "Mayor"},
    )  # fmt: skip
    # A place that is not stated is a part of Town: all are set beside one another.
    assert brief.headline == "Yes, unless some of them count the same."
    assert brief.answer == "As worded, the 4 figures compared can all be true."
    assert brief.mind[0] == (
        "If they count the same, 7 injured (Office) and 9 injured (Mayor) cannot both be true as "
        "worded. The table does not say of each where."
    )


def test_a_word_on_which_the_yes_turns_is_told_first():
    brief = of(
        {"claim": "a", "measure": "injured", "low": "12", "high": "12", "quote": "12 hurt"},
        {"claim": "b", "measure": "injured", "low": "10", "hedge": "at least",
         "quote": "at least 10 were hurt"},
    )  # fmt: skip
    assert brief.headline == "Yes, print them together."
    # 10 is not 12; at least 10 may be 12.
    assert brief.mind[0] == (
        "Decided again without “at least”, “12 hurt” and “at least 10 were hurt” cannot both be "
        "true as worded."
    )


def test_one_figure_is_compared_with_nothing():
    brief = of({"claim": "a", "measure": "injured", "low": "12", "high": "12"})
    assert brief.headline == "These figures cannot be compared."
    assert "Compared with no other figure: 12 injured (Office)." in brief.mind


def test_two_sources_that_differ_are_no_one_account():
    brief = of(
        {"claim": "a", "measure": "injured", "low": "12", "high": "12"},
        {"claim": "b", "measure": "injured", "low": "9", "high": "9", "source": "Board"},
    )
    assert brief.headline == "No, not as one account."
    assert brief.answer == (
        "12 injured (Office) and 9 injured (Board) cannot both be true as worded."
    )


def test_one_source_at_odds_with_itself_is_named_once():
    brief = of(
        {"claim": "a", "measure": "injured", "low": "12", "high": "12"},
        {"claim": "b", "measure": "injured", "low": "9", "high": "9"},
    )
    assert brief.headline == "No, not as they stand."
    assert brief.answer == "12 injured and 9 injured (Office) cannot both be true as worded."


def test_a_question_comes_first():
    # Of 100 people 30 are children; 60 of the 100 walked: of the children at least 0, at most 30.
    terms = [{"kind": "side", "term": "people", "means": "children + adults"}]
    brief = of(
        {"claim": "all", "measure": "walked", "low": "100", "high": "100", "quote": "100 walked"},
        {"claim": "adults", "side": "adults", "measure": "walked", "low": "70", "high": "70"},
        {"claim": "ask", "side": "children", "measure": "walked"},
        terms=terms,
    )
    assert brief.headline == "Implied for children, walked: 30."
    assert brief.answer.startswith("Yes, print them together.")


def test_long_and_hostile_quotes_leave_the_brief_short():
    long = {"quote": "<script>x</script> " + "word " * 200, "measure": "injured"}
    brief = of(
        {"claim": "a", "low": "12", "high": "12", **long},
        {"claim": "b", "low": "9", "high": "9", "source": "Board " * 40, **long},
    )
    assert brief.words <= MOST_WORDS
