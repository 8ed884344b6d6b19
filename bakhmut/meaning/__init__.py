"""Words in, linear rows out: "From words to rows" in docs/method.md.

In: a `Dossier`. Out: every claim under each of its readings, as rows over non-negative cells.
Order: vocabulary (what words mean), readings (claims so read), wordings, space/ (scopes to
cells), rows (of one reading), interpretation (a dossier so read, once for each verb), systems
(what is linked), totals (which need not be decided beside others of their voice), proportions
(what assumptions say of each piece, in the cells).
"""
