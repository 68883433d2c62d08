"""crisis_plan: where a CPTS keeps its health-crisis plan alive."""

from __future__ import annotations

from flask import Flask
from flask_compress import Compress
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

import crisis_plan.models  # noqa: F401  (tables name each other: all of them are known before anyone asks)
from crisis_plan import cli, db, navigation, routes, settings, slow_requests, static_files, transactions
from crisis_plan.access import guard, queries
from crisis_plan.web import error_pages, formats, french_spaces, headers, htmx, ui, uploads

migrate = Migrate(directory="migrations", render_as_batch=True, compare_type=True)


def create_app(chosen: settings.Settings | None = None) -> Flask:
    """The application: its settings, its database, its door, its pages."""
    app = Flask(__name__, template_folder="../templates", static_folder="../static")
    app.config.from_object(chosen or settings.from_environment())
    if proxies := app.config["TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]

    transactions.install(app)
    migrate.init_app(app, db.db)
    login = LoginManager(app)
    login.user_loader(queries.account_of_session)
    login.session_protection = None  # a telephone changes networks in a crisis; the stamp protects the session
    slow_requests.watch(app)
    guard.guard_every_view(app)
    uploads.weigh_before_reading(app)
    CSRFProtect(app)
    transactions.take_the_lock_to_write(app)
    for install in (
        htmx.vary_on_htmx,
        headers.security_headers,
        error_pages.show_errors,
        formats.formats,
        french_spaces.french_spaces,
        ui.ui_macros,
        navigation.navigation,
        static_files.static_files,
        routes.mount,
        cli.commands,
    ):
        install(app)
    Compress(app)
    guard.refuse_undeclared_views(app)
    return app
