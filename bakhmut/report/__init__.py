"""Notebooks in, one HTML file out.

In: a `Dossier` and the notebooks. Out: one file that opens anywhere, put in place whole or not
at all. Order: kernels and forks, execute, markup, chapters and beside, record and
linked, whatif_section and appendix, page, make.
"""
