"""Whatever holds tables in; tables out, and back.

opening (what lies at a path), delimited (bytes as rows), frames (values of any type as text),
typed (what spreadsheets make of what is typed), packed (archives looked at before they are
unpacked), sheets and workbook (one file), package (what columns mean).
"""
