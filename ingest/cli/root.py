"""The root of the command: its groups in the help, and how every error ends."""

import contextlib
import os
import sys
import threading
import traceback
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any, NoReturn

import click

from auditradar.ingest.errors import AuditRadarError
from auditradar.ingest.interrupts import listen, was_asked
from auditradar.ingest.output.consoles import report

GROUPS = (
    ("Bring events in", ("load", "follow", "serve", "webhook-config", "demo", "simulate")),
    ("Who logged in, who was refused", ("logins", "logouts", "sessions", "failures", "denied", "who", "events", "tail")),
    ("What is known, and what is not", ("status", "coverage", "rejected")),
    ("What to show an auditor", ("queries", "report", "verify")),
    ("What is kept, and who may see it", ("retention", "hold", "access")),
    ("The store", ("sql", "schema", "config", "up", "reader")),
)
"""Commands as the help shows them; others follow under a heading of their own."""
INTERRUPTED = 130  # 128 + SIGINT, as shells count


class Root(click.Group):
    """Show commands in groups, and turn every error into one line and an exit status."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Order the commands as the groups do."""
        known = [name for _, names in GROUPS for name in names if name in self.commands]
        return known + sorted(set(super().list_commands(ctx)) - set(known))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the groups."""
        shown = {name for _, names in GROUPS for name in names}
        others = tuple(name for name in self.list_commands(ctx) if name not in shown)
        for heading, names in (*GROUPS, ("More", others)):
            visible = [self.commands[name] for name in names if name in self.commands and not self.commands[name].hidden]
            if visible:
                with formatter.section(heading):
                    formatter.write_dl([(command.name or "", command.get_short_help_str(200)) for command in visible])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; --help is printed here."""
        try:
            return super().parse_args(ctx, args)
        except BrokenPipeError:
            _silence_output()
            ctx.exit()

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader of the output that has gone ends it in silence (click itself would exit with 1)."""
        try:
            status = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            _silence_output()
            return 0
        return status

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, *_: Any, **extra: Any) -> NoReturn:
        """Run the command and exit: 0, 1 for an error said in one line, 2 for wrong usage, 3 for records that were rejected."""
        arguments = list(sys.argv[1:] if args is None else args)
        sys.exit(self._status(arguments, {**extra, "prog_name": prog_name or "auditradar", "standalone_mode": False}))

    def _status(self, arguments: list[str], extra: dict[str, Any]) -> int:
        listen()
        try:
            status = super().main(arguments, **extra)
        except (KeyboardInterrupt, click.Abort):
            return _interrupted()
        except click.ClickException as error:
            error.show()
            return error.exit_code
        except Exception as error:  # noqa: BLE001  # the last line of defence: no traceback unless it is asked for
            return _interrupted() if was_asked() else _failed(error, arguments)
        return status if isinstance(status, int) else 0


def _interrupted() -> int:
    """Say so, and do not wait for a query that is still being computed: reading leaves nothing behind."""
    report("interrupted")
    if any(thread.name == "query" and thread.is_alive() for thread in threading.enumerate()):
        os._exit(INTERRUPTED)
    return INTERRUPTED


def _failed(error: Exception, arguments: Sequence[str]) -> int:
    if "--debug" in arguments:
        traceback.print_exc()
    if isinstance(error, AuditRadarError):
        report(str(error))
    elif isinstance(error, OSError) and error.strerror:
        report(f"cannot use {error.filename}: {error.strerror}" if error.filename else f"cannot write the output: {error.strerror}")
    else:
        words = " ".join(f"{type(error).__name__}: {error}".split())
        report(f"cannot go on: {words}; `auditradar --debug …` shows where, please report it")
    return 1


def _silence_output() -> None:
    """Keep the interpreter from complaining about a reader that has gone when it flushes at the end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
            continue
        os.dup2(nowhere, stream.fileno())


@click.group(cls=Root, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(version("auditradar"), prog_name="auditradar")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def cli(debug: bool) -> None:  # read by Root.main, where errors end
    """Who logged in to your clusters, from where, how, what did they do, who was refused.

    Kubernetes and OpenShift audit events in ClickHouse; embedded unless --dsn names a server.

    \b
      auditradar demo                            look around in a store made for it
      auditradar load audit.log --cluster prod   bring audit logs in
      auditradar logins                          who logged in
    """
