"""Reads what `extract --explain` wrote, and the gold texts that go with it."""
import json
import re
import unicodedata
import zlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np

import align
import class_tokens

FACT_NAMES = Path(__file__).resolve().parents[2] / "src" / "extract" / "fact_names.inc"
SECOND_LEVEL = {"ac", "co", "com", "edu", "gov", "net", "org"}  # of a country: bbc.co.uk
LEAST_FOUND = 0.4  # pages whose gold is not in the page teach nothing
LEAST_GOLD = 200  # words; pages with less gold (often cut short) do not weigh more a word
LONGEST_BLOCK = 150  # words; a longer block weighs no more
SNIPPET_WEIGHT = 0.9  # of a page that has only snippets, against one with its whole text
CUT_WORDS = 100  # of running text like the article's, behind its end by the gold text: it was cut
CUT_SHARE = 0.3  # the same, against the words of the article as labelled
GROUP_FACTS = ("alike_words", "alike_blocks", "alike_mean", "alike_prose", "alike_links")
MOST_REST = 4  # times the weight of a page's article: the most that the rest of the page weighs


def fact_names():
    return re.findall(r"^COPYDESK_FACT\((\w+)\)", FACT_NAMES.read_text(), re.M)


def site_of(url):
    """The registered domain, near enough."""
    host = (urlsplit(url).hostname or url).lower()
    parts = host.split(".")
    size = 3 if len(parts) > 2 and parts[-2] in SECOND_LEVEL and len(parts[-1]) == 2 else 2
    return ".".join(parts[-size:])


@dataclass
class Page:
    set_name: str
    id: str
    site: str
    blocks: list = field(default_factory=list)  # dicts: words, own, near, far
    rows: list = field(default_factory=list)  # facts
    labels: list = field(default_factory=list)
    weights: list = field(default_factory=list)
    known: list = field(default_factory=list)  # False: the block has no label
    shares: list = field(default_factory=list)  # of class tokens
    alike: list = field(default_factory=list)  # group of blocks that look alike

    def fold(self, folds):
        return zlib.crc32(self.site.encode()) % folds


def page_key(record_id):
    return re.sub(r"\.html?(\.(gz|zst))?$", "", record_id.rsplit("/", 1)[-1])


def read_explain(path, names):
    """Yields (page key, block records) page after page; `facts` becomes a row of numbers."""
    index = {name: i for i, name in enumerate(names)}
    key, blocks = None, []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            block = json.loads(line)
            row = np.zeros(len(names), np.float32)
            for name, value in block.pop("facts").items():
                row[index[name]] = value
            block["row"] = row
            for scope in class_tokens.SCOPES:
                block[scope] = tuple(block[scope].split())
            if block["id"] != key:
                if blocks:
                    yield page_key(key), blocks
                key, blocks = block["id"], []
            blocks.append(block)
    if blocks:
        yield page_key(key), blocks


def fold_text(text):
    return " ".join(unicodedata.normalize("NFKC", text or "").casefold().split())


def label_by_snippets(blocks, gold):
    """Labels from snippets that must and must not be in the article: few blocks get one."""
    texts = [fold_text(block["text"]) for block in blocks]
    labels, known = [0] * len(blocks), [False] * len(blocks)
    for snippet in gold.get("with") or []:
        hits = [i for i, text in enumerate(texts) if fold_text(snippet) in text]
        if len(hits) == 1:
            labels[hits[0]], known[hits[0]] = 1, True
    for snippet in (gold.get("without") or []) + (gold.get("comments") or []):
        for i, text in enumerate(texts):
            if fold_text(snippet) in text:
                labels[i], known[i] = 0, not known[i] or labels[i] == 0
    return labels, known


def base_weight(words):
    return min(words, LONGEST_BLOCK) + 3


def bound_rest(weights, labels):
    """Bounds what is not article. Else a page with a thousand comments, or one whose gold was cut
    short, weighs as much as fifty others, and the trees learn what is special about it."""
    article = sum(w for w, label in zip(weights, labels) if label)
    rest = sum(w for w, label in zip(weights, labels) if not label)
    factor = min(1, MOST_REST * max(article, 0.3) / max(rest, 1e-9))
    return [w if label else w * factor for w, label in zip(weights, labels)]


def end_of_cut(words, labels, rows, names):
    """The last block of the running text that goes on behind the end of a gold text that was cut
    short; None where none does. It goes on in blocks of the kind that holds most of the article (blocks of one kind
    have the same facts of their kind), and is too long for a note about the author."""
    if not any(labels):
        return None
    rows = np.array(rows)
    kind = [tuple(row) for row in rows[:, [names.index(name) for name in GROUP_FACTS]]]
    prose = rows[:, names.index("prose")] > 0
    article = Counter()
    for i, label in enumerate(labels):
        article[kind[i]] += label * words[i]
    main = max(article, key=lambda k: article[k])
    last = max(i for i, label in enumerate(labels) if label)
    more = [i for i in range(last + 1, len(labels)) if prose[i] and kind[i] == main]
    size = sum(words[i] for i in more)
    return more[-1] if size >= max(CUT_WORDS, CUT_SHARE * sum(article.values())) else None


def unlabel_behind_cut(page, names):
    """What stands behind the end of a gold text that was cut short is article or not: nobody knows."""
    last = end_of_cut([block["words"] for block in page.blocks], page.labels, page.rows, names)
    if last is None:
        return
    end = max(i for i, label in enumerate(page.labels) if label)
    for i in range(end + 1, last + 1):
        page.known[i] = False


def make_page(set_name, key, blocks, gold, titled, names):
    page = Page(set_name, key, site_of(gold.get("url") or gold.get("site") or f"{set_name}-{key}"))
    words = [align.tokens(block["text"]) for block in blocks]
    page.blocks = [{"words": len(w), **{s: b[s] for s in class_tokens.SCOPES}}
                   for w, b in zip(words, blocks)]
    page.rows = [block["row"] for block in blocks]
    page.alike = [block["alike"] for block in blocks]
    if gold.get("text"):
        text = gold["text"].partition("\n")[2] if titled else gold["text"]
        page.labels, label_weights, found, size = align.align(words, text)
        if found < LEAST_FOUND:
            return None
        page.known = [True] * len(blocks)
        unlabel_behind_cut(page, names)
        weights = [base_weight(len(w)) / max(LEAST_GOLD, size) * weight * known
                   for w, weight, known in zip(words, label_weights, page.known)]
        page.weights = bound_rest(weights, page.labels)
    else:
        page.labels, page.known = label_by_snippets(blocks, gold)
        total = sum(base_weight(len(w)) for w, known in zip(words, page.known) if known)
        page.weights = [base_weight(len(w)) / max(1, total) * SNIPPET_WEIGHT for w in words]
    page.shares = class_tokens.page_shares(page)
    return page


def read_set(name, explain_path, gold_path, titled, names):
    """The pages of a set that can teach something."""
    gold = {}
    with open(gold_path, encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            gold[str(record["id"])] = record
    pages = []
    for key, blocks in read_explain(explain_path, names):
        if key in gold:
            page = make_page(name, key, blocks, gold[key], titled, names)
            if page is not None:
                pages.append(page)
    return pages
