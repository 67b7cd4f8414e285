-- title: A setting of the store
-- question: What value has the store for this setting?
-- param name: key of the setting
SELECT value
FROM settings
WHERE name = {name:String}
