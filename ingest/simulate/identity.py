"""Who authenticates and with what, written the way each authenticator fills `user` in an audit event."""

from dataclasses import dataclass

from auditradar.ingest.simulate.dice import Dice
from auditradar.ingest.simulate.text import quoted, strings

# Set by the x509, service account and OIDC authenticators (apiserver pkg/authentication/user/user.go, CredentialIDKey).
_CREDENTIAL_ID = "authentication.kubernetes.io/credential-id"

Extra = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """Be one credential of one actor.

    `kind` and `credential_kind` are the design's words. `key` is the part of a session's key that the credential gives: the
    fingerprint of a certificate, an AWS access key id, nothing for tokens. `roams` says the key holds at any address.
    """

    actor: str
    kind: str
    credential_kind: str
    user: str
    key: str = ""
    roams: bool = False


def user_json(name: str, groups: tuple[str, ...], uid: str = "", extra: Extra = ()) -> str:
    """Write `user` in the order of the Go type (k8s.io/api authentication/v1 UserInfo)."""
    parts = [f'"username":{quoted(name)}']
    if uid:
        parts.append(f'"uid":{quoted(uid)}')
    parts.append(f'"groups":{strings(groups)}')
    if extra:
        parts.append('"extra":{' + ",".join(f"{quoted(key)}:{strings(values)}" for key, values in sorted(extra)) + "}")
    return "{" + ",".join(parts) + "}"


def certificate(actor: str, groups: tuple[str, ...], seed: Dice, kind: str = "human") -> Identity:
    """Make a client certificate: one fingerprint for its whole life."""
    fingerprint = f"X509SHA256={seed.hexadecimal(64)}"
    user = user_json(actor, (*groups, "system:authenticated"), extra=((_CREDENTIAL_ID, (fingerprint,)),))
    return Identity(actor, kind, "x509", user, key=fingerprint)


def oidc_token(actor: str, groups: tuple[str, ...], token: str) -> Identity:
    """Make an OIDC token of a person: `token` is its jti, new at every refresh."""
    user = user_json(actor, (*groups, "system:authenticated"), extra=((_CREDENTIAL_ID, (f"JTI={token}",)),))
    return Identity(actor, "human", "oidc-token", user)


def service_account(namespace: str, name: str, uid: str, token: str, bound: Extra = ()) -> Identity:
    """Make a service account's token; `bound` are the pod and node it is bound to."""
    actor = f"system:serviceaccount:{namespace}:{name}"
    groups = ("system:serviceaccounts", f"system:serviceaccounts:{namespace}", "system:authenticated")
    user = user_json(actor, groups, uid, ((_CREDENTIAL_ID, (f"JTI={token}",)), *bound))
    return Identity(actor, "service-account", "service-account-token", user)


def aws_session(actor: str, groups: tuple[str, ...], person: str, access_key: str) -> Identity:
    """Make an STS session on EKS (aws-iam-authenticator pkg/server/server.go); account 111122223333 is Amazon's example."""
    role = "AROAEXAMPLEROLEID"
    extra: Extra = (
        ("accessKeyId", (access_key,)),
        ("arn", (f"arn:aws:sts::111122223333:assumed-role/eks-developer/{person}",)),
        ("canonicalArn", ("arn:aws:iam::111122223333:role/eks-developer",)),
        ("principalId", (role,)),
        ("sessionName", (person,)),
        ("sigs.k8s.io/aws-iam-authenticator/principalId", (role,)),
    )
    user = user_json(actor, (*groups, "system:authenticated"), f"aws-iam-authenticator:111122223333:{role}", extra)
    return Identity(actor, "human", "eks-iam", user, key=access_key, roams=True)


def internal(actor: str, groups: tuple[str, ...], kind: str, uid: str = "") -> Identity:
    """Make a user without any credential id: the loopback client, cloud services."""
    return Identity(actor, kind, "unknown", user_json(actor, groups, uid))


ANONYMOUS = Identity("system:anonymous", "anonymous", "anonymous", user_json("system:anonymous", ("system:unauthenticated",)))
NOBODY = Identity("", "unauthenticated", "none", "{}")
