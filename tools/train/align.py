"""Which blocks of a page are article: its blocks aligned with the gold text."""
import bisect
import re
import unicodedata
from collections import Counter, defaultdict

# A character of a script that puts no spaces between words is a token by itself.
UNSPACED = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
TOKEN = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+")
SHINGLE = 4
COVERED = 0.6  # share of a block's shingles that must stand in gold for the block to be article
CLOSE = (0.4, 0.75)  # cover between these: the label is doubtful
DOUBTFUL_WEIGHT = 0.3
OUT_OF_ORDER_WEIGHT = 0.5


def tokens(text):
    return TOKEN.findall(unicodedata.normalize("NFC", text or ""))


def shingles(words, size=SHINGLE):
    return [tuple(words[i:i + size]) for i in range(len(words) - size + 1)]


class Gold:
    """A gold text, indexed by its shingles."""

    def __init__(self, text):
        self.words = []
        self.line_starts, self.line_ends = set(), set()
        for line in text.split("\n"):
            words = tokens(line)
            if words:
                self.line_starts.add(len(self.words))
                self.words += words
                self.line_ends.add(len(self.words))
        self.places = {size: defaultdict(list) for size in range(1, SHINGLE + 1)}
        for size, places in self.places.items():
            for i, shingle in enumerate(shingles(self.words, size)):
                places[shingle].append(i)
        self.counts = Counter({s: len(p) for s, p in self.places[SHINGLE].items()})


def long_candidates(words, gold):
    """(cover, [(start, end, value)]) of a block of at least SHINGLE words."""
    offsets, hits = Counter(), 0
    pieces = shingles(words)
    for i, shingle in enumerate(pieces):
        places = gold.places[SHINGLE].get(shingle)
        if places:
            hits += 1
            for place in places[:8]:
                offsets[place - i] += 1
    cover = hits / len(pieces)
    if cover < CLOSE[0]:
        return cover, []
    found = [(start, start + len(words), count) for start, count in sorted(
        offsets.items(), key=lambda item: (-item[1], item[0]))[:3] if count >= 0.3 * len(pieces)]
    return cover, found


def short_candidates(words, gold):
    """A short block counts a little, more where it is a whole line of gold."""
    places = gold.places[len(words)].get(tuple(words), [])
    found = []
    for start in places[:30]:
        end = start + len(words)
        whole = (start in gold.line_starts) + (end in gold.line_ends)
        found.append((start, end, len(words) * (0.1 + 0.25 * whole)))
    return (1.0 if places else 0.0), found


class BestBefore:
    """The best chain that ends at or before a place: a Fenwick tree of maxima."""

    def __init__(self, size):
        self.best = [(0.0, -1)] * (size + 2)

    def add(self, place, value, index):
        place += 1
        while place < len(self.best):
            if value > self.best[place][0]:
                self.best[place] = (value, index)
            place += place & -place

    def get(self, place):
        best = (0.0, -1)
        place += 1
        while place > 0:
            if self.best[place][0] > best[0]:
                best = self.best[place]
            place -= place & -place
        return best


def monotone_chain(candidates, gold_size):
    """The blocks of the heaviest chain in which blocks and gold both go forward."""
    slack = 2
    before = BestBefore(gold_size + slack)
    values, previous, pending, current = [], [], [], None
    for index, (block, start, end, value) in enumerate(candidates):
        if block != current:
            for place, total, at in pending:
                before.add(place, total, at)
            pending, current = [], block
        total, at = before.get(min(start + slack, gold_size + slack))
        values.append(total + value)
        previous.append(at)
        pending.append((min(end, gold_size + slack), total + value, index))
    chain = set()
    at = max(range(len(values)), key=lambda i: (values[i], -i)) if values else -1
    while at >= 0:
        chain.add(candidates[at][0])
        at = previous[at]
    return chain


def align(blocks, text):
    """blocks: list of token lists. Returns labels, label weights, and the share of gold found."""
    gold = Gold(text)
    covers, candidates = [], []
    for i, words in enumerate(blocks):
        cover, found = 0.0, []
        if words:
            find = long_candidates if len(words) >= SHINGLE else short_candidates
            cover, found = find(words, gold)
        covers.append(cover)
        candidates += [(i, *place) for place in sorted(found)]
    chain = monotone_chain(candidates, len(gold.words))
    labels, weights, used = [0] * len(blocks), [1.0] * len(blocks), Counter()
    for i in sorted(chain):
        if CLOSE[0] <= covers[i] < CLOSE[1]:
            weights[i] = DOUBTFUL_WEIGHT
        if covers[i] >= COVERED:
            labels[i] = 1
            used.update(shingles(blocks[i]))
    for i, words in enumerate(blocks):  # in gold, out of order, and not used up
        if i in chain or len(words) < 6 or covers[i] < COVERED:
            continue
        pieces = shingles(words)
        weights[i] = OUT_OF_ORDER_WEIGHT
        if sum(used[s] < gold.counts[s] for s in pieces) >= COVERED * len(pieces):
            labels[i] = 1
            used.update(pieces)
    found = sum(min(count, used[s]) for s, count in gold.counts.items())
    return labels, weights, found / max(1, sum(gold.counts.values())), len(gold.words)
