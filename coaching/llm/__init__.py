"""Language models behind one protocol (docs/coach.md). Pure: no framework, no clock, no chance of its own."""
