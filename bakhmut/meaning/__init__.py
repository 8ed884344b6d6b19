"""Words in, linear rows out: "From words to rows" in docs/method.md.

In: a `Dossier`. Out: every claim under each of its readings, as rows over non-negative cells.
Order: vocabulary (what words mean), readings (claims so read), wordings, divisions and pieces (of
one dimension), boxes (of all four), cells, chained (what only assumptions count), rows (of one
reading), forms, systems (what is linked).
"""
