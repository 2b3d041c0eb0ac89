"""Make sure that a Chromium is there for the browser tests, or say how to get one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main() -> None:
    """Install Chromium where that takes no question; else explain."""
    if any(shutil.which(program) for program in PROGRAMS):
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("· installing Chromium for the browser tests", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=True, env=environment, stdout=subprocess.DEVNULL)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
            check=True, env=environment, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        return
    sys.exit("The browser tests need Chromium. Install it with your system's packages, then run make test again.")


if __name__ == "__main__":
    main()
