"""A message to one person as a mail, and the server that takes it."""

from __future__ import annotations

import re
import smtplib
import ssl
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import make_msgid
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import current_app

BREAKS = re.compile(r"[\x00-\x20\x7f\x85\u2028\u2029]+")
"""What a subject must not carry: a line end would begin another header."""
NOT_SENT = (OSError, smtplib.SMTPException, ValueError, LookupError, MessageError)
"""What the server refuses, and what cannot be written as a mail."""


def one_line(subject: str) -> str:
    """The subject on one line, whatever was typed in the title that it repeats."""
    return BREAKS.sub(" ", subject).strip()


def written(recipient: str, subject: str, body: str) -> EmailMessage:
    """The mail. Raises one of `NOT_SENT` when an address or a subject cannot be a header."""
    mail = EmailMessage()
    mail["From"] = current_app.config["MAIL_FROM"]
    mail["To"] = recipient
    mail["Subject"] = subject
    mail["Message-ID"] = make_msgid()
    mail.set_content(body)
    return mail


def deliver(mail: EmailMessage) -> None:
    """Send by `SMTP_URL`: smtp://, smtp+starttls:// or smtps://, with the account in the address."""
    url = urlsplit(current_app.config["SMTP_URL"])
    server_class = smtplib.SMTP_SSL if url.scheme == "smtps" else smtplib.SMTP
    secure = ssl.create_default_context()
    options: dict[str, Any] = {"context": secure} if url.scheme == "smtps" else {}
    with server_class(url.hostname or "localhost", url.port or 0, timeout=10, **options) as server:
        if url.scheme == "smtp+starttls":
            server.starttls(context=secure)
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        server.send_message(mail)
