-- title: A packed file
-- question: Which rows does a Parquet file of evidence hold, in its order?
-- param path: the file
-- param structure: names and types of its columns
SELECT *
FROM file({path:String}, 'Parquet', {structure:String})
SETTINGS
    max_threads = 1,
    input_format_parquet_preserve_order = 1
