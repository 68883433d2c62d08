"""What a WSGI server starts: `gunicorn wsgi:app`."""

from crisis_plan import create_app

app = create_app()
