"""Objects that requests carry and return, for the kinds whose bodies the audit policy keeps."""

from auditradar.ingest.simulate.dice import Dice
from auditradar.ingest.simulate.text import body


def configmap(namespace: str, name: str, lines: int) -> str:
    """Write a ConfigMap with a file of that many lines."""
    settings = "".join(f"feature.{namespace}.{number}=enabled\n" for number in range(lines))
    meta = {"name": name, "namespace": namespace, "labels": {"app.kubernetes.io/managed-by": "platform-team"}}
    return body({"kind": "ConfigMap", "apiVersion": "v1", "metadata": meta, "data": {"application.properties": settings}})


def deployment(namespace: str, name: str, image: str, replicas: int) -> str:
    """Write a Deployment of one container."""
    labels = {"app.kubernetes.io/name": name, "app.kubernetes.io/part-of": namespace}
    probe = {"httpGet": {"path": "/healthz", "port": 8080, "scheme": "HTTP"}, "periodSeconds": 10, "failureThreshold": 3}
    container = {
        "name": name,
        "image": image,
        "ports": [{"name": "http", "containerPort": 8080, "protocol": "TCP"}],
        "resources": {"limits": {"memory": "512Mi"}, "requests": {"cpu": "100m", "memory": "256Mi"}},
        "readinessProbe": probe,
        "livenessProbe": probe,
        "imagePullPolicy": "IfNotPresent",
        "securityContext": {"runAsNonRoot": True, "allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}},
    }
    template = {"metadata": {"labels": labels}, "spec": {"containers": [container], "serviceAccountName": name, "restartPolicy": "Always"}}
    spec = {"replicas": replicas, "selector": {"matchLabels": labels}, "template": template, "revisionHistoryLimit": 10}
    meta = {"name": name, "namespace": namespace, "labels": labels}
    return body({"kind": "Deployment", "apiVersion": "apps/v1", "metadata": meta, "spec": spec})


def cluster_role_binding(name: str, role: str, user: str) -> str:
    """Write a ClusterRoleBinding of one user."""
    group = "rbac.authorization.k8s.io"
    subject = {"kind": "User", "apiGroup": group, "name": user}
    reference = {"apiGroup": group, "kind": "ClusterRole", "name": role}
    meta = {"name": name}
    return body({"kind": "ClusterRoleBinding", "apiVersion": f"{group}/v1", "metadata": meta, "subjects": [subject], "roleRef": reference})


def pod_status(dice: Dice) -> str:
    """Write the patch by which a kubelet reports that a pod is ready."""
    names = ("PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled")
    conditions = [{"type": name, "status": "True", "observedGeneration": 1, "lastTransitionTime": "2026-01-01T00:00:00Z"} for name in names]
    container = {
        "name": "storefront",
        "image": "registry.example.com/shop/storefront:4.18.2",
        "imageID": f"registry.example.com/shop/storefront@sha256:{dice.hexadecimal(64)}",
        "containerID": f"containerd://{dice.hexadecimal(64)}",
        "ready": True,
        "restartCount": dice.below(3),
        "started": True,
        "state": {"running": {"startedAt": "2026-01-01T00:00:00Z"}},
    }
    status = {"conditions": conditions, "containerStatuses": [container], "phase": "Running"}
    return body({"metadata": {"uid": dice.uuid()}, "status": status})
