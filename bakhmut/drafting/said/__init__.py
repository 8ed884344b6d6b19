"""Who says so, through whom, and what was said before.

speakers (names in front of a verb), antecedents (whom "he" and a last name stand for), tallies
(whose count), turns (of a transcript), voices (attributions), relays (through whom, in print),
restated (figures said again), amended (taken back, compared), apart (no second count), telling (who
only says so).
"""
