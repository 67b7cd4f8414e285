-- platforms(): all platforms, the strongest evidence first: what an event can show by accident comes last.
CREATE OR REPLACE FUNCTION platforms AS () ->
    ['openshift', 'eks', 'gke', 'aks', 'rke2', 'k3s', 'kubernetes']
