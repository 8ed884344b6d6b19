"""Notebooks in, one HTML file out.

In: a `Dossier` and the notebooks. Out: one file that opens anywhere, put in place whole or not at
all. Order: chapters/ (executed notebooks) and beside, plain, record and linked, picture, reading,
whatif_section and appendix, page, make. The page has three levels: the brief with its picture, a
reading of each figure, all workings folded; templates/ has the HTML of each.
"""
