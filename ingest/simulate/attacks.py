"""Stories of people who have no business here: scans, sprayed tokens, stolen credentials, forged headers."""

from collections.abc import Iterator

from auditradar.ingest.simulate.answers import UNAUTHORIZED, UNAUTHORIZED_PROBE, anonymous_refused
from auditradar.ingest.simulate.api import Answer, Call, Target, call, visit
from auditradar.ingest.simulate.clock import MINUTE, SECOND
from auditradar.ingest.simulate.commands import SWITCHED, stream, target_of
from auditradar.ingest.simulate.flavours import FLAVOURS
from auditradar.ingest.simulate.identity import ANONYMOUS, NOBODY, service_account
from auditradar.ingest.simulate.inventory import NAMESPACES, Inventory
from auditradar.ingest.simulate.plan import Plan
from auditradar.ingest.simulate.staff import TRUSTED_PROXY, Staff
from auditradar.ingest.simulate.story import Story, Teller, Who, caller

_EDIT = 'RBAC: allowed by ClusterRoleBinding "developers" of ClusterRole "edit" to Group "developers"'


def targets(count: int) -> list[Target]:
    """List things an intruder wants, round and round."""
    wanted = ("secrets", "pods", "configmaps", "serviceaccounts", "services")
    return [Target(wanted[n % len(wanted)], NAMESPACES[n % len(NAMESPACES)]) for n in range(count)]


class Attacks:
    """Tell what comes from outside."""

    def __init__(self, plan: Plan, staff: Staff, things: Inventory) -> None:
        self._plan = plan
        self._staff = staff
        self._things = things
        self._kubectl = FLAVOURS[plan.platform].kubectl("linux/amd64")
        self._anonymous = FLAVOURS[plan.platform].anonymous

    def stories(self) -> Iterator[Story]:
        """Tell all of them."""
        yield self._stolen_certificate()
        yield self._spraying()
        yield self._failure_then_success()
        yield self._scanner()
        yield self._forged_header()
        yield self._token_outside()

    def _stolen_certificate(self) -> Story:
        """Let somebody else use the first person's credential at three in the morning."""
        teller = Teller(self._plan, "stolen-credential")
        at = teller.moment(2, 3.1)
        pod = teller.dice.pick(self._things.pods)
        query = f"command=sh&container={pod.workload}&stdin=true&stdout=true&tty=true"
        calls = [call("list", Target("secrets", space), "limit=500") for space in NAMESPACES]
        calls += [call("get", Target("secrets", space, f"{space}-database")) for space in NAMESPACES]
        calls.append(stream("get", target_of(pod, "exec"), query, 11 * MINUTE, SWITCHED))
        client = caller(self._kubectl, "kubectl", "192.0.2.44")
        requests = teller.ask(at, 9 * SECOND, calls, Who(self._staff.certificate("alice")(at), client, _EDIT))
        sentence = "The credential of alice is used from a foreign address at 03:00: secrets are read, a shell is opened."
        return Story("stolen-credential", sentence, requests)

    def _spraying(self) -> Story:
        """Let one address try tokens on many targets, then none at all."""
        teller = Teller(self._plan, "token-spraying")
        client = caller("curl/8.14.1", "api-token", "192.0.2.13")
        at = teller.moment(3, 1.4)
        tried = [call("list", target).answered(UNAUTHORIZED) for target in targets(60)]
        requests = teller.ask(at, 8 * SECOND, tried, Who(NOBODY, client))
        if self._anonymous:
            bare = [call("list", target).answered(anonymous_refused("list", target)) for target in targets(12)]
            requests += teller.ask(requests[-1].at + MINUTE, 4 * SECOND, bare, Who(ANONYMOUS, client))
        return Story("token-spraying", "One address tries tokens against many targets, then goes on without any.", requests)

    def _failure_then_success(self) -> Story:
        """Let somebody find a token that works after some that do not."""
        teller = Teller(self._plan, "failure-then-success")
        client = caller(self._kubectl, "kubectl", "192.0.2.77")
        at = teller.moment(1, 22.3)
        wrong = [call("list", Target("pods", "payments"), "limit=500").answered(UNAUTHORIZED) for _ in range(7)]
        requests = teller.ask(at, 5 * SECOND, wrong, Who(NOBODY, client))
        after = requests[-1].at + 20 * SECOND
        found = [call("list", Target("pods", "payments"), "limit=500"), call("list", Target("secrets", "payments"), "limit=500")]
        requests += teller.ask(after, 5 * SECOND, found, Who(self._staff.token("bob")(after), client, _EDIT))
        return Story("failure-then-success", "Seven refused tokens from a new address, then one of bob's that is accepted.", requests)

    def _scanner(self) -> Story:
        """Let a scanner look for an open API server; its health checks are no failed attempts."""
        teller = Teller(self._plan, "anonymous-scan")
        client = caller("Mozilla/5.0 zgrab/0.x", "web-console", "192.0.2.99")
        wanted = [Target("secrets", "kube-system"), Target("pods"), Target("namespaces"), Target("nodes")]
        version, health, root = visit("/version"), visit("/healthz"), visit("/", "head")
        if self._anonymous:
            calls = [version, health, root.answered(_refused_path())]
            calls += [call("list", target).answered(anonymous_refused("list", target)) for target in wanted]
        else:
            calls = [version.answered(UNAUTHORIZED), health.answered(UNAUTHORIZED_PROBE), root.answered(UNAUTHORIZED_PROBE)]
            calls += [call("list", target).answered(UNAUTHORIZED) for target in wanted]
        who = Who(ANONYMOUS if self._anonymous else NOBODY, client)
        requests = teller.ask(teller.moment(4, 14.7), SECOND, calls, who)
        return Story("anonymous-scan", "A scanner asks for everything without credentials.", requests)

    def _forged_header(self) -> Story:
        """Let somebody write addresses of the cluster in front of their own, directly and through the load balancer."""
        teller = Teller(self._plan, "forged-address")
        forged = ("10.0.1.2", "127.0.0.1")
        direct = caller("curl/8.14.1", "api-token", "192.0.2.200", forged)
        behind = caller("curl/8.14.1", "api-token", "192.0.2.200", forged, TRUSTED_PROXY)
        at = teller.moment(5, 11.2)
        calls = [call("list", target).answered(UNAUTHORIZED) for target in targets(5)]
        requests = teller.ask(at, SECOND, calls, Who(NOBODY, direct))
        requests += teller.ask(requests[-1].at + SECOND, SECOND, calls, Who(NOBODY, behind))
        return Story("forged-address", "Refused requests whose X-Forwarded-For claims addresses of the control plane.", requests)

    def _token_outside(self) -> Story:
        """Let a pod's token be used with kubectl from outside the cluster."""
        teller = Teller(self._plan, "token-outside")
        at = teller.moment(6, 4.6)
        pod = next(pod for pod in self._things.pods if pod.namespace == "reports")
        bound = (("authentication.kubernetes.io/pod-name", (pod.name,)), ("authentication.kubernetes.io/pod-uid", (pod.uid,)))
        identity = service_account("reports", "nightly", teller.dice.uuid(), teller.dice.uuid(), bound)
        calls: list[Call] = [call("create", Target("selfsubjectrulesreviews", group="authorization.k8s.io")).answered(Answer(201))]
        calls += [call("list", Target("secrets", "reports"), "limit=500"), call("list", Target("pods", "reports"), "limit=500")]
        requests = teller.ask(at, 12 * SECOND, calls, Who(identity, caller(self._kubectl, "kubectl", "192.0.2.55")))
        return Story("token-outside", "The token of a pod's service account is used with kubectl from outside the cluster.", requests)


def _refused_path() -> Answer:
    """Refuse a path to nobody in particular, of a request that is only a health probe."""
    words = 'forbidden: User "system:anonymous" cannot head path "/"'
    return Answer(403, "forbidden", "Forbidden", words, "forbid")
