"""The audit.log files: lines in the order they were written, some late, some twice, held in memory for minutes only."""

import heapq
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from auditradar.ingest.simulate.clock import DAY, MILLISECOND, SECOND
from auditradar.ingest.simulate.plan import MOST_SERVERS, Plan

# Random bits a line spends: 16 for its jitter, 24 for its fate and 16 for how late it comes.
LUCK_BITS = 56
_FATES = 1 << 24


class Writer:
    """Write one folder per API server, one time slice after the other.

    What belongs to a later slice waits in a heap: the ends of long requests, late lines and second copies.
    """

    def __init__(self, out: Path, plan: Plan, names: list[str] | None = None) -> None:
        """Open `names` under logs, the kube-apiservers' first; without names it is a folder per API server."""
        self.lines = 0
        self._servers = plan.api_servers
        own = [f"apiserver-{number + 1}/audit.log" for number in range(self._servers)]
        self._late = int(plan.late * _FATES)
        self._unlucky = self._late + int(plan.duplicated * _FATES)
        self._until = plan.first
        self._slice: list[list[tuple[int, str]]] = [[] for _ in names or own]
        self._waiting: list[tuple[int, int, int, str]] = []
        self._put = 0
        for number in range(self._servers, MOST_SERVERS):
            (out / "logs" / f"apiserver-{number + 1}" / "audit.log").unlink(missing_ok=True)
        self._files = [self._open(out / "logs" / name) for name in names or own]

    @staticmethod
    def _open(path: Path) -> BinaryIO:
        """Begin a log anew."""
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("wb")

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for file in self._files:
            file.close()

    def begin(self, until: int) -> list[list[tuple[int, str]]]:
        """Open the slice that ends at `until` and give its list of (moment, line) per server."""
        self._until = until
        while self._waiting and self._waiting[0][0] < until:
            at, _, server, line = heapq.heappop(self._waiting)
            self._slice[server].append((at, line))
        return self._slice

    @property
    def unlucky(self) -> int:
        """Give the fate below which a line is late or written twice; see `deliver`."""
        return self._unlucky

    def deliver(self, server: int, at: int, line: str, luck: int) -> None:
        """Write a line at its stage's time plus up to 65 ms, unless `luck` makes it late or makes it two."""
        written = at + (luck & 0xFFFF)
        fate = (luck >> 16) & 0xFFFFFF
        share = luck >> 40 & 0xFFFF
        if fate < self._late:
            written += SECOND + DAY * share // 0x10000
        elif fate < self._unlucky:
            # A kube-apiserver's line may stand in another one's log too; any other log holds its own copies.
            other = (server + share) % self._servers if server < self._servers else server
            self._add(other, written + MILLISECOND * share, line)
        self._add(server, written, line)

    def end(self) -> None:
        """Write the slice."""
        for lines, file in zip(self._slice, self._files, strict=True):
            lines.sort()
            self.lines += len(lines)
            file.write("".join([line for _, line in lines]).encode())
            lines.clear()

    def drain(self) -> None:
        """Write what still waits: lines that are late beyond the end of the log."""
        self.begin(max(self._waiting)[0] + 1 if self._waiting else self._until)
        self.end()

    def _add(self, server: int, at: int, line: str) -> None:
        """Put a line into this slice, or let it wait for a later one."""
        if at < self._until:
            self._slice[server].append((at, line))
        else:
            self._put += 1
            heapq.heappush(self._waiting, (at, self._put, server, line))
