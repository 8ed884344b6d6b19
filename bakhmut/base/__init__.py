"""What knows no dossier: words for numbers, files put in place whole, exact arithmetic.

In: numbers, texts, paths. Out: the same in words, safe for a terminal or a page; a basis that
tells whether rows can hold. Order: words, sentences, terminal; streams, files, limits; basis,
simplex; lazy, extras.
"""
