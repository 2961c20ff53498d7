"""docs/benchmarks.md: sections between markers, so that one can be measured anew without the others."""
import datetime
import re
import traceback

from runner import places

HEAD = """# Measured against the peers

Written by `./tests/bench/run.sh`; do not edit by hand. A peer that is better somewhere stands there with its better
figure, and below each table is said where one is.

| section | what |
|---|---|
| [extract](#extract) | quality of text and metadata, then speed, memory and start-up, of the article extractors of five languages |
| [clean](#clean) | what text repairers, line rules and document filters repair, harm and gain |
| [dedupe](#dedupe) | pairs found against exact truth, speed, bytes a document |
| [tokenize](#tokenize) | sentences and words against treebanks, and speed; subwords by the same vocabulary |
| [pipeline](#pipeline) | HTML to unique tokenised articles, against two chains in Python |
| [growth](#growth) | the cost from a thousand to a million pages |

[tests/bench/README.md](../tests/bench/README.md) says how things are measured and how to add a peer.
"""
SHARED = 0.1  # cores of other work from which figures are said to be of a shared machine
RATIO = "times copydesk's"
ORDER = ["run", "extract", "clean", "dedupe", "tokenize", "pipeline", "growth"]


def table(head, rows, left=1):
    """A Markdown table; the first `left` columns are text, the others figures."""
    lines = ["| " + " | ".join(head) + " |",
             "|" + "|".join("---" if i < left else "--:" for i in range(len(head))) + "|"]
    return "\n".join(lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows])


def figure(value, digits=3):
    """A share: .912; a dash where there is none."""
    return "–" if value is None else f"{value:.{digits}f}".replace("0.", ".", 1) if value < 1 else f"{value:.{digits}f}"


def amount(value):
    """A rate or a size with three figures that mean something."""
    if value is None:
        return "–"
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def megabytes(value):
    return "–" if value is None else f"{value / 1e6:,.0f}"


def absent(lines):
    """The peers that gave no row, each line with its reason; this machine's folders are left out of it."""
    return "Did not install or run here:\n\n" + places.shown(lines, between="\n") if lines else ""


def number(cell):
    """The figure in a cell, or None."""
    try:
        return float(str(cell).replace(",", ""))
    except ValueError:
        return None


def better(head, rows, lower=()):
    """Says in words where a peer's figure is better than copydesk's, which is the first row. `lower`: columns where less is better."""
    found = []
    for column, title in enumerate(head):
        if title == RATIO:
            continue  # says of another column how much better
        ours = number(rows[0][column])
        theirs = [(number(row[column]), row[0]) for row in rows[1:] if number(row[column]) is not None]
        if ours is None or not theirs:
            continue
        best, name = (min if title in lower else max)(theirs)
        if best < ours if title in lower else best > ours:
            many = sum(value < ours if title in lower else value > ours for value, _ in theirs)
            found.append(f"- {title}: {name} {report_cell(best)} against {report_cell(ours)}" + (f" ({many} peers are better)" if many > 1 else ""))
    return "Where a peer is better:\n\n" + "\n".join(found) if found else "No peer has a better figure in this table."


def report_cell(value):
    return figure(value) if 0 <= value < 1 else amount(value)


def stamp(minutes, others):
    """When and on what a section was measured; `others` are the cores that other work took meanwhile."""
    shared = (f"Other work took {others:.2f} cores meanwhile." if others < SHARED else
              f"**The machine was shared: other work took {others:.2f} cores meanwhile. Trust ratios of core time, not wall times.**")
    return (f"Measured in {minutes:.1f} minutes to {datetime.datetime.now(datetime.timezone.utc):%Y-%m-%d %H:%M} UTC at commit {places.commit()} "
            f"on {places.machine()}. {shared}")


def stamped(body, line):
    """The section with a line under its title."""
    title, _, rest = body.partition("\n")
    return f"{title}\n\n{line}\n{rest}"


def failure(error):
    """What stands in the page for what failed."""
    return f"This failed in the last run: `{type(error).__name__}`: {places.shown([error])}"


def guarded(options, work):
    """The text that `work` gives; where it fails, that, and the failure is noted in the options: the other parts stay."""
    try:
        return work()
    except Exception as error:  # whatever it was, an hour of other figures must not be lost with it
        traceback.print_exc()
        options.failures.append(error)
        return failure(error)


def of_run(minutes, failed):
    """What the page says of the run that wrote all its sections."""
    end = datetime.datetime.now(datetime.timezone.utc)
    text = (f"All sections were written by one run of that command, {minutes:.0f} minutes that ended {end:%Y-%m-%d %H:%M} UTC, at commit "
            f"{places.commit()} on {places.machine()}, with {places.languages()}.")
    return text + (f"\n\n**Failed in that run: {', '.join(failed)}.**" if failed else "")


def write(section, body):
    """Puts a section into the page, in its place."""
    page = places.REPORT.read_text(encoding="utf-8") if places.REPORT.exists() else HEAD
    found = dict(re.findall(r"<!-- begin (\w+) -->\n(.*?)<!-- end \1 -->\n", page, re.S))
    if section != "run":
        found.pop("run", None)  # until the run is over, the sections are of different ones
    found[section] = body.strip() + "\n"
    page = HEAD + "".join(f"\n<!-- begin {name} -->\n{found[name]}<!-- end {name} -->\n" for name in ORDER if name in found)
    places.REPORT.parent.mkdir(exist_ok=True)
    places.REPORT.write_text(page, encoding="utf-8")
    places.say(f"wrote the section {section} of {places.REPORT.relative_to(places.ROOT)}")
