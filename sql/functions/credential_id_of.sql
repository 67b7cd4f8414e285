-- credential_id_of(extra): the platform's own id of the credential: X509SHA256=…, JTI=…, an AWS access key id; empty where it gives none.
CREATE OR REPLACE FUNCTION credential_id_of AS (extra) ->
    if(mapContains(extra, 'authentication.kubernetes.io/credential-id'),
        extra['authentication.kubernetes.io/credential-id'][1],
        extra['accessKeyId'][1])
