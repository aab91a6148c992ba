"""What the program costs, measured beside a baseline in the same run. Not part of the quick tests."""
