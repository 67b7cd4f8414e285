-- title: All rows of a view
-- question: How long does it take to go through the whole view?
-- param view: name of the view
SELECT count()
FROM {view:Identifier}
