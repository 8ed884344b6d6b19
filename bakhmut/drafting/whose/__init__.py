"""Whose a figure is, against whom it is set, and who says it.

side (the rules in their order), losers (who stands before "lost"), resumed (its, of them, as the
figure before), groups (of whom a share is), forces (who has one), denominators, things (what a
side lost that is no person), source (who says it, whom "he" stands for).
"""
