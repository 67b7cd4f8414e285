"""OAuth tokens: their names, and the objects as the oauth-apiserver logs them (openshift/api oauth/v1)."""

import base64
import hashlib
from dataclasses import dataclass, replace

from auditradar.ingest.simulate.answers import not_found
from auditradar.ingest.simulate.api import Answer, Call, Target
from auditradar.ingest.simulate.clock import SECOND, stamp
from auditradar.ingest.simulate.dice import Dice
from auditradar.ingest.simulate.openshift.cluster import Account
from auditradar.ingest.simulate.text import body

GROUP = "oauth.openshift.io"
DAY_SECONDS = 86400
FULL = ("user:full",)
_AUTHORIZE_SECONDS = 300


def token_name(dice: Dice) -> str:
    """Name a token as OpenShift does: the hash of its secret part."""
    digest = hashlib.sha256(dice.hexadecimal(64).encode()).digest()
    return "sha256~" + base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


@dataclass(slots=True)
class Token:
    """Be one access token; `inactivity` is the timeout of its client in seconds, 0 for none. `beat` is when it was last raised."""

    name: str
    authorize: str
    owner: Account
    client: str
    redirect: str
    created: int
    uid: str
    expires_in: int = DAY_SECONDS
    inactivity: int = 0
    inactive_after: int = 0
    beat: int = 0
    scopes: tuple[str, ...] = FULL
    dead: bool = False

    @property
    def expires(self) -> int:
        """Give the moment at which its life ends: it is counted from the object's creationTimestamp, a whole second."""
        return self.created // SECOND * SECOND + self.expires_in * SECOND

    @property
    def inactive(self) -> int | None:
        """Give the moment at which it ends unless it is used again; None without a timeout."""
        return self.created // SECOND * SECOND + self.inactive_after * SECOND if self.inactivity else None

    def text(self, *, sent: bool) -> str:
        """Write the object, as it is sent or as it is returned."""
        meta: dict[str, object] = {"name": self.name, "creationTimestamp": None}
        if not sent:
            meta = {
                "name": self.name,
                "uid": self.uid,
                "resourceVersion": str(self.created // SECOND % 10**7),
                "creationTimestamp": _second(self.created),
            }
        fields: dict[str, object] = {"kind": "OAuthAccessToken", "apiVersion": f"{GROUP}/v1", "metadata": meta, "clientName": self.client}
        fields |= {"expiresIn": self.expires_in, "scopes": list(self.scopes), "redirectURI": self.redirect, "userName": self.owner.name}
        fields |= {"userUID": self.owner.uid} if self.owner.uid else {}
        fields |= {"authorizeToken": self.authorize}
        fields |= {"inactivityTimeoutSeconds": self.inactive_after} if self.inactivity else {}
        return body(fields)

    def target(self) -> Target:
        """Aim at the token."""
        return Target("oauthaccesstokens", name=self.name, group=GROUP)

    def creation(self) -> Call:
        """Create it: the address names the kind only."""
        made = Call("create", Target("oauthaccesstokens", group=GROUP).path, self.target(), Answer(201), writes=True, lasts=14_000)
        return replace(made, level="RequestResponse", sent=self.text(sent=True), returned=self.text(sent=False))

    def deletion(self) -> Call:
        """Delete it; the answer is the whole object (since 4.10)."""
        target = self.target()
        return Call("delete", target.path, target, writes=True, lasts=12_000, level="RequestResponse", returned=self.text(sent=False))

    def heartbeat(self) -> Call:
        """Raise its inactivity timeout, as the token validator does."""
        target, text = self.target(), self.text(sent=False)
        return Call("update", target.path, target, writes=True, lasts=8_000, level="RequestResponse", sent=text, returned=text)

    def authorization(self, verb: str, state: str) -> Call:
        """Create, read or delete the authorize token that stands for the code of the exchange."""
        target = Target("oauthauthorizetokens", name=self.authorize, group=GROUP)
        if verb == "get":
            return Call("get", target.path, target, lasts=2_000)
        meta: dict[str, object] = {"name": self.authorize, "creationTimestamp": None if verb == "create" else _second(self.created)}
        fields: dict[str, object] = {
            "kind": "OAuthAuthorizeToken",
            "apiVersion": f"{GROUP}/v1",
            "metadata": meta,
            "clientName": self.client,
        }
        fields |= {"expiresIn": _AUTHORIZE_SECONDS, "scopes": list(self.scopes), "redirectURI": self.redirect, "state": state}
        fields |= {"userName": self.owner.name} | ({"userUID": self.owner.uid} if self.owner.uid else {})
        text = body(fields)
        if verb == "create":
            path = Target("oauthauthorizetokens", group=GROUP).path
            return Call("create", path, target, Answer(201), writes=True, lasts=9_000, level="RequestResponse", sent=text, returned=text)
        return Call("delete", target.path, target, writes=True, lasts=9_000, level="RequestResponse", returned=text)


def lookup(name: str, *, found: bool) -> Call:
    """Look a token up by its name, as the token validator does for each use it has not seen lately."""
    target = Target("oauthaccesstokens", name=name, group=GROUP)
    asked = Call("get", target.path, target, lasts=1_000)
    return asked if found else asked.answered(not_found(target))


def _second(at: int) -> str:
    return stamp(at)[:19] + "Z"
