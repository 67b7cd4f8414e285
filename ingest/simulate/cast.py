"""Everybody who acts: people day by day, stories when their time comes, and the machines' habits."""

from auditradar.ingest.simulate.attacks import Attacks
from auditradar.ingest.simulate.dice import Dice
from auditradar.ingest.simulate.flavours import FLAVOURS
from auditradar.ingest.simulate.incidents import Incidents
from auditradar.ingest.simulate.inventory import Inventory
from auditradar.ingest.simulate.journal import Journal
from auditradar.ingest.simulate.machines import Habit, control_plane, nodes, probes
from auditradar.ingest.simulate.operators import Operators
from auditradar.ingest.simulate.people import Workday
from auditradar.ingest.simulate.plan import Plan
from auditradar.ingest.simulate.request import Request
from auditradar.ingest.simulate.staff import Staff
from auditradar.ingest.simulate.story import Story
from auditradar.ingest.simulate.workdays import days
from auditradar.ingest.simulate.writer import LUCK_BITS, Writer


def habits(plan: Plan, things: Inventory) -> list[Habit]:
    """List what all machines of the cluster do."""
    flavour = FLAVOURS[plan.platform]
    built_in = [*control_plane(plan.seed, flavour), *nodes(plan.seed, flavour, things), *probes(flavour)]
    return built_in + Operators(plan.seed, flavour, things).habits()


class Cast:
    """Let people and stories act in the order of time; only one day of requests is held."""

    def __init__(self, plan: Plan, things: Inventory, journal: Journal) -> None:
        staff = Staff(plan, things)
        self.people = staff.people()
        self.stories = self._happening(plan, staff, things) if plan.anomalies else []
        self._plan = plan
        self._things = things
        self._journal = journal
        self._dice = Dice(plan.seed, "cast")
        self._days = days(plan.first, plan.horizon)
        # Latest first: the next request is taken from the end.
        self._ahead = [request for story in self.stories for request in story.requests]

    @staticmethod
    def _happening(plan: Plan, staff: Staff, things: Inventory) -> list[Story]:
        """Keep the stories that fit into the run as a whole, in the order of time."""
        told = [*Attacks(plan, staff, things).stories(), *Incidents(plan, staff, things).stories()]
        # A 401 or a watch that only ends after the log does would tell half the story.
        fits = [story for story in told if plan.first <= story.requests[0].at and _end(story) < plan.horizon]
        return sorted(fits, key=lambda story: story.requests[0].at)

    def act(self, until: int, writer: Writer) -> None:
        """Send all requests before `until`: tell the journal, write the lines."""
        self._plan_days(until)
        while self._ahead and self._ahead[-1].at < until:
            self._send(self._ahead.pop(), writer)

    def _plan_days(self, until: int) -> None:
        """Let people plan every day that begins before `until`."""
        while self._days and self._days[0] < until:
            midnight = self._days.pop(0)
            for person in self.people:
                self._ahead.extend(Workday(person, self._plan, self._things, midnight).requests())
            self._ahead.sort(key=lambda request: (request.at, request.audit_id), reverse=True)

    def _send(self, request: Request, writer: Writer) -> None:
        """Send one request, unless it lies outside the log."""
        stages = request.stages(self._plan.horizon)
        if request.at < self._plan.first or not stages:
            return
        self._journal.hear(request, stages)
        for at, line in request.lines(stages):
            writer.deliver(request.server, at, line, self._dice.bits(LUCK_BITS))


def _end(story: Story) -> int:
    """Give the moment at which everything of a story has been answered."""
    return max(request.at + request.call.lasts for request in story.requests)
