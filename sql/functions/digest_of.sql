-- digest_of(entries): SHA-256 in hex of the entries of a part of a batch, each once, sorted, one a line: microseconds since 1970, key, rank, hash in hex.
CREATE OR REPLACE FUNCTION digest_of AS entries ->
    lower(hex(SHA256(arrayStringConcat(
        arrayMap(
            entry -> concat(
                toString(toUnixTimestamp64Micro(entry.1)),
                ' ',
                toString(entry.2),
                ' ',
                toString(entry.3),
                ' ',
                lower(hex(entry.4))),
            arraySort(arrayDistinct(entries))),
        '\n'))))
