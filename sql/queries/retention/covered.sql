-- title: Events of a hold
-- question: How many events does a hold cover, copies not counted?
-- param cluster: cluster of the hold; empty for all
-- param actor: actor of the hold; empty for everybody
-- param since: from this moment on
-- param until: before this moment
SELECT count()
FROM events
FINAL
WHERE is_held(
    cluster,
    [toString(actor), toString(impersonated_user)],
    requested_at,
    [({cluster:String}, {actor:String}, {since:DateTime64(6, 'UTC')}, {until:DateTime64(6, 'UTC')})])
