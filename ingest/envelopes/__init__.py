"""Unwrap what collectors, clouds and log shippers put around audit events: bytes in, canonical records out."""
