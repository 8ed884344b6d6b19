"""Executed notebooks as chapters of the page.

forks and kernels (where they run), execute (run them), markup and drawings (made fit for the
page), sections (put together through our template).
"""
