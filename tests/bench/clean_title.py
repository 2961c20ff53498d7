#!/usr/bin/env python3
"""Title suffixes: the `<title>`s of pages through `clean`, against gold titles.

usage: clean_title.py BENCH CLEAN [--sets wcxb,naeb,trafilatura,daniel] [--noisy NOISY] [--folds 2] [--show N]

exact: equal after NFKC, case folding and white space folding. alike: equal when curly and straight quotes
and the dashes are taken for each other too. short: a beginning or end of the gold title (cut too much,
or shorter in the page already; both are counted, the second apart). cut of gold: of those, the ones where
the `<title>` held more of the gold title than what is left (in the others it held a shorter headline and
the site's name, and only the name went). left: the gold title and something more. again: changed when
cleaned once more.

The record has the title, the page's URL and its language; with --noisy (what noisy_extract.py wrote) also
the text that each extractor gave, whose head may repeat the headline. daniel's gold title is the first
line of its text. --folds parts the pages by site.
"""
import argparse, glob, gzip, hashlib, html, json, os, re, subprocess, unicodedata
from urllib.parse import urlsplit

ALIKE = str.maketrans("\u2018\u2019\u201c\u201d\u2013\u2014", "''\"\"--")


def fold(text):
    return " ".join(unicodedata.normalize("NFKC", text or "").casefold().split())


def held(title, gold):
    """Length of the beginning or end of the gold title that stands in the other, whichever is longer."""
    front = next((n for n in range(len(gold), 0, -1) if gold[:n] in title), 0)
    back = next((n for n in range(len(gold), 0, -1) if gold[-n:] in title), 0)
    return max(front, back)


def decode(page):
    declared = re.search(rb"charset=[\"']?([\w-]+)", page[:4000])
    for charset in ([declared[1].decode()] if declared else []) + ["utf-8", "cp1252"]:
        try:
            return page.decode(charset)
        except (LookupError, UnicodeDecodeError):
            pass
    return page.decode("utf-8", "replace")


def read_set(bench, name):
    """Records as clean reads them, and their gold titles."""
    records, golds = [], []
    with open(os.path.join(bench, name, "gold.jsonl"), encoding="utf-8") as lines:
        for g in map(json.loads, lines):
            gold = g.get("title") or (g["text"].split("\n")[0] if name == "daniel" else "")
            with gzip.open(os.path.join(bench, name, "pages", g["id"] + ".html.gz")) as page:
                found = re.search(r"<title[^>]*>(.*?)</title>", decode(page.read()), re.S | re.I)
            title = " ".join(html.unescape(found[1]).split()) if found else ""
            if gold and title:
                records.append({"id": g["id"], "url": g.get("url") or "", "title": title, "text": "x",
                                "lang": g.get("lang") or ("en" if name == "wcxb" else "")})
                golds.append(gold)
    return records, golds


def clean(program, records):
    lines = "".join(json.dumps({k: v for k, v in r.items() if v}) + "\n" for r in records)
    done = subprocess.run([program, "-q"], input=lines.encode(), stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in done.stdout.decode().split("\n") if line]


def fold_of(record, folds):
    """The same for all pages of one site."""
    host = urlsplit(record["url"]).hostname or record["id"]
    site = ".".join(host.split(".")[-2:])
    return int(hashlib.md5(site.encode()).hexdigest(), 16) % folds


NAMES = ["exact", "alike", "exact before", "gold within", "short", "short before", "cut of gold", "left", "again"]


def count(records, golds, program, show):
    done = clean(program, records)
    again = clean(program, done)
    count = dict.fromkeys(NAMES, 0)
    for record, gold, once, twice in zip(records, golds, done, again):
        was, now, want = fold(record["title"]), fold(once["title"]), fold(gold)
        count["exact before"] += was == want
        count["gold within"] += want in was
        count["short before"] += was != want and (want.startswith(was) or want.endswith(was))
        count["alike"] += now.translate(ALIKE) == want.translate(ALIKE)
        count["again"] += once["title"] != twice["title"]
        kind = ("exact" if now == want else "short" if want.startswith(now) or want.endswith(now)
                else "left" if now.startswith(want) or now.endswith(want) else "")
        if kind:
            count[kind] += 1
        count["cut of gold"] += kind == "short" and held(was, want) > len(now)
        if kind in ("short", "left") and show > 0:
            show -= 1
            print(kind, repr(record["title"]), "->", repr(once["title"]))
    return count


def report(label, records, golds, program, show):
    counts = count(records, golds, program, show)
    print(f"{label:<28} {len(golds):>5} " +
          "".join(f"{counts[n]:>6} {100 * counts[n] / max(1, len(golds)):5.1f}%" for n in NAMES), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench")
    parser.add_argument("clean")
    parser.add_argument("--sets", default="wcxb")
    parser.add_argument("--noisy")
    parser.add_argument("--folds", type=int, default=1)
    parser.add_argument("--show", type=int, default=0)
    args = parser.parse_args()
    print(f"{'':<28} {'pages':>5} " + "".join(f"{n[-12:]:>13}" for n in NAMES))
    for name in args.sets.split(","):
        records, golds = read_set(args.bench, name)
        texts = {"": {}}
        for path in sorted(glob.glob(os.path.join(args.noisy, name + ".*.jsonl"))) if args.noisy else []:
            with open(path, encoding="utf-8") as lines:
                texts[os.path.basename(path).split(".")[1]] = {r["id"]: r["text"] for r in map(json.loads, lines)}
        for extractor, text in texts.items():
            for part in range(args.folds):
                chosen = [(dict(r, text=text.get(r["id"]) or "x"), g) for r, g in zip(records, golds)
                          if fold_of(r, args.folds) == part]
                label = " ".join(filter(None, (name, extractor, f"{part + 1}/{args.folds}" if args.folds > 1 else "")))
                report(label, [r for r, _ in chosen], [g for _, g in chosen], args.clean, args.show)


if __name__ == "__main__":
    main()
