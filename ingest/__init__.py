"""Bring audit events into ClickHouse: sources, envelopes, redaction, delivery, and the `auditradar` command."""
