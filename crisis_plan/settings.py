"""Every environment variable, its type and its meaning: read once, refused at start rather than at use."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
DEVELOPMENT_SECRET = "development-only-not-a-secret"
MEGABYTE = 1024 * 1024
SMTP_SCHEMES = frozenset({"smtp", "smtp+starttls", "smtps"})


class SettingMissing(SystemExit):
    """The application refuses to start; the message names the variable and its meaning."""


@dataclass(frozen=True)
class Settings:
    """What an installation decides. Field names are Flask's configuration keys."""

    SECRET_KEY: str = DEVELOPMENT_SECRET
    SQLALCHEMY_DATABASE_URI: str = f"sqlite:///{ROOT / 'var' / 'crisis_plan.sqlite3'}"
    SQLALCHEMY_ENGINE_OPTIONS: Mapping[str, Any] = field(
        default_factory=lambda: {"hide_parameters": True, "pool_size": 20}
    )
    """An error of the database is logged without the values it was about. A connection for each of the eight threads, and
    for what one writes apart: SQLite reads the whole schema again for each new one."""
    PUBLIC_ADDRESS: str = "http://127.0.0.1:8000"
    DEMO: bool = False
    TRUSTED_PROXIES: int = 0
    HTTPS: bool = False
    SMTP_URL: str = ""
    MAIL_FROM: str = "plan-de-crise@localhost"
    SLOW_VIEW_SECONDS: float = 1.0
    TESTING: bool = False

    MAX_CONTENT_LENGTH: int = 11 * MEGABYTE
    MAX_FORM_MEMORY_SIZE: int = 2 * MEGABYTE
    MAX_FORM_PARTS: int = 2_000
    SESSION_COOKIE_NAME: str = "plan_de_crise"
    SESSION_COOKIE_HTTPONLY: bool = True
    SESSION_COOKIE_SAMESITE: str = "Lax"
    REMEMBER_COOKIE_HTTPONLY: bool = True
    REMEMBER_COOKIE_SAMESITE: str = "Lax"
    WTF_CSRF_TIME_LIMIT: int | None = None
    SEND_FILE_MAX_AGE_DEFAULT: int = 0

    @property
    def SESSION_COOKIE_SECURE(self) -> bool:
        return self.HTTPS

    @property
    def REMEMBER_COOKIE_SECURE(self) -> bool:
        return self.HTTPS


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings of this process.

    Raises `SettingMissing` when a production start (`CRISIS_PLAN_ENV=production`) lacks what keeps people safe.
    """
    production = environment.get("CRISIS_PLAN_ENV") == "production"
    secret = environment.get("SECRET_KEY", "")
    if production and len(secret) < 32:
        raise SettingMissing(
            "SECRET_KEY manque (au moins 32 caractères) : c’est la clé qui signe les sessions et les liens personnels."
        )
    address = environment.get("PUBLIC_ADDRESS", "")
    if production and not address:
        raise SettingMissing(
            "PUBLIC_ADDRESS manque : c’est l’adresse publique du site (https://…), imprimée dans les PDF et les courriels."
        )
    if production and address.startswith("https://") and "TRUSTED_PROXIES" not in environment:
        raise SettingMissing(
            "TRUSTED_PROXIES manque : dites combien de serveurs mandataires précèdent celui-ci (souvent 1). "
            "Sans ce nombre, tous les visiteurs auraient la même adresse, et un seul pourrait retarder les autres."
        )
    if smtp := environment.get("SMTP_URL", ""):
        _check_smtp(smtp)
    public_address = (address or f"http://127.0.0.1:{environment.get('PORT', '8000')}").rstrip("/")
    return Settings(
        SECRET_KEY=secret or DEVELOPMENT_SECRET,
        SQLALCHEMY_DATABASE_URI=environment.get("DATABASE_URL", "") or Settings.SQLALCHEMY_DATABASE_URI,
        PUBLIC_ADDRESS=public_address,
        DEMO=environment.get("CRISIS_PLAN_DEMO") == "1",
        TRUSTED_PROXIES=int(environment.get("TRUSTED_PROXIES", "0")),
        HTTPS=public_address.startswith("https://"),
        SMTP_URL=environment.get("SMTP_URL", ""),
        MAIL_FROM=environment.get("MAIL_FROM", Settings.MAIL_FROM),
    )


def _check_smtp(url: str) -> None:
    try:
        parts = urlsplit(url)
        is_right = parts.scheme in SMTP_SCHEMES and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        is_right = False
    if not is_right:
        raise SettingMissing(
            "SMTP_URL doit s’écrire smtp://, smtp+starttls:// ou smtps://, puis compte, serveur et port."
        )
