-- target_of(verb, resource, subresource, namespace, name, request_uri): what was asked for, in words: "list pods in default".
CREATE OR REPLACE FUNCTION target_of AS (verb, resource, subresource, namespace, name, request_uri) ->
    if(resource = '',
        concat(verb, ' ', cutQueryString(request_uri)),
        concat(
            verb, ' ', resource,
            if(subresource = '', '', concat('/', subresource)),
            if(name = '', '', concat(' ', name)),
            if(namespace = '', '', concat(' in ', namespace))))
