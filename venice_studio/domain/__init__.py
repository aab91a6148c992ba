"""Plain Python: values, rules and arithmetic; no Qt, no input or output, no clock of its own."""
