"""Bring a store to the schema of this program, say what that would change, and refuse what is not ours.

The schema is declared in sql/schema and sql/functions. A store is compared with a scratch database made from the same files, so the
engine itself normalises both sides, and any earlier schema reaches the same end.
"""
