-- actor_kind(actor): who a user name is; human unless a row of actor_rules says otherwise.
CREATE OR REPLACE FUNCTION actor_kind AS (actor) ->
    if(actor = '', 'unauthenticated', dictGetOrDefault('actor_rules_dictionary', 'actor_kind', actor, 'human'))
