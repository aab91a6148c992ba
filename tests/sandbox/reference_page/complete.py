# The reference page's own lines; only what they take for granted (a key, an id) is added, from the command line.
# ruff: noqa
# fmt: off
# mypy: ignore-errors
import sys
import requests

headers = {"Authorization": f"Bearer {sys.argv[1]}"}
queue_id = sys.argv[2]

requests.post(
    "https://api.venice.ai/api/v1/video/complete",
    headers=headers,
    json={
        "model": "kling-2.5-turbo-pro-text-to-video",
        "queueid": queue_id
    }
)
