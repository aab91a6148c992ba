"""The job list: every press of Generate with what became of it, and what can be done about each."""
