"""Views of the diary's API."""
