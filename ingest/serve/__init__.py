"""Run all day: receive, follow, refresh and answer, in one process."""
