"""The engine against a judge that draws several stories, deep words and chained assumptions."""

from __future__ import annotations

import random

import pytest
from drawing import disagreement, drawn
from reducing import reduced


@pytest.mark.parametrize("seed", range(60))
def test_what_is_said_of_several_stories_is_what_the_judge_says(seed):
    draw = random.Random(seed)
    for _ in range(5):
        tables = drawn(draw)
        if disagreement(tables):
            small = reduced(tables, disagreement)
            pytest.fail(f"seed {seed}: {disagreement(small)}\n{small}")
