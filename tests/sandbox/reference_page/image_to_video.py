# The reference page's own lines; only what they take for granted (a key, an id) is added, from the command line.
# ruff: noqa
# fmt: off
# mypy: ignore-errors
import sys
import requests

headers = {"Authorization": f"Bearer {sys.argv[1]}"}

import base64

with open("image.png", "rb") as f:
    img_b64 = base64.b64encode(f.read()).decode("utf-8")

queue_resp = requests.post(
    "https://api.venice.ai/api/v1/video/queue",
    headers=headers,
    json={
        "model": "wan-2.5-preview-image-to-video",
        "prompt": "Animate this scene with gentle motion",
        "image_url": f"data:image/png;base64,{img_b64}",
        "duration": "5s",
        "resolution": "720p"
    }
)
queue_id = queue_resp.json()["queueid"]

print(queue_id)
