-- reason_of_dead_token(owner, end, attempted_at): why a token was not accepted, by what the store knows of it; end is that of end_of_token.
CREATE OR REPLACE FUNCTION reason_of_dead_token AS (owner, end, attempted_at) ->
    multiIf(
        owner = '', 'unknown token',
        end.1 > attempted_at OR end.2 = 'open', 'the token is gone and no record says why',
        end.2 = 'logout', 'used after logout',
        end.2 = 'revoked', concat('used after it was revoked by ', end.3),
        'used after expiry')
