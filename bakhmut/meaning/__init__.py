"""Words in, linear rows out: "From words to rows" in docs/method.md.

In: a `Dossier`. Out: every claim under each of its readings, as rows over non-negative cells.
Order: readings (what words may mean), wordings, cells (the smallest pieces of scopes), systems.
"""
