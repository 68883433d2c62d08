"""Every environment variable, its type and its meaning: read once, refused at start rather than at use."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEVELOPMENT_SECRET = "development-only-not-a-secret"
MEGABYTE = 1024 * 1024


class SettingMissing(SystemExit):
    """The application refuses to start; the message names the variable and its meaning."""


@dataclass(frozen=True)
class Settings:
    """What an installation decides. Field names are Flask's configuration keys."""

    SECRET_KEY: str = DEVELOPMENT_SECRET
    SQLALCHEMY_DATABASE_URI: str = f"sqlite:///{ROOT / 'var' / 'crisis_plan.sqlite3'}"
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
