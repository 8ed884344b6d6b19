"""The command line: what each verb prints.

In: a check, a difference, an archive. Out: lines of at most 80 columns. Order: screens, many.
"""
