"""Text in, draft claims with their evidence out. Rules over word tables (`words`), no model.

A file to text: `intake`, `pages`, `documents`, `markdown`, `layout`, `written`. Numbers:
`passages`, `numerals`, `masked`, `ratios`, `shares`, `mentions`, `hedging`, `vague`, `others`.
Figures: `kinds`, `phrases`, `hits`, `measures`, `carried`, `found`. Their cells: `sides`, `wholes`,
`places`, `speakers`, `voices`, `scene`, `whose`, `denominators`, `assign`. Whole: `restated`,
`tabled`, `drafts`, `texts`, `shown`; `confirmation` (what a person says of each).
"""
