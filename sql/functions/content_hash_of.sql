-- content_hash_of(facts, raw): the first 128 bits of the SHA-256 of a record and of what the loader says of it (one line without a line break).
CREATE OR REPLACE FUNCTION content_hash_of AS (facts, raw) ->
    toFixedString(substring(SHA256(concat(facts, '\n', raw)), 1, 16), 16)
