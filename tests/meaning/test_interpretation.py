"""What is read into its meaning: a dossier, and a plain word on what is none."""

from __future__ import annotations

import pytest

import bakhmut as bk


@pytest.mark.parametrize("verb", [
    bk.bound, bk.check, bk.correct, bk.decide, bk.find_conflicts, bk.fixes, bk.flag, bk.interpret,
    bk.reading_matrix,
])  # fmt: skip
@pytest.mark.parametrize(
    ("given", "named"), [("story.txt", "str"), (bk.draft(text="Nine died in Arle."), "Draft")]
)
def test_a_path_or_a_draft_in_the_place_of_a_dossier_is_told_with_the_way_to_one(
    verb, given, named
):
    with pytest.raises(TypeError, match=rf"not {named}: bk\.read_dossier.* draft\.dossier\(\)$"):
        verb(given)
