"""Text in, draft claims with their evidence out. Rules over word tables, no model.

In the order in which a text passes them: `passages` (paragraphs, sentences), `numerals` (numbers
in digits and words), `mentions` (ranges, ratios, shares, and what is no figure), `hedging`,
`measures` (what was done to those counted), `scopes` (side, place, period), `voices` (who says
so), `drafts` (the claims and their evidence), `tabled` (terms, sources and readings).
"""
