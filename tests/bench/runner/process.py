"""Running programs and measuring them from outside."""
import dataclasses
import os
import pathlib
import resource
import signal
import subprocess
import tempfile
import time


@dataclasses.dataclass
class Usage:
    """One process, its children included."""
    wall: float  # seconds
    cpu: float  # seconds, user and system
    peak: int  # bytes resident, the largest process
    status: int
    errors: str = ""


LONGEST = 900  # seconds that one process may take: a peer that hangs costs its own row, not the run


def _wait(process, timeout):
    """(status, what it said); it and its children, a session of their own, are ended where it takes too long or we are stopped."""
    try:
        _, errors = process.communicate(timeout=timeout)
        return process.returncode, errors.decode(errors="replace")
    except BaseException as error:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        if not isinstance(error, subprocess.TimeoutExpired):
            raise
        return 1, f"took longer than {timeout} s"


def run(command, stdin=None, stdout=None, environment=None, timeout=LONGEST):
    """Runs a command to its end. GNU time measures it: what a Python parent is told of a child's memory is its own."""
    with tempfile.TemporaryDirectory() as folder:
        figures = pathlib.Path(folder) / "time"
        start = time.perf_counter()
        with open(stdin or os.devnull, "rb") as source, open(stdout or os.devnull, "wb") as sink:
            process = subprocess.Popen(["time", "-q", "-f", "%U %S %M", "-o", figures, *map(str, command)], stdin=source,
                                       stdout=sink, stderr=subprocess.PIPE, env={**os.environ, **(environment or {})},
                                       start_new_session=True)
            status, errors = _wait(process, timeout)
        wall = time.perf_counter() - start
        numbers = (figures.read_text().split() if figures.exists() else []) or ["0", "0", "0"]
    if status < 0 or status > 128:
        errors += f"\nended by signal {-status if status < 0 else status - 128}, from outside"
    user, system, peak = numbers[-3:]
    return Usage(wall, float(user) + float(system), int(peak) * 1024, status, errors)


def _busy_seconds():
    """Processor seconds that all programs of the machine have used since it started, on all cores."""
    with open("/proc/stat", encoding="ascii") as lines:
        user, nice, system, _, _, interrupts, soft, *_ = map(int, next(lines).split()[1:])
    return (user + nice + system + interrupts + soft) / os.sysconf("SC_CLK_TCK")


def _own_seconds():
    """Processor seconds of this process and of all its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


class Watch:
    """Tells what the machine did besides us since it was made."""

    def __init__(self):
        self.start, self.busy, self.own = time.monotonic(), _busy_seconds(), _own_seconds()

    def minutes(self):
        return (time.monotonic() - self.start) / 60

    def core_minutes(self):
        """Of our own."""
        return (_own_seconds() - self.own) / 60

    def others(self):
        """Cores that other work took, in the mean."""
        others = (_busy_seconds() - self.busy) - (_own_seconds() - self.own)
        return max(0.0, others / (time.monotonic() - self.start))
