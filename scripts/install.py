"""Make `.venv` and install what the project needs, in the versions of constraints.txt.

Runs under the system's Python before anything is installed: standard library only. Uses uv when
it can be had, because it is ten times faster, else pip. Does nothing when nothing has changed.
"""

import hashlib
import os
import subprocess
import sys
import time
import venv
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
MARK = VENV / "installed"


def main() -> None:
    """`install.py` for serving, `install.py --dev` for tests and checks as well."""
    dev = "--dev" in sys.argv
    if sys.version_info < OLDEST:
        sys.exit(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}.")
    wanted = fingerprint()
    if MARK.exists() and MARK.read_text() in {wanted + " dev", wanted + (" dev" if dev else "")}:
        return
    begun = time.monotonic()
    make_environment()
    say("Installing packages (first time: one to two minutes)")
    requirements = VENV / "requirements.txt"
    requirements.write_text("\n".join(dependencies(dev)))
    wanted_packages = ["-r", str(requirements), "-c", str(ROOT / "constraints.txt")]
    if not install_with_uv(wanted_packages) and not run("-m", "pip", "install", *wanted_packages):
        sys.exit("The packages could not be installed: see the message above.")
    MARK.write_text(wanted + (" dev" if dev else ""))
    say(f"Packages installed in {time.monotonic() - begun:.0f} s")


def make_environment() -> None:
    """`.venv`, in words where the system's Python comes without the means."""
    if PYTHON.exists():
        return
    say("Making the virtual environment .venv")
    try:
        venv.create(VENV, with_pip=True)
    except subprocess.CalledProcessError:
        sys.exit("Python comes without venv here. On Debian and Ubuntu: apt install python3-venv")


def install_with_uv(packages: list[str]) -> bool:
    """False when uv cannot be had or does not reach the packages that pip reaches."""
    quiet = ["--quiet", "--disable-pip-version-check"]
    if not run("-m", "pip", "install", *quiet, "uv", silent=True):
        return False
    return run("-m", "uv", "pip", "install", "--python", str(PYTHON), *packages)


def dependencies(dev: bool) -> list[str]:
    """The names in pyproject.toml, with those of the tests when asked for."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return project["dependencies"] + (project["optional-dependencies"]["dev"] if dev else [])


def fingerprint() -> str:
    """Changes when the dependencies do."""
    parts = (ROOT / "pyproject.toml", ROOT / "constraints.txt")
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()[:16]


def run(*arguments: str, silent: bool = False) -> bool:
    """A module of the virtual environment; whether it succeeded."""
    nowhere = subprocess.DEVNULL if silent else None
    environment = os.environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    command = [str(PYTHON), *arguments]
    done = subprocess.run(command, check=False, stdout=nowhere, stderr=nowhere, env=environment)
    return done.returncode == 0


def say(words: str) -> None:
    """One line, at once."""
    print(words, flush=True)


if __name__ == "__main__":
    main()
