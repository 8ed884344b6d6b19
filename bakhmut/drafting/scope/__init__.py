"""A number in; what it counts out: measure, side, place, period, each with its words.

phrases (the noun that follows), hits and measures (what was done), carried (what goes
on), denominators and wholes (of ratios and shares), whose and sides, places, periods.
"""
