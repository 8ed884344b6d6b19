"""Random dossiers for tests that hold for any."""

from __future__ import annotations

from hypothesis import strategies as st

from bakhmut.dossier.claims import TABLES, build_dossier

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)
FIGURES = ["", "5", "153,770", "4.5", "1.2 million", "88 %", "153\u00a0770"]
DATES = ["", "2023-03-06", "2023-02", "2023"]


def same(one, two):
    return one.sha256 == two.sha256 and all(
        getattr(one, table).equals(getattr(two, table)) for table in TABLES
    )


@st.composite
def dossiers(draw, text=TEXT, figures=FIGURES):
    ids = draw(st.lists(st.integers(0, 99), min_size=1, max_size=5, unique=True))
    rows = [
        {
            "claim": f"claim-{i}",
            "quote": draw(text),
            "source": draw(text),
            "note": draw(text),
            "low": draw(st.sampled_from(figures)),
            "published": draw(st.sampled_from(DATES)),
            "hedge": draw(st.sampled_from(["", "may; more than", "Over"])),
            "period": draw(st.sampled_from(["", "2022/..", "the siege"])),
        }
        for i in ids
    ]
    sources = [{"source": f"s{i}", "note": draw(text)} for i in ids]
    return build_dossier({"claims": rows, "sources": sources})
