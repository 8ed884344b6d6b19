"""A file in; its text out. Nothing in it is run, and nothing it names is fetched.

intake opens a file of any kind; pages (saved HTML, through tags), markdown and documents (.docx,
.pdf) find its text; layout has what they share.
"""
