"""A draft as it is shown, written, and confirmed.

shown (a row a figure), written (a folder or a workbook), confirmation (what a person said).
"""
