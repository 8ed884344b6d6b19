"""Text in, draft claims with their evidence out. Rules over word tables (`words`), no model.

Order: patterns/ (tried where their words are), reading/ (a file to its text), passages
(paragraphs and sentences), numbers/ (values, kinds, hedges), phrases (nouns), scene (a sentence
as the rules see it), scope/ (what is counted), taken/ (what no table lists), columns (tables in a
text), found (which numbers are figures), whose/ (whose figure it is), said/ (who says so), assign
(the cells), tabled (tables beside), drafts (the whole), texts (the ways in), kept/ (shown,
written, confirmed).
"""
