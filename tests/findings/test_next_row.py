"""The row of terms.csv that would link most figures."""

from __future__ import annotations

import json
from dataclasses import replace

import pandas as pd
import pytest
from making import exactly, term

import bakhmut as bk
from bakhmut.__main__ import main
from bakhmut.findings.next_row import next_row
from bakhmut.meaning.interpretation import read


def built(rows, terms=()):
    return bk.build_dossier({"claims": rows, "terms": list(terms)})


def test_the_row_that_links_most_figures_is_named():
    front = [
        exactly(f"front-{side.lower()}", "100", place="Marran front", side=side) for side in "AB"
    ]
    karel = [exactly(f"karel-{side.lower()}", "5", place="Karel", side=side) for side in "ABC"]
    other = exactly("other", "5", place="Elsewhere", side="A")
    # All six are alone. With Karel in the front, those of sides A and B are linked, two by two;
    # with Elsewhere in it only the two of side A.
    found = next_row(built([*front, *karel, other]))
    assert found.kind == "place" and {found.whole, found.part} == {"Marran front", "Karel"}
    assert found.figures == 4
    assert str(found) == (
        f"Is “{found.part}” part of “{found.whole}”? Then place, {found.whole}, , {found.part} "
        "+ ... in terms.csv links 4 more figures."
    )


def test_what_is_linked_needs_no_row():
    assert next_row(built([exactly("a", "5"), exactly("b", "5")])) is None


def test_one_figure_alone_has_nothing_to_be_linked_to():
    assert next_row(built([exactly("a", "5")])) is None


def test_a_row_is_named_once_it_stands_no_more():
    rows = [exactly("a", "5", place="Karel"), exactly("b", "9", place="Marran front")]
    found = next_row(built(rows))
    assert found.figures == 2  # both were alone
    again = built(rows, [term(found.kind, found.whole, f"{found.part} + ...")])
    assert next_row(again) is None


def test_no_row_makes_a_word_part_of_itself():
    # X holds Y already, and their sides keep the figures apart: the other way round is a circle.
    rows = [exactly("a", "5", place="X"), exactly("b", "9", place="Y", side="B")]
    assert next_row(built(rows, [term("place", "X", "Y + ...")])) is None


def test_the_killed_are_no_part_of_the_wounded():
    assert next_row(built([exactly("a", "5"), exactly("b", "9", measure="wounded")])) is None
    # Another word for a measure may well be the whole of it.
    found = next_row(built([exactly("a", "5"), exactly("b", "9", measure="hurt or dead")]))
    assert (found.kind, found.part, found.whole) == ("measure", "killed", "hurt or dead")


def test_check_says_on_its_first_screen_and_in_json_which_row_to_add(tmp_path, capsys):
    rows = [exactly("a", "5", place="Karel"), exactly("b", "9", place="Marran front")]
    bk.write_dossier(built(rows), tmp_path / "mine")
    said = str(next_row(built(rows)))
    assert main(["check", str(tmp_path / "mine")]) == 0
    assert said in " ".join(capsys.readouterr().out.split())
    assert main(["check", str(tmp_path / "mine"), "--format", "json"]) == 0
    (note,) = json.loads(capsys.readouterr().out)["notes"]
    assert note["note"] == "not-compared" and note["because"].endswith(said)


def test_a_word_is_never_offered_as_part_of_its_own_part():
    """Karel is part of the front: the front as a part of Karel would make a circle."""
    rows = [
        {"claim": f"c{n}", "quote": "9", "measure": "killed", "place": place, "low": "9",
         "high": "9", "period": f"{2000 + n}"}
        for n, place in enumerate(["Karel", "Karel", "Karel", "front"])
    ]  # fmt: skip
    terms = [{"kind": "place", "term": "front", "means": "Karel + ..."}]
    assert next_row(bk.build_dossier({"claims": rows, "terms": terms})) is None
    terms.append({"kind": "place", "term": "Karel", "means": "front + ..."})
    circle = bk.build_dossier({"claims": rows})
    with pytest.raises(bk.DossierError, match="is part of itself"):
        read(replace(circle, terms=pd.DataFrame(terms).assign(reading="", because="")))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Iraq", "Bakhmut", ("Iraq", "Bakhmut")),  # whichever more figures have
        ("Bakhmut", "Iraq", ("Iraq", "Bakhmut")),
        ("Sudan", "Chad", None),
        ("Kyiv", "Russia", None),  # the capital of another country
        ("Kyiv", "Ukraine", ("Ukraine", "Kyiv")),
        ("Krasny direction", "Donetsk direction", None),
        ("Kursk", "Kursk region", ("Kursk region", "Kursk")),
    ],
)
def test_a_country_lies_in_no_town_and_a_region_in_no_other(one, other, expected):
    rows = [exactly("a", "5", place=one), exactly("b", "9", place=other)]
    found = next_row(built(rows))
    assert (found and (found.whole, found.part)) == expected


def test_of_a_draft_only_what_may_well_be_a_part_is_asked():
    text = (
        "Some 40 people died in the hospital, the mayor said. In Bakhmut 12 soldiers died. "
        "Nine men went into the village and seven left."
    )
    assert next_row(bk.draft(text=text).dossier()) is None
    losses = exactly("a", "5", measure="casualties"), exactly("b", "9", measure="tanks lost")
    assert next_row(built(losses)) is None  # tanks are no casualties


def test_places_that_a_text_tells_beside_each_other_are_not_asked_about():
    text = (
        "The earthquake killed 53 people in Herat, 21 in Badghis and 14 in Farah, the ministry "
        "said. In all, 98 people were killed, it said."
    )
    draft = bk.draft(text=text)
    evidence = draft.evidence.assign(confirmed="yes")
    found = next_row(bk.build_dossier({**draft.tables(), "evidence": evidence}))
    assert set(draft.claims["place"]) == {"Herat", "Badghis", "Farah", ""}
    assert found is None or found.kind != "place"
