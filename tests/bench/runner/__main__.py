"""Options in, sections out."""
import argparse
import importlib
import shutil
import signal
import sys
import time

from runner import places, process, report

SECTIONS = ("extract", "clean", "dedupe", "tokenize", "pipeline", "growth")


def arguments():
    parser = argparse.ArgumentParser(prog="run.sh", description="Measure copydesk against its peers.")
    parser.add_argument("section", nargs="*", help=f"{', '.join(SECTIONS)} (default: all of these), guard")
    parser.add_argument("--quality", action="store_true", help="no timing")
    parser.add_argument("--parse", action="store_true", help="extract: only the ratio to libxml2's parse, printed")
    parser.add_argument("--peer", action="append", help="only this one; the result is printed and not written")
    parser.add_argument("--write", action="store_true", help="write the section even so: of these peers alone")
    parser.add_argument("--print", action="store_true", help="print the sections instead of writing them")
    parser.add_argument("--sample", type=int, default=120, help="pages to time with (default 120)")
    parser.add_argument("--pages", type=int, help="quality of extract: at most so many pages of each set (default all)")
    parser.add_argument("--scale", type=int, default=1_000_000, help="growth: the largest number of pages")
    parser.add_argument("--minutes", type=float, default=55, help="growth: leave out sizes that would end later than this after the start")
    parser.add_argument("--update", action="store_true", help="guard: write the counts anew")
    options = parser.parse_args()
    options.until = time.monotonic() + 60 * options.minutes
    options.section = ["extract"] if options.parse else options.section or list(SECTIONS)
    unknown = [name for name in options.section if name not in (*SECTIONS, "guard")]
    if unknown:
        parser.error(f"no such section: {', '.join(unknown)}")
    return options


def modules(options):
    """[(name, module)] of the sections to measure, in the order of the page."""
    return [(name, importlib.import_module(f"runner.{name}")) for name in SECTIONS if name in options.section]


def say_plan(measured, options):
    expected = [(name, module.minutes(options)) for name, module in measured]
    places.say("plan: " + ", ".join(f"{name} {minutes:.1f}" for name, minutes in expected)
               + f"; together {sum(minutes for _, minutes in expected):.0f} minutes on a quiet machine of two cores, installing not counted")


def attempt(name, module, options):
    """(the section, whether it or a part of it failed); a section that fails says so in its place, and the others go on."""
    watch = process.Watch()
    options.failures = []
    body = report.guarded(options, lambda: module.measure(options))
    if options.failures and not body.startswith("## "):
        body = f"## {name}\n\n{body}"
    return body and report.stamped(body, report.stamp(watch.minutes(), watch.others())), bool(options.failures)


def measure_all(options):
    """Measures and writes each section; 1 where one failed."""
    watch, failed, measured = process.Watch(), [], modules(options)
    say_plan(measured, options)
    written = not (options.print or options.parse or options.peer and not options.write)
    for name, module in measured:
        start, used = watch.minutes(), watch.core_minutes()
        body, wrong = attempt(name, module, options)
        failed += [name] if wrong else []
        places.say(f"{name}: {watch.minutes() - start:.1f} minutes ({watch.core_minutes() - used:.1f} core minutes), "
                   f"{watch.minutes():.1f} since the start")
        if body is None:
            places.say(f"{name}: nothing to measure")
        elif not written:
            print(body)
        else:
            report.write(name, body)
    if written and len(measured) == len(SECTIONS):
        report.write("run", report.of_run(watch.minutes(), failed))
    return 1 if failed else 0


def main():
    options = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what is running is ended, too
    status = 0
    if set(options.section) != {"guard"}:
        shutil.rmtree(places.work_folder())  # nothing that an earlier run left can stand for this one's
        status = measure_all(options)
    if "guard" in options.section:
        status = importlib.import_module("runner.guard").check(options) or status
    return status


if __name__ == "__main__":
    sys.exit(main())
