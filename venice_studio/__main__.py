"""Start Venice Studio: `python3 -m venice_studio`, or `venice-studio` once installed."""

# Every Python that somebody may start this with must be able to read this file, down to 3.8: it is what tells
# them that a newer one is needed. So the rest is imported only after that check.
from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from venice_studio import bootstrap


def main(arguments: Sequence[str] | None = None) -> int:
    """Set up if need be, then run the program; gives the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not bootstrap.python_fits():
        return 1
    from venice_studio import command_line

    options = command_line.parse(given)
    if bootstrap.has_no_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        if options.base_url is not None and not options.self_test:
            # Unattended, nothing is asked for where it may cost money.
            bootstrap.say(
                "There is no screen here, and nobody to ask: nothing was done. Start Venice Studio where there is a "
                "screen, or without --base-url to let it test itself in practice."
            )
            return 1
        if not options.self_test:
            bootstrap.say("There is no screen here, so Venice Studio tests itself instead, without showing a window.")
            given.append("--self-test")
    code = bootstrap.prepare("venice_studio", given, needs=bootstrap.window_needs())
    if code is not None:
        return code
    # What Qt's decoders have to say is for whoever works on them. Qt reads this while it is imported.
    os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.*=false")
    from venice_studio import app

    return app.main(given)


if __name__ == "__main__":
    sys.exit(main())
