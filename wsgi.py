"""What a WSGI server starts: `gunicorn wsgi:app`."""

import gc

from crisis_plan import create_app

app = create_app()
gc.freeze()  # modules live as long as the process: searching them for garbage again and again lengthens requests
