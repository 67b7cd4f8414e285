-- title: The newest rows of a view
-- question: How long does it take to see the newest hundred rows, whole?
-- param view: name of the view
-- param moment: its column of time
SELECT *
FROM {view:Identifier}
ORDER BY {moment:Identifier} DESC
LIMIT 100
