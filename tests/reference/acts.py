"""What recorded logins gave, from single facts: the steps of one act folded, and the tokens and logins that came of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

SECOND = 1_000_000
NEVER = 10_382_688_000 * SECOND  # the year 2299, as the product writes it
CONFIGURED_GAP = 8 * 3600 * SECOND
METHODS = {
    "console": "web-console",
    "openshift-challenging-client": "oc",
    "openshift-cli-client": "oc-web",
    "openshift-browser-client": "token-display",
}


@dataclass(frozen=True, order=True)
class Fact:
    """One recorded fact; `step` is token, password, idp, cookie, used or deleted. Moments are microseconds since 1970."""

    at: int
    id: str
    step: str
    actor: str
    token: str = ""
    client_name: str = ""
    provider: str = ""
    ip: str = ""
    by: str = ""
    expires: int | None = None
    inactive: int | None = None


@dataclass(frozen=True, order=True)
class Asked:
    """One request of a person."""

    at: int
    until: int
    id: str
    actor: str
    ip: str
    method: str
    writes: bool = False


@dataclass
class Presence:
    """What a login gave: a token, or itself."""

    actor: str
    id: str
    start: Fact
    end: int
    reason: str
    by: str
    end_ids: tuple[str, ...]
    login_ids: tuple[str, ...]
    start_ids: tuple[str, ...]
    shown: str
    ip: str
    client_name: str
    provider: str
    uses: list[Fact]
    place: str = ""
    owned: list[Asked] = field(default_factory=list)

    @property
    def hosted(self) -> bool:
        """Tell whether the client of the token is a server."""
        return self.client_name == "console"


def hidden(ip: str) -> bool:
    return ip == "" or ip.startswith("10.")


def _chains(ordered: Sequence[Fact], width: int) -> list[list[Fact]]:
    chains: list[list[Fact]] = []
    for each in ordered:
        if chains and each.at - chains[-1][-1].at <= width:
            chains[-1].append(each)
        else:
            chains.append([each])
    return chains


_RANKS = {"token": 1, "password": 2, "idp": 3, "cookie": 4}


def acts(facts: Iterable[Fact]) -> list[list[Fact]]:
    """Fold the steps of each person into acts, the decisive step first."""
    found: list[list[Fact]] = []
    people: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.step in _RANKS:
            people[fact.actor].append(fact)
    for steps in people.values():
        for burst in _chains(sorted(steps, key=lambda each: (each.at, _RANKS[each.step], each.id)), 30 * SECOND):
            places = [_place_in(burst, index) for index in range(len(burst))]
            for place in sorted(set(places)):
                current: list[list[Fact]] = []
                for step in (step for step, its in zip(burst, places, strict=True) if its == place):
                    if current and step.at - current[-1][0].at <= 30 * SECOND:
                        current[-1].append(step)
                    else:
                        current.append([step])
                found.extend(sorted(act, key=lambda each: (_RANKS[each.step], each.at, each.id)) for act in current)
    return found


def _place_in(burst: list[Fact], index: int) -> str:
    """Give the address shown last before a step, else first after it."""
    before = [step.ip for step in burst[: index + 1] if not hidden(step.ip)]
    after = [step.ip for step in burst[index:] if not hidden(step.ip)]
    return before[-1] if before else after[0] if after else ""


def presences(facts: Sequence[Fact]) -> list[Presence]:
    found = []
    for act in acts(facts):
        kinds = {step.step for step in act}
        is_login = bool(kinds & {"password", "idp"}) or kinds == {"token"}
        tokens = [step for step in act if step.step == "token"]
        starts = tokens or (act[:1] if is_login else [])
        shown = [step.ip for step in act if step.step in {"password", "idp"} and not hidden(step.ip)]
        any_ip = [step.ip for step in act if step.ip]
        for number, start in enumerate(starts):
            end, reason, by, end_ids = _end(start, facts)
            ids = tuple(step.id for step in act) if is_login and number == 0 else ()
            found.append(
                Presence(
                    actor=start.actor,
                    id=start.token or start.id,
                    start=start,
                    end=end,
                    reason=reason,
                    by=by,
                    end_ids=end_ids,
                    login_ids=ids,
                    start_ids=ids or (start.id,),
                    shown=shown[0] if shown else "",
                    ip=shown[0] if shown else any_ip[0] if any_ip else "",
                    client_name=next((step.client_name for step in [start, *act] if step.client_name), ""),
                    provider=next((step.provider for step in act if step.provider), ""),
                    uses=[each for each in facts if each.step == "used" and each.token == start.token and each.at >= start.at],
                )
            )
    return found


def _end(start: Fact, facts: Sequence[Fact]) -> tuple[int, str, str, tuple[str, ...]]:
    if not start.token:
        return NEVER, "open", "", ()
    ends: list[tuple[int, str, str, tuple[str, ...]]] = [(NEVER, "open", "", ())]
    ends += [
        (fact.at, "logout" if fact.by == start.actor else "revoked", fact.by, (fact.id,))
        for fact in facts
        if fact.step == "deleted" and fact.token == start.token
    ]
    accepted = [
        fact.at
        for fact in facts
        if fact.token == start.token and (fact.step == "used" or (fact.step == "deleted" and fact.by == start.actor))
    ]
    inactive = None if start.inactive is not None and max(accepted, default=0) > start.inactive else start.inactive
    limits = [limit for limit in (start.expires, inactive) if limit is not None]
    if limits:
        ends.append((min(limits), "expired", "", (start.id,)))
    return min(ends)
