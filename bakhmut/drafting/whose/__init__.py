"""Whose a figure is, and against whom it is set.

side (the rules in their order), resumed (its, of them, as the figure before), groups (of whom a
share is), forces (who has one), denominators, things (what a side lost that is no person).
"""
