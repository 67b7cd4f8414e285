"""Say which clusters there are, for whoever named one that is not."""

from auditradar.ingest.reading.reader import Reader

MOST = 8
"""Names that a message lists."""


def known_clusters(reader: Reader) -> list[str]:
    """List the clusters of which anything was delivered."""
    return [str(row["cluster"]) for row in reader.records("reading/clusters", {})]


def listed(names: list[str]) -> str:
    """Write the names for a message, the first of many."""
    more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
    return f"there are: {', '.join(names[:MOST])}{more}" if names else "none is loaded"
