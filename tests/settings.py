"""The product's settings with what only a test run wants: own servers, cheap passwords, unbuilt static files."""

import os

from gainsly.stack.testing import provide_servers

HOME = provide_servers()
os.environ.setdefault("SECRET_KEY", "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz")
os.environ.setdefault("GAINSLY_LOCAL", "1")
os.environ.setdefault("LLM_REFINE", "false")  # the tests of refinement ask for it
os.environ["GAINSLY_DATA_DIR"] = str(HOME / "data")

from gainsly.settings import *  # noqa: E402, F403
from gainsly.settings import STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir()
WHITENOISE_USE_FINDERS = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
