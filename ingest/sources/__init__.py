"""Bring bytes in: files, folders, patterns, archives and standard input, decompressed by what they hold, not by their names."""

from auditradar.ingest.sources.expand import expand
from auditradar.ingest.sources.source import Progress, Source

__all__ = ["Progress", "Source", "expand"]
