"""The command line: the verbs and what each prints.

In: a check, a difference, an archive. Out: lines of at most 80 columns. Order: console, options,
inputs; checking, drafting, pictures, commands (the verbs); results and archive; shown/ (what they
print).
"""
