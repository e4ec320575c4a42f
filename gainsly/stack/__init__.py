"""The local stack: embedded PostgreSQL and Redis, and the supervisor behind `make run`. No Django in here."""
