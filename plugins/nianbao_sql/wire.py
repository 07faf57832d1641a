"""Databases that speak PostgreSQL's protocol and tell their version in words of their own."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg


class _Wire(PGDialect_psycopg):
    """SQLAlchemy would look for “PostgreSQL 9.2” in what ``version()`` says; both began as this one."""

    supports_statement_cache = True

    def _get_server_version_info(self, connection: Any) -> tuple[int, int]:
        return 9, 2


class Kingbase(_Wire):
    """人大金仓 KingbaseES."""

    name = "kingbase"


class OpenGauss(_Wire):
    """openGauss and GaussDB."""

    name = "opengauss"
