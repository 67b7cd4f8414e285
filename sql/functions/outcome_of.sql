-- outcome_of(stage, code): what became of the request.
CREATE OR REPLACE FUNCTION outcome_of AS (stage, code) ->
    multiIf(
        stage = 'Panic', 'server-error',
        code = 0, 'in-progress',
        code < 400, 'success',
        code = 401, 'unauthenticated',
        code = 403, 'forbidden',
        code = 404, 'not-found',
        code = 409, 'conflict',
        code = 422, 'invalid',
        code = 429, 'throttled',
        code < 500, 'client-error',
        'server-error')
