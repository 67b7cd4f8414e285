"""Stories of people and machines that belong here: break-glass, new power, refused curiosity, expired tokens."""

from collections.abc import Iterator
from dataclasses import replace

from auditradar.ingest.simulate.answers import UNAUTHORIZED, forbidden, impersonation_refused
from auditradar.ingest.simulate.api import Target, call
from auditradar.ingest.simulate.bodies import cluster_role_binding
from auditradar.ingest.simulate.clock import SECOND
from auditradar.ingest.simulate.commands import CREATED
from auditradar.ingest.simulate.dice import Dice
from auditradar.ingest.simulate.flavours import FLAVOURS
from auditradar.ingest.simulate.identity import NOBODY, Identity, aws_session, certificate
from auditradar.ingest.simulate.inventory import CONTROL_PLANE, Inventory
from auditradar.ingest.simulate.plan import Plan
from auditradar.ingest.simulate.staff import Staff
from auditradar.ingest.simulate.story import Story, Teller, Who, caller

_RBAC = "rbac.authorization.k8s.io"


class Incidents:
    """Tell what happens inside."""

    def __init__(self, plan: Plan, staff: Staff, things: Inventory) -> None:
        self._plan = plan
        self._staff = staff
        self._things = things
        self._flavour = FLAVOURS[plan.platform]
        self._kubectl = self._flavour.kubectl("linux/amd64")

    def stories(self) -> Iterator[Story]:
        """Tell all of them."""
        yield self._break_glass()
        yield self._expired_storm()
        yield self._new_cluster_admin()
        yield self._refused_impersonation()
        yield self._curiosity()
        yield self._namespace_deleted()

    def _break_glass(self) -> Story:
        """Use the administrator's own credential once, at night, on a control-plane host."""
        teller = Teller(self._plan, "break-glass")
        at = teller.moment(1, 2.25)
        calls = [
            call("list", Target("nodes"), "limit=500"),
            call("list", Target("pods", "kube-system"), "limit=500"),
            call("delete", Target("pods", "kube-system", "coredns-6f6b679f8f-x2k4q"), writes=True),
        ]
        requests = teller.ask(at, 40 * SECOND, calls, Who(self._administrator(), caller(self._kubectl, "kubectl", CONTROL_PLANE[0])))
        return Story("break-glass", "The built-in administrator is used at night on a control-plane host.", requests)

    def _administrator(self) -> Identity:
        """Give the credential that the platform is born with."""
        if self._flavour.people == "shared-admin":
            return self._staff.certificate("administrator")(self._plan.first)
        if self._flavour.people == "aws":
            return aws_session("kubernetes-admin", ("system:masters",), "breakglass", "ASIAEXAMPLEBREAKGLASS")
        return certificate("kubernetes-admin", ("kubeadm:cluster-admins",), Dice(self._plan.seed, "kubernetes-admin"))

    def _expired_storm(self) -> Story:
        """Let one controller go on with an expired token: hundreds of 401 within a minute."""
        teller = Teller(self._plan, "expired-token-storm")
        pod = self._things.place(Dice(self._plan.seed, "storm"), "kube-system", "calico-kube-controllers")
        client = caller("calico-kube-controllers/v3.30.3", "other", pod.address)
        wanted = Target("ippools", group="crd.projectcalico.org")
        refused = [call("list", wanted, "limit=500").answered(UNAUTHORIZED)] * teller.dice.between(260, 340)
        requests = teller.ask(teller.moment(2, 10.5), SECOND // 6, refused, Who(NOBODY, client))
        sentence = "A controller goes on with an expired token: hundreds of refusals within a minute, and no attack."
        return Story("expired-token-storm", sentence, requests)

    def _new_cluster_admin(self) -> Story:
        """Give somebody all rights, with the body in the log."""
        teller = Teller(self._plan, "new-cluster-admin")
        at = teller.moment(3, 19.8)
        body = cluster_role_binding("temporary-access", "cluster-admin", "mallory@example.com")
        asked = call("create", Target("clusterrolebindings", group=_RBAC), "fieldManager=kubectl-create", writes=True).answered(CREATED)
        bind = replace(asked, level="RequestResponse", sent=body, returned=body)
        identity = self._staff.certificate("ken")(at)
        requests = teller.ask(at, SECOND, [bind], Who(identity, caller(self._kubectl, "kubectl", "198.51.100.30")))
        return Story("new-cluster-admin", "A new binding makes mallory@example.com cluster-admin, in the evening.", requests)

    def _refused_impersonation(self) -> Story:
        """Try to act as the administrator, and be refused before authorization is asked."""
        teller = Teller(self._plan, "refused-impersonation")
        at = teller.moment(2, 15.2)
        identity = self._staff.token("erin")(at)
        refused = impersonation_refused(identity.actor, "kubernetes-admin")
        calls = [call("list", target).answered(refused) for target in (Target("secrets", "kube-system"), Target("nodes"))]
        requests = teller.ask(at, 15 * SECOND, calls, Who(identity, caller(self._kubectl, "kubectl", "203.0.113.14")))
        return Story("refused-impersonation", "Somebody tries --as=kubernetes-admin and may not.", requests)

    def _curiosity(self) -> Story:
        """Ask for the secrets of every system namespace, and be refused each time."""
        teller = Teller(self._plan, "refused-sweep")
        at = teller.moment(4, 16.1)
        identity = self._staff.certificate("dave")(at)
        wanted = [Target("secrets", space) for space in ("kube-system", "vault", "cert-manager", "argocd", "monitoring", "payments")]
        calls = [call("list", target, "limit=500").answered(forbidden(identity.actor, "list", target)) for target in wanted]
        requests = teller.ask(at, 6 * SECOND, calls, Who(identity, caller(self._kubectl, "kubectl", "203.0.113.13")))
        return Story("refused-sweep", "A known user asks for the secrets of namespace after namespace and is refused.", requests)

    def _namespace_deleted(self) -> Story:
        """Delete a namespace that is in use."""
        teller = Teller(self._plan, "namespace-deleted")
        at = teller.moment(4, 17.9)
        calls = [call("delete", Target("namespaces", name="staging"), writes=True), call("get", Target("namespaces", name="staging"))]
        client = caller(self._kubectl, "kubectl", "203.0.113.11")
        requests = teller.ask(at, 8 * SECOND, calls, Who(self._staff.token("bob")(at), client))
        return Story("namespace-deleted", "A namespace that is in use is deleted at the end of the day.", requests)
