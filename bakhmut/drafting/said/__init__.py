"""Who says so, through whom, and what was said before.

speakers (names in front of a verb), antecedents (whom "he" and "it" stand for), tallies (whose
count), turns (of a transcript), voices (attributions), restated (figures said again), amended
(taken back, compared), apart (no second count of the same), telling (who only says so).
"""
