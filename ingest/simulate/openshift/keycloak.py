"""Keycloak's log: the lines of its event listener with successes at INFO, in the quoted format."""

from dataclasses import dataclass

from auditradar.ingest.simulate.clock import moment
from auditradar.ingest.simulate.openshift.cluster import KEYCLOAK_LOG, OAUTH_HOST
from auditradar.ingest.simulate.openshift.scene import Scene

_REALM = "2aa96d1d-8f5e-4d6e-9d0f-0d3f4a5b6c7d"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Be somebody at the provider: the name, the user's id there, the address."""

    name: str
    user: str
    address: str


def login_line(scene: Scene, at: int, who: Visitor, client: str = "openshift") -> None:
    """Log that somebody logged in at the provider."""
    session = scene.dice.uuid()
    fields = f'type="LOGIN", realmId="{_REALM}", realmName="corp", clientId="{client}", userId="{who.user}", sessionId="{session}", '
    fields += f'ipAddress="{who.address}", auth_method="openid-connect", auth_type="code", '
    back = f"{OAUTH_HOST}/oauth2callback/keycloak" if client == "openshift" else f"https://{client}.example.com/callback"
    fields += f'redirect_uri="{back}", consent="no_consent_required", '
    _write(scene, at, "INFO ", fields + f'code_id="{session}", username="{who.name}"')


def error_line(scene: Scene, at: int, who: Visitor) -> None:
    """Log a wrong password."""
    fields = f'type="LOGIN_ERROR", realmId="{_REALM}", realmName="corp", clientId="openshift", userId="null", ipAddress="{who.address}", '
    _write(scene, at, "WARN ", fields + f'error="invalid_user_credentials", auth_method="openid-connect", username="{who.name}"')


def _write(scene: Scene, at: int, level: str, fields: str) -> None:
    when = moment(at)
    stamp = f"{when:%Y-%m-%d %H:%M:%S},{when.microsecond // 1000:03d}"
    scene.write(at, KEYCLOAK_LOG, f"{stamp} {level} [org.keycloak.events] (executor-thread-{scene.dice.between(1, 40)}) {fields}")
