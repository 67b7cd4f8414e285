-- issued_credential_of(annotations): the id of the token that a TokenRequest issued, in both spellings (renamed in Kubernetes 1.30); empty before
-- 1.29.
CREATE OR REPLACE FUNCTION issued_credential_of AS (annotations) ->
    if(annotations['authentication.kubernetes.io/issued-credential-id'] != '',
        annotations['authentication.kubernetes.io/issued-credential-id'],
        annotations['authentication.k8s.io/issued-credential-id'])
