"""A number in; what it counts out: measure, side, place, period, each with its words.

hits (measure words), weighing and measures (which of them is a number's), carried (what goes
on), wholes (of ratios and shares), sides and nations, places and placed (which place is a
number's), periods.
"""
