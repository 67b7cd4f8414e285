"""Run the queries that look for odd things, and put their answers in the order of time."""

from importlib.resources import files

from auditradar.ingest.reading.reader import Reader
from auditradar.ingest.reading.result import Row
from auditradar.sql import query


def odd_queries() -> list[str]:
    """Name the queries of sql/queries/odd."""
    folder = files("auditradar.sql").joinpath("queries", "odd")
    return sorted(file.name.removesuffix(".sql") for file in folder.iterdir() if file.name.endswith(".sql"))


def odd_things(reader: Reader, cluster: str = "") -> list[Row]:
    """Find what is odd in clusters that match a regular expression; each row says what it is (`what`) and tells its story."""
    found: list[Row] = []
    for name in odd_queries():
        title = query(f"odd/{name}").title
        found += [{"what": title, **row} for row in reader.records(f"odd/{name}", {"cluster": cluster})]
    return sorted(found, key=lambda row: str(row["at"]))
