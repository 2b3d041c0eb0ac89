"""Make sure that a Chromium is there for the browser tests, or say how to get one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main() -> None:
    """Install Chromium where that takes no question; else explain."""
    if any(shutil.which(program) for program in PROGRAMS):
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("· installing Chromium for the browser tests", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=True, env=environment, stdout=subprocess.DEVNULL)
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]
        # Not every distribution has the shell; every one that has apt has the browser.
        if subprocess.run([*install, PROGRAMS[0]], env=environment, capture_output=True, check=False).returncode:
            subprocess.run([*install, "chromium"], check=True, env=environment, stdout=subprocess.DEVNULL)
        return
    sys.exit("The browser tests need Chromium. Install it with your system's packages, then run make test again.")


if __name__ == "__main__":
    main()
