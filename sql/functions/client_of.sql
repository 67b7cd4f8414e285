-- client_of(user_agent): the program that a user agent names; without a rule in client_rules its first word, at most 64 characters.
CREATE OR REPLACE FUNCTION client_of AS (user_agent) ->
    if(user_agent = '', '', coalesce(
        nullIf(dictGetOrDefault('client_rules_dictionary', 'client', user_agent, ''), ''),
        left(extract(user_agent, '^[^/\\s]*'), 64)))
