"""The service: the only place that speaks HTTP to Venice."""
