"""Text in, draft claims with their evidence out. Rules over word tables, no model.

In the order in which a text passes them: `passages`, `numerals`, `masked`, `ratios`, `shares`,
`mentions` (what is said with numbers), `hedging`, `others` (what is no figure), `hits` and
`measures` (what was done), `carried` and `found` (which are figures), `sides`, `wholes`,
`places`, `speakers`, `voices`, `scene`, `whose`, `denominators`, `assign` (their cells),
`restated`, `tabled`, `drafts`. Word tables: `words`, `kinds`, `phrases`.
"""
