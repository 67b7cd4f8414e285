"""The Grafana dashboards: a layer over grafanalib, one module per dashboard, and what checks them without a Grafana."""
