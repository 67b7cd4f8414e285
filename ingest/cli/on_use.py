"""Commands that are imported when they are used: a command pays for the libraries that it needs itself, and for no others."""

from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from importlib import import_module

import click


class CommandsOnUse(MutableMapping[str, click.Command]):
    """Be the commands of a group by name; a module is imported when one of its commands is asked for.

    `modules` says which commands each module holds. In the module a command has its own name, with an underscore for each hyphen.
    """

    def __init__(self, package: str, modules: Mapping[str, Sequence[str]]) -> None:
        self._homes = {name: f"{package}.{module}" for module, names in modules.items() for name in names}
        self._known: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        """Give a command, imported now if it was not before."""
        if name not in self._known:
            self._known[name] = getattr(import_module(self._homes[name]), name.replace("-", "_"))
        return self._known[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        """Add a command that exists already."""
        self._known[name] = command

    def __delitem__(self, name: str) -> None:
        """Take a command away."""
        self._homes.pop(name, None)
        self._known.pop(name, None)

    def __iter__(self) -> Iterator[str]:
        """Give all names, importing nothing."""
        return iter({**self._homes, **self._known})

    def __len__(self) -> int:
        """Count the commands."""
        return len({**self._homes, **self._known})
