"""Why a conflict is one, and by how much: exact sums.

certificates (rows and multipliers, checked without the solver), sums (rows added up), proofs (in
words), lines (where a conflict flips), margins (how far it is from holding).
"""
