"""A number in; what it counts out: measure, side, place, period, each with its words.

phrases (the noun that follows), hits and measures (what was done), carried (what goes
on), wholes (of ratios and shares), sides and nations,
places and placed (which place is a number's), periods.
"""
