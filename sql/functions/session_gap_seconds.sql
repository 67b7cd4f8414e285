-- session_gap_seconds(): the configured session_gap, in seconds.
CREATE OR REPLACE FUNCTION session_gap_seconds AS () ->
    toUInt32(dictGetOrDefault('settings_dictionary', 'value', 'session_gap_seconds', '28800'))
