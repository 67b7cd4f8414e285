"""Find, in a block of canonical records, the few that could hold a secret.

The block is looked at as a whole, one rare character or short regular expression at a time, because a look at each record
would cost more than everything else that is done to it. A suspect is innocent more often than not; an innocent here is not
looked at again, so each test errs on the side of suspicion.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

# Go escapes only & < > in ASCII; letters written as \u00xx exist only to hide a word from a screen like this.
_ESCAPED_LETTER = re.compile(rb"\\u00[4-7]")
# A regular expression that begins with one literal is searched at memory speed. "earer ", "asic " and the "VATE " of
# PRIVATE KEY, in any case, end in four letters of these classes and a space.
_CREDENTIAL_GAP = re.compile(rb" (?<=[aAvV][rRsSaA][eEiItT][rRcCeE] )")
_CREDENTIAL_WORDS = (b"earer", b"asic", b"ivate")
# The parameters of the Kubernetes API (meta/v1 ListOptions, GetOptions, CreateOptions, PatchOptions, DeleteOptions).
_PLAIN_QUERY = re.compile(
    rb"\?(?:(?:allowWatchBookmarks|continue|dryRun|fieldManager|fieldSelector|fieldValidation|force|gracePeriodSeconds|"
    rb"labelSelector|limit|orphanDependents|pretty|propagationPolicy|resourceVersion|resourceVersionMatch|sendInitialEvents|"
    rb"shardSelector|timeout|timeoutSeconds|verbose|watch)(?:=[^\"&\\?+;#]*+)?(?:\\u0026)?)*+\Z"
)
_SECRET_QUERY = re.compile(
    rb"(?:token|code|secret|password|state|assertion|verifier|samlre(?:sponse|quest))(?:=|%(?:25)*3d|\\u003d)|%(?:25)*(?:2e|2d|3f|5f|[46][1-9a-f]|[57][0-9a])[^=&]*(?:=|%(?:25)*3d)"
    rb"|earer|asic|private|eyj|\\u00[4-7]",
    re.IGNORECASE,
)
_BODY_WORDS = (b'"Secret', b'"secrets"', b"OAuth", b'"oauth', b"_token=")
# The address stands near the beginning of a record; further on, /secrets is where every pod mounts its token.
_ADDRESS_WORDS = (b"/secrets", b"/oauth")
_ADDRESS_REACH = 600
_TOKEN_KEY = re.compile(rb'"token\\*"\s*:')
_RAW_TOKEN_NAME = re.compile(
    rb"tokens(?:/(?!sha256~)|%|\.[a-z.]* \\\"(?!sha256~)|\",(?!\"(?:apiGroup|apiVersion)\"|\"name\":\"sha256~)|\?[^\"]*metadata)"
)
_TOKEN_GROUP = b"oauth.openshift.io"


def suspects(block: bytes, *, mask_exec: bool = False) -> list[int]:
    """Return the indexes of the lines in a block that deserve a close look, in order."""
    places = [*_bodies(block), *_queries(block, mask_exec=mask_exec), *_web_tokens(block), *_credentials(block)]
    places += _token_names(block)
    places += [match.start() for match in _ESCAPED_LETTER.finditer(block)]
    if not places:
        return []
    ends = list(accumulate(len(line) + 1 for line in block.split(b"\n")))
    return sorted({bisect_right(ends, place) for place in places})


def _line(block: bytes, place: int) -> tuple[int, int]:
    begin = block.rfind(b"\n", 0, place) + 1
    end = block.find(b"\n", place)
    return begin, end if end >= 0 else len(block)


def _bodies(block: bytes) -> Iterator[int]:
    """Find records with a request or response body that mentions what a body rule knows."""
    place = block.find(b"O")
    while place >= 0:
        if block.startswith(b'Object"', place) and block[place - 1] in b"te":
            begin, end = _line(block, place)
            line = block[begin:end]
            if _names_a_rule(line):
                yield place
            place = end
        place = block.find(b"O", place + 1)


def _names_a_rule(line: bytes) -> bool:
    head = line[:_ADDRESS_REACH]
    return any(word in head for word in _ADDRESS_WORDS) or any(word in line for word in _BODY_WORDS) or _TOKEN_KEY.search(line) is not None


def _queries(block: bytes, *, mask_exec: bool) -> Iterator[int]:
    """Find addresses whose parameters are not all known to be harmless."""
    place = block.find(b"?")
    while place >= 0:
        end = block.find(b'"', place)
        end = end if end >= 0 else len(block)
        query = block[place:end]
        if not _PLAIN_QUERY.match(query) and (_SECRET_QUERY.search(query) or (mask_exec and b"command" in query.lower())):
            yield place
        place = block.find(b"?", end)


def _web_tokens(block: bytes) -> Iterator[int]:
    place = block.find(b"J")
    while place >= 0:
        if block[place - 1] == ord("y") and block[place - 2] == ord("e"):
            yield place
        place = block.find(b"J", place + 1)


def _credentials(block: bytes) -> Iterator[int]:
    """Find Bearer, Basic and PRIVATE before a space, or before a percent sign that may begin an encoded one."""
    for match in _CREDENTIAL_GAP.finditer(block):
        if block[match.start() - 5 : match.start()].lower().endswith(_CREDENTIAL_WORDS):
            yield match.start()
    place = block.find(b"%")
    while place >= 0:
        if block[place - 5 : place].lower().endswith(_CREDENTIAL_WORDS):
            yield place
        place = block.find(b"%", place + 1)


def _token_names(block: bytes) -> Iterator[int]:
    place = block.find(_TOKEN_GROUP)
    while place >= 0:
        begin, end = _line(block, place)
        if _RAW_TOKEN_NAME.search(block, begin, end):
            yield place
        place = block.find(_TOKEN_GROUP, end)
