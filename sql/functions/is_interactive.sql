-- is_interactive(user_agent): whether the program named by the user agent is one that a person sits in front of.
CREATE OR REPLACE FUNCTION is_interactive AS (user_agent) ->
    dictGetOrDefault('client_rules_dictionary', 'interactive', user_agent, false)
