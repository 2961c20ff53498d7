"""What each extractor's texts and metadata are worth, over the whole sets; two extractors at a time, as nothing is timed."""
import concurrent.futures
import os
import statistics

from runner import corpora, peers, places, report, runs

LONGEST = 90  # core seconds a peer may take here: a slower one gets every second, fourth, eighth ... page of each set


def step(cost, pages, longest=LONGEST):
    """Every how many pages a peer gets that takes `cost` core milliseconds for one: a power of two."""
    every = 1
    while cost * pages / every > 1000 * longest:
        every *= 2
    return every


def share(inputs, every):
    """Every so many pages of each set."""
    return [entry for name in corpora.SETS
            for entry in [entry for entry in inputs if entry[0].startswith(name + "/")][::every]]


def of_peer(peer, inputs):
    """Runs a peer over its share of the sets and scores what it wrote."""
    mine = share(inputs, step(peer.cost, len(inputs)))
    places.say(f"{peer.name}: {len(mine)} pages of the sets")
    _, figures, output = runs.adapter(peer, runs.write_list(f"{peer.name}.whole", mine), "whole")
    return {"sets": corpora.score(runs.records(output)), "errors": figures["errors"]}


def of_peers(chosen, inputs):
    """({name: result}, the peers that gave none); the longest runs begin first, so that both cores end together."""
    results, missing = {}, []
    ordered = sorted(chosen, key=lambda peer: -peer.cost * len(inputs) / step(peer.cost, len(inputs)))
    with concurrent.futures.ProcessPoolExecutor(os.cpu_count()) as pool:
        running = [(peer, pool.submit(of_peer, peer, inputs)) for peer in ordered]
        for peer, result in running:
            try:
                results[peer.name] = result.result()
            except Exception as error:  # of the peer's process or of scoring what it wrote: the others go on
                missing.append(f"- {peer.name} ({peer.package}): {error!r}")
    return results, missing


def row(name, package, result):
    sets = result["sets"]

    def get(set_name, measure):
        return report.figure(sets.get(set_name, {}).get(measure))
    pages = sum(totals["pages"] for totals in sets.values())
    return [name, package, f"{pages:,}", get("wcxb", "word_f1"), get("wcxb", "shingle_f1"), get("naeb", "shingle_f1"),
            get("daniel", "shingle_f1"), get("trafilatura", "with"), get("trafilatura", "without"),
            *(report.figure(mean_of(sets, field)) for field in ("title", "author", "date")), result.get("errors", 0)]


def mean_of(sets, field):
    """Mean over the sets that have the field; None where a peer never gave one."""
    values = [totals[field] for totals in sets.values() if field in totals]
    return statistics.mean(values) if values and max(values) > 0 else None


def our_rows(inputs, steps):
    """copydesk over all pages, and over each share that a slow peer got."""
    _, records = runs.extract(inputs, "whole", threads=0)
    of = {record["id"]: record for record in records}
    rows = []
    for every in sorted({1, *steps}):
        part = corpora.score([of[key] for key, _ in share(inputs, every)])
        label = "**copydesk extract**" + ("" if every == 1 else f", one page in {every}")
        rows.append(row(label, places.commit(), {"sets": part}))
    return rows


def section(chosen, most=None):
    """The table; `most` pages of each set, where that is given."""
    inputs = corpora.everything(most)
    chosen, missing = peers.installed(chosen)
    results, failed = of_peers(chosen, inputs)
    steps = {step(peer.cost, len(inputs)) for peer in chosen if peer.name in results}
    ours = our_rows(inputs, steps) if places.tool("extract") else []
    theirs = [row(peer.name, peer.package, results[peer.name]) for peer in chosen if peer.name in results]
    head = ["", "version", "pages", "wcxb word", "wcxb shingle", "naeb shingle", "daniel shingle", "traf. with", "traf. without",
            "title", "author", "date", "failed on"]
    text = report.table(head, ours + theirs, left=2)
    if ours and theirs:
        text += "\n\n" + report.better(head[:2] + head[3:-1], [line[:2] + line[3:-1] for line in ours[:1] + theirs])
    return "\n\n".join(part for part in (text, report.absent(missing + failed)) if part)


def minutes(chosen, most=None):
    """Expected: the work of two at a time, the scores included."""
    pages = min(2_069, most * len(corpora.SETS)) if most else 2_069
    return sum(peer.cost * pages / step(peer.cost, pages) / 1000 + 8 for peer in chosen) / 60 / os.cpu_count()


NOTE = """### Quality

Text: F1 of words (wcxb) and of 4-word shingles (wcxb, naeb, daniel); on trafilatura's set the share of the wanted snippets
that are there and of the unwanted ones that are not. Metadata: share of pages with exactly gold's value, mean over the
sets that have it; a dash where a peer gives none. On daniel the title is put before the text, as in its gold. Every
extractor gets the page's bytes and no URL. The slowest get every second, fourth or eighth page of each set, as the third column
says; copydesk stands there for such a share too. Copydesk reads all pages in one run and so sees what those of one site share; the others
are given a page at a time, as that is all they take. *Failed on*: pages on which it raised an error, which count as empty. **Copydesk's
block scorer was trained on all four sets, so its text figures here are those of pages it has seen**; those for pages of sites it has
not seen, cross-validated, stand in the README. trafilatura's rules, in turn, were tuned on trafilatura's set, and rs-trafilatura's on wcxb.

`./tests/bench/run.sh extract --quality` repeats it, `--peer NAME` for one row."""
