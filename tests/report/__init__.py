"""Tests of controls and evidence packs; a package, so that its store is closed before the next folder opens another."""
