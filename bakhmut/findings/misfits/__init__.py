"""Figures that a text's own words set beside others which they do not fit.

In: `Evidence`. Out: `Misfit`s, each with a sentence. No cell of a table says that they belong
together; the words do. told (what a text tells, in its order), then one kind a module: parts (of
groups, lists, fates, places), shares, changes, rests, casualties, days; quotients (a ratio beside
its two counts); surest (all of them, the surest first).
"""
