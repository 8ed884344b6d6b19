"""What may stand in a cell, and the same in words.

notation (numbers, sums, periods), hedging (the words of hedges.csv as numbers; what printed
digits leave open), printed (a figure in words), rates (thirty a day).
"""
