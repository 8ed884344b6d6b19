"""Whose a figure is, against whom it is set, and who says it.

side (the rules in their order), losers (who stands before "lost"), owners (its, of its own, who
owns up), resumed (of them, as the figure before), groups (of whom a share is), forces (who has
one), against (set against whom), denominators, things (no persons that a side
lost), source (who says it).
"""
