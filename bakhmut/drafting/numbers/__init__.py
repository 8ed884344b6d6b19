"""A sentence in; its numbers out, each with its value, its kind and its hedge.

numerals (digits and words), masked (a sentence with its numbers masked), mentions (joined:
ranges, rates, a mother and her two children), ratios, shares, vague (losses without a number),
others, dates and ages (what is no figure), hedging.
"""
