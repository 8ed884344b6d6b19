"""Patterns that are tried only where words of theirs stand.

In: a pattern, a text. Out: its matches. Order: led (it begins with one of some words), needing
(each of its matches has one of some words in it).
"""
