-- is_privileged(groups, decision_reason): whether a request was made with all rights: by a group that may do everything, or because a binding
-- of the role cluster-admin allowed it.
CREATE OR REPLACE FUNCTION is_privileged AS (groups, decision_reason) ->
    hasAny(groups, ['system:masters', 'kubeadm:cluster-admins', 'system:cluster-admins'])
    OR position(decision_reason, 'ClusterRole "cluster-admin"') > 0
