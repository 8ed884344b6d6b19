"""A draft by hand-written sentences: one kind of figure, hedge, scope or voice a test."""

from __future__ import annotations

import re
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bakhmut.consistency.verbs import check
from bakhmut.dossier.claims import build_dossier
from bakhmut.dossier.parsing.hedging import hedges
from bakhmut.dossier.parsing.notation import parse_number
from bakhmut.drafting.drafts import Draft, draft_text


def rows(text: str) -> list[dict[str, str]]:
    return draft_text(text).claims.to_dict("records")


def kinds(draft: Draft) -> list[str]:
    return draft.evidence.loc[draft.evidence["field"].eq("kind"), "value"].tolist()


def one(text: str, kind: str = "count") -> dict[str, str]:
    draft = draft_text(text)
    assert kinds(draft) == [kind], draft.claims[["quote", "low", "high"]]
    return draft.claims.iloc[0].to_dict()


# ---- what a figure says


@pytest.mark.parametrize(
    ("text", "low", "high", "hedge"),
    [
        ("At least 31 people were killed.", "31", "", "at least"),
        ("No fewer than 31 people were killed.", "31", "", "at least"),
        ("More than 400 soldiers died.", "400", "", "more than"),
        ("Well over 400 soldiers died.", "400", "", "more than"),
        ("As many as 400 soldiers died.", "", "400", "up to"),
        # 400 itself is not reached: 399 at most.
        ("Fewer than 400 soldiers died.", "", "400", "fewer than"),
        ("Nearly 400 soldiers died.", "", "400", "nearly"),
        ("An estimated 400 soldiers died.", "400", "400", "about"),
        ("Some 400 soldiers died.", "400", "400", "about"),
        ("400 or more soldiers died.", "400", "", "at least"),
        ("400 soldiers may have died.", "400", "400", "may"),
        ("Dozens of soldiers died.", "24", "", "at least"),
        ("Half a million people were displaced.", "500,000", "500,000", ""),
    ],
)
def test_a_count_has_its_hedge_and_the_end_that_it_leaves_open(text, low, high, hedge):
    row = one(text)
    assert (row["low"], row["high"], row["hedge"]) == (low, high, hedge)


@pytest.mark.parametrize("article", ["", "the "])
@pytest.mark.parametrize("very", ["", "very "])
@pytest.mark.parametrize(
    ("end", "low", "high"), [("most", "", "500"), ("least", "500", ""), ("outside", "", "500")]
)
def test_a_bound_at_the_end_of_what_is_counted_is_one_of_the_table_or_none(
    article, very, end, low, high
):
    row = one(f"The army lost 500 men at {article}{very}{end}.")
    # "at outside" and "at very outside" are nobody's words, and no bound.
    told = end != "outside" or (article and not very)
    assert (row["low"], row["high"]) == ((low, high) if told else ("500", "500"))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Between 400 and 750 people drowned.", "400", "750"),
        ("The blast killed 10 to 15 people.", "10", "15"),
        ("Losses of 100,000-120,000 men are reported, all killed.", "100,000", "120,000"),
        ("Two or three soldiers were killed.", "2", "3"),
        ("From 2 to 3 million people fled.", "2 million", "3 million"),
        ("Police counted 62,000 marchers, plus or minus 5,000.", "62,000", "62,000"),
    ],
)
def test_a_range_has_both_ends(text, low, high):
    row = rows(text)[0]
    assert (row["low"], row["high"]) == (low, high)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Russia loses five soldiers for every Ukrainian killed.", 5),
        ("The loss ratio is five to one.", 5),
        ("The five-to-one casualty ratio held.", 5),
        ("The kill ratio stood at 5:1.", 5),
        ("They were outnumbered four to one.", 4),
        ("For every soldier killed, three were wounded.", 3),
        ("They lost three of theirs for each of ours.", 3),
        ("Russia suffered five times more casualties than Ukraine.", 5),
        ("Twice as many Russians as Ukrainians were killed.", 2),
        ("The number of dead more than doubled.", 2),
        ("They lost three men for every two Germans killed.", 1.5),
    ],
)
def test_a_ratio_is_a_plain_multiple(text, value):
    row = one(text, "ratio")
    assert float(row["low"] or row["high"]) == value


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("Some 88 per cent of the dead were civilians.", 88),
        ("One in twelve soldiers was killed.", 8.33),
        ("The regiment lost two men in five.", 40),
        ("A third of the soldiers were killed.", 33.3),
        ("Two thirds of the nurses were infected.", 66.7),
        ("More than half of the crew drowned.", 50),
        ("Nine out of ten patients died.", 90),
        ("Four in ten of the dead are children.", 40),
    ],
)
def test_a_share_is_a_percentage(text, percent):
    row = one(text, "share")
    assert float((row["low"] or row["high"]).rstrip("%")) == percent


def test_a_count_a_day_is_a_rate():
    row = one("Russia is losing up to 800 soldiers a day.", "rate")
    assert (row["low"], row["high"], row["side"]) == ("", "800", "Russia")


def test_losses_without_a_number_leave_both_ends_open():
    row = one("Ukrainian forces suffered significant losses.", "vague")
    assert (row["low"], row["high"], row["measure"], row["side"]) == ("", "", "losses", "Ukraine")


@pytest.mark.parametrize(
    "text",
    [
        "No casualties were reported.",
        "No one was killed.",
        "There was no one hurt.",
        "The raid ended with no soldiers killed.",
        "Our losses: none.",
        "Nobody was hurt.",
    ],
)
def test_nobody_is_a_count_of_zero(text):
    row = one(text)
    assert (row["low"], row["high"]) == ("0", "0")


def test_what_the_dead_were_without_is_no_count_of_them():
    assert [row["low"] for row in rows("Eight men with no shoes were killed.")] == ["8"]
    assert [row["low"] for row in rows("A group of 12 with no food died.")] == ["12"]


def test_a_figure_that_was_corrected_is_a_figure_of_its_own():
    first, second = rows("The death toll rose to 89, up from 63, officials said.")
    assert [first["low"], second["low"]] == ["89", "63"]


@pytest.mark.parametrize(
    "text",
    [
        "The battle began on 13 March 1940 and lasted 105 days.",
        "The soldier, 34, served in the 47th Brigade.",
        "The road is 12 km long and cost $18 million.",
        "At 18:42 a quake of magnitude 7.8 struck the town.",
        "Article 49.3 was used under resolution 2254.",
        "Call +41 22 917 9000 or see page 3.",
        "The channel has 700,000 subscribers.",
        "He is a farmer of 34 and lived to be 96.",
        "They met at 6.34pm on October 7.",
        "The committee has 14 members and 3 offices.",
        "",
        "Nothing is counted here.",
    ],
)
def test_what_is_no_figure_is_left_alone(text):
    draft = draft_text(text)
    assert draft.claims.empty and draft.evidence.empty
    assert next(iter(draft.claims.columns)) == "claim"


# ---- what it counts, whose, where, who says so


def test_each_number_takes_the_measure_that_belongs_to_it():
    found = rows("Meade reported 3,155 killed, 14,529 wounded and 5,365 captured or missing.")
    assert [row["measure"] for row in found] == ["killed", "wounded", "captured + missing"]


def test_a_list_ends_in_one_predicate():
    found = rows("The army lost 22 helicopters, 25 planes and about 600 armoured vehicles.")
    things = ("helicopters", "planes", "armoured vehicles")
    assert [row["measure"] for row in found] == [f"{one} lost" for one in things]


def test_a_people_is_its_territory_and_a_group_keeps_its_name():
    found = rows("400 Russian servicemen were killed. Some 20 civilians were wounded.")
    assert [row["side"] for row in found] == ["Russia", "civilians"]


def test_who_lost_stands_before_the_verb():
    assert one("Russia has lost 153,770 personnel in Ukraine.")["side"] == "Russia"


def test_a_ratio_has_both_its_sides_and_measures():
    row = one("Russia has lost five troops for every Ukrainian soldier killed.", "ratio")
    assert [row["side"], row["measure"]] == ["Russia", "lost"]
    assert [row["per_side"], row["per_measure"]] == ["Ukraine", "killed"]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Officials put the loss ratio at four to one in Ukraine's favour.", ("", "Ukraine")),
        ("The casualties favoured Ukraine by roughly two and a half to one.", ("", "Ukraine")),
        ("They speak of an exchange ratio of 1:2.5 in Ukraine's favour.", ("Ukraine", "")),
        ("The Russians pay five lives for every Ukrainian killed.", ("Russia", "Ukraine")),
    ],
)
def test_a_ratio_in_somebodys_favour_is_of_fewer_of_theirs(text, sides):
    row = one(text, "ratio")
    assert (row["side"], row["per_side"]) == sides


def test_the_enemy_is_not_guessed():
    assert one("The enemy's losses exceeded 400 men.")["side"] == "enemy"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Police said 12 people were killed.", "police"),
        ("Twelve people were killed, police said.", "police"),
        ("According to the Red Cross, 12 people were killed.", "Red Cross"),
        ("12 people were killed, according to the Red Cross.", "Red Cross"),
        ("The death toll was put at 400 by Kyiv.", "Kyiv"),
        ("UNRWA: 72 colleagues killed", "UNRWA"),
        ('"We lost 12 men," said General Ivan Petrov.', "General Ivan Petrov"),
        ("12 people were killed.", ""),
    ],
)
def test_the_source_is_who_says_so(text, source):
    assert one(text)["source"] == source


def test_each_number_has_the_voice_next_to_it():
    found = rows("12 died, police said; 30 were hurt, according to the Red Cross.")
    assert [row["source"] for row in found] == ["police", "Red Cross"]


def test_whom_somebody_told_is_the_relay():
    row = one("A NATO official told CNN that 400 soldiers had been killed.")
    assert (row["source"], row["via"]) == ("NATO official", "CNN")


def test_a_pronoun_is_carried_and_says_so():
    draft = draft_text("General Petrov visited the town. He said 40 soldiers had been killed.")
    source = draft.evidence[draft.evidence["field"].eq("source")].iloc[0]
    assert source["sure"] in ("carried", "blank")


def test_a_headline_restates_the_body():
    draft = draft_text("Quake kills 5,021\n\nThe quake killed 5,021 people, officials said.\n")
    headline, body = draft.claims.itertuples()
    assert headline.repeats == body.claim and body.repeats == ""


# ---- evidence, ids, tables


TEXT = """Toll rises to 89

Russia raised the death toll from the strike to 89, up from 63 soldiers.

Ukraine said 400 Russian soldiers had been killed and a further 300 wounded in the town of Makiivka.
"""


def test_every_filled_cell_has_the_words_that_support_it():
    draft = draft_text(TEXT)
    for row in draft.claims.to_dict("records"):
        own = draft.evidence[draft.evidence["claim"].eq(row["claim"])].set_index("field")
        for field in (
            "low",
            "high",
            "hedge",
            "measure",
            "side",
            "place",
            "source",
            "via",
            "repeats",
        ):
            if row[field]:
                assert own.loc[field, "value"] == row[field]
                assert own.loc[field, "sure"] in ("read", "inferred", "carried")
        assert (
            own.loc["number", "value"]
            == TEXT[own.loc["number", "start"] : own.loc["number", "end"]]
        )


def test_what_was_not_found_is_a_row_marked_blank():
    evidence = draft_text("12 people were killed.").evidence.set_index("field")
    assert evidence.loc["source", ["value", "sure"]].tolist() == ["", "blank"]


def test_ids_stay_when_the_text_grows():
    before = draft_text(TEXT).claims["claim"].tolist()
    after = draft_text(TEXT + "\nLater 89 more people died and 12 were hurt.\n").claims
    assert after["claim"].tolist()[: len(before)] == before


def test_times_more_has_two_readings():
    readings = draft_text("Russia suffered five times more casualties than Ukraine.").readings
    assert readings["value"].tolist() == ["5", "5", "6", "6"]


def test_casualties_and_lost_have_the_readings_of_the_article():
    terms = draft_text("Russia lost 400 men. Ukraine has 300 casualties.").terms
    assert set(terms.loc[terms["term"].eq("lost"), "reading"]) == {"killed", "casualties"}
    assert "killed + wounded" in terms.loc[terms["term"].eq("casualties"), "means"].tolist()


def test_a_place_that_lies_in_another_is_part_of_it():
    text = (
        "The army lost 620 soldiers in the town of Karel. Its dead on the whole Marran front, "
        "where Karel lies, were 400."
    )
    terms = draft_text(text).terms
    places = terms[terms["kind"].eq("place")]
    assert places[["term", "means"]].to_numpy().tolist() == [["Marran front", "Karel + ..."]]


@pytest.mark.parametrize(
    ("source", "named"),
    [("the health ministry", "yes"), ("police", "yes"), ("a health ministry official", "no"),
     ("officials", "no"), ("a union", "yes"), ("witnesses", "no"), ("the coast guard", "yes"),
     ("the internal security forces", "yes")],
)  # fmt: skip
def test_a_body_is_a_named_source_and_somebody_of_it_is_not(source, named):
    drafted = draft_text(f"Ten people were killed in Arle, {source} said.").sources
    assert drafted["named"].tolist() == [named]


def test_a_source_has_its_kind_and_whether_it_is_named():
    sources = draft_text("A military official said 5 died. Mayor Ann Lee said 6 died.").sources
    assert sources[["kind", "named"]].to_numpy().tolist() == [
        ["military", "no"],
        ["government", "yes"],
    ]


# ---- any text at all

WORDS = st.lists(
    st.sampled_from(
        [
            "killed",
            "wounded",
            "12",
            "5,000",
            "5:1",
            "one",
            "in",
            "ten",
            "half",
            "%",
            "for",
            "every",
            "soldiers",
            "of",
            "the",
            "a",
            "and,",
            ".",
            ";",
            ":",
            "“",
            "”",
            "\n",
            "\n\n",
            "said",
            "police",
            "Russia",
            "Kyiv",
            "to",
            "from",
            "between",
            "3",
            "million",
            "twice",
            "no",
            "casualties",
            "may",
            "\u2009",
            "🙂",
            "\x00",
            "\u200b",
            "\ue000",
            "½",
            "-",
        ]
    ),
    max_size=40,
).map(" ".join)


@settings(max_examples=120, deadline=None)
@given(st.one_of(st.text(max_size=200), WORDS))
@example("\ue000\ue001 killed 5")
@example("5 killed " * 100)
@example("For every one two three four five six seven eight nine ten men killed")
def test_any_text_gives_a_draft_whose_quotes_are_verbatim(text):
    draft = draft_text(text)
    evidence = draft.evidence
    assert evidence["start"].between(0, evidence["end"]).all()
    assert evidence["end"].le(len(text)).all()
    for field in ("quote", "number"):
        part = evidence[evidence["field"].eq(field)]
        assert part["claim"].tolist() == draft.claims["claim"].tolist()
        for row in part.itertuples():
            assert text[row.start : row.end] == row.value
    quotes = evidence[evidence["field"].eq("quote")].set_index("claim")
    numbers = evidence[evidence["field"].eq("number")].set_index("claim")
    for row in draft.claims.itertuples():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row.claim)
        assert 0 < len(row.quote.split()) <= 12
        assert quotes.start[row.claim] <= numbers.start[row.claim]
        assert numbers.end[row.claim] <= quotes.end[row.claim]
        hedges(row.hedge)
        ends = [parse_number(end) for end in (row.low, row.high) if end]
        assert ends == sorted(ends)
    assert draft.claims["claim"].is_unique


@settings(max_examples=60, deadline=None)
@given(WORDS, WORDS)
def test_ids_are_the_same_after_any_new_paragraph(text, more):
    before = draft_text(f"{text}.\n\n").claims["claim"].tolist()
    after = draft_text(f"{text}.\n\n{more}").claims["claim"].tolist()
    assert after[: len(before)] == before


@settings(max_examples=60, deadline=None)
@given(WORDS)
def test_a_draft_with_a_claim_is_a_dossier(text):
    draft = draft_text(text)
    if len(draft.claims):
        assert len(build_dossier(draft.tables()).claims) == len(draft.claims)


# ---- kinds of sentence


@pytest.mark.parametrize(("text", "period"), [
    ("In 2020-22 some 72,400 people died in Bulgaria.", "2020 to 2022"),
    ("In the 2014-15 war 300 soldiers were killed.", "2014 to 2015 war"),
])  # fmt: skip
def test_years_that_no_cell_may_hold_are_written_out(text, period):
    (claim,) = build_dossier(draft_text(text).tables()).claims.to_dict("records")
    assert claim["period"].endswith(period)


@pytest.mark.parametrize("text", [
    "The army had three killed for every one lost at the river.",
    "More than one was killed for each casualty at the river.",
    "At the river 2.5 men were killed for every one killed or wounded.",
])  # fmt: skip
def test_a_part_that_is_more_than_its_whole_is_of_another_side(text):
    # Of one side killed per lost is at most 1, so that the words must tell of two.
    draft = draft_text(text)
    assert len(draft.claims) == 1 and check(draft.dossier()).status == "not-checkable"


def test_a_list_of_losses_takes_measure_and_side_from_the_line_above():
    text = (
        "The losses of the enemy are:\n\ntanks - 3,448 (+7) units,\n\naircraft - 302 (+1) units.\n"
    )
    found = rows(text)
    assert [row["low"] for row in found] == ["3,448", "7", "302", "1"]
    assert [row["measure"] for row in found[::2]] == ["tanks", "aircraft"]
    assert [row["standing"] for row in found] == ["", "apart", "", "apart"]
    assert {row["side"] for row in found} == {"enemy"}


def test_a_sentence_that_leaves_out_its_verb_goes_on_with_the_one_before():
    found = rows("The British had suffered 420,000 casualties and France a little over 200,000.")
    assert [row["side"] for row in found] == ["Britain", "France"]
    assert [row["measure"] for row in found] == ["casualties"] * 2


def test_a_number_of_another_paragraph_is_not_carried_on():
    found = rows("A flood killed 30 people.\n\nSome 5,000 doses are to be had, and 200 trucks.\n")
    assert [row["low"] for row in found] == ["30"]


def test_a_part_of_those_counted_has_their_measure():
    found = rows("The cholera has caused 6,218 cases, of which 1,944 confirmed, and 171 deaths.")
    assert [row["measure"] for row in found] == ["infected", "infected", "killed"]


def test_who_they_were_is_the_side_not_what_was_done():
    found = rows("More than 9,061 people were killed; 3,760 were children and 2,326 women.")
    assert [row["side"] for row in found] == ["", "children", "women"]
    assert {row["measure"] for row in found} == {"killed"}


def test_a_dateline_is_no_range():
    assert one("KABUL, Sept. 3 - Twelve soldiers were killed.")["low"] == "12"
    assert one("KABUL, Jan 4 - 12 soldiers were killed.")["low"] == "12"


def test_a_part_of_a_million_is_a_count():
    assert one("A quarter of a million people marched.")["low"] == "250,000"


def test_what_somebody_has_been_told_by_another_is_the_others():
    text = "The prosecutor said that investigators had found 278 bodies."
    assert one(text)["source"] == "prosecutor"


@pytest.mark.parametrize(
    "text",
    [
        "The team won 3:1 in front of 41,000 fans.",
        "Apple sold 46 million phones, 5% more than a year before.",
        "The council voted 7 to 2 for it and will build 300 homes.",
        "A $2.7 billion appeal is 6 per cent funded.",
    ],
)
def test_business_and_sport_have_no_figures(text):
    assert draft_text(text).claims.empty


def test_a_long_text_takes_no_longer_than_its_length():
    sentence = "Police said that 12 people were killed and 30 wounded in the town on Monday. "
    start = process_time()
    draft = draft_text(sentence * 1300)  # 100 KB
    assert len(draft.claims) == 2600
    assert process_time() - start < 10  # 1 MB in 10 s, with room for a machine that is busy


# ---- what a text takes back, and what it sets beside something else


@pytest.mark.parametrize(
    ("text", "number", "standing"),
    [
        ("Officials revised the death toll down to 41 from 58.", "58", "corrected"),
        ("Officials revised the death toll down to 41 from 58.", "41", ""),
        ("The toll stands at 33, down from 38 dead.", "38", "corrected"),
        # A later count took the earlier one over: to compare the two would be to find them apart.
        ("The death toll rose to 89, up from 63.", "63", "corrected"),
        ("The death toll rose to 89, up from 63.", "89", ""),
        ("The toll rose to 89, up from 63 a year ago.", "63", ""),
        ("The ministry said 27 had died in 2022, up from 12 in 2021.", "12", ""),
        ("Police earlier said 27 had died.", "27", "corrected"),
        (
            "The ministry said 158 people died, revising an earlier count of 154.",
            "154",
            "corrected",
        ),
        ("Police at first reported 41 dead.", "41", "corrected"),
        ("Officials had previously put the number of dead at 15.", "15", "corrected"),
        ("The first report of 12 deaths came on Monday.", "12", ""),
        ("The first 30 people died on Monday.", "30", ""),
        ("Earlier on Monday, police said 27 people had died.", "27", ""),
        ("The military denied that 40 of its soldiers had been captured.", "40", "denied"),
        ("The ministry dismissed reports that 300 people had died.", "300", "denied"),
        ("The army withdrew its claim of 120 rebels killed.", "120", "withdrawn"),
        ("The army denied the report and said 40 soldiers had been killed.", "40", ""),
    ],
)
def test_what_is_taken_back_or_denied_has_its_standing_and_that_is_inferred(text, number, standing):
    draft = draft_text(text)
    row = draft.claims[draft.claims["low"].eq(number)].iloc[0]
    assert row["standing"] == standing
    own = draft.evidence[draft.evidence["claim"].eq(row["claim"])].set_index("field")
    if standing:
        assert own.loc["standing", "sure"] == "inferred"
    assert len(draft.dossier().claims) == len(draft.claims)


@pytest.mark.parametrize(
    ("text", "low", "than"),
    [
        ("In 2023 police counted 34 murders, 5 fewer than in 2022.", "-5", "in 2022"),
        ("Last week 610 patients died, 40 more than the previous week.", "40", "the previous week"),
        ("There was an increase of 164 deaths over last year.", "164", "last year"),
        ("There was a fall of 12 deaths compared with a year earlier.", "-12", "a year earlier"),
    ],
)
def test_more_or_fewer_than_at_another_time_is_a_difference(text, low, than):
    draft = draft_text(text)
    row = draft.claims[draft.claims["low"].eq(low)].iloc[0]
    assert (row["high"], row["hedge"], row["per_period"]) == (low, "difference", than)
    assert len(draft.dossier().claims) == len(draft.claims)


def test_more_than_a_number_is_no_difference():
    assert one("More than 400 soldiers died.")["hedge"] == "more than"
