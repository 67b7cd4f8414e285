-- is_named(name, wanted): whether a name is the wanted one, whole; * in the wanted one stands for any text. What is empty matches nothing but
-- the empty name.
CREATE OR REPLACE FUNCTION is_named AS (name, wanted) ->
    name LIKE replaceAll(replaceRegexpAll(wanted, '([\\\\%_])', '\\\\\\1'), '*', '%')
