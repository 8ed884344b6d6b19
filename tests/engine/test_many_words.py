"""Many ambiguous words at once: every set that z3 finds, claim under reading by claim."""

from __future__ import annotations

import random

import pytest
from literals import disagreement, drawn


@pytest.mark.parametrize("seed", range(16))
def test_joint_dossiers_of_many_ambiguous_words_have_the_sets_that_z3_finds(seed):
    assert not disagreement(drawn(random.Random(seed)))
