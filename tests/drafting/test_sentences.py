"""The draft of sentences as journalists write them, each with the claims expected of it, by hand.

`sentences.txt` holds a sentence (`T:`) and a line a figure: its words, kind, value, hedge, measure,
side, place, period, source, via; `/` between what is all right, `-` for a blank, `?` for anything.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bakhmut import find_conflicts
from bakhmut.drafting.drafts import draft_text

FIELDS = ("kind", "value", "hedge", "measure", "side", "place", "period", "source", "via")
Expected = list[list[str]]


def cases() -> list[tuple[str, Expected]]:
    found: list[tuple[str, Expected]] = []
    for line in Path(__file__).with_name("sentences.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("T: "):
            found.append((line[3:].replace("\\n", "\n"), []))
        elif line.strip():
            found[-1][1].append([cell.strip() for cell in line.split(" | ")])
    return found


def words(name: str) -> set[str]:
    plain = name.lower().replace("’", "'").replace("'s", "")
    return set("".join(c if c.isalnum() or c.isspace() else " " for c in plain).split()) - {
        "the", "a", "an", "in", "at", "on", "of", "since", "from", "during", "its", "their", "his",
    }  # fmt: skip


def fits(field: str, wanted: str, row: dict[str, str]) -> bool:
    """Whether a cell is one of those wanted; a name may be longer or shorter than the text's."""
    if field == "value":
        got = f"{row['low']}..{row['high']}" if row["low"] != row["high"] else row["low"]
    else:
        got = row[field]
    for one in wanted.split("/"):
        one = "" if one == "-" else one
        if one == "?" or one == got:
            return True
        a, b = words(one), words(got)
        if field in FIELDS[4:] and a and b and (a <= b or b <= a):
            return True
    return False


@pytest.mark.parametrize(("text", "expected"), cases(), ids=lambda case: str(case)[:60])
def test_a_sentence_has_the_claims_that_its_words_say(text, expected):
    draft = draft_text(text)
    numbers = draft.evidence[draft.evidence["field"].eq("number")].set_index("claim")
    kinds = draft.evidence[draft.evidence["field"].eq("kind")].set_index("claim")["value"]
    rows = draft.claims.to_dict("records")
    at, wrong = 0, []
    for figure, row in zip(expected, rows, strict=False):
        at = text.index(figure[0], at)
        number = numbers.loc[row["claim"]]
        assert number["start"] < at + len(figure[0]) and at < number["end"], (figure, row)
        row["kind"] = kinds[row["claim"]]
        wrong += [
            (figure[0], field, wanted, row.get(field))
            for field, wanted in zip(FIELDS, figure[1:], strict=False)
            if not fits(field, wanted, row)
        ]
    assert wrong == []
    assert len(rows) == len(expected)


SHARES = [text for text, rows in cases() if any(row[1] in ("share", "ratio") for row in rows)]


@pytest.mark.parametrize("text", SHARES, ids=lambda text: text[:60])
def test_no_share_or_ratio_of_a_draft_is_at_odds_with_itself(text):
    conflicts = find_conflicts(draft_text(text).dossier())
    assert [claims for claims in conflicts["claims"] if len(claims) == 1] == []


SENTENCES = [one for text, _ in cases() for one in re.split(r"(?<=[.!?\"”])\s+", text)]
# Ways in which numbers are said, to be put among other words.
SAID = [
    "every third person",
    "half of them",
    "three for every",
    "one in ten",
    "40",
    "1,200",
    "two",
    "none",
    "twice as many",
    "33 per cent",
    "a fifth",
    "three to one",
    "5:1",
    "dozens",
    "most of them",
    "up from 63",
    "as many",
    "at least",
    "nobody",
    "about 30 a day",
    "two thirds",
    "all but two of the 31",
    "three to one crore",
    '"',
    "£40",
    "in 2024",
]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, 200), st.sampled_from(SAID)), max_size=4),
)
@example(["Soldiers told me that every third person had been left behind, and 40 died."], [])
@example(["They lost three to one times as many men as the enemy."], [])
@example(["Volunteers made up 23 dozens per cent of the wounded."], [])
@example(["State media had quoted a mine official as saying that at least 31 were dead."], [])
def test_sentences_put_together_give_a_draft_that_opens(sentences, numbers):
    told = " ".join(sentences).split(" ")
    for at, said in numbers:
        told.insert(at % len(told), said)
    text = " ".join(told)
    draft = draft_text(text)
    assert draft.evidence["start"].between(0, draft.evidence["end"]).all()
    assert draft.evidence["end"].le(len(text)).all()
    if not draft.claims.empty:
        assert len(draft.dossier().claims) == len(draft.claims)
