-- title: Engine
-- question: Which engine holds the store?
SELECT version() AS engine_version
