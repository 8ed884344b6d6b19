"""The panel of a draft without a browser: what it shows, and that the text stays text."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("ipywidgets")

from bakhmut import confirm, draft, read_dossier
from bakhmut.drafting.kept.confirmation import confirmation_of
from bakhmut.panel.confirming import Confirming, lit

TEXT = (
    'Toll\n\n<img src=x onerror=alert(1)> Nine "men" were killed in Arle, the mayor said.\n\nMore.'
)


def test_words_of_the_text_are_marked_escaped_and_stay_in_their_paragraph():
    found = draft(text=TEXT)
    rows = found.evidence.astype(str).to_dict("records")
    shown = lit(TEXT, rows, [(0, 4), (6, TEXT.index("\n\nMore")), (len(TEXT) - 5, len(TEXT))])
    assert "<img" not in shown and "&lt;img" in shown
    words = re.sub(r"<small>.*?</small>|<[^>]*>", "", shown)
    said = "Nine &quot;men&quot; were killed in Arle, the mayor said."
    assert words == f"&lt;img src=x onerror=alert(1)&gt; {said}"
    assert '<mark class="bakhmut-figure">Nine<small> number</small></mark>' in shown


def test_answers_move_on_and_are_counted(tmp_path):
    panel = Confirming(confirmation_of(draft(text=TEXT + " Ten fled. Two died."), tmp_path / "own"))
    of, first = len(panel.confirmation.order), panel.claim
    assert of > 1 and f"<strong>0 of {of}</strong>" in panel.head.value
    panel.accept()
    assert f"<strong>1 of {of}</strong>" in panel.head.value and panel.claim != first
    panel.back()
    assert panel.claim == first and "confirmed" in panel.head.value
    panel.fields["place"].value = "Oss"
    assert "place saved" in panel.said.value
    panel.fields["low"].value = "<b>"
    assert 'role="alert"' in panel.said.value and "<b>" not in panel.said.value
    claims = read_dossier(tmp_path / "own").claims.set_index("claim")
    assert claims.loc[first, "place"] == "Oss"


def test_after_the_last_figure_it_stays_and_what_was_dropped_stays_dropped(tmp_path):
    panel = Confirming(confirmation_of(draft(text=TEXT + " Ten fled. Two died."), tmp_path / "own"))
    known, first = panel.confirmation, panel.claim
    panel.drop()
    while known.done < len(known.order):
        panel.accept()
    assert (
        f"All {len(known.order)} done. Next: bakhmut check {tmp_path / 'own'}" in panel.said.value
    )
    at = panel.claim
    panel.accept()
    assert panel.claim == at and known.state(first) == "no"
    assert first not in set(read_dossier(tmp_path / "own").claims["claim"])


def test_an_end_that_cannot_stand_yet_waits_for_the_other_and_is_never_lost_in_silence(tmp_path):
    text = "The storm hit Arle. Of 40 residents a fifth died, the mayor said."
    panel = Confirming(confirmation_of(draft(text=text), tmp_path / "own"))
    rows = panel.confirmation.rows
    panel.at = next(at for at, n in enumerate(panel.confirmation.order) if rows[n]["low"] == "20%")
    panel.show()
    claim = panel.claim
    panel.fields["low"].value = "30%"
    assert "above the high end" in panel.said.value and panel.fields["low"].value == "30%"
    panel.accept()  # what was typed cannot stand, so that nothing is accepted
    assert panel.claim == claim and "above the high end" in panel.said.value
    assert panel.confirmation.state(claim) == "" and rows[claim]["low"] == "20%"
    panel.fields["high"].value = "30%"
    assert "low and high saved" in panel.said.value
    panel.accept()
    kept = read_dossier(tmp_path / "own").claims.set_index("claim").loc[claim]
    assert (kept["low"], kept["high"], panel.confirmation.state(claim)) == ("30%", "30%", "yes")
    panel.back()
    panel.fields["low"].value = "40%"
    panel.next()
    assert "low of the figure before: not saved" in panel.said.value


def test_a_number_that_its_quote_does_not_print_is_told(tmp_path):
    panel = Confirming(confirmation_of(draft(text="Police said 41 died in Arle."), tmp_path / "o"))
    panel.fields["high"].value = "44"
    assert "high saved; the quote does not print 44" in panel.said.value
    panel.fields["high"].value = "41"
    assert "high saved" in panel.said.value and "quote" not in panel.said.value


def test_the_denominator_is_asked_for_where_there_is_one(tmp_path):
    panel = Confirming(confirmation_of(draft(text="Nine were killed."), tmp_path / "count"))
    assert panel.fields["per_side"].layout.display == "none"
    text = "Russia lost five men for every Ukrainian killed."
    panel = Confirming(confirmation_of(draft(text=text), tmp_path / "ratio"))
    assert panel.fields["per_side"].layout.display == ""


def test_what_a_draft_set_apart_can_be_taken_back(tmp_path):
    text = "The storm killed 11 people. Of the 11, seven drowned. The mayor said that 14 had died."
    panel = Confirming(confirmation_of(draft(text=text), tmp_path / "storm"))
    seen = {}
    for claim in panel.confirmation.order:
        panel.at = panel.confirmation.order.index(claim)
        panel.show()
        field = panel.fields["standing"]
        seen[panel.confirmation.rows[claim]["low"]] = (field.value, field.layout.display)
        if field.value == "apart":
            field.value = "part"  # no such word: nothing is changed, and it is said
            assert 'role="alert"' in panel.said.value
            field.value = ""
            assert "standing saved" in panel.said.value
    assert seen["7"] == ("apart", "") and seen["14"] == ("", "")
    assert read_dossier(tmp_path / "storm").claims["standing"].eq("").all()


def test_the_verb_takes_a_draft_a_text_or_a_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "story.txt").write_text("Nine were killed.")
    for given in (draft("story.txt"), "story.txt", "story"):
        assert confirm(given).children
    assert len(read_dossier("story").evidence)


def test_what_was_not_found_is_blank_and_kept_until_somebody_says_it(tmp_path):
    text = "Police said 12 people were wounded, three times as many as had been feared."
    known = confirmation_of(draft(text=text), tmp_path / "own")
    panel = Confirming(known)
    panel.at = next(
        at for at, n in enumerate(known.order) if "not stated (" in known.rows[n]["side"]
    )
    panel.show()
    assert (panel.fields["side"].value, panel.fields["side"].placeholder) == ("", "not stated")
    panel.accept()
    claims = read_dossier(tmp_path / "own").claims
    assert claims["side"].str.contains("not stated (", regex=False).sum() == 1
