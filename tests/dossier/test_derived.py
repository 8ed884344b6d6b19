"""What follows from the cells of a dossier's tables."""

import pandas as pd

from bakhmut.dossier.derived import contents


def inside(*rows):
    """What each place has in it, by rows of terms.csv: kind, term, means."""
    return contents(pd.DataFrame(rows, columns=["kind", "term", "means"]), "place")


def test_parts_are_found_at_any_depth():
    found = inside(("place", "Land", "Coast + ..."), ("place", "Coast", "Town + Cape"))
    assert found == {"Land": {"Coast", "Town", "Cape"}, "Coast": {"Town", "Cape"}}


def test_words_that_contain_each_other_end_the_search_and_are_not_in_themselves():
    rows = [("place", "one", "other + ..."), ("place", "other", "one"), ("side", "one", "three")]
    assert inside(*rows) == {"one": {"other"}, "other": {"one"}}
