"""Cases of the named queries: `<query>/<case>/` holds rows in (events, short), rows out, and parameters."""
