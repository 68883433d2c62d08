"""What a WSGI server starts: `gunicorn wsgi:app`."""

import gc
import logging

from crisis_plan import create_app

logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
logging.getLogger("alembic").setLevel(logging.WARNING)
app = create_app()
gc.freeze()  # modules live as long as the process: searching them for garbage again and again lengthens requests
