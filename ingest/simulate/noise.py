"""The mass of machine requests, fast: only ids and times are filled into lines that were cut before."""

from auditradar.ingest.simulate.clock import SECOND, second_stamps, stamp
from auditradar.ingest.simulate.dice import uuid_text
from auditradar.ingest.simulate.journal import Journal
from auditradar.ingest.simulate.machines import Habit
from auditradar.ingest.simulate.plan import Plan
from auditradar.ingest.simulate.source import Source, per_second
from auditradar.ingest.simulate.wire import COMPLETE, RECEIVED
from auditradar.ingest.simulate.writer import LUCK_BITS, Writer

# The steps of time in which the whole simulation moves.
SLICE = 300 * SECOND
# A request may come up to this much after its tick, and a machine's short request takes at most this long.
_WOBBLE = 30 * SECOND
_LONGEST = 30 * SECOND
_STAMPS = (SLICE + _WOBBLE + _LONGEST) // SECOND + 1
_UUID = (1 << 128) - 1
_WOBBLE_BITS = 16
_BITS = 128 + LUCK_BITS + _WOBBLE_BITS

_Lines = list[list[tuple[int, str]]]


class Noise:
    """Let all machines act, slice by slice; `events` is about how many lines that should leave in all."""

    def __init__(self, plan: Plan, habits: list[Habit], events: int, writer: Writer, journal: Journal) -> None:
        self._plan = plan
        self._writer = writer
        self._journal = journal
        scale = events * SECOND / (per_second(habits) * (plan.horizon - plan.first))
        chosen = enumerate(habits) if scale else ()
        self._sources = [Source(habit, plan, number, scale) for number, habit in chosen]

    def fill(self, start: int, until: int, lines: _Lines) -> None:
        """Write what all machines do from `start` until `until`."""
        seconds = second_stamps(start, _STAMPS)
        for source in self._sources:
            if source.next >= until:
                continue
            source.turn(source.next if source.habit.issues else start)
            if source.special:
                self._special(source, until)
            elif source.habit.all_stages:
                self._both(source, until)
            else:
                self._plain(source, start, until, seconds, lines[source.server])

    def _plain(self, source: Source, start: int, until: int, seconds: list[str], lines: list[tuple[int, str]]) -> None:
        """Write requests of one stage, ResponseComplete: this loop is most of the simulator's time."""
        first, second, third, fourth = source.pieces(COMPLETE)
        bits, unlucky, horizon = source.bits, self._writer.unlucky, self._plan.horizon
        step, lasts = source.pace(source.next), source.call.lasts
        wobble = min(step // 4, _WOBBLE)
        at, count = source.next, 0
        while at < until:
            luck = bits(_BITS)
            asked = at + (wobble * (luck & 0xFFFF) >> 16)
            done = asked + lasts + (lasts * (luck >> 16 & 0xFF) >> 8)
            at += step
            if done >= horizon:
                continue
            count += 1
            luck >>= 16
            began, ended = asked - start, done - start
            line = (
                f"{first}{uuid_text(luck >> LUCK_BITS)}{second}{seconds[began // SECOND]}{began % SECOND:06d}Z{third}"
                f"{seconds[ended // SECOND]}{ended % SECOND:06d}Z{fourth}"
            )
            if (luck >> 16) & 0xFFFFFF < unlucky or done + 0xFFFF >= until:
                self._writer.deliver(source.server, done, line, luck)
            else:
                lines.append((done + (luck & 0xFFFF), line))
        source.next = at
        self._journal.bulk(source.identity.kind, source.call.answer.outcome, count, count)

    def _both(self, source: Source, until: int) -> None:
        """Write requests of which RequestReceived is logged too."""
        begin, end = source.pieces(RECEIVED), source.pieces(COMPLETE)
        step, lasts = source.pace(source.next), source.call.lasts
        at, deliver = source.next, self._writer.deliver
        while at < until and at + lasts < self._plan.horizon:
            luck = source.bits(_BITS + LUCK_BITS)
            audit_id, asked, done = uuid_text(luck & _UUID), stamp(at), stamp(at + lasts)
            luck >>= 128
            deliver(source.server, at, f"{begin[0]}{audit_id}{begin[1]}{asked}{begin[2]}{asked}{begin[3]}", luck)
            deliver(source.server, at + lasts, f"{end[0]}{audit_id}{end[1]}{asked}{end[2]}{done}{end[3]}", luck >> LUCK_BITS)
            at += step
            self._journal.bulk(source.identity.kind, source.call.answer.outcome, 1, 2)
        source.next = at

    def _special(self, source: Source, until: int) -> None:
        """Write watches and refusals: the journal hears of each."""
        step = source.pace(source.next)
        while source.next < until:
            luck = source.bits(_BITS + 2 * LUCK_BITS)
            request = source.request(source.next, uuid_text(luck & _UUID))
            luck >>= 128
            stages = [(stage, at) for stage, at in request.stages(self._plan.horizon) if stage != RECEIVED]
            if stages:
                self._journal.hear(request, stages)
            for at, line in request.lines(stages):
                self._writer.deliver(source.server, at, line, luck)
                luck >>= LUCK_BITS
            source.next += step
