#!/usr/bin/env python3
"""Title suffixes: the `<title>`s of wcxb's pages through `clean`, against gold titles.

usage: clean_title.py BENCH CLEAN [--show N]

exact: equal after NFKC, case folding and white space folding. short: a beginning or end of the gold
title (cut too much, or shorter in the page already; both are counted, the second apart). cut of gold:
of those, the ones where the `<title>` held more of the gold title than what is left (in the others it
held a shorter headline and the site's name, and only the name went). left: the gold title and
something more.
"""
import argparse, gzip, html, json, os, re, subprocess, unicodedata


def fold(text):
    return " ".join(unicodedata.normalize("NFKC", text or "").casefold().split())


def held(title, gold):
    """Length of the beginning or end of the gold title that stands in the other, whichever is longer."""
    front = next((n for n in range(len(gold), 0, -1) if gold[:n] in title), 0)
    back = next((n for n in range(len(gold), 0, -1) if gold[-n:] in title), 0)
    return max(front, back)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench")
    parser.add_argument("clean")
    parser.add_argument("--show", type=int, default=0)
    args = parser.parse_args()
    records, golds = [], []
    with open(os.path.join(args.bench, "wcxb", "gold.jsonl"), encoding="utf-8") as lines:
        for g in map(json.loads, lines):
            with gzip.open(os.path.join(args.bench, "wcxb", "pages", g["id"] + ".html.gz")) as page:
                found = re.search(r"<title[^>]*>(.*?)</title>", page.read().decode("utf-8", "replace"), re.S | re.I)
            if g.get("title") and found:
                title = " ".join(html.unescape(found[1]).split())
                records.append({"id": g["id"], "url": g["url"], "lang": "en", "title": title, "text": "x"})
                golds.append(g["title"])
    done = subprocess.run([args.clean, "-q"], input="".join(json.dumps(r) + "\n" for r in records).encode(),
                          stdout=subprocess.PIPE, check=True)
    count = {"exact": 0, "short": 0, "short before": 0, "cut of gold": 0, "left": 0, "exact before": 0, "gold within <title>": 0}
    shown = 0
    for record, gold, line in zip(records, golds, done.stdout.decode().split("\n")[:-1]):
        was, now, want = fold(record["title"]), fold(json.loads(line)["title"]), fold(gold)
        count["exact before"] += was == want
        count["gold within <title>"] += want in was
        count["short before"] += was != want and (want.startswith(was) or want.endswith(was))
        kind = ("exact" if now == want else "short" if want.startswith(now) or want.endswith(now)
                else "left" if now.startswith(want) or now.endswith(want) else "")
        if kind:
            count[kind] += 1
        count["cut of gold"] += kind == "short" and held(was, want) > len(now)
        if kind in ("short", "left") and shown < args.show:
            shown += 1
            print(kind, repr(record["title"]), "->", repr(json.loads(line)["title"]))
    for name, n in count.items():
        print(f"{name:<20} {n:>4}  {100 * n / len(golds):.1f}%")


if __name__ == "__main__":
    main()
