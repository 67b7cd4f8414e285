"""Hold the options of following."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FollowOptions:
    """Steer following; all times in seconds.

    `poll` is how often files are looked at, `flush` how long new records are gathered before they are delivered, `linger` how long a
    rotated file is watched for late writers, `settle` how long a compressed file must be unchanged. `from_end` begins at the end of
    files that are there at the start and that the ledger does not know.
    """

    poll: float = 0.25
    flush: float = 0.5
    linger: float = 30.0
    settle: float = 2.0
    rescan: float = 1.0
    idle: float = 60.0
    from_end: bool = False
