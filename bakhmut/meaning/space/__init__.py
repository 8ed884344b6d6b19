"""Scopes to cells: the smallest pieces that are told apart.

divisions (words divided into others), pieces (of one dimension), boxes (that overlap), cells,
forms (sums of cells), chained (pieces that only assumptions count).
"""
