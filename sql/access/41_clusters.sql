-- title: Rows of the clusters of one user
-- question: Which clusters may this user see?
-- each: table and user
CREATE ROW POLICY OR REPLACE auditradar_$user ON $database.$table USING cluster IN ($clusters) TO $user;
