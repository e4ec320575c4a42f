"""What the log means: pure functions from plain facts to numbers; no framework, no clock."""
