"""A sentence in; its numbers out, each with its value, its kind and its hedge.

numerals (digits and words), masked (a sentence with its numbers masked), mentions (joined:
ranges, rates), ratios, shares, sums (a mother and her two children), vague (losses without a
number), others and ages (what is no figure), hedging.
"""
