-- is_denied(code, decision): refused by authorization: a 403 with decision forbid, or with none (a refused impersonation). A 403 that was
-- allowed first came from admission or quota.
CREATE OR REPLACE FUNCTION is_denied AS (code, decision) ->
    code = 403 AND decision IN ('forbid', '')
