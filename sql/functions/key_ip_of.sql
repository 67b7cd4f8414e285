-- key_ip_of(credential_kind, credential_id, client_ip): the address part of the session key; empty for an AWS access key, which is a session by itself.
CREATE OR REPLACE FUNCTION key_ip_of AS (credential_kind, credential_id, client_ip) ->
    if(credential_kind = 'eks-iam' AND credential_id != '', '', client_ip)
