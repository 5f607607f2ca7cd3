FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1
WORKDIR /app

# The same script as `make run`: packages change seldom and stay in a layer of their own.
COPY pyproject.toml constraints.txt ./
COPY scripts/install.py scripts/install.py
RUN python scripts/install.py

COPY . .
# Compiling asks for settings, not for secrets or a database: nothing of these values is kept.
RUN HOMEWARD_SECRET_KEY=build HOMEWARD_FIELD_KEYS=1:YnVpbGQ= HOMEWARD_INDEX_KEY=YnVpbGQ= HOMEWARD_SEAL_KEY=YnVpbGQ= \
    DATABASE_URL=postgresql://build .venv/bin/python manage.py compile_messages

# Compiled once: the account that serves cannot write here, and would compile with every start.
RUN .venv/bin/python -m compileall -q -j 0 .venv/lib apps config

# Files of the running site: collected static files. The account can write nothing else.
RUN useradd --system --no-create-home homeward \
    && mkdir -p /var/lib/homeward && chown homeward /var/lib/homeward
ENV HOMEWARD_VAR=/var/lib/homeward HOMEWARD_HOST=0.0.0.0 PORT=8000
USER homeward
EXPOSE 8000
ENTRYPOINT ["/app/.venv/bin/python", "manage.py"]
CMD ["serve"]
