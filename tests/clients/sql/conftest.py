"""The store and the SQL front of tests/front, for clients that are programs of their own."""

from tests.front.conftest import engine, front, wide

__all__ = ["engine", "front", "wide"]
