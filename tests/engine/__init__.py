"""Tests on the embedded engine; a package, so that its store is closed before the next folder opens another."""
