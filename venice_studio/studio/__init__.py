"""What the program does: asyncio, no Qt."""
