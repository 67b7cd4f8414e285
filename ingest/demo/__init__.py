"""The demonstration: a real sample shipped with the package, a simulated week, and the store they go into."""
