"""Be the `auditradar` command: options and printing, no logic."""
