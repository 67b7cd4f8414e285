"""What runs inside the cluster with a service account: DNS, metrics, GitOps, certificates, CI."""

from dataclasses import replace

from auditradar.ingest.simulate.answers import forbidden
from auditradar.ingest.simulate.api import Answer, Call, Target, call, visit
from auditradar.ingest.simulate.bodies import configmap, deployment
from auditradar.ingest.simulate.clock import SECOND
from auditradar.ingest.simulate.dice import Dice
from auditradar.ingest.simulate.flavours import Flavour
from auditradar.ingest.simulate.identity import certificate
from auditradar.ingest.simulate.inventory import Inventory
from auditradar.ingest.simulate.machines import Habit, Machine, lease, watching
from auditradar.ingest.simulate.tokens import TOKEN_LIFE, Tokens


class Operators:
    """Run the cluster's own services, each with its pod, its account and its habits."""

    def __init__(self, seed: int, flavour: Flavour, things: Inventory) -> None:
        self._seed = seed
        self._flavour = flavour
        self._things = things
        self._dice = Dice(seed, "operators")
        self.machines: list[Machine] = []

    def habits(self) -> list[Habit]:
        """List what all services do, and the tokens that kubelets ask for in their name."""
        work = [*self._dns(), *self._metrics(), *self._prometheus(), *self._argocd(), *self._flux(), *self._certificates()]
        work += [*self._continuous_integration(), *self._ingress(), *self._secrets()]
        return work + [self._renewal(machine) for machine in self.machines]

    def _service(self, namespace: str, name: str, agent: str) -> Machine:
        """Start a service in its own pod."""
        pod = self._things.place(self._dice, namespace, name)
        machine = Machine(Tokens(self._seed, pod, name), pod.address, agent)
        self.machines.append(machine)
        return machine

    def _allowed(self, asked: Call, role: str, account: str) -> Call:
        """Let RBAC allow a call and say why, as its authorizer does."""
        grant = f'RBAC: allowed by ClusterRoleBinding "{role}" of ClusterRole "{role}" to ServiceAccount "{account}"'
        return replace(asked, answer=replace(asked.answer, grant=grant))

    def _renewal(self, machine: Machine) -> Habit:
        """Let the pod's kubelet ask for the service account's next token."""
        tokens = machine.credential
        if not isinstance(tokens, Tokens):
            raise TypeError(f"{machine.agent} has no tokens to renew")
        node = tokens.pod.node
        identity = certificate(f"system:node:{node.name}", ("system:nodes",), Dice(self._seed, "node", node.name), "node")
        target = Target("serviceaccounts", tokens.pod.namespace, tokens.name, subresource="token")
        ask = call("create", target, writes=True).answered(Answer(201))
        return Habit(Machine(identity, node.address, self._flavour.component("kubelet")), ask, TOKEN_LIFE / SECOND, issues=tokens)

    def _dns(self) -> list[Habit]:
        """Watch services and endpoints as CoreDNS does."""
        dns = self._service("kube-system", "coredns", "coredns/v1.12.1 (linux/amd64) kubernetes/v0.33.2")
        slices = Target("endpointslices", group="discovery.k8s.io")
        return [
            Habit(dns, self._allowed(watching(self._dice, target), "system:coredns", "coredns/kube-system"), 60)
            for target in (slices, Target("services"), Target("namespaces"))
        ]

    def _metrics(self) -> list[Habit]:
        """Ask who may read metrics, as the metrics server does."""
        metrics = self._service("kube-system", "metrics-server", "metrics-server/v0.8.0 (linux/amd64) kubernetes/0bf8a8f")
        review = Target("subjectaccessreviews", group="authorization.k8s.io")
        asked = call("create", review, "timeout=10s").answered(Answer(201))
        allowed = self._allowed(asked, "system:auth-delegator", "metrics-server/kube-system")
        watch = self._allowed(watching(self._dice, Target("nodes")), "system:metrics-server", "metrics-server/kube-system")
        return [Habit(metrics, allowed, 15), Habit(metrics, watch, 120)]

    def _prometheus(self) -> list[Habit]:
        """Scrape and discover; one rule was never granted, and it asks again and again."""
        scraper = self._service("monitoring", "prometheus-k8s", "Prometheus/3.5.0")
        target = Target("ingresses", group="networking.k8s.io")
        refused = forbidden("system:serviceaccount:monitoring:prometheus-k8s", "list", target)
        return [
            Habit(scraper, self._allowed(visit("/metrics"), "prometheus-k8s", "prometheus-k8s/monitoring"), 15),
            Habit(scraper, self._allowed(watching(self._dice, Target("pods")), "prometheus-k8s", "prometheus-k8s/monitoring"), 60),
            Habit(scraper, call("list", target, "limit=500").answered(refused), 7200),
        ]

    def _argocd(self) -> list[Habit]:
        """Compare the cluster with Git, and put it right."""
        name = "argocd-application-controller"
        argo = self._service("argocd", name, f"{name}/v0.0.0 (linux/amd64) kubernetes/$Format")
        grant = (name, f"{name}/argocd")
        application = Target("applications", "argocd", "storefront", "argoproj.io", "v1alpha1")
        rollout = Target("deployments", "shop", "storefront", "apps")
        image = "registry.example.com/shop/storefront:4.18.2"
        patch = replace(
            call("patch", rollout, "fieldManager=argocd-controller", writes=True),
            level="RequestResponse",
            sent=deployment("shop", "storefront", image, 3),
            returned=deployment("shop", "storefront", image, 3),
        )
        return [
            Habit(argo, self._allowed(call("patch", application, writes=True), *grant), 20, all_stages=True, busy=True),
            Habit(argo, self._allowed(call("list", Target("deployments", group="apps"), "limit=500"), *grant), 30, all_stages=True),
            Habit(argo, self._allowed(watching(self._dice, Target("deployments", group="apps")), *grant), 60),
            Habit(argo, self._allowed(patch, *grant), 60, all_stages=True, busy=True),
        ]

    def _flux(self) -> list[Habit]:
        """Reconcile as Flux's source controller does."""
        flux = self._service("flux-system", "source-controller", "source-controller/v0.0.0 (linux/amd64) kubernetes/$Format")
        grant = ("crd-controller-flux-system", "source-controller/flux-system")
        repository = Target("gitrepositories", "flux-system", "platform", "source.toolkit.fluxcd.io", "v1", "status")
        report = call("patch", repository, "fieldManager=gotk-source-controller", writes=True)
        return [
            Habit(flux, self._allowed(report, *grant), 60, all_stages=True),
            Habit(flux, self._allowed(lease("flux-system", "source-controller-leader-election"), *grant), 10),
        ]

    def _certificates(self) -> list[Habit]:
        """Renew certificates as cert-manager does, and sometimes be told to come later."""
        manager = self._service("cert-manager", "cert-manager", "cert-manager-controller/v1.18.2 (linux/amd64) cert-manager/7a3c9e1")
        grant = ("cert-manager-controller-certificates", "cert-manager/cert-manager")
        certificate_status = Target("certificates", "shop", "storefront-tls", "cert-manager.io", "v1", "status")
        later = Answer(429, "throttled", "TooManyRequests", "The request has been throttled, please try again later", decision="")
        return [
            Habit(manager, self._allowed(lease("cert-manager", "cert-manager-controller"), *grant), 5),
            Habit(manager, self._allowed(call("update", certificate_status, writes=True), *grant), 300),
            Habit(manager, call("list", Target("secrets"), "limit=500").answered(later), 1800),
        ]

    def _continuous_integration(self) -> list[Habit]:
        """Deploy from a pipeline that runs in the cluster."""
        pipeline = self._service("ci", "deployer", "Go-http-client/2.0")
        grant = ("ci-deployer", "deployer/ci")
        settings = Target("configmaps", "staging", "checkout-settings")
        change = replace(call("update", settings, writes=True), level="RequestResponse", sent=configmap("staging", "checkout-settings", 60))
        rollout = call("patch", Target("deployments", "staging", "checkout", "apps"), "fieldManager=deployer", writes=True)
        look = call("get", Target("deployments", "staging", "checkout", "apps"))
        return [
            Habit(pipeline, self._allowed(look, *grant), 60, all_stages=True, busy=True),
            Habit(pipeline, self._allowed(rollout, *grant), 180, all_stages=True, busy=True),
            Habit(pipeline, self._allowed(change, *grant), 120, all_stages=True, busy=True),
        ]

    def _ingress(self) -> list[Habit]:
        """Elect a leader and watch ingresses."""
        ingress = self._service("ingress-nginx", "ingress-nginx", "nginx-ingress-controller/v1.13.2 (linux/amd64) ingress-nginx/b1e4d2c")
        grant = ("ingress-nginx", "ingress-nginx/ingress-nginx")
        target = Target("ingresses", group="networking.k8s.io")
        return [
            Habit(ingress, self._allowed(lease("ingress-nginx", "ingress-nginx-leader"), *grant), 5),
            Habit(ingress, self._allowed(watching(self._dice, target), *grant), 90),
        ]

    def _secrets(self) -> list[Habit]:
        """Copy secrets from a vault; at level Metadata their contents are never logged."""
        vault = self._service("external-secrets", "external-secrets", "external-secrets/v0.0.0 (linux/amd64) kubernetes/$Format")
        grant = ("external-secrets-controller", "external-secrets/external-secrets")
        secret = Target("secrets", "payments", "gateway-credentials")
        return [
            Habit(vault, self._allowed(call("get", secret), *grant), 60),
            Habit(vault, self._allowed(call("update", secret, writes=True), *grant), 900),
        ]
