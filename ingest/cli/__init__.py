"""Be the `auditradar` command: options and printing, no logic."""

import os

try:
    from auditradar.ingest.cli.on_use import CommandsOnUse
    from auditradar.ingest.cli.root import cli
except KeyboardInterrupt:  # nothing was done yet, and `root`, which says so otherwise, is not there yet
    os.write(2, b"auditradar: interrupted\n")
    os._exit(130)

MODULES = {
    "access": ("access",),
    "bench": ("bench",),
    "config": ("config",),
    "dashboards": ("dashboards",),
    "demo": ("demo",),
    "events": ("events",),
    "follow": ("follow",),
    "hold": ("hold",),
    "knowledge": ("coverage", "rejected", "status"),
    "listings": ("denied", "failures", "logins", "logouts", "sessions"),
    "load": ("load",),
    "queries": ("queries",),
    "reference": ("reference",),
    "report": ("report",),
    "retention": ("retention",),
    "schema": ("schema",),
    "serve": ("serve",),
    "simulate": ("simulate",),
    "sql": ("sql",),
    "tail": ("tail",),
    "up": ("reader", "up"),
    "verify": ("verify",),
    "webhook_config": ("webhook-config",),
    "who": ("who",),
}
"""Which commands each module of this package holds."""

cli.commands = CommandsOnUse(__name__, MODULES)

main = cli

__all__ = ["cli", "main"]
