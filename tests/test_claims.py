"""The door: what a dossier may look like, what it becomes, and what is said when it is refused."""

from __future__ import annotations

from fractions import Fraction

import pytest

from bakhmut.claims import (
    TABLES,
    DossierError,
    build_dossier,
    parse_number,
    read_dossier,
    write_dossier,
)


def test_the_article_is_read_without_a_path():
    dossier = read_dossier()
    assert dossier.name == "article"
    assert dossier.claims.set_index("claim").loc["russia-total", "low_value"] == 153_770


def test_what_is_written_is_read_back_the_same(tmp_path):
    dossier = read_dossier()
    again = read_dossier(write_dossier(dossier, tmp_path / "copy"))
    assert again.sha256 == dossier.sha256
    for table in TABLES:
        assert getattr(again, table).equals(getattr(dossier, table)), table


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("153,770", 153_770),
        ("153 770", 153_770),
        ("153\u00a0770", 153_770),
        ("153\u202f770", 153_770),
        ("1'234'567", 1_234_567),
        ("5", 5),
        ("120000", 120_000),
        ("4.5", Fraction(9, 2)),
        ("1.2 million", 1_200_000),
        ("120 thousand", 120_000),
        ("120k", 120_000),
        ("88 %", Fraction(88, 100)),
        ("88%", Fraction(88, 100)),
    ],
)
def test_a_number_as_printed_has_its_exact_value(text, value):
    assert parse_number(text) == value


def test_faults_are_reported_together():
    rows = [{"claim": "A", "low": "5,5"}, {"claim": "b", "low": "2", "high": "1"}]
    with pytest.raises(DossierError) as caught:
        build_dossier({"claims": rows})
    assert len(caught.value.problems) == 3
