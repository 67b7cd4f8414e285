"""Sessions of recorded logins from single facts and single requests, moment by moment; obviously right rather than fast.

It shares no code and no method with the product: that cuts arrays of minutes and looks owners up, this asks for each request who was there.
"""

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


Row = tuple[object, ...]


def _hidden(ip: str) -> bool:
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
    before = [step.ip for step in burst[: index + 1] if not _hidden(step.ip)]
    after = [step.ip for step in burst[index:] if not _hidden(step.ip)]
    return before[-1] if before else after[0] if after else ""


def presences(facts: Sequence[Fact]) -> list[Presence]:
    found = []
    for act in acts(facts):
        kinds = {step.step for step in act}
        is_login = bool(kinds & {"password", "idp"}) or kinds == {"token"}
        tokens = [step for step in act if step.step == "token"]
        starts = tokens or (act[:1] if is_login else [])
        shown = [step.ip for step in act if step.step in {"password", "idp"} and not _hidden(step.ip)]
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
    for fact in facts:
        if fact.step == "deleted" and fact.token == start.token:
            ends.append((fact.at, "logout" if fact.by == start.actor else "revoked", fact.by, (fact.id,)))
    limits = [limit for limit in (start.expires, start.inactive) if limit is not None]
    if limits:
        ends.append((min(limits), "expired", "", (start.id,)))
    return min(ends)


def sessions(facts: Sequence[Fact], asked: Sequence[Asked], gap: int) -> list[Row]:
    """Give all sessions as rows, recorded and inferred."""
    held = presences(facts)
    openings = _openings(asked)
    newest = max([each.at for each in facts] + [each.until for each in asked], default=0)
    for presence in held:
        near = [(at, ip) for (actor, ip, at) in openings if actor == presence.actor and abs(at - presence.start.at) <= 30 * SECOND]
        presence.place = presence.shown or (min(near)[1] if near else "")
    alone: dict[tuple[str, str], list[Asked]] = defaultdict(list)
    ends = {(fact.by, fact.id): fact.token for fact in facts if fact.step == "deleted"}
    owners = {(presence.actor, presence.id): presence for presence in held}
    known = {fact.token for fact in facts if fact.step == "token"}
    endings = {id for (by, id), token in ends.items() if (by, token) in owners or token not in known}
    for request in sorted(asked):
        token = ends.get((request.actor, request.id))
        owner = owners.get((request.actor, token)) if token else None
        owner = owner or _owner(request, held, openings)
        if owner:
            owner.owned.append(request)
        else:
            alone[request.actor, request.ip].append(request)
    rows = [row for presence in held for row in _recorded(presence, gap, newest)]
    for (actor, ip), requests in alone.items():
        first = min(each.at for each in asked if (each.actor, each.ip) == (actor, ip))
        rows.extend(_inferred(actor, ip, requests, gap, newest, first, endings))
    return sorted(rows, key=repr)


def _openings(asked: Sequence[Asked]) -> list[tuple[str, str, int]]:
    """Give where a person begins to be seen at an address, by the configured gap."""
    found = []
    for actor, ip in sorted({(each.actor, each.ip) for each in asked}):
        alive = -CONFIGURED_GAP * 2
        for each in sorted(other for other in asked if (other.actor, other.ip) == (actor, ip)):
            if each.at - alive > CONFIGURED_GAP:
                found.append((actor, ip, each.at))
            alive = max(alive, each.until)
    return found


def _owner(request: Asked, held: Sequence[Presence], openings: Sequence[tuple[str, str, int]]) -> Presence | None:
    opened = max(at for (actor, ip, at) in openings if (actor, ip) == (request.actor, request.ip) and at <= request.at)
    places = [[each for each in held if each.actor == request.actor and each.place == place] for place in (request.ip, "")]
    for there in places:
        alive = [each for each in there if each.start.at <= request.at <= each.end]
        if alive:
            return max(alive, key=lambda each: (each.start.at, each.id))
    for there in places:
        coming = [each for each in there if each.start.at > request.at]
        if coming:
            soonest = min(each.start.at for each in coming)
            if soonest - opened <= 30 * SECOND:
                return max((each for each in coming if each.start.at == soonest), key=lambda each: each.id)
    for there in places:
        gone = [each for each in there if each.end < request.at]
        if gone:
            last = max(each.end for each in gone)
            if request.at - last - 1 < 120 * SECOND:
                return max((each for each in gone if each.end == last), key=lambda each: (each.start.at, each.id))
    return None


Moment = tuple[int, int, str, Asked | None]


def _cut(moments: list[Moment], gap: int) -> list[list[Moment]]:
    pieces: list[list[Moment]] = []
    alive = 0
    for moment in sorted(moments, key=lambda each: each[:3]):
        if pieces and moment[0] - alive <= gap:
            pieces[-1].append(moment)
        else:
            pieces.append([moment])
        alive = max(alive, moment[1])
    return pieces


def _recorded(presence: Presence, gap: int, newest: int) -> list[Row]:
    moments: list[Moment] = [(presence.start.at, presence.start.at, presence.start_ids[0], None)]
    moments += [(use.at, use.at, use.id, None) for use in presence.uses]
    moments += [(each.at, each.until, each.id, each) for each in presence.owned]
    rows: list[Row] = []
    for number, piece in enumerate(_cut(moments, gap)):
        made = [each[3] for each in piece if each[3]]
        if number and made and all(each.id in presence.end_ids for each in made):
            continue
        first = made[0] if made else None
        started = piece[0][0]
        last = max(started, min(max(each[1] for each in piece), presence.end))
        method = METHODS.get(presence.client_name) or (first.method if first else "other")
        if presence.end <= max(newest, last) and presence.end - last <= gap:
            ended: tuple[object, ...] = (presence.end, presence.reason, presence.by, presence.end_ids)
        else:
            ended = (*((last, "idle") if newest - last > gap else (None, "open")), "", (max(each[1:3] for each in piece)[1],))
        proof = ((presence.start.step, "recorded", presence.login_ids) if not number else ("idle-gap", "inferred", (piece[0][2],)))
        ip = presence.shown or (first.ip if first else presence.ip)
        rows.append(
            (presence.actor, started, last, *ended, len(made), sum(each.writes for each in made), *proof, ip, method)
            + (presence.client_name, presence.provider, presence.start.token)
        )
    return rows


def _inferred(actor: str, ip: str, asked: list[Asked], gap: int, newest: int, first: int, endings: set[str]) -> list[Row]:
    rows: list[Row] = []
    for number, piece in enumerate(_cut([(each.at, each.until, each.id, each) for each in asked], gap)):
        made = [each[3] for each in piece if each[3]]
        if all(each.id in endings for each in made):
            continue
        last = max(each[1] for each in piece)
        ended = (last, "idle") if newest - last > gap else (None, "open")
        evidence = "first-seen" if not number and piece[0][0] == first else "idle-gap"
        rows.append(
            (actor, piece[0][0], last, *ended, "", (max(each[1:3] for each in piece)[1],), len(made), sum(each.writes for each in made))
            + (evidence, "inferred", (piece[0][2],), ip, made[0].method, "", "", "")
        )
    return rows
