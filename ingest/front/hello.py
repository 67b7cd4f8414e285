"""Write the first reply to a driver in the revision of the Native format that it asked for.

clickhouse-go asks `SELECT displayName(), version(), revision(), timezone()` and reads this one reply by its own revision, all later ones by
the revision it is told. The engine writes revision 0 and the answer says 0, so only this reply has to be put into the newer frame.
"""

BLOCK_INFO_REVISION = 51903  # ClickHouse ProtocolDefines.h: DBMS_MIN_REVISION_WITH_BLOCK_INFO
CUSTOM_SERIALIZATION_REVISION = 54454  # DBMS_MIN_REVISION_WITH_CUSTOM_SERIALIZATION
BLOCK_INFO = bytes([1, 0, 2, 0xFF, 0xFF, 0xFF, 0xFF, 0])  # no overflow, bucket -1
WIDTHS = {"UInt8": 1, "UInt16": 2, "UInt32": 4, "UInt64": 8}


def in_revision(block: bytes, revision: int) -> bytes:
    """Put a block of texts and whole numbers into a revision; any other block stays as it is."""
    if revision < BLOCK_INFO_REVISION or not block:
        return block
    mark = b"\0" if revision >= CUSTOM_SERIALIZATION_REVISION else b""
    try:
        return BLOCK_INFO + _marked(block, mark)
    except (IndexError, KeyError):
        return block


def _marked(block: bytes, mark: bytes) -> bytes:
    """Put a mark between the type and the values of every column."""
    columns, place = _number(block, 0)
    rows, place = _number(block, place)
    made = bytearray(block[:place])
    for _ in range(columns):
        start = place
        place = _after_text(block, place)
        length, after = _number(block, place)
        kind = block[after : after + length].decode()
        place = after + length
        made += block[start:place] + mark
        start = place
        for _ in range(rows):
            place = _after_text(block, place) if kind == "String" else place + WIDTHS[kind]
        made += block[start:place]
    if place != len(block):
        raise IndexError(place)
    return bytes(made)


def _after_text(block: bytes, place: int) -> int:
    length, place = _number(block, place)
    return place + length


def _number(block: bytes, place: int) -> tuple[int, int]:
    """Read a number of 7 bits a byte."""
    value = shift = 0
    while True:
        byte = block[place]
        value, shift, place = value | (byte & 0x7F) << shift, shift + 7, place + 1
        if byte < 0x80:
            return value, place
