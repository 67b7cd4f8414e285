"""What holds for every dashboard, written once: names, tags, versions, ranges."""

from typing import Final

DATASOURCE_TYPE: Final = "grafana-clickhouse-datasource"
DATASOURCE: Final = {"type": DATASOURCE_TYPE, "uid": "${datasource}"}
DATASOURCE_UID: Final = "auditradar-clickhouse"
DATASOURCE_NAME: Final = "AuditRadar"
"""The provisioned data source; alert rules name it, dashboards choose it by the variable `datasource`."""

UID_PREFIX: Final = "auditradar-"
TITLE_PREFIX: Final = "AuditRadar / "
TAG: Final = "auditradar"
PEOPLE: Final = "auditradar-people"
ACCESS: Final = "auditradar-access"
PROOF: Final = "auditradar-proof"
"""Tags make the navigation: a new dashboard with one of them appears in its menu on all others."""

SCHEMA_VERSION: Final = 41
"""The last version before the dashboard v2 format; Grafana 11.6 writes 41 and 12 still reads it without loss."""
PLUGIN_VERSION: Final = "4.20.0"
GRAFANA_VERSION: Final = "11.6.0"

TIMEZONE: Final = "utc"
REFRESH: Final = "1m"
FROM: Final = "now-24h"
TO: Final = "now"
REFRESH_INTERVALS: Final = ["30s", "1m", "5m", "15m", "1h"]
QUICK_RANGES: Final = ("now-1h", "now-24h", "now-7d", "now-30d", "now-90d")

COLUMNS: Final = 24
"""Width of Grafana's grid."""
LOWEST: Final = 3
"""No panel is lower than this; a stat with a title does not fit into less."""
