# One image for workers, beat, Flower and the command line.
FROM python:3.11-slim AS build
COPY requirements.txt /build/
RUN python -m venv /app/.venv \
 && /app/.venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r /build/requirements.txt
COPY pyproject.toml requirements.in README.md /app/
COPY schemas /app/schemas
COPY tasks /app/tasks
COPY workers /app/workers
WORKDIR /app
RUN /app/.venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation --editable .
COPY config /app/config
# big tables are compiled here, so that containers start at once and need not write
RUN GONGBAO_TABLES=/app/tables /app/.venv/bin/python -m workers.compile_tables

FROM python:3.11-slim
# 10001: no user of the host has this number
RUN useradd --uid 10001 --create-home --shell /usr/sbin/nologin gongbao \
 && install --directory --owner=gongbao --group=gongbao /var/lib/gongbao /var/lib/gongbao/artefacts /var/lib/gongbao/documents
COPY --from=build /app /app
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    GONGBAO_CONFIG=/app/config \
    GONGBAO_TABLES=/app/tables \
    # what stops a container is SIGTERM; as SIGQUIT it makes Celery give running work its soft shutdown
    REMAP_SIGTERM=SIGQUIT
WORKDIR /app
USER gongbao
CMD ["gongbao", "--help"]
