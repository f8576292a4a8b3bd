"""The WSGI application that granian serves."""

import os
from pathlib import Path

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coso.site.settings")

from django.conf import settings

# Empty in a checkout, where files come straight from the apps; whitenoise wants it to be there.
Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
application = get_wsgi_application()
