"""What to print instead.

proposals (what the flags on wording propose), beyond (what has to give where no wording helps),
fixes (the smallest set of them after which nothing conflicts), to_print (the sentence),
disputes (several counts of what may be one thing), alike (which figures may count the same, the
likeliest first), mind (what else to know), brief (the first screen).
"""
