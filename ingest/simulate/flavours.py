"""What differs between distributions: versions, user agents, how people prove who they are, whether anonymous is allowed."""

from dataclasses import dataclass
from typing import Literal

from auditradar.ingest.simulate.plan import Platform

PersonCredential = Literal["mixed", "shared-admin", "aws"]


@dataclass(frozen=True, slots=True)
class Flavour:
    """Describe one distribution.

    `core` names the process of the built-in components where all are one binary. `operators` are the distribution's own
    controllers and the kind of actor they are. Another platform is another row of FLAVOURS; what OpenShift's people do is in
    the package openshift.
    """

    version: str
    commit: str
    core: str
    anonymous: bool
    people: PersonCredential
    operators: tuple[tuple[str, str], ...]

    def component(self, name: str, detail: str = "") -> str:
        """Give the user agent of a built-in component (client-go rest/config.go, DefaultKubernetesUserAgent)."""
        binary = self.core or name
        tail = f"/{detail}" if detail else ""
        return f"{binary}/{self.version} (linux/amd64) kubernetes/{self.commit}{tail}"

    def kubectl(self, system: str) -> str:
        """Give the user agent of a released kubectl on "darwin/arm64" and the like; 93248f9 is v1.34.1."""
        return f"kubectl/v1.34.1 ({system}) kubernetes/93248f9"


FLAVOURS: dict[Platform, Flavour] = {
    "kubernetes": Flavour("v1.34.1", "93248f9", "", anonymous=True, people="mixed", operators=()),
    # One binary; anonymous-auth=false is k3s's default (k3s pkg/daemons/control/server.go).
    "k3s": Flavour(
        "v1.34.1+k3s1",
        "24fc436",
        "k3s",
        anonymous=False,
        people="shared-admin",
        operators=(("system:k3s-controller", "control-plane"), ("system:cloud-controller-manager", "control-plane")),
    ),
    "eks": Flavour(
        "v1.34.1-eks-113cf36",
        "e2dd4b8",
        "",
        anonymous=True,
        people="aws",
        operators=(
            ("eks:cloud-controller-manager", "cloud-service"),
            ("eks:node-manager", "cloud-service"),
            ("eks:certificate-controller", "cloud-service"),
        ),
    ),
    # OpenShift 4.19; people come through the oauth-server.
    "openshift": Flavour("v1.32.6+6c7c9e6", "5af594d", "", anonymous=True, people="mixed", operators=()),
}
