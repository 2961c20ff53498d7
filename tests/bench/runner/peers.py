"""The worlds that peers come from: how each is installed into the cache, and how its adapter is started."""
import dataclasses
import hashlib
import os
import shutil
import subprocess

from runner.places import CACHE, PEERS, say


class NotInstalled(Exception):
    """Carries why."""


class Failed(Exception):
    """A run that gave nothing to measure; carries why."""


def _call(command, folder, **environment):
    done = subprocess.run(list(map(str, command)), cwd=folder, env={**os.environ, **environment}, capture_output=True,
                          text=True, check=False)
    if done.returncode:
        lines = (done.stdout + done.stderr).strip().splitlines()
        raise NotInstalled(f"{command[0]}: " + (lines[-1] if lines else f"exit status {done.returncode}"))
    return done.stdout


def _python(folder, name):
    program = shutil.which(os.environ.get("PEERS_PYTHON", "python3"))
    if not (folder / "bin" / "python").exists():
        _call([program, "-m", "venv", folder], folder)
    _call([folder / "bin" / "python", "-m", "pip", "install", "-q", "-U", "pip"], folder)
    _call([folder / "bin" / "python", "-m", "pip", "install", "-q", "-r", PEERS / "requirements" / f"{name}.txt"], folder)


def _node(folder, _):
    _call(["npm", "install", "--silent", "--no-audit", "--no-fund"], folder)


def _go(folder, _):
    _call(["go", "build", "-o", "adapter", "."], folder)


def _rust(folder, _):
    _call(["cargo", "build", "--release", "--quiet"], folder)


def _java(folder, _):
    _call(["mvn", "-q", "dependency:copy-dependencies", "-DoutputDirectory=lib"], folder)


def _cpp(folder, _):
    flags = _call(["pkg-config", "--cflags", "--libs", "icu-uc", "icu-i18n"], folder).split()
    for source in folder.glob("*.cpp"):
        _call(["g++", "-std=c++20", "-O2", "-o", source.stem, source.name, *flags], folder)


WORLDS = {"cpp": _cpp, "python": _python, "node": _node, "go": _go, "rust": _rust, "java": _java}


@dataclasses.dataclass(frozen=True)
class World:
    """One set of packages that live together: a venv, a node_modules, a Go or Cargo project, a folder of jars."""
    kind: str
    name: str  # of the requirements file for python, else the folder in tests/bench/peers

    @property
    def folder(self):
        return CACHE / f"{self.kind}-{self.name}"

    def sources(self):
        if self.kind == "python":
            return [PEERS / "requirements" / f"{self.name}.txt"]
        return sorted(path for path in (PEERS / self.name).rglob("*") if path.is_file())

    def install(self):
        """Installs what the pinned files name, once for each state of those files. Raises NotInstalled."""
        state = hashlib.sha256(b"".join(path.read_bytes() for path in self.sources())).hexdigest()
        mark = self.folder / ".installed"
        if mark.exists() and mark.read_text() == state:
            return
        say(f"installing the {self.kind} peers of {self.name}")
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.kind != "python":
            shutil.copytree(PEERS / self.name, self.folder, dirs_exist_ok=True)
        try:
            WORLDS[self.kind](self.folder, self.name)
        except FileNotFoundError as error:
            raise NotInstalled(f"{error.filename} is not there") from error
        mark.write_text(state)

    def adapter(self, script):
        """The command that starts an adapter of this world."""
        return {
            "python": [self.folder / "bin" / "python", PEERS / script],
            "node": ["node", self.folder / script],
            "cpp": [self.folder / script],
            "go": [self.folder / "adapter"],
            "rust": [self.folder / "target" / "release" / script],
            "java": ["java", "-cp", f"{self.folder}/lib/*", self.folder / script],
        }[self.kind]


@dataclasses.dataclass(frozen=True)
class Peer:
    """One row of a table."""
    name: str  # as the adapter knows it
    package: str  # name and version, as the pinned files have them
    world: World
    script: str
    note: str = ""
    cost: float = 1  # rough core milliseconds of one input: for the plan, and for how many inputs a slow peer gets

    def command(self):
        return [*self.world.adapter(self.script), self.name]


def versioned(peer):
    """Name and version of the package; ICU is the system's own, so its version is asked for."""
    if peer.package != "ICU":
        return peer.package
    try:
        return f"ICU {_call(['pkg-config', '--modversion', 'icu-uc'], PEERS).strip()}"
    except (NotInstalled, OSError):
        return peer.package


def wanted(known, options):
    """Those that the options name, or all."""
    return [peer for peer in known if not options.peer or peer.name in options.peer]


def installed(chosen):
    """(the peers that are installed now, lines on those that could not be)."""
    ready, missing = [], []
    for peer in chosen:
        try:
            peer.world.install()
            ready.append(peer)
        except (NotInstalled, OSError) as error:
            missing.append(f"- {peer.name} ({peer.package}): {error}")
    return ready, missing
