"""What a simulated cluster is asked to be: the one input of the simulator."""

from datetime import UTC, datetime
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, field_validator

from auditradar.ingest.simulate.clock import DAY, micros

MOST_SERVERS = 9
Platform = Literal["kubernetes", "k3s", "eks", "openshift"]
PLATFORMS: tuple[Platform, ...] = get_args(Platform)


class Plan(BaseModel):
    """Describe one run: the same plan gives the same bytes on any machine."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    days: float = Field(default=7, gt=0, le=3660, description="How long the cluster is watched, in days.")
    people: int = Field(default=12, ge=0, le=5000, description="How many people work with the cluster.")
    seed: int = Field(default=1, description="Which of all possible runs.")
    start: datetime = Field(default=datetime(2026, 1, 5, tzinfo=UTC), description="First moment; the default is a Monday.")
    cluster: str = Field(default="demo", min_length=1, description="Label of the cluster; it is not part of any event.")
    platform: Platform = Field(default="kubernetes", description="Whose credentials and user agents the events carry.")
    events: int | None = Field(
        default=None,
        ge=0,
        description="About how many events in all: machines are scaled to reach it, people are not. None: some 30 000 a day.",
    )
    api_servers: int = Field(default=2, ge=1, le=MOST_SERVERS, description="How many kube-apiservers write a file each.")
    anomalies: bool = Field(default=True, description="Whether the stories of attacks and accidents happen.")
    late: float = Field(default=0.002, ge=0, le=0.5, description="Share of lines written late, by up to a day.")
    duplicated: float = Field(default=0.002, ge=0, le=0.5, description="Share of lines written twice, in any server's file.")

    @field_validator("start")
    @classmethod
    def _in_utc(cls, value: datetime) -> datetime:
        """Read a time without a zone as UTC, as audit events have it."""
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    @property
    def first(self) -> int:
        """Give the first moment in microseconds since 1970."""
        return micros(self.start)

    @property
    def horizon(self) -> int:
        """Give the moment at which the log ends; nothing has a stage at or after it."""
        return self.first + int(self.days * DAY)
