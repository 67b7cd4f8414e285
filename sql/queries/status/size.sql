-- title: Size on disk
-- question: How much room does the store take?
-- param database: name of the database
SELECT
    sum(bytes_on_disk) AS bytes_on_disk,
    sumIf(rows, table = 'events') AS stored_events,
    sumIf(data_uncompressed_bytes, table = 'events') AS event_bytes
FROM system.parts
WHERE database = {database:String}
    AND active
