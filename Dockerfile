# Two stages: the first installs the locked requirements, the second runs them as a user without rights.
FROM python:3.12-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
COPY requirements.txt .
RUN /opt/venv/bin/pip install --require-hashes --requirement requirements.txt

FROM python:3.12-slim
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=gainsly.settings GAINSLY_DATA_DIR=/var/lib/gainsly
RUN useradd --system --uid 10001 --home-dir /var/lib/gainsly --create-home gainsly
COPY --from=build /opt/venv /opt/venv
WORKDIR /srv/gainsly
COPY . .
# the static files are part of the image; building them connects to nothing
RUN SECRET_KEY=only-while-building DATABASE_URL=postgresql://nobody@localhost/none REDIS_URL=redis://localhost \
    python manage.py collectstatic --no-input --verbosity 0 && chown -R gainsly /var/lib/gainsly
USER gainsly
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=6s --start-period=40s --retries=4 \
    CMD ["python", "-c", "import http.client as h; c = h.HTTPConnection('localhost', 8000, timeout=5); c.request('GET', '/health'); raise SystemExit(c.getresponse().status != 200)"]
CMD ["uvicorn", "gainsly.asgi:application", "--host", "0.0.0.0", "--port", "8000", "--lifespan", "off", "--no-access-log", "--no-proxy-headers"]
