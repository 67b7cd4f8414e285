-- line_id_of(raw): identity of a line of an identity provider or a proxy: made of its record, so that it is the same in every copy and cut of its file.
CREATE OR REPLACE FUNCTION line_id_of AS (raw) ->
    concat('line:', lower(hex(sipHash128(raw))))
