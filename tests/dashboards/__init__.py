"""Tests of the dashboards; a package, so that its store is closed before the next folder opens another."""
