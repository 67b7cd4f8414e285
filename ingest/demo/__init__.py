"""The demonstration: a real sample shipped with the package, a simulated week of two clusters, and the store they go into."""
