"""Qt widgets: a thin skin that shows state and passes on gestures."""
