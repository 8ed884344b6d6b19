"""Who says so, through whom, and what was said before.

speakers (names in front of a verb), tallies (whose count), turns (of a transcript), voices,
restated (figures said again), amended (taken back, compared), apart (no
second count of the same), telling (numbers of those who only say so).
"""
