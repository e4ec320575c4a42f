"""What is said to a model, and what of its words is let through (docs/coach.md). Pure."""
