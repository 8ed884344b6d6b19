"""What the verbs print: lines of at most 80 columns.

first (the first screen of `check`), full (all of it, one sum), certified (the sums for others to
check), screens (the other verbs; the rows and columns of `check --format csv`).
"""
