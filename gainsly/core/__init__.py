"""Shared Django glue, no domain: what every app's models, views and API are built on."""
