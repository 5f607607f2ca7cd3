#!/bin/sh
# Runs once, when the database is made: one role owns and migrates, the other serves.
set -eu
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  -v owner_password="$HOMEWARD_OWNER_PASSWORD" -v web_password="$HOMEWARD_WEB_PASSWORD" <<'SQL'
CREATE ROLE homeward_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE homeward_web LOGIN PASSWORD :'web_password';
CREATE DATABASE homeward OWNER homeward_owner;
\connect homeward
CREATE EXTENSION pg_trgm;
CREATE EXTENSION btree_gist;
SQL
