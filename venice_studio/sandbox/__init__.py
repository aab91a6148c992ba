"""The embedded service: the same HTTP API on loopback, real clips, nothing charged."""
