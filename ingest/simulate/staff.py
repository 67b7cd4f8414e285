"""Who works with the cluster: invented people, each with a habit that the derivations must get right."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from auditradar.ingest.simulate.api import Answer, Call, Target, call
from auditradar.ingest.simulate.clock import DAY, HOUR, MINUTE
from auditradar.ingest.simulate.commands import BROWSER, HELM, K9S, KUBECTL, TERRAFORM
from auditradar.ingest.simulate.dice import Dice
from auditradar.ingest.simulate.flavours import FLAVOURS
from auditradar.ingest.simulate.identity import Identity, aws_session, certificate, oidc_token, service_account
from auditradar.ingest.simulate.inventory import Inventory
from auditradar.ingest.simulate.people import Person, Tool
from auditradar.ingest.simulate.plan import Plan
from auditradar.ingest.simulate.source import ISSUED_ID
from auditradar.ingest.simulate.tokens import Tokens
from auditradar.ingest.simulate.workdays import Rhythm

TRUSTED_PROXY = "10.0.0.10"
_NAMES = (
    *("alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi", "ivan", "judy", "ken", "laura"),
    *("mike", "nina", "olivia", "peggy", "quentin", "rupert", "sybil", "trent", "ursula", "victor", "wendy", "xavier"),
)
_FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
_K9S = "k9s/v0.50.9 (linux/amd64) kubernetes/$Format"
_DEVELOPERS = ("developers",)

Wallet = Callable[[int], Identity]


class Staff:
    """Hire people for a plan: person number n has habit n modulo twelve."""

    def __init__(self, plan: Plan, things: Inventory) -> None:
        self._plan = plan
        self._flavour = FLAVOURS[plan.platform]
        pod = things.place(Dice(plan.seed, "dashboard"), "headlamp", "headlamp")
        self._dashboard = Tokens(plan.seed, pod, "headlamp")

    def people(self) -> list[Person]:
        """Hire everybody."""
        hires = (
            *(self._mover, self._office, self._two_credentials, self._k9s, self._helm, self._dashboard_user),
            *(self._terraform, self._borrower, self._on_call, self._dashboard_user, self._platform_admin, self._scripter),
        )
        return [hires[number % len(hires)](number) for number in range(self._plan.people)]

    def certificate(self, name: str) -> Wallet:
        """Give a client certificate; on k3s everybody copies the one admin certificate, on EKS people use IAM."""
        if self._flavour.people == "aws":
            return self._iam(name)
        if self._flavour.people == "shared-admin":
            shared = certificate("system:admin", ("system:masters",), Dice(self._plan.seed, "k3s-admin"))
            return lambda _: shared
        own = certificate(name, _DEVELOPERS, Dice(self._plan.seed, "certificate", name))
        return lambda _: own

    def token(self, name: str) -> Wallet:
        """Give OIDC tokens, a new one every 30 minutes; on EKS people use IAM."""
        if self._flavour.people == "aws":
            return self._iam(name)
        seed = self._plan.seed
        return lambda at: oidc_token(f"{name}@example.com", _DEVELOPERS, Dice(seed, "jti", name, at // (30 * MINUTE)).uuid())

    def _iam(self, name: str) -> Wallet:
        """Give STS sessions of twelve hours, from 5 to 17 and over night."""
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
        seed = self._plan.seed

        def session(at: int) -> Identity:
            key = Dice(seed, "sts", name, (at - 5 * HOUR) // (12 * HOUR)).letters(9, letters)
            return aws_session(name, _DEVELOPERS, name, f"ASIAEXAMPLE{key}")

        return session

    def _kubectl(self, wallet: Wallet, system: str = "darwin/arm64") -> Tool:
        """Take kubectl."""
        return Tool(self._flavour.kubectl(system), "kubectl", KUBECTL, wallet)

    def _hire(self, number: int, habit: str, tools: tuple[Tool, ...], rhythm: Rhythm = "office") -> Person:
        """Give a person a desk at one of five office addresses and one at home."""
        office, home = f"203.0.113.{10 + number % 5}", f"198.51.100.{20 + number % 230}"
        actor = (tools[0].acting_as or tools[0].identity(self._plan.first)).actor
        return Person(self._name(number), actor, habit, rhythm, tools, office, home)

    @staticmethod
    def _name(number: int) -> str:
        """Name person n; after the list has run out with a number."""
        turn = number // len(_NAMES)
        return _NAMES[number % len(_NAMES)] + (str(turn + 1) if turn else "")

    def _mover(self, number: int) -> Person:
        """Hire somebody with two addresses a day."""
        tool = self._kubectl(self.certificate(self._name(number)))
        return self._hire(number, "kubectl with a client certificate; mornings at home, afternoons in the office", (tool,), "mover")

    def _office(self, number: int) -> Person:
        """Hire somebody whose token ids change."""
        tool = self._kubectl(self.token(self._name(number)), "linux/amd64")
        return self._hire(number, "kubectl with OIDC; the token id changes every 30 minutes", (tool,))

    def _two_credentials(self, number: int) -> Person:
        """Hire somebody with two keys to one name."""
        name = self._name(number)
        own = Dice(self._plan.seed, "second certificate", name)
        second = certificate(f"{name}@example.com", _DEVELOPERS, own)
        wallet = self.certificate(name) if self._flavour.people == "aws" else lambda _: second
        tools = (self._kubectl(self.token(name)), Tool(_K9S, "other", K9S, wallet))
        return self._hire(number, "kubectl with OIDC and k9s with a certificate, under one name", tools)

    def _k9s(self, number: int) -> Person:
        """Hire somebody who watches."""
        wallet = self.certificate(self._name(number))
        person = self._hire(number, "k9s with a client certificate and long watches", (Tool(_K9S, "other", K9S, wallet),))
        # Whoever works on a k3s server itself appears with the loopback address.
        return replace(person, office="127.0.0.1") if self._flavour.people == "shared-admin" else person

    def _helm(self, number: int) -> Person:
        """Hire somebody behind the load balancer."""
        wallet = self.token(self._name(number))
        helm = Tool("Helm/3.18.4", "helm", HELM, wallet, proxy=TRUSTED_PROXY)
        tools = (helm, replace(self._kubectl(wallet), proxy=TRUSTED_PROXY))
        return self._hire(number, "Helm and kubectl with OIDC through the load balancer", tools)

    def _dashboard_user(self, number: int) -> Person:
        """Hire somebody who uses the dashboard."""
        acting_as = _bare(self.token(self._name(number))(self._plan.first))
        pod = self._dashboard.pod.address
        tool = Tool(_FIREFOX, "web-console", BROWSER, self._dashboard_account, acting_as=acting_as, pod=pod)
        return self._hire(number, "a browser on the dashboard, which impersonates its users", (tool,))

    def _dashboard_account(self, at: int) -> Identity:
        """Give the service account with which the dashboard asks for others."""
        return self._dashboard.identity(self._dashboard.epoch(at))

    def _terraform(self, number: int) -> Person:
        """Hire somebody who automates."""
        wallet = self.token(self._name(number))
        terraform = Tool("HashiCorp/1.0 Terraform/1.13.3", "terraform", TERRAFORM, wallet, proxy=TRUSTED_PROXY, forged="192.0.2.66")
        return self._hire(number, "Terraform through the load balancer, with a forged X-Forwarded-For", (terraform,))

    def _borrower(self, number: int) -> Person:
        """Hire somebody who borrows a service account."""
        name, seed = self._name(number), self._plan.seed
        jti = partial(_jti_of_day, seed, name)
        uid = Dice(seed, "borrowed account").uuid()
        tool = self._kubectl(lambda at: service_account("ops", "inspector", uid, jti(at)))
        person = self._hire(number, "kubectl on a laptop with a service account's token, made every morning", (tool,))
        own = self._kubectl(self.token(name))
        return replace(person, opening=lambda day: (own, _mint(jti(day))))

    def _on_call(self, number: int) -> Person:
        """Hire somebody for the night."""
        tool = self._kubectl(self.certificate(self._name(number)), "linux/amd64")
        return self._hire(number, "on call at night, with a client certificate", (tool,), "night")

    def _platform_admin(self, number: int) -> Person:
        """Hire somebody who may act as others."""
        wallet = self.certificate(self._name(number))
        other = oidc_token("bob@example.com", _DEVELOPERS, "unused")
        tools = (self._kubectl(wallet), self._kubectl(wallet), replace(self._kubectl(wallet), acting_as=_bare(other)))
        return self._hire(number, "kubectl with a client certificate, sometimes with --as", tools)

    def _scripter(self, number: int) -> Person:
        """Hire somebody whose script reuses its Audit-ID."""
        wallet = self.token(self._name(number))
        script = Tool("python-requests/2.32.5", "api-token", TERRAFORM, wallet, one_id=True)
        return self._hire(number, "a script that sends the same Audit-ID all day, and kubectl", (script, self._kubectl(wallet)))


def _bare(identity: Identity) -> Identity:
    """Give what `kubectl --as` says of the other: a name, and the group every authenticated user gets."""
    return replace(identity, user=f'{{"username":"{identity.actor}","groups":["system:authenticated"]}}')


def _jti_of_day(seed: int, name: str, at: int) -> str:
    """Give the id of the token that somebody makes for a day."""
    return Dice(seed, "borrowed", name, at // DAY).uuid()


def _mint(jti: str) -> Call:
    """Ask for a token of the service account: `kubectl create token`."""
    asked = call("create", Target("serviceaccounts", "ops", "inspector", subresource="token"), writes=True)
    return replace(asked.answered(Answer(201)), notes=((ISSUED_ID, f"JTI={jti}"),))
