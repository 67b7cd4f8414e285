-- title: Volumes of a storage policy
-- question: Which volumes does the server have under this storage policy?
-- param policy: name of the storage policy
SELECT volume_name
FROM system.storage_policies
WHERE policy_name = {policy:String}
