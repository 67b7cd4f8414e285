-- title: Rows by cluster
-- question: Who sees the rows of which cluster? Once a table has a policy for anybody, ClickHouse shows it whole to all whom none names
-- (users_without_row_policies_can_read_rows); the last policy closes that, whatever the server is set to.
-- each: table
CREATE ROW POLICY OR REPLACE auditradar_everything ON $database.$table USING 1 TO $everything;

CREATE ROW POLICY OR REPLACE auditradar_nothing ON $database.$table USING 0 TO ALL EXCEPT $everything;
