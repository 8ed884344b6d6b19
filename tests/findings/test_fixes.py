"""The smallest change of wording after which nothing conflicts, decided again each time."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from places import CASES

import bakhmut as bk
from bakhmut.base.sentences import with_article
from bakhmut.dossier.changed.edits import edited, layered
from bakhmut.dossier.claims import DATA, build_dossier, read_dossier
from bakhmut.engine.status import AT_ODDS, BY_DEFINITION
from bakhmut.findings import summary
from bakhmut.findings.advice.fixes import COLUMNS, fixes
from bakhmut.findings.advice.to_print import sentence, whose
from bakhmut.findings.summary import texts
from bakhmut.meaning.interpretation import read

LATER = read_dossier(DATA / "later")
TEXTS = [
    bk.read_dossier(),
    *(read_dossier(folder) for folder in sorted(CASES.iterdir()) if folder.is_dir()),
    *texts(LATER),
]


def row(claim, **cells):
    """A count of one office, in one place; cells override."""
    return {
        "claim": claim, "quote": f"{cells.get('low', '10')} killed", "source": "Office",
        "side": "Red", "measure": "killed", "place": "Town", "period": "2024",
        "low": "10", "high": "10",
    } | cells  # fmt: skip


def made(*claims, terms=(), **tables):
    """A dossier of some claims, with no assumptions and none of the article's words."""
    first = {"kind": "place", "term": "Land", "means": "Town + ..."}
    return build_dossier({
        "claims": list(claims), "terms": [first, *terms],
        "assumptions": [{"assumption": "none", "tier": "what-if", "low": "1", "high": "1",
                         "side": "Red", "measure": "x", "place": "Town"}], **tables,
    })  # fmt: skip


def at_odds(dossier, words):
    return bk.find_conflicts(dossier)["status"].isin(words).any()


def test_the_article_takes_one_edit_and_all_ten_conflicts_go():
    article = bk.read_dossier()
    (fix,) = bk.fixes(article).itertuples()
    assert (fix.claim, fix.rank) == ("lede", 1)
    assert fix.problem == (
        "Other outlets relay “at least five”. The text drops it, and counts three things: lost, "
        "losses, casualties."
    )
    assert fix.write == (
        "Russia lost at least five troops for every Ukrainian soldier killed in Bakhmut, an "
        "unnamed NATO military official told CNN, giving no period."
    )
    assert fix.effect == "So worded throughout, all 10 conflicts go."
    assert len(bk.find_conflicts(article)) == 10
    assert bk.find_conflicts(edited(article, fix.edits)).empty


@pytest.mark.parametrize("dossier", TEXTS, ids=lambda one: one.name)
def test_after_the_edits_nothing_is_at_odds_by_the_meaning_of_the_words(dossier):
    found = fixes(dossier, beside=LATER)
    status = bk.decide(dossier)
    if status in BY_DEFINITION:
        edit = layered(found["edits"])
        assert not at_odds(edited(dossier, edit), BY_DEFINITION)
    if status == "consistent":
        assert found.empty
    assert list(found["rank"]) == list(range(1, len(found) + 1))
    for sentences in found[["problem", "write", "effect"]].itertuples(index=False):
        assert "nan" not in sentences and "“”" not in " ".join(sentences)


@pytest.mark.parametrize("dossier", TEXTS, ids=lambda one: one.name)
def test_a_sentence_to_print_has_no_number_that_is_in_no_table(dossier):
    said = " ".join(map(str, dossier.claims.to_numpy().ravel())) + "1"
    for write in fixes(dossier, beside=LATER)["write"]:
        for word in write.replace("(", " ").replace(")", " ").split():
            number = word.strip(".,;:")
            if number.replace(",", "").isdecimal():
                assert number in said


def test_a_consistent_text_takes_no_edit():
    found = fixes(made(row("a"), row("b", low="12", high="12", place="Land")))
    assert found.empty and list(found.columns) == COLUMNS


def test_a_hedge_that_stands_elsewhere_in_the_text_is_put_back():
    # At least 10 in the first statement, 10 in the second that restates it, 12 by another count.
    dossier = made(
        row("first", quote="at least 10 killed", hedge="at least", high=""),
        row("again", quote="10 were killed", repeats="first"),
        row("other", quote="12 dead", source="Board", low="12", high="12"),
    )
    (fix,) = fixes(dossier).itertuples()
    assert fix.claim == "again"
    assert fix.problem == ("“at least 10 killed” says “at least 10”; “10 were killed” drops that.")
    assert fix.write == "At least 10 were killed (Red) in Town (2024), according to Office."
    assert fix.effect == "So worded, the conflict goes."
    assert not at_odds(edited(dossier, fix.edits), AT_ODDS)


def test_times_more_is_put_in_its_usual_wording():
    # Five times more is 5 or 6; 50 against 10 is 5.
    scope = {"per_side": "Blue", "per_measure": "killed", "per_place": "Town", "per_period": "2024"}
    dossier = made(
        row("ratio", quote="five times more dead than Blue", low="5", high="5", **scope),
        row("red", low="50", high="50"),
        row("blue", side="Blue"),
        readings=[
            {"claim": "ratio", "reading": way, "field": end, "value": value}
            for way, value in (("as many", "5"), ("added", "6")) for end in ("low", "high")
        ],
    )  # fmt: skip
    (fix,) = fixes(dossier).itertuples()
    assert fix.problem == "“five times more” can be taken as 5 or 6 times as many."
    assert fix.write == (
        "Five times as many dead as Blue (Red) in Town (2024), according to Office."
    )
    assert not at_odds(edited(dossier, fix.edits), AT_ODDS)


def test_two_sources_that_differ_are_set_side_by_side_and_a_figure_named():
    dossier = made(row("a"), row("b", source="Board", low="12", high="12"))
    (fix,) = fixes(dossier).itertuples()
    assert fix.problem == "Say whose each figure is: the sources differ."
    assert fix.write == (
        "10 killed (Red) in Town (2024), according to Office; 12 killed (Red) in Town (2024), "
        "according to Board."
    )
    assert fix.effect == "No other wording helps. Give up 12 or 10, and all else can hold."


def test_two_sources_that_the_quotes_name_themselves_can_stand_as_two_accounts():
    one = row("a", quote="10 killed, said the Office")
    dossier = made(one, row("b", quote="the Board: 12", source="Board", low="12", high="12"))
    (fix,) = fixes(dossier).itertuples()
    assert fix.problem == "The sources differ, and the text says whose each figure is."
    assert (fix.write, fix.effect) == (
        "", "As several accounts they can stand. As one, give up 12 or 10."
    )  # fmt: skip


def test_the_figure_without_which_all_holds_is_named_alone():
    # 10 twice and 12 once: only 12 is in every conflict.
    dossier = made(
        row("a"), row("b", source="Board"), row("c", source="Paper", low="12", high="12")
    )
    (fix,) = fixes(dossier).itertuples()
    assert (fix.claim, fix.edits.without) == ("c", ("c",))
    assert fix.effect == "No other wording helps. Give up 12, and all else can hold."


def test_a_word_that_can_be_read_in_two_ways_is_to_be_explained():
    # 10 lost and 8 killed in one town: lost cannot be the killed alone.
    terms = [
        {"kind": "measure", "term": "lost", "reading": "dead", "means": "killed"},
        {"kind": "measure", "term": "lost", "reading": "both", "means": "killed + wounded"},
    ]
    dossier = made(
        row("a", quote="lost 10 men", measure="lost"), row("b", low="8", high="8"), terms=terms
    )
    (fix,) = fixes(dossier).itertuples()
    assert fix.problem == "“lost” can be read in two ways."
    assert fix.write == "Red lost 10 men (killed and wounded) in Town (2024), according to Office."
    assert fix.effect == "If “killed and wounded” is meant, say so; else not all can be true."


def test_what_is_said_plainly_is_not_worded_otherwise():
    # The second statement corrects the first: no edit may take the correction back.
    dossier = made(
        row("first", low="100", high="100", quote="100 were killed"),
        row("corrected", repeats="first", quote="100 killed and wounded", low="100", high="100",
            measure="killed + wounded"),
        row("wounded", measure="wounded", low="80", high="80", quote="80 wounded"),
    )  # fmt: skip
    for edit in fixes(dossier)["edits"]:
        assert not any("measure" in cells for cells in edit.cells.values())


def test_a_claim_without_source_or_quote_is_said_without_a_gap():
    blank = {"source": "", "quote": "", "side": "", "place": "", "period": ""}
    dossier = made(
        row("a", **blank), row("b", **blank | {"quote": "12 killed"}, low="12", high="12")
    )
    for fix in fixes(dossier).itertuples():
        for text in filter(None, (fix.problem, fix.write, fix.effect)):
            assert not any(gap in text for gap in ("nan", "“”", "  ", "()", " ,"))


@pytest.mark.parametrize(
    ("source", "via", "said"),
    [
        ("unnamed official", "CNN", "an unnamed official told CNN"),
        ("unnamed official", "", "according to an unnamed official"),
        ("The Telegraph", "", "according to The Telegraph"),
        ("police", "AP > Gazette", "according to the police, relayed by AP and Gazette"),
        ("", "", "for which the text names no source"),
    ],
)
def test_who_says_so_is_told_with_the_relay(source, via, said):
    from bakhmut.findings.evidence import gather

    sources = [{"source": "unnamed official", "named": "no"}] if source.startswith("un") else []
    dossier = made(row("a", source=source, via=via), sources=sources)
    evidence = gather(read(dossier))
    assert whose(evidence, {"source": source, "via": via}) == said
    assert sentence(evidence, "a", {}).endswith(f"{said}.")


def test_several_people_without_a_name_have_no_article():
    assert with_article("unnamed Western officials (March 2023)").startswith("unnamed Western")


def test_a_quote_cut_short_is_said_without_its_loose_end():
    dossier = made(row("a", quote="10 were killed defending the"))
    from bakhmut.findings.evidence import gather

    evidence = gather(read(dossier))
    assert sentence(evidence, "a", {}).startswith("10 were killed defending (Red) in Town")


def test_after_a_figure_is_given_up_a_word_is_still_to_be_explained():
    # 30 killed against 20 is a contradiction; 30 lost beside 20 wounded and 15 killed holds only
    # where lost counts the wounded, too: 15 killed is less than 30.
    terms = [
        {"kind": "measure", "term": "lost", "reading": "dead", "means": "killed"},
        {"kind": "measure", "term": "lost", "reading": "both", "means": "killed + wounded"},
    ]
    dossier = made(
        row("a", low="15", high="15"), row("b", low="15", high="15", source="Board"),
        row("c", low="20", high="20", source="Paper"),
        row("d", quote="lost 30 men", measure="lost", low="30", high="30", source="Club"),
        terms=terms,
    )  # fmt: skip
    given, meant = fixes(dossier).itertuples()
    assert given.edits.without == ("c",)
    assert given.effect == "No other wording helps. Give up 20."
    assert meant.effect == "If “killed and wounded” is meant, say so; else not all can be true."
    assert not at_odds(edited(dossier, layered([given.edits, meant.edits])), AT_ODDS)


def test_no_edit_leaves_a_ratio_with_half_of_its_words():
    scope = {"per_side": "Blue", "per_place": "Town", "per_period": "2024"}
    first = {"quote": "5 to 1", "measure": "lost", "per_measure": "killed"}
    dossier = made(
        row("one", **first, low="5", high="5", **scope),
        row("two", quote="6 to 1", repeats="one", measure="", low="6", high="6", **scope),
        row("red", low="9", high="9"), row("blue", side="Blue", low="9", high="9"),
        terms=[{"kind": "measure", "term": "lost", "reading": way, "means": means}
               for way, means in (("dead", "killed"), ("both", "killed + wounded"))],
    )  # fmt: skip
    edited(dossier, layered(fixes(dossier)["edits"]))


def test_what_is_part_of_the_widest_word_is_decided_again_once_that_word_is_gone():
    # 12 of no stated measure are part of casualties, which may count the missing, too: read as
    # killed and wounded the 10 casualties hold beside them only while "casualties" stands there.
    # Written out as killed and wounded nothing wider is left, and 12 are more than 10.
    terms = [
        {"kind": "measure", "term": "casualties", "reading": way, "means": means}
        for way, means in (
            ("narrow", "killed + wounded"), ("wide", "killed + wounded + missing")
        )
    ]  # fmt: skip
    dossier = made(
        row("a", quote="12 men", measure="", period="", low="12", high="12"),
        row("b", quote="10 casualties", measure="casualties", source="Board"), terms=terms,
    )  # fmt: skip
    found = fixes(dossier)
    assert any(edit.without for edit in found["edits"])
    assert not at_odds(edited(dossier, layered(found["edits"])), BY_DEFINITION)
    # Giving up either is enough: how the word is meant does not matter then.
    assert len(found) == 1
    assert found["effect"].iloc[0].endswith("and all else can hold.")


def test_of_two_readings_that_would_do_the_usual_one_is_proposed():
    # 10 lost beside 8 killed and 8 wounded of them at most: both wider readings hold.
    readings = {"dead": "killed", "both": "killed + wounded", "all": "killed + wounded + missing"}
    for usual in ("both", "all"):
        terms = [
            {"kind": "measure", "term": "lost", "reading": way, "means": means,
             "usual": "yes" if way == usual else ""}
            for way, means in readings.items()
        ]  # fmt: skip
        dossier = made(
            row("a", quote="lost 10 men", measure="lost"), row("b", low="8", high="8"),
            terms=terms,
        )  # fmt: skip
        (fix,) = fixes(dossier).itertuples()
        assert fix.edits.cells["a"]["measure"] == readings[usual]


MEASURES = ("killed", "wounded", "lost", "casualties", "")
WORDS = [
    {"kind": "measure", "term": term, "reading": way, "means": means}
    for term, way, means in (
        ("lost", "dead", "killed"), ("lost", "both", "killed + wounded"),
        ("casualties", "narrow", "killed + wounded"),
        ("casualties", "wide", "killed + wounded + missing"),
    )
]  # fmt: skip
NUMBERS = ("2", "5", "10", "12", "50")


@st.composite
def stories(draw):
    """A dossier of three to six statements of two voices that drift, drop hedges and restate."""
    pick = lambda *options: draw(st.sampled_from(options))  # noqa: E731
    claims = []
    for name in "abcdef"[: draw(st.integers(3, 6))]:
        is_ratio, value, hedge = pick(True, False), pick(*NUMBERS), pick("", "at least", "about")
        own = row(
            name, quote=f"{hedge} {value} {'times more ' * (is_ratio and pick(True, False))}men",
            source=pick("Office", "Board"), side=pick("Red", "Blue"), measure=pick(*MEASURES),
            place=pick("Town", "Land"), period=pick("2024", ""), hedge=hedge, low=value,
            high="" if hedge == "at least" else value,
        )  # fmt: skip
        if is_ratio:
            other = {"Red": "Blue", "Blue": "Red"}[own["side"]]
            own |= {"per_side": other, "per_measure": pick(*MEASURES), "per_place": own["place"],
                    "per_period": own["period"]}  # fmt: skip
        first = [
            one["claim"] for one in claims
            if one["source"] == own["source"] and ("per_side" in one) == is_ratio
            and "repeats" not in one
        ]  # fmt: skip
        claims.append(own | ({"repeats": pick(*first)} if first and pick(True, False) else {}))
    return made(*claims, terms=WORDS)


@settings(max_examples=40, deadline=None)
@given(stories())
def test_whatever_drifts_the_rewritten_dossier_has_no_conflict_by_its_words(dossier):
    found = fixes(dossier)
    if bk.decide(dossier) in BY_DEFINITION:
        edit = layered(found["edits"])
        if len(edit.without) < len(dossier.claims):
            assert bk.decide(edited(dossier, edit)) not in BY_DEFINITION
    for one in found.itertuples():
        assert "0 of" not in one.effect


def test_a_figure_that_only_an_assumption_asks_for_is_not_given_up():
    # 64 cases in the land, 71 in its town alone: 71 gives. That about 2 died at one in fifty of
    # the 64 (1.28) holds only where "about" is taken widely, and is nobody's to give up.
    scope = {"per_side": "Red", "per_measure": "cases", "per_place": "Land", "per_period": "2024"}
    cases = {"measure": "cases", "quote": ""}
    dossier = made(
        row("all", **cases, low="640", high="640", place="Land"),
        row("deaths", measure="deaths", quote="about 15 died", hedge="about", place="Land",
            low="15", high="15"),
        row("rate", measure="deaths", quote="one in fifty died", hedge="about", place="Land",
            low="0.02", high="0.02", **scope),
        row("town", **cases, low="710", high="710", source="Board"),
    )  # fmt: skip
    (fix,) = fixes(dossier).itertuples()
    assert fix.edits.without in (("all",), ("town",))
    assert fix.effect.endswith("and all else can hold.")


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"per_side": "Blue", "per_measure": "killed"}, "10 to 1 for Red against Blue, killed"),
        ({"per_side": "Red", "per_measure": "hurt"}, "10 to 1 for killed against hurt"),
        ({"per_side": "Red", "per_measure": "aboard", "low": "10 %", "high": "10 %"},
         "10 % killed among Red aboard"),
        ({"per_side": "Red", "per_measure": "born", "hedge": "difference"},
         "10 killed minus born"),
        ({}, "10 killed"),
    ],
)  # fmt: skip
def test_a_figure_in_a_few_words_says_what_is_set_against_what(cells, said):
    from bakhmut.findings.advice.to_print import name_of
    from bakhmut.findings.evidence import gather
    from bakhmut.meaning.interpretation import read

    per = {"per_place": "Town", "per_period": "2024"} if cells else {}
    evidence = gather(read(made(row("a", **per, **cells))))
    assert name_of(evidence, "a", by=False) == said


def test_so_many_a_day_beside_a_total_are_told_to_be_a_day():
    rows = [
        {"claim": "rate", "quote": "lost 150 to 300 soldiers a day", "source": "spokesman",
         "side": "Red", "measure": "killed", "place": "Arun", "period": "2023-02",
         "low": "150", "high": "300"},
        {"claim": "total", "quote": "3,000 soldiers died", "source": "ministry",
         "side": "Red", "measure": "killed", "place": "Arun", "period": "2023-02",
         "low": "3,000", "high": "3,000"},
    ]  # fmt: skip
    (outcome,) = summary.examine(bk.build_dossier({"claims": rows}))
    # 28 days of 150 to 300 are 4,200 to 8,400: what collides is another thing.
    assert outcome.brief.headline == "Yes, print them together, after one edit."
    (fix,) = outcome.brief.fixes
    assert "counts 150 to 300 a day; the row has it as a total of February 2023" in fix["problem"]
    assert outcome.flags.loc[outcome.flags["flag"].eq("rate-as-total"), "severity"].tolist() == [
        "serious"
    ]


def test_two_accounts_are_printed_with_their_names_once_and_as_they_are_written():
    rows = [
        {"claim": "a", "quote": "64 of them in Castrel", "source": "Ilda Ferran",
         "measure": "killed", "side": "town", "place": "Castrel", "period": "2024", "low": "64",
         "high": "64"},
        {"claim": "b", "quote": "Castrel's mayor said 71 bodies had been recovered",
         "source": "Castrel's mayor", "measure": "killed", "side": "town", "place": "Castrel",
         "period": "2024", "low": "71", "high": "71"},
    ]  # fmt: skip
    (fix,) = summary.examine(bk.build_dossier({"claims": rows}))[0].brief.fixes
    assert fix["write"] == (
        "64 of them in Castrel (town) (2024), according to Ilda Ferran; Castrel's mayor said 71 "
        "bodies had been recovered (town) (2024)."
    )
