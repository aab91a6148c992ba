# The reference page's own lines; only what they take for granted (a key, an id) is added, from the command line.
# ruff: noqa
# fmt: off
# mypy: ignore-errors
import sys
import requests

headers = {"Authorization": f"Bearer {sys.argv[1]}"}

queue_resp = requests.post(
    "https://api.venice.ai/api/v1/video/queue",
    headers=headers,
    json={
        "model": "kling-2.5-turbo-pro-text-to-video",
        "prompt": "A serene forest with sunlight filtering through trees",
        "negative_prompt": "low quality, blurry",
        "duration": "10s",
        "resolution": "720p",
        "aspect_ratio": "16:9",
        "audio": True
    }
)
queue_id = queue_resp.json()["queueid"]

print(queue_id)
