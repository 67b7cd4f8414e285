-- key_credential_of(credential_kind, credential_id): the part of the credential that belongs to the session key. A token id changes at every
-- refresh and a refresh is no login, so the ids of tokens are left out.
CREATE OR REPLACE FUNCTION key_credential_of AS (credential_kind, credential_id) ->
    if(credential_kind IN ('x509', 'eks-iam'), credential_id, '')
