"""Options in, sections out."""
import argparse
import importlib
import sys

from runner import places, report

SECTIONS = ("extract", "clean", "dedupe", "tokenize", "pipeline", "growth")


def main():
    parser = argparse.ArgumentParser(prog="run.sh", description="Measure copydesk against its peers.")
    parser.add_argument("section", nargs="*", help=f"{', '.join(SECTIONS)} (default: all of these), guard")
    parser.add_argument("--quality", action="store_true", help="no timing")
    parser.add_argument("--parse", action="store_true", help="extract: only the ratio to libxml2's parse, printed")
    parser.add_argument("--peer", action="append", help="only this one; the result is printed and not written")
    parser.add_argument("--write", action="store_true", help="write the section even so: of these peers alone")
    parser.add_argument("--sample", type=int, default=200, help="pages to time with (default 200)")
    parser.add_argument("--scale", type=int, default=1_000_000, help="growth: the largest number of pages")
    parser.add_argument("--update", action="store_true", help="guard: write the counts anew")
    options = parser.parse_args()
    wanted = options.section or list(SECTIONS)
    unknown = [name for name in wanted if name not in (*SECTIONS, "guard")]
    if unknown:
        parser.error(f"no such section: {', '.join(unknown)}")
    status = 0
    for name in wanted:
        module = importlib.import_module(f"runner.{name}")
        if name == "guard":
            status = module.check(options) or status
            continue
        body = module.measure(options)
        if options.parse:
            continue
        if body is None:
            places.say(f"{name}: nothing to measure")
        elif options.peer and not options.write:
            print(body)
        else:
            report.write(name, body)
    return status


if __name__ == "__main__":
    sys.exit(main())
