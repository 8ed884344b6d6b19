"""Who says so, through whom, and what was said before.

speakers (names in front of a verb), voices (attributions), restated (figures said again).
"""
