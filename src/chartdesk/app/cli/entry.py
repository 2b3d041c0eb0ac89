"""The entry point: reads the arguments, runs the command, says errors in words."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from chartdesk import __version__
from chartdesk.kit.errors import ChartdeskError


def parser() -> argparse.ArgumentParser:
    """Every command with its options and a line of help."""
    from chartdesk.app.cli import (
        billing,
        ccda,
        channels,
        data,
        doctor,
        indexing,
        interfaces,
        logins,
        mappings,
        projecting,
        serving,
        tables,
        unmatched,
        x12,
    )

    top = argparse.ArgumentParser(
        prog="chartdesk", description="Practice management, health record, and the exchange between them."
    )
    top.add_argument("--version", action="version", version=f"chartdesk {__version__}")
    commands = top.add_subparsers(title="commands", dest="command", metavar="COMMAND", required=True)
    for module in (
        serving,
        interfaces,
        channels,
        unmatched,
        data,
        tables,
        billing,
        logins,
        mappings,
        projecting,
        indexing,
        x12,
        ccda,
        doctor,
    ):
        module.add(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status."""
    chosen = parser().parse_args(arguments)
    try:
        return int(chosen.run(chosen) or 0)
    except ChartdeskError as fault:
        print(f"chartdesk: {fault}", file=sys.stderr)
        for issue in fault.issues[:20]:
            print(f"  {issue}", file=sys.stderr)
        return 2
    except (FileNotFoundError, IsADirectoryError, PermissionError) as fault:
        print(f"chartdesk: {fault.filename}: {fault.strerror}.", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
