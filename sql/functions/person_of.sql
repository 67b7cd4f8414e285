-- person_of(name): the identity that a name means. kubeadmin is what is typed for the bootstrap administrator, kube:admin what the platform
-- calls it in tokens and events: one identity. Where kubeadmin is a user of htpasswd (OpenShift Local), the typed name looks the same and nothing
-- else in the record tells them apart; there kube:admin does not exist, so calling both kube:admin joins nobody with somebody else.
CREATE OR REPLACE FUNCTION person_of AS (name) ->
    if(name = 'kubeadmin', 'kube:admin', name)
