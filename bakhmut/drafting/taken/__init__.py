"""Which numbers are taken as figures where no table of words says so, and which are left.

candidates (numbers that may be figures), beside (what counts no loss next to one), bare (numbers
without a noun that count nobody), along (whom somebody took along), events and predicates (what was
done, by the form of the sentence), reach (how far off a measure may be, and what is background),
articles (an officer, none), unexplained (numbers of which no word says what they count), context
(what sentences leave for the next).
"""
