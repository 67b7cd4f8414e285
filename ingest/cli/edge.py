"""Where settings are read: once, from the options of a command."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from auditradar.ingest.dsn import parse_dsn
from auditradar.ingest.engine import Engine
from auditradar.ingest.reading.reader import Reader
from auditradar.ingest.reading.store import open_reader, require_store
from auditradar.ingest.schema.apply import ensure_schema
from auditradar.ingest.settings import Settings, find_config, read_settings


@dataclass(frozen=True, slots=True)
class Store:
    """Be the store that the options of a command name."""

    dsn: str | None
    config: str | None

    def settings(self, **options: object) -> Settings:
        """Read the settings; options that are None do not count."""
        return read_settings(find_config(self.config), dsn=self.dsn, **options)

    @contextlib.contextmanager
    def reading(self) -> Iterator[Reader]:
        """Open the store for a command that reads."""
        with open_reader(parse_dsn(self.settings().dsn)) as reader:
            yield reader

    @contextlib.contextmanager
    def bare(self) -> Iterator[Engine]:
        """Open the store as it is, for the commands that change its schema."""
        with Engine(parse_dsn(self.settings().dsn)) as engine:
            yield engine


@contextlib.contextmanager
def changing(settings: Settings) -> Iterator[Engine]:
    """Open the store for a command that changes what is there, such as a hold; a store that is not there is not made for it."""
    require_store(parse_dsn(settings.dsn))
    with writing(settings) as engine:
        yield engine


@contextlib.contextmanager
def writing(settings: Settings) -> Iterator[Engine]:
    """Open the store for a command that loads; an embedded one is made or brought to this schema."""
    with Engine(parse_dsn(settings.dsn)) as engine:
        ensure_schema(engine)
        yield engine
