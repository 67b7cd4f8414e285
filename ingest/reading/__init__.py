"""Ask the store what people want to know: named queries, filters, time ranges, and the pages made of several answers.

Nothing here knows a terminal or an option; nothing here holds SQL.
"""
