"""What words say of the line they stand in: the weights of a logistic regression, a number a word."""
import re

import numpy as np
import scipy.optimize
import scipy.sparse

LEAST_SITES = 4  # on which a word of the table stands
LEAST_WEIGHT = 0.25  # of a word of the table
MOST_BYTES = 30
READ_WORDS = 40  # of a line, in training
PENALTY = 1.0

# The words of a line, as facts.cpp reads them: signs of several bytes are no letters, and of Han and
# kana each pair of neighbours is a word, and the last character of a run.
SIGN = re.compile(rb"\xe2[\x80-\xbf][\x80-\xbf]|\xc2[\x80-\xbf]|\xe3\x80[\x80-\xbf]"
                  rb"|\xef[\x80-\xbf][\x80-\xbf]|[\xf0-\xf4][\x80-\xbf]{3}")
RUN = re.compile(rb"[A-Za-z0-9\x80-\xff]+")
UNSPACED = re.compile(rb"(?:[\xe3-\xe9][\x80-\xbf][\x80-\xbf])+")


def words_of(line):
    words = []
    for run in RUN.findall(SIGN.sub(b" ", line.encode()).lower()):
        unspaced = UNSPACED.match(run)
        if not unspaced:
            words.append(run)
            continue
        size = unspaced.end()
        words += [run[i:i + 6] for i in range(0, size - 3, 3)] + [run[size - 3:size]]
        if size < len(run):
            words.append(run[size:])
    return words


class Lines:
    """Lines of texts to learn from: each different line of a page once, doubtful ones not at all."""

    def __init__(self):
        self.words, self.good, self.sizes, self.sites = [], [], [], []
        self.seen = set()

    def add(self, text):
        for line, share, size in zip(text.lines, text.shares, text.sizes):
            known = (text.corpus, text.key, tuple(line))
            if not line or 0.3 < share < 0.6 or known in self.seen:
                continue
            self.seen.add(known)
            self.words.append(list(dict.fromkeys(line[:READ_WORDS])))
            self.good.append(share >= 0.6)
            self.sizes.append(min(size, READ_WORDS))
            self.sites.append(text.gold.site)

    def __iadd__(self, other):
        for mine, others in ((self.words, other.words), (self.good, other.good),
                             (self.sizes, other.sizes), (self.sites, other.sites)):
            mine.extend(others)
        return self


def known_words(lines):
    """The words that stand on enough sites, with numbers."""
    sites = {}
    for words, site in zip(lines.words, lines.sites):
        for word in words:
            sites.setdefault(word, set()).add(site)
    kept = sorted(w for w, names in sites.items() if len(names) >= LEAST_SITES and len(w) <= MOST_BYTES)
    return {word: i for i, word in enumerate(kept)}


def matrix_of(lines, numbers):
    """A row a line; a word counts the less the longer the line is."""
    rows, columns, values = [], [], []
    for i, words in enumerate(lines.words):
        value = 1 / np.sqrt(len(words) + 4)
        for number in filter(lambda n: n is not None, map(numbers.get, words)):
            rows.append(i)
            columns.append(number)
            values.append(value)
    return scipy.sparse.csr_matrix((values, (rows, columns)), (len(lines.words), len(numbers)))


def fit(lines):
    """Word -> its weight: positive where it tells of an article. L2-penalised logistic regression."""
    numbers = known_words(lines)
    matrix = matrix_of(lines, numbers)
    signs = np.where(lines.good, 1.0, -1.0)
    weights = np.array(lines.sizes, float)
    weights /= weights.mean()

    def loss(x):
        margins = signs * (matrix @ x[:-1] + x[-1])
        pull = -signs * weights * scipy.special.expit(-margins)
        value = weights @ np.logaddexp(0, -margins) + PENALTY / 2 * (x @ x)
        return value, np.append(matrix.T @ pull, pull.sum()) + PENALTY * x

    best = scipy.optimize.minimize(loss, np.zeros(len(numbers) + 1), jac=True, method="L-BFGS-B",
                                   options={"maxiter": 200}).x
    return {word: round(float(best[i]), 2) for word, i in numbers.items() if abs(best[i]) >= LEAST_WEIGHT}
