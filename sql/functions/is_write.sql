-- is_write(verb, resource, subresource): whether the request changes something in the cluster. Reviews only ask, and a connection into a
-- pod is a POST by protocol only.
CREATE OR REPLACE FUNCTION is_write AS (verb, resource, subresource) ->
    verb IN ('create', 'update', 'patch', 'delete', 'deletecollection')
    AND resource != ''
    AND NOT endsWith(resource, 'reviews')
    AND subresource NOT IN ('exec', 'attach', 'portforward', 'proxy')
