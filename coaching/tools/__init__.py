"""What the coach may look up. Every tool reads; none writes (docs/coach.md)."""
