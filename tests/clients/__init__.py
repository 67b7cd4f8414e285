"""Programs of others, run against AuditRadar: `make clients`."""
