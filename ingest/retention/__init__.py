"""Keep rows as long as the policy says, and what a legal hold covers for longer.

The policy becomes a TTL of each table, written out as literals: ClickHouse refuses dictionaries there. Rows go by whole months, so that
whole parts are dropped. Every change of the policy and every hold is written to a log that verification checks.
"""
