-- title: Raw text
-- question: What may an auditor not see? The text of records with the bodies of requests, which the typed columns do without.
-- each: table
REVOKE SELECT(raw) ON $database.$table FROM auditradar_auditor;
