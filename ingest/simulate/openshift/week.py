"""The people of an OpenShift cluster and their days: each comes in another way, works, and leaves in another way."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from auditradar.ingest.simulate import commands
from auditradar.ingest.simulate.answers import forbidden
from auditradar.ingest.simulate.api import Call, Target, call
from auditradar.ingest.simulate.clock import DAY, HOUR, MINUTE, SECOND, moment
from auditradar.ingest.simulate.dice import Dice
from auditradar.ingest.simulate.identity import Identity, user_json
from auditradar.ingest.simulate.inventory import Inventory
from auditradar.ingest.simulate.openshift.cluster import BROWSER, GO, OC, Account
from auditradar.ingest.simulate.openshift.journal import Journal
from auditradar.ingest.simulate.openshift.visit import Visit
from auditradar.ingest.simulate.openshift.ways import ARGO, CHALLENGING, CLI, CONSOLE, DISPLAY, GRAFANA, Arrival, OAuthClient
from auditradar.ingest.simulate.people import granted, timed

_GRANT = 'RBAC: allowed by ClusterRoleBinding "developers" of ClusterRole "edit" to Group "system:authenticated:oauth"'
_TYPED = (commands.look, commands.describe, commands.misspell, commands.may_i, commands.restart, commands.keep_secret, commands.configure)


@dataclass(frozen=True, slots=True)
class Habit:
    """Say how somebody comes and goes: way in, client, program, whether the address is seen directly, how the day ends.

    `every` is the pause between commands in minutes, `hours` how long the work goes on.
    """

    account: Account
    sentence: str
    way: str
    client: OAuthClient
    agent: str
    direct: bool
    leaves: str
    every: int = 20
    hours: float = 8


def _account(seed: int, name: str, provider: str, *, admin: bool = False) -> Account:
    return Account(name, provider, Dice(seed, "user", name).uuid(), admin)


def habits(seed: int) -> list[Habit]:
    """List who works with the cluster; more people are the same habits again under numbered names."""
    made = (
        ("alice", "htpasswd", "console by form, logs out in the evening", "form", CONSOLE, BROWSER, True, "logout", 20, 8),
        ("bob", "htpasswd", "oc login with a password through the router, oc logout", "password", CHALLENGING, OC, False, "logout", 25, 7),
        ("carol", "keycloak", "console by Keycloak through the router, never logs out", "provider", CONSOLE, BROWSER, False, "idle", 30, 6),
        ("dave", "ldap", "oc login --web, whose tokens end after 20 minutes without use", "form", CLI, OC, True, "inactive", 5, 5),
        ("erin", "ldap", "copies the login command of the console, uses curl", "form", DISPLAY, "curl/8.14.1", False, "idle", 40, 6),
        ("frank", "htpasswd", "Argo CD with the cluster's login", "form", ARGO, GO, False, "idle", 60, 0),
        (
            "grace",
            "keycloak",
            "Grafana with an OAuth client, tokens of four hours",
            "provider",
            GRAFANA,
            GO,
            False,
            "expired",
            15,
            5,
        ),
        ("heidi", "ldap", "administrator with oc, sometimes --as", "password", CHALLENGING, OC, True, "logout", 30, 8),
    )
    return [
        Habit(_account(seed, name, provider, admin=name == "heidi"), sentence, way, client, agent, direct, leaves, every, hours)
        for name, provider, sentence, way, client, agent, direct, leaves, every, hours in made
    ]


class Days:
    """Let people live their days."""

    def __init__(self, journal: Journal, things: Inventory, people: int) -> None:
        self._journal = journal
        self._things = things
        self._plan = journal.scene.plan
        base = habits(self._plan.seed)
        self.people = [self._hired(base[number % len(base)], number // len(base)) for number in range(people)]

    def _hired(self, habit: Habit, turn: int) -> Habit:
        if not turn:
            return habit
        account = _account(self._plan.seed, f"{habit.account.name}{turn + 1}", habit.account.provider, admin=habit.account.admin)
        fields = {name: getattr(habit, name) for name in Habit.__slots__ if name != "account"}
        return Habit(account, **fields)

    def live(self) -> None:
        """Live all working days that lie in the plan as a whole."""
        for midnight in range(self._plan.first - self._plan.first % DAY, self._plan.horizon, DAY):
            if moment(midnight).weekday() < 5:
                for number, habit in enumerate(self.people):
                    self._day(habit, number, midnight)

    def address(self, number: int, *, direct: bool) -> str:
        """Give somebody a desk: in the office or at home."""
        return f"203.0.113.{20 + number % 200}" if direct else f"198.51.100.{20 + number % 200}"

    def _day(self, habit: Habit, number: int, midnight: int) -> None:
        dice = Dice(self._plan.seed, "openshift-day", habit.account.name, midnight)
        # Minutes apart, so that through the router each is the only one; two at once is a story of its own.
        at = midnight + 7 * HOUR + (number * 137 % 170) * MINUTE + dice.below(20 * SECOND)
        if at < self._plan.first or at + int(habit.hours * HOUR) + HOUR >= self._plan.horizon:
            return
        road = self._journal.ways.road(self.address(number, direct=habit.direct), direct=habit.direct)
        visit = self._journal.come_in(at, habit.way, Arrival(habit.account, habit.client, road), habit.agent)
        end = visit.token.created + int(habit.hours * HOUR)
        if habit.leaves == "expired":
            end = min(end, visit.token.expires - 10 * SECOND)
        last = self._work(visit, habit, dice, end)
        if habit.leaves == "logout":
            visit.delete(last + dice.between(20, 90) * SECOND)

    def _work(self, visit: Visit, habit: Habit, dice: Dice, end: int) -> int:
        """Type commands until the end; give the moment of the last."""
        at = visit.token.created + dice.between(20, 60) * SECOND
        last = at
        while at < end:
            for asked, acting_as in self._command(dice, habit):
                visit.use(at, granted(timed(dice, asked), _GRANT), acting_as)
                last = at
                at += dice.between(30_000, 400_000) + asked.lasts
            at += dice.between(habit.every * 30, habit.every * 90) * SECOND
        return last

    def _command(self, dice: Dice, habit: Habit) -> Iterator[tuple[Call, Identity | None]]:
        if dice.chance(0.06):
            target = Target("secrets", dice.pick(("openshift-config", "kube-system")))
            yield call("list", target, "limit=500").answered(forbidden(habit.account.name, "list", target)), None
            return
        if habit.account.admin and dice.chance(0.3):
            yield call("list", Target("routes", "shop", group="route.openshift.io"), "limit=500"), impersonated("bob")
            return
        chosen: Callable[[Dice, Inventory], list[Call]] = dice.pick(_TYPED)
        for asked in chosen(dice, self._things):
            yield asked, None
        if dice.chance(0.4):
            yield call("list", Target("routes", dice.pick(("shop", "payments")), group="route.openshift.io"), "limit=500"), None


def impersonated(name: str) -> Identity:
    """Be who somebody acts as with `--as`."""
    return Identity(name, "human", "unknown", user_json(name, ("system:authenticated",)))
