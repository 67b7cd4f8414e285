-- is_break_glass(actor): administrators that carry no person's name: whoever has the file or the password can be them.
CREATE OR REPLACE FUNCTION is_break_glass AS (actor) ->
    actor IN (
        'kubernetes-admin',
        'kubernetes-super-admin',
        'system:admin',
        'kube:admin',
        'kubeadmin',
        'masterclient',
        'minikube-user',
        'docker-for-desktop')
