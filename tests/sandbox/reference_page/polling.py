# The reference page's own lines; only what they take for granted (a key, an id) is added, from the command line.
# ruff: noqa
# fmt: off
# mypy: ignore-errors
import sys
import requests

headers = {"Authorization": f"Bearer {sys.argv[1]}"}
queue_id = sys.argv[2]

import time

MAX_POLLS = 60
POLL_INTERVAL = 10  # seconds

for attempt in range(MAX_POLLS):
    status_resp = requests.post(
        "https://api.venice.ai/api/v1/video/retrieve",
        headers=headers,
        json={
            "model": "kling-2.5-turbo-pro-text-to-video",
            "queueid": queue_id,
            "delete_media_on_completion": False
        }
    )

    content_type = status_resp.headers.get("Content-Type", "")
    if status_resp.status_code == 200 and "video/" in content_type:
        with open("output.mp4", "wb") as f:
            f.write(status_resp.content)
        print("Video saved!")
        break
    elif status_resp.status_code == 200:
        status = status_resp.json()
        print(f"Status: {status.get('status')}, "
              f"Elapsed: {status.get('executionDuration', 0)}ms")
        time.sleep(POLL_INTERVAL)
    else:
        print(f"Error: {status_resp.status_code}")
        status_resp.raise_for_status()
else:
    print("Timed out waiting for video generation")
