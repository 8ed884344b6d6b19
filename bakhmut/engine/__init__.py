"""Systems of rows in; conflicts, verdicts, bounds and proofs out: "Deciding" in docs/method.md.

In: the systems of `meaning`. Out: smallest sets that cannot all hold, each with a certificate
that is checked without the solver. Order: status (the six words), solver (highs guesses in
floats), pairs, tree and conflicts, worlds, verdicts, bounds and quantities; proving/ (why, and
by how much).
"""
