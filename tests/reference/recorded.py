"""Sessions of recorded logins from single facts and single requests, moment by moment; obviously right rather than fast.

It shares no code and no method with the product: that cuts arrays of minutes and looks owners up, this asks for each request who was there.
"""

from collections import defaultdict
from collections.abc import Sequence

from tests.reference.acts import CONFIGURED_GAP, METHODS, SECOND, Asked, Fact, Presence, hidden, presences

Row = tuple[object, ...]


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
    endings = {each for (by, each), token in ends.items() if (by, token) in owners or token not in known}
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
        rows.extend(_inferred(requests, gap, newest, first, endings))
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
    theirs = [each for each in held if each.actor == request.actor]
    here = [each for each in theirs if each.place == request.ip]
    elsewhere = theirs if hidden(request.ip) else [each for each in theirs if each.place == ""]

    def rank(presence: Presence, there: list[Presence]) -> tuple[bool, int, str]:
        return (there is theirs and presence.hosted, presence.start.at, presence.id)

    places = [here, elsewhere]
    for there in places:
        alive = [each for each in there if each.start.at <= request.at <= each.end]
        if alive:
            return max(alive, key=lambda each: rank(each, there))
    for there in places:
        coming = [each for each in there if each.start.at > request.at]
        if coming:
            soonest = min(each.start.at for each in coming)
            if soonest - opened <= 30 * SECOND:
                return max((each for each in coming if each.start.at == soonest), key=lambda each: rank(each, there))
    for there in places:
        gone = [each for each in there if each.end < request.at]
        if gone:
            last = max(each.end for each in gone)
            if request.at - last - 1 < 120 * SECOND:
                return max((each for each in gone if each.end == last), key=lambda each: rank(each, there))
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
        proof = (presence.start.step, "recorded", presence.login_ids) if not number else ("idle-gap", "inferred", (piece[0][2],))
        by_activity = first and not (presence.hosted and hidden(first.ip))
        ip = presence.shown or (first.ip if first and by_activity else presence.ip)
        rows.append(
            (
                presence.actor,
                started,
                last,
                *ended,
                len(made),
                sum(each.writes for each in made),
                *proof,
                ip,
                method,
                presence.client_name,
                presence.provider,
                presence.start.token,
            )
        )
    return rows


def _inferred(asked: list[Asked], gap: int, newest: int, first: int, endings: set[str]) -> list[Row]:
    rows: list[Row] = []
    for number, piece in enumerate(_cut([(each.at, each.until, each.id, each) for each in asked], gap)):
        made = [each[3] for each in piece if each[3]]
        if all(each.id in endings for each in made):
            continue
        last = max(each[1] for each in piece)
        ended = (last, "idle") if newest - last > gap else (None, "open")
        evidence = "first-seen" if not number and piece[0][0] == first else "idle-gap"
        rows.append(
            (
                asked[0].actor,
                piece[0][0],
                last,
                *ended,
                "",
                (max(each[1:3] for each in piece)[1],),
                len(made),
                sum(each.writes for each in made),
                evidence,
                "inferred",
                (piece[0][2],),
                asked[0].ip,
                made[0].method,
                "",
                "",
                "",
            )
        )
    return rows
