-- end_of_token(actor, deleted_at, deleted_by, expires_at, inactive_at): the earliest recorded or computed end of a token: when, why, by whom. Deleted by
-- its owner is a logout, by anybody else revoked. Nobody writes an event when a token expires. The year 2299 stands for never.
CREATE OR REPLACE FUNCTION end_of_token AS (actor, deleted_at, deleted_by, expires_at, inactive_at) ->
    arrayMin([
        tuple(
            coalesce(deleted_at, toDateTime64('2299-01-01 00:00:00', 6, 'UTC')),
            multiIf(deleted_at IS NULL, 'open', deleted_by = actor, 'logout', 'revoked'),
            if(deleted_at IS NULL, '', toString(deleted_by))),
        tuple(
            least(
                coalesce(expires_at, toDateTime64('2299-01-01 00:00:00', 6, 'UTC')),
                coalesce(inactive_at, toDateTime64('2299-01-01 00:00:00', 6, 'UTC'))),
            if(coalesce(expires_at, inactive_at) IS NULL, 'open', 'expired'),
            '')])
