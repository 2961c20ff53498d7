#!/usr/bin/env python3
"""Run other extractors over the pages of the bench folder: noisy inputs for `clean`.

usage: noisy_extract.py BENCH OUT [--sets wcxb,naeb,daniel] [--extractors a,b,...] [--every N]

Writes OUT/SET.EXTRACTOR.jsonl, one record a page: id, url, lang (where gold has them), text. Runs in
the environment that noisy_setup.sh makes; that one records the versions.
"""
import argparse, gzip, json, os, subprocess, sys


def trafilatura(html, url):
    import trafilatura as t
    return t.extract(html, url=url, include_comments=False)


def readability_lxml(html, url):
    from readability import Document
    from html_text import extract_text
    return extract_text(Document(html).summary(), guess_layout=True)


def newspaper4k(html, url):
    import newspaper
    article = newspaper.Article(url or "http://example.com/", language="en")
    article.download(input_html=html)
    article.parse()
    return article.text


def justext(html, url, lang="en"):
    import justext as j
    names = {"en": "English", "pl": "Polish", "ru": "Russian", "el": "Greek"}
    stop = j.get_stoplist(names[lang]) if lang in names else frozenset()
    options = {} if stop else {"stopwords_low": 0, "stopwords_high": 0}
    paragraphs = j.justext(html.encode("utf-8"), stop, encoding="utf-8", **options)
    return "\n\n".join(p.text for p in paragraphs if not p.is_boilerplate)


def boilerpy3(html, url):
    from boilerpy3 import extractors
    return extractors.ArticleExtractor(raise_on_failure=False).get_content(html)


def resiliparse(html, url):
    from resiliparse.extract.html2text import extract_plain_text
    return extract_plain_text(html, main_content=True, alt_texts=False)


def html_text(html, url):
    import html_text as h
    return h.extract_text(html, guess_layout=True)


def inscriptis(html, url):
    from inscriptis import get_text
    return get_text(html)


class Readability:
    """Readability.js under node, one process for all pages: noisy_readability.js."""

    def __init__(self):
        here = os.path.dirname(os.path.abspath(__file__))
        self.node = subprocess.Popen(["node", os.path.join(here, "noisy_readability.js")],
                                     stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __call__(self, html, url):
        self.node.stdin.write(json.dumps({"html": html, "url": url or "http://example.com/"}) + "\n")
        self.node.stdin.flush()
        return json.loads(self.node.stdout.readline())["text"]


PYTHON = {f.__name__: f for f in (trafilatura, readability_lxml, newspaper4k, justext, boilerpy3,
                                  resiliparse, html_text, inscriptis)}


def decode(data):
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding
    return bytes_to_str(data, detect_encoding(data))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench")
    parser.add_argument("out")
    parser.add_argument("--sets", default="wcxb,naeb,daniel")
    parser.add_argument("--extractors", default=",".join(PYTHON) + ",readability_js")
    parser.add_argument("--every", type=int, default=1, help="only every Nth page")
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    for name in args.extractors.split(","):
        run = Readability() if name == "readability_js" else PYTHON[name]
        for corpus in args.sets.split(","):
            folder = os.path.join(args.bench, corpus)
            path = os.path.join(args.out, f"{corpus}.{name}.jsonl")
            with open(os.path.join(folder, "gold.jsonl"), encoding="utf-8") as gold, \
                    open(path + ".part", "w", encoding="utf-8") as out:
                for number, line in enumerate(gold):
                    g = json.loads(line)
                    if number % args.every or not g.get("text"):
                        continue
                    with gzip.open(os.path.join(folder, "pages", g["id"] + ".html.gz")) as page:
                        html = decode(page.read())
                    record = {"id": g["id"], "url": g.get("url") or ""}
                    lang = g.get("lang") or "en"
                    record["lang"] = lang
                    try:
                        text = run(html, record["url"], lang) if name == "justext" else run(html, record["url"])
                    except Exception as error:  # an extractor that gives up gives no text
                        print(f"{path}: {g['id']}: {type(error).__name__}: {error}"[:200], file=sys.stderr)
                        text = ""
                    record["text"] = text or ""
                    out.write(json.dumps(record, ensure_ascii=False) + "\n")
            os.rename(path + ".part", path)


if __name__ == "__main__":
    main()
