"""Be the `auditradar` command: options and printing, no logic."""

from auditradar.ingest.cli.access import access
from auditradar.ingest.cli.bench import bench
from auditradar.ingest.cli.config import config
from auditradar.ingest.cli.dashboards import dashboards
from auditradar.ingest.cli.demo import demo
from auditradar.ingest.cli.events import events
from auditradar.ingest.cli.follow import follow
from auditradar.ingest.cli.hold import hold
from auditradar.ingest.cli.knowledge import coverage, rejected, status
from auditradar.ingest.cli.listings import denied, failures, logins, logouts, sessions
from auditradar.ingest.cli.load import load
from auditradar.ingest.cli.queries import queries
from auditradar.ingest.cli.reference import reference
from auditradar.ingest.cli.report import report
from auditradar.ingest.cli.retention import retention
from auditradar.ingest.cli.root import cli
from auditradar.ingest.cli.schema import schema
from auditradar.ingest.cli.serve import serve
from auditradar.ingest.cli.simulate import simulate
from auditradar.ingest.cli.sql import sql
from auditradar.ingest.cli.tail import tail
from auditradar.ingest.cli.up import reader, up
from auditradar.ingest.cli.verify import verify
from auditradar.ingest.cli.webhook_config import webhook_config
from auditradar.ingest.cli.who import who

COMMANDS = (
    load,
    serve,
    webhook_config,
    follow,
    up,
    reader,
    demo,
    simulate,
    logins,
    logouts,
    sessions,
    failures,
    denied,
    who,
    events,
    tail,
    status,
    coverage,
    rejected,
    report,
    verify,
    retention,
    hold,
    access,
    sql,
    queries,
    schema,
    config,
    dashboards,
    bench,
    reference,
)

for command in COMMANDS:
    cli.add_command(command)

main = cli

__all__ = ["cli", "main"]
