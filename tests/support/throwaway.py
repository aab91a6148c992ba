"""A throwaway checkout that requires one throwaway package, and a package index on this machine that serves it."""

import os
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]

# Prints where it runs and what it was given, and ends with an exit code of its own.
_PROGRAM = "import sys; print(sys.prefix, *sys.argv[1:]); sys.exit(7)\n"
_START = (
    "import sys; from pathlib import Path; from venice_studio.bootstrap import prepare; "
    "sys.exit(prepare('throwaway', sys.argv[2:], root=Path(sys.argv[1])))"
)


def write_wheel(folder: Path, version: str) -> Path:
    """A wheel of the package `throwaway`, big enough to be cut off in the middle (1 MB)."""
    path = folder / f"throwaway-{version}-py3-none-any.whl"
    info = f"throwaway-{version}.dist-info"
    files = {
        "throwaway/__init__.py": f"VERSION = {version!r}\n",
        "throwaway/__main__.py": _PROGRAM,
        "throwaway/ballast.bin": "x" * 1_000_000,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: throwaway\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{name},,\n" for name in [*files, f"{info}/RECORD"])
    with zipfile.ZipFile(path, "w") as wheel:
        for name, content in (files | {f"{info}/RECORD": record}).items():
            wheel.writestr(name, content)
    return path


@dataclass
class Index:
    """A package index: pages and wheels out of one folder. It can hold a download back half-way."""

    folder: Path
    url: str = ""
    downloads: list[str] = field(default_factory=list)
    """The wheels that were asked for, in order."""
    hold: bool = False
    """Send only the first half of the next wheel until `go_on` is set."""
    half_sent: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)


@contextmanager
def serve(folder: Path) -> Iterator[Index]:
    """An index of the wheels in `folder`, on a free port of this machine."""
    index = Index(folder)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            _answer(self, index)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        index.url = f"http://127.0.0.1:{server.server_port}/simple"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield index
        index.go_on.set()
        server.shutdown()
        thread.join()


def _answer(request: BaseHTTPRequestHandler, index: Index) -> None:
    name = request.path.strip("/").rpartition("/")[2]
    if not name.endswith(".whl"):
        wheels = [wheel.name for wheel in sorted(index.folder.glob(f"{name}-*.whl"))]
        content = "".join(f'<a href="/files/{wheel}">{wheel}</a>\n' for wheel in wheels).encode()
    else:
        index.downloads.append(name)
        content = (index.folder / name).read_bytes()
    request.send_response(200)
    request.send_header("Content-Type", "text/html" if not name.endswith(".whl") else "application/octet-stream")
    request.send_header("Content-Length", str(len(content)))
    request.end_headers()
    half = len(content) // 2
    try:
        request.wfile.write(content[:half])
        if index.hold and name.endswith(".whl"):
            index.half_sent.set()
            index.go_on.wait()
        request.wfile.write(content[half:])
    except ConnectionError:
        pass  # the other side was killed, which is what the test is about


@dataclass(frozen=True)
class Checkout:
    """A folder with a project file and pinned versions, as the set-up finds them."""

    root: Path
    index: Index

    def pin(self, version: str) -> None:
        """Write the constraints file."""
        (self.root / "packaging").mkdir(exist_ok=True)
        (self.root / "packaging" / "constraints.txt").write_text(f"throwaway=={version}\n")

    def start(self, *arguments: str, index_url: str = "") -> "subprocess.Popen[str]":
        """Start its program as a newcomer does: with a Python that has nothing, in a process group of its own."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}
        settings = {
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_INDEX_URL": index_url or self.index.url,
            "PIP_NO_CACHE_DIR": "1",
            "PIP_RETRIES": "0",
            "PYTHONPATH": str(REPOSITORY),
        }
        return subprocess.Popen(
            [getattr(sys, "_base_executable", sys.executable), "-c", _START, str(self.root), *arguments],
            env=kept | settings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, *arguments: str, index_url: str = "") -> "subprocess.CompletedProcess[str]":
        """Start it and wait for its end."""
        process = self.start(*arguments, index_url=index_url)
        out, err = process.communicate(timeout=120)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)
