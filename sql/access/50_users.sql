-- title: Users
-- question: Who has which role?
-- each: user
CREATE USER IF NOT EXISTS $user IDENTIFIED WITH sha256_hash BY '$hash' SALT '$salt' DEFAULT ROLE auditradar_$role;
