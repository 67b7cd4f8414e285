"""Measure AuditRadar against the engine it runs on: ratios of runs that alternate on one machine, never single figures."""
