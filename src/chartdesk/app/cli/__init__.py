"""The command line: ``chartdesk COMMAND``.

One module per group of commands. Each has ``add(commands)``, which declares its options, and functions that
run them and return an exit status: 0 done, 1 something to look at, 2 could not be done.
"""

from chartdesk.app.cli.entry import main

__all__ = ["main"]
