"""Failed attempts from single facts, attempt by attempt: which records tell of one and the same, by the limits of 2 s and 30 s."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.reference.acts import SECOND

LOOKUP, SAME_PERSON = 2 * SECOND, 30 * SECOND
CLASSES = {"denied": "bad-password", "error": "idp-error", "idp-failure": "idp-denied"}
Attempt = tuple[int, str, str, tuple[str, ...]]
"""When, class, actor, evidence."""


@dataclass(frozen=True, order=True)
class Refused:
    """One record of something that was not accepted; `kind` is 401 or a kind of auth_records. Moments are microseconds since 1970."""

    at: int
    id: str
    kind: str
    actor: str = ""
    token: str = ""


def attempts(records: Iterable[Refused], owners: dict[str, str]) -> list[Attempt]:
    """Give every attempt once; `owners` says whose a token is, where that was recorded."""
    ordered = sorted(records)
    refusals = [each for each in ordered if each.kind == "401"]
    explained: dict[Refused, list[Refused]] = {each: [] for each in refusals}
    alone: dict[tuple[str, str], list[list[Refused]]] = {}
    for fact in ordered:
        if fact.kind not in {"token-missing", "iam-denied"}:
            continue
        if refusal := _nearest(fact, refusals, LOOKUP):
            explained[refusal].append(fact)
            continue
        chains = alone.setdefault(("", fact.token) if fact.kind == "token-missing" else (fact.id, ""), [])
        if chains and fact.at - chains[-1][0].at <= LOOKUP:
            chains[-1].append(fact)
        else:
            chains.append([fact])
    found = [_told(facts, refusal.at, (refusal.id,), owners) for refusal, facts in explained.items()]
    found += [_told(facts, facts[0].at, (), owners) for chains in alone.values() for facts in chains]
    return sorted(found + _passwords(ordered))


def _told(facts: Sequence[Refused], at: int, ids: tuple[str, ...], owners: dict[str, str]) -> Attempt:
    if not facts:
        return at, "bad-credential", "", ids
    known = (*ids, *(fact.id for fact in facts))
    if facts[0].kind == "iam-denied":
        return at, "iam-denied", next((fact.actor for fact in facts if fact.actor), ""), known
    return at, "unknown-or-expired-token", owners.get(facts[0].token, ""), known


def _passwords(ordered: Sequence[Refused]) -> list[Attempt]:
    """Fold the provider's lines into what the OAuth server told of the same person."""
    denied = [each for each in ordered if each.kind == "denied"]
    folded: dict[str, list[str]] = {}
    alone = [each for each in ordered if each.kind in {"denied", "error"}]
    for line in (each for each in ordered if each.kind == "idp-failure"):
        theirs = [each for each in denied if line.actor and _person(each.actor) == _person(line.actor)]
        if teller := _nearest(line, theirs, SAME_PERSON):
            folded.setdefault(teller.id, []).append(line.id)
        else:
            alone.append(line)
    return [(each.at, CLASSES[each.kind], each.actor, (each.id, *sorted(folded.get(each.id, [])))) for each in alone]


def _person(name: str) -> str:
    return name.rpartition(":")[2].lower()


def _nearest(fact: Refused, others: Sequence[Refused], limit: int) -> Refused | None:
    """Give the last no more than `limit` before, else the first no more than `limit` after."""
    before = [each for each in others if 0 <= fact.at - each.at <= limit]
    after = [each for each in others if 0 <= each.at - fact.at <= limit]
    return before[-1] if before else after[0] if after else None
