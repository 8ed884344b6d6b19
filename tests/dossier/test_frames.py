"""Frames and rows of any types: the same figures say the same, whichever way they come in."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from any_dossier import DATES, dossiers
from hypothesis import given, settings
from hypothesis import strategies as st

import bakhmut as bk
from bakhmut.base.terminal import as_json
from bakhmut.dossier.changed.edits import tables_of
from bakhmut.dossier.claims import TABLES, build_dossier, read_dossier, write_dossier
from bakhmut.dossier.doors.frames import text_of
from bakhmut.findings.summary import examine, summarize


def refused(given):
    with pytest.raises(bk.DossierError) as caught:
        build_dossier(given)
    return caught.value.problems


def answer(dossier):
    return as_json(summarize(dossier, examine(dossier)))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3, "3"),
        (3.0, "3"),
        (np.float64(153_770.0), "153770"),
        (np.float32(1.28), "1.28"),
        (0.1 + 0.2, "0.3"),  # the digits beyond the fifteenth are the machine's
        (1e-05, "0.00001"),
        (1e21, "1000000000000000000000"),
        (Decimal("3.00"), "3"),
        (Decimal("4.50"), "4.5"),
        (np.int16(7), "7"),
        (True, "yes"),
        (np.bool_(False), "no"),
        (None, ""),
        (float("nan"), ""),
        (pd.NA, ""),
        (pd.NaT, ""),
        (date(2023, 3, 6), "2023-03-06"),
        (datetime(2023, 3, 6, 14, 30), "2023-03-06"),
        (pd.Timestamp("2023-03-06", tz="Europe/Kyiv"), "2023-03-06"),
        (np.datetime64("2023-03-06"), "2023-03-06"),
        (pd.Period("2023-03", "M"), "2023-03"),
        ("3.0", "3.0"),  # a text is as printed: its digits carry the precision
        ("  x ", "  x "),
    ],
)
def test_a_value_of_any_type_has_one_text(value, text):
    assert text_of(value) == text


# Three ways of one frame: the same figures as texts, and as every type that can hold them.
PLAIN = [
    {"claim": "a", "measure": "killed", "low": "3", "high": "3", "published": "2023-03-06"},
    {"claim": "b", "measure": "wounded", "low": "4", "high": "", "published": "2023-03-07"},
    {"claim": "c", "measure": "killed + wounded", "low": "5", "high": "5", "published": ""},
]
SCOPED = [{"side": "A", "place": "L", "period": "2023", **row} for row in PLAIN]
NUMBERS = {"low": [3, 4, 5], "high": [3, None, 5]}
DAYS = [pd.Timestamp("2023-03-06"), pd.Timestamp("2023-03-07"), None]


def typed(kind, days):
    frame = pd.DataFrame(SCOPED)
    for column, values in NUMBERS.items():
        frame[column] = pd.Series(values, dtype=kind)
    return frame.assign(published=pd.Series(days))


WAYS = {
    "rows": lambda: SCOPED,
    "strings": lambda: pd.DataFrame(SCOPED, dtype=str),
    "floats": lambda: typed("float64", DAYS),
    "half floats": lambda: typed("float16", DAYS),
    "nullable": lambda: typed("Int64", DAYS),
    "objects": lambda: typed(object, [day and day.date() for day in DAYS]),
    "converted": lambda: typed("float64", DAYS).convert_dtypes(),
    "categories": lambda: pd.DataFrame(SCOPED).astype("category"),
    "indexed": lambda: pd.DataFrame(SCOPED).set_index("claim"),
    "other order": lambda: pd.DataFrame(SCOPED)[["low", "claim", *list(SCOPED[0])[:3]]].assign(
        **{name: [row[name] for row in SCOPED] for name in ("measure", "high", "published")}
    ),
    "capitals": lambda: pd.DataFrame(SCOPED).rename(columns=str.title),
    "arrow": lambda: typed("float64", DAYS).convert_dtypes(dtype_backend="pyarrow"),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_same_figures_say_the_same_in_any_type(way):
    if way == "arrow":
        pytest.importorskip("pyarrow")
    plain = build_dossier({"claims": SCOPED})
    # 3 killed and at least 4 wounded are at least 7, so 5 in all cannot be.
    assert bk.decide(plain) == "contradiction"
    assert answer(build_dossier({"claims": WAYS[way]()})) == answer(plain)


def test_a_whole_float_is_not_taken_as_rounded_to_a_tenth():
    assert build_dossier({"claims": WAYS["floats"]()}).claims["low"].tolist() == ["3", "4", "5"]


@settings(deadline=None, max_examples=15)
@given(dossier=dossiers(text=st.text("ab c\n=;'", max_size=8), figures=["", "5", "88 %", "4.5"]))
def test_every_way_in_gives_the_same_json(dossier, tmp_path_factory):
    folder = tmp_path_factory.mktemp("ways")
    tables = tables_of(dossier)
    frames = {name: getattr(dossier, name) for name in TABLES}
    ways = [
        build_dossier(tables),
        build_dossier(frames),
        build_dossier({name: frame.convert_dtypes() for name, frame in frames.items()}),
        build_dossier({name: frame.astype("category") for name, frame in frames.items()}),
        read_dossier(write_dossier(dossier, folder / "dossier")),
        read_dossier(write_dossier(dossier, folder / "dossier.xlsx")),
    ]
    said = answer(dossier)
    assert all(answer(way) == said for way in ways)


def test_claims_given_alone_are_read_as_a_claims_file_alone_is(tmp_path):
    pd.DataFrame(SCOPED).to_csv(tmp_path / "dossier.csv", index=False)
    alone = read_dossier(tmp_path / "dossier.csv")
    assert answer(build_dossier(pd.DataFrame(SCOPED))) == answer(alone)
    assert answer(build_dossier(SCOPED)) == answer(alone)
    assert build_dossier(SCOPED).borrowed == set(TABLES) - {"claims"}


def test_a_column_of_the_coders_own_is_named_and_not_used():
    dossier = build_dossier({"claims": pd.DataFrame(SCOPED).assign(Desk="x", checked=True)})
    assert dossier.sha256 == build_dossier({"claims": SCOPED}).sha256
    assert dossier.aside == ("claims.csv has columns that are not used: 'Desk', 'checked'",)
    assert build_dossier({"claims": SCOPED}).aside == ()


def test_what_was_derived_is_derived_anew_and_no_column_of_the_coders():
    dossier = build_dossier({"claims": SCOPED})
    again = build_dossier({"claims": dossier.claims.assign(kind="nonsense")})
    assert again.aside == () and again.claims["kind"].eq("count").all()


@pytest.mark.parametrize("text", [date for date in DATES if date])
def test_a_date_stays_as_it_was_written(text):
    claims = build_dossier([{**SCOPED[0], "published": text}]).claims
    assert build_dossier(claims).claims["published"].tolist() == [text]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (pd.DataFrame(), "claims.csv: the frame has 0 rows; a dossier needs at least one claim"),
        (pd.DataFrame({"claim": [], "low": []}), "claims.csv: the frame has 0 rows"),
        ([], "claims.csv: the frame has 0 rows"),
        ({}, "claims.csv: has no rows; a dossier needs at least one claim"),
        (
            {"claim": SCOPED},
            "frames: 'claim' is not a table; the tables are claims, sources, terms",
        ),
        ({"claims": 5}, "claims.csv: is int, no table; give a frame, or a list of rows as dicts"),
        ({"claims": ["a"]}, "claims.csv: is list, no table"),
        ("mine", "is str, no table; give a frame, or a list of rows as dicts; read_dossier reads"),
        (pd.DataFrame({"lwo": [1], "claim": ["a"]}), "row 1: 'lwo' is not a column; did you mean"),
        (pd.DataFrame({"low": [1]}), "row 1: the column 'claim' is missing"),
        (pd.DataFrame([[1, 2, "a"]], columns=["low", "low", "claim"]), "'low' names more than one"),
        (pd.DataFrame({"claim": ["a"], "low": [-3]}), "row 2, column low: '-3' is negative"),
        (pd.DataFrame({"claim": ["a"], "low": [np.inf]}), "row 2, column low: 'inf' is not a num"),
        (
            pd.DataFrame({"claim": ["a"], "low": [[1, 2]]}),
            "row 2, column low: '[1, 2]' is not a number",
        ),
    ],
)
def test_what_is_wrong_with_a_frame_is_said_in_a_sentence(given, said):
    (problem,) = refused(given)
    assert said in problem
