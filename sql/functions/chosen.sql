-- chosen(text): the values of a dashboard variable, handed over as Grafana's percentencode writes it: one value as it is, several as {a,b}.
-- Percent-encoding keeps every character out of the SQL text; the other formats leave backslashes as they are.
CREATE OR REPLACE FUNCTION chosen AS (text) ->
    splitByChar(',', replaceRegexpOne(decodeURLComponent(text), '(?s)^\\{(.*)\\}$', '\\1'))
