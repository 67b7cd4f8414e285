-- person_key_of(name): what the names of one person at an identity provider and in the cluster have in common: the prefix that the API server puts
-- before OIDC names (oidc:alice, https://issuer.example/#alice) is dropped. Names of the system keep theirs.
CREATE OR REPLACE FUNCTION person_key_of AS (name) ->
    if(
        match(name, '^(system|kube|eks|arn):'),
        name,
        lower(replaceRegexpOne(name, '^(.*#|[a-zA-Z0-9_-]+:)', '')))
