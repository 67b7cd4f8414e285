-- is_session_actor(actor_kind, user_agent): whose requests make sessions: people, and service accounts that a person uses.
-- Which kinds count is set by session_kinds and interactive_session_kinds of the configuration.
CREATE OR REPLACE FUNCTION is_session_actor AS (kind, user_agent) ->
    has(splitByChar(',', dictGetOrDefault('settings_dictionary', 'value', 'session_kinds', 'human')), kind)
    OR (has(splitByChar(',', dictGetOrDefault('settings_dictionary', 'value', 'interactive_session_kinds', 'service-account')), kind)
        AND is_interactive(user_agent))
