-- title: Roles of users
-- question: Who has which role?
-- each: user
GRANT auditradar_$role TO $user;

SET DEFAULT ROLE auditradar_$role TO $user;
