"""A thin hand for calling the sandbox as anybody would: requests, a key, the base URL."""

import base64
import io
import time
from typing import Any

import requests
from PIL import Image

from tests.support.patience import PATIENCE_S
from tests.support.sandbox import fresh_key

TEXT = "kling-2.5-turbo-pro-text-to-video"
PICTURE = "wan-2.5-preview-image-to-video"
EITHER = "ltx-2-full"


class Api:
    """One account at one sandbox; `id_field` is how the dialect spells a job's id."""

    def __init__(self, base_url: str, key: str | None = None, *, id_field: str = "queueid") -> None:
        self.base_url = base_url
        self.key = key or fresh_key()
        self.id_field = id_field
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"Bearer {self.key}"

    def close(self) -> None:
        self._session.close()

    def post(self, path: str, body: object) -> requests.Response:
        return self._session.post(self.base_url + path, json=body, timeout=PATIENCE_S)

    def get(self, path: str) -> requests.Response:
        return self._session.get(self.base_url + path, timeout=PATIENCE_S)

    def quote(self, **fields: Any) -> requests.Response:
        return self.post("/video/quote", {"model": TEXT, "duration": "5s", **fields})

    def queue(self, **fields: Any) -> requests.Response:
        return self.post("/video/queue", {"model": TEXT, "duration": "5s", "prompt": "silk", **fields})

    def queued(self, **fields: Any) -> str:
        """Queues and gives the id."""
        answer = self.queue(**fields)
        assert answer.status_code == 200, answer.text
        return str(answer.json()[self.id_field])

    def retrieve(self, job_id: str, model: str = TEXT, **fields: Any) -> requests.Response:
        return self.post("/video/retrieve", {"model": model, self.id_field: job_id, **fields})

    def complete(self, job_id: str, model: str = TEXT) -> requests.Response:
        return self.post("/video/complete", {"model": model, self.id_field: job_id})

    def wait(self, job_id: str, model: str = TEXT) -> requests.Response:
        """The first answer that is neither "processing" nor a limit."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            answer = self.retrieve(job_id, model)
            waiting = answer.status_code == 200 and "json" in answer.headers["Content-Type"]
            done = answer.status_code not in (200, 429) or not waiting or answer.json()["status"] == "COMPLETED"
            if answer.status_code != 429 and done:
                return answer
            time.sleep(0.2)
        raise AssertionError("no clip in time")

    def clip(self, **fields: Any) -> bytes:
        """Queues, waits, and gives the file."""
        answer = self.wait(self.queued(**fields), fields.get("model", TEXT))
        assert answer.headers["Content-Type"] == "video/mp4", answer.text
        return answer.content

    def balance(self) -> float:
        return float(self.get("/billing/balance").json()["balances"]["usd"])


def picture(size: tuple[int, int] = (96, 64), colour: str = "teal", kind: str = "PNG", **options: Any) -> bytes:
    """A small picture file."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **options)
    return out.getvalue()


def data_uri(data: bytes, media_type: str = "image/png") -> str:
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"
