# The auditradar command: small, not root, content with a read-only root filesystem.
#
#   docker build --tag auditradar:local .                              for a ClickHouse server
#   docker build --tag auditradar:local --build-arg ENGINE=embedded .  with the embedded engine, 900 MB more
#
# Embedded, the store is /var/lib/auditradar/store: mount a volume there that uid 10001 may write.

FROM python:3.13-slim AS build
ARG ENGINE=server
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY bench ./bench
COPY dashboards ./dashboards
COPY ingest ./ingest
COPY sql ./sql
RUN python -m venv /opt/auditradar \
    && pip wheel --no-deps --wheel-dir /wheels . \
    && /opt/auditradar/bin/pip install --constraint constraints.txt /wheels/*.whl
# chDB and what it alone brings along are most of the size; a server's DSN needs none of it. A test runs all commands without them.
RUN if [ "$ENGINE" = server ]; then \
        /opt/auditradar/bin/pip uninstall --yes chdb chdb-core numpy pandas python-dateutil; \
    fi \
    && /opt/auditradar/bin/pip uninstall --yes pip

FROM python:3.13-slim
LABEL org.opencontainers.image.title="auditradar" \
      org.opencontainers.image.description="Who logged in to your Kubernetes and OpenShift clusters, from where, how, what did they do, who was refused." \
      org.opencontainers.image.licenses="Apache-2.0"
RUN groupadd --gid 10001 auditradar \
    && useradd --uid 10001 --gid 10001 --no-log-init --create-home --home-dir /var/lib/auditradar --shell /usr/sbin/nologin auditradar \
    && mkdir /etc/auditradar
COPY --from=build /opt/auditradar /opt/auditradar
# The configuration is /etc/auditradar/auditradar.toml; nothing is written but /tmp and /var/lib/auditradar.
ENV PATH=/opt/auditradar/bin:$PATH \
    HOME=/var/lib/auditradar \
    XDG_CONFIG_HOME=/etc \
    XDG_DATA_HOME=/var/lib \
    XDG_STATE_HOME=/var/lib \
    XDG_CACHE_HOME=/tmp \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER 10001:10001
WORKDIR /var/lib/auditradar
# An embedded store belongs to one process: asking it from a second one would be in the way.
HEALTHCHECK --interval=1m --timeout=20s --start-period=30s \
    CMD ["sh", "-c", "case \"$AUDITRADAR_DSN\" in clickhouse*) auditradar status --format json >/dev/null ;; esac"]
ENTRYPOINT ["auditradar"]
CMD ["--help"]
