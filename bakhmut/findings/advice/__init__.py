"""What to print instead.

proposals (what the flags on wording propose), fixes (the smallest set of them after which nothing
conflicts), to_print (the sentence), brief (the first screen).
"""
