"""Make a parcel of a body: the decoder that loads files takes it, whatever it is wrapped in."""

import hashlib
from dataclasses import dataclass, replace

import orjson

from auditradar.ingest.delivery import now_micros
from auditradar.ingest.envelopes.decode import decode
from auditradar.ingest.envelopes.framing import open_framer
from auditradar.ingest.envelopes.listed import LIST_HEAD
from auditradar.ingest.envelopes.records import Decoded, DecodeOptions, Note
from auditradar.ingest.envelopes.runs import Run
from auditradar.ingest.errors import TooLongError
from auditradar.ingest.load import DEFAULT_COMPONENT
from auditradar.ingest.serve.refusal import Refusal
from auditradar.ingest.spool.parcel import Parcel

RUN_BYTES = 32 << 20  # decoded at once


@dataclass(frozen=True, slots=True)
class Addressed:
    """Be what a request says about its body: the cluster of its path, what was given for component and platform, and who sent it."""

    cluster: str
    sender: str
    component: str = ""
    platform: str = ""

    @property
    def source(self) -> str:
        """Name the source as the ledger shows it: the same sender is the same source, from whatever address."""
        return f"http:{self.cluster}/{self.sender}"


def parcel_of(body: bytes, to: Addressed, options: DecodeOptions) -> Parcel:
    """Decode and redact a plain body; Refusal 400 for an empty one, 413 for one that holds more than may be held."""
    if not body.strip():
        raise Refusal(400, "the body is empty; send audit events")
    try:
        decoded = decoded_body(body, options)
    except TooLongError as cause:
        raise Refusal(413, f"the body holds too much: {cause}; send less at once, or raise [serve] body_bytes") from None
    return Parcel(
        cluster=to.cluster,
        component=to.component or DEFAULT_COMPONENT,
        platform=to.platform,
        source=to.source,
        content_hash=hashlib.sha256(body).hexdigest(),
        bytes=len(body),
        received_at=now_micros(),
        decoded=decoded,
    )


def decoded_body(body: bytes, options: DecodeOptions) -> Decoded:
    """Decode all records of a body into one list, numbered from 1."""
    if body.startswith(LIST_HEAD) and body.find(b"\n", 0, -1) < 0:
        # What an API server sends is one line; asking whether it might be anything else would parse it once more.
        found = decode(Run(0, body if body.endswith(b"\n") else body + b"\n", 1), options)
        return Decoded(found.records, range(1, len(found.records) + 1), found.notes, found.excluded)
    size = 0
    records: list[bytes] = []
    notes: dict[int, Note] = {}
    excluded = 0
    framer = open_framer([body], options)
    while (run := framer.peek(RUN_BYTES)) is not None:
        part = decode(run, replace(options, max_total_bytes=max(1, options.max_total_bytes - size)) if options.max_total_bytes else options)
        size += sum(map(len, part.records))
        notes |= {len(records) + index: note for index, note in part.notes.items()}
        records += part.records
        excluded += part.excluded
        framer.consume(len(run.data))
    return Decoded(records, range(1, len(records) + 1), notes, excluded)


def firehose_request(body: bytes) -> str:
    """Give the request id of a Firehose delivery; its answer must repeat it."""
    try:
        record = orjson.loads(body)
    except orjson.JSONDecodeError:
        return ""
    return str(record.get("requestId", "")) if isinstance(record, dict) else ""


def is_pubsub(body: bytes) -> bool:
    """Tell whether a small body is a push of Pub/Sub: one message and the subscription it belongs to."""
    return b'"subscription"' in body[-4096:] and b'"message"' in body and b'"data"' in body
