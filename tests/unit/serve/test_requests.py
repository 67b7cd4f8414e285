"""How much of a body is taken, of one sender and of all together."""

import asyncio
from collections.abc import Iterable

import pytest
from starlette.requests import Request
from starlette.types import Message

from auditradar.ingest.serve.refusal import Refusal
from auditradar.ingest.serve.requests import BUSY_SECONDS, Budget, read_body


def body_of(messages: Iterable[Message], *, limit: int = 10, budget: int = 100) -> bytes:
    """Read a body that nobody announced the length of; when the messages are over the sender is silent."""
    waiting = iter(messages)

    async def receive() -> Message:
        for message in waiting:
            return message
        return await asyncio.Future()

    with Budget(budget).account() as account:
        return asyncio.run(read_body(Request({"type": "http", "headers": []}, receive), limit, 0.05, account))


def pieces(*parts: bytes, ends: bool = True) -> list[Message]:
    return [{"type": "http.request", "body": part, "more_body": not ends or part is not parts[-1]} for part in parts]


def test_a_body_comes_in_pieces() -> None:
    assert body_of(pieces(b"01234", b"56789")) == b"0123456789"


@pytest.mark.parametrize(
    ("messages", "status", "words"),
    [
        (pieces(b"012345", b"6789x"), 413, "longer than 10 bytes"),
        (pieces(b"0", ends=False), 408, "did not arrive within 0.05 s"),
        ([*pieces(b"0", ends=False), {"type": "http.disconnect"}], 400, "broke off"),
    ],
)
def test_a_body_that_is_not_taken_is_told_why(messages: list[Message], status: int, words: str) -> None:
    with pytest.raises(Refusal, match=words) as refused:
        body_of(messages)
    assert refused.value.status == status


def test_the_bodies_of_all_senders_share_what_may_be_in_flight() -> None:
    budget = Budget(10)
    with budget.account() as first, budget.account() as second:
        first.take(6)
        second.take(4)
        with pytest.raises(Refusal, match="too much is being received at once") as refused:
            second.take(1)
        assert (refused.value.status, refused.value.retry_after) == (503, BUSY_SECONDS)
    with budget.account() as third:
        third.take(10)


def test_a_request_that_has_ended_takes_nothing_more() -> None:
    """A body may still be decoded when its sender has gone."""
    budget = Budget(10)
    with budget.account() as gone:
        pass
    with pytest.raises(Refusal):
        gone.take(1)
    with budget.account() as other:
        other.take(10)
