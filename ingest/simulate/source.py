"""A machine's habit in motion: when it acts next, and its lines, cut once into templates for each token it holds."""

import math
from dataclasses import replace

from auditradar.ingest.simulate.clock import MILLISECOND, SECOND, moment
from auditradar.ingest.simulate.dice import Dice
from auditradar.ingest.simulate.machines import Habit
from auditradar.ingest.simulate.plan import Plan
from auditradar.ingest.simulate.request import Client, Request
from auditradar.ingest.simulate.wire import COMPLETE, RECEIVED, Pieces, Voice, event_line

# Renamed from authentication.k8s.io/… in Kubernetes 1.30 (PR #123098).
ISSUED_ID = "authentication.kubernetes.io/issued-credential-id"

_MINIMUM_STEP = MILLISECOND


class Source:
    """Be one habit in motion: when it comes next, and its lines for the token it holds."""

    def __init__(self, habit: Habit, plan: Plan, number: int, scale: float) -> None:
        dice = Dice(plan.seed, "noise", number)
        self.habit = habit
        self.bits = dice.bits
        self.server = dice.below(plan.api_servers)
        every = int(habit.every * SECOND)
        self.step = every if habit.issues else max(_MINIMUM_STEP, int(every / scale))
        self.next = self._first(plan, dice)
        self._epoch: int | None = None
        self._pieces: dict[str, Pieces] = {}
        self.identity = habit.who.identity(0)
        self.call = habit.call

    def _first(self, plan: Plan, dice: Dice) -> int:
        """Begin somewhere in the first step, or with the turn of the tokens."""
        if self.habit.issues:
            return plan.first + (self.habit.issues.offset - plan.first) % self.step
        return plan.first + dice.below(self.step)

    def turn(self, at: int) -> None:
        """Take the token of this moment, and cut its templates when it is a new one."""
        tokens = self.habit.tokens
        epoch = tokens.epoch(at) if tokens else 0
        if epoch == self._epoch:
            return
        self._epoch = epoch
        self.identity = self.habit.who.identity(epoch)
        if self.habit.issues:
            self.call = replace(self.habit.call, notes=((ISSUED_ID, f"JTI={self.habit.issues.jti(epoch)}"),))
        voice = Voice(self.identity.user, (self.habit.who.address,), self.habit.who.agent)
        self._pieces = {stage: event_line(self.call, voice, stage) for stage in (RECEIVED, COMPLETE)}

    def pieces(self, stage: str) -> Pieces:
        """Give the four pieces of a stage's line."""
        return self._pieces[stage]

    @property
    def special(self) -> bool:
        """Say whether each request must be told to the journal, or has more than the two plain stages."""
        return self.call.streams or self.call.answer.denied or bool(self.call.answer.failure)

    def pace(self, at: int) -> int:
        """Give the step of this hour: a busy habit rests at night and hurries from 7 to 18 on weekdays."""
        if not self.habit.busy:
            return self.step
        now = moment(at)
        working = now.weekday() < 5 and 7 <= now.hour < 18
        # 55 of 168 hours at twice the pace and the rest at half of it are once the pace in all.
        return self.step // 2 if working else self.step * 2

    def request(self, at: int, audit_id: str) -> Request:
        """Make the request of a moment in full, for what is too special for templates."""
        who = self.habit.who
        client = Client(who.agent, "other", who.address, (who.address,), interactive=False)
        return Request(at, audit_id, self.call, self.identity, client, self.server)


def per_second(habits: list[Habit]) -> float:
    """Count the events that all habits leave in a second at their own pace."""
    # fsum: since Python 3.12 sum() adds floats in another way than before.
    return math.fsum(_stages(habit) / habit.every for habit in habits if not habit.issues)


def _stages(habit: Habit) -> int:
    """Count the stages that a request of a habit leaves."""
    if habit.call.streams:
        return 2
    return 2 if habit.all_stages else 1
