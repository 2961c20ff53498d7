"""Class and id tokens as log-odds of standing over article text."""
import math
from collections import Counter, defaultdict

import numpy as np

SCOPES = ("own", "near", "far")
LEAST_VALUE = 0.3
LEAST_SITES = 6  # a token of fewer sites says more about the site than about the text


def page_shares(page):
    """Per scope: token -> share of the words under it, on this page, that are article."""
    shares = []
    for scope in SCOPES:
        inside, outside = Counter(), Counter()
        for block, label, known in zip(page.blocks, page.labels, page.known):
            if not known:
                continue
            counts = inside if label else outside
            for token in set(block[scope]):
                counts[token] += min(block["words"], 30) + 1
        shares.append({t: inside[t] / (inside[t] + outside[t]) for t in set(inside) | set(outside)})
    return shares


class TokenCounts:
    """Sums of page shares, and the number of sites of each token."""

    def __init__(self):
        self.inside = [Counter() for _ in SCOPES]
        self.outside = [Counter() for _ in SCOPES]
        self.sites = [defaultdict(set) for _ in SCOPES]

    def add(self, page):
        for scope, shares in enumerate(page.shares):
            for token, share in shares.items():
                self.inside[scope][token] += share
                self.outside[scope][token] += 1 - share
                self.sites[scope][token].add(page.site)

    @staticmethod
    def merged(parts):
        total = TokenCounts()
        for part in parts:
            for scope in range(len(SCOPES)):
                for token, sites in part.sites[scope].items():
                    total.inside[scope][token] += part.inside[scope][token]
                    total.outside[scope][token] += part.outside[scope][token]
                    total.sites[scope][token] |= sites
        return total

    def table(self):
        """Per scope: token -> log-odds, rounded as it is written; tokens that say little left out."""
        tables = []
        for scope in range(len(SCOPES)):
            table = {}
            for token in sorted(self.sites[scope]):
                if len(self.sites[scope][token]) < LEAST_SITES:
                    continue
                odds = (self.inside[scope][token] + 1) / (self.outside[scope][token] + 1)
                value = round(math.log(odds), 2)
                if abs(value) >= LEAST_VALUE:
                    table[token] = value
            tables.append(table)
        return tables


UNKNOWN = (-9, 9, 0, 0)  # the facts of a scope that has no token of the table
NAMES = [f"{scope}_{what}" for scope in SCOPES for what in ("largest", "smallest", "mean", "count")]


def encode(page, tables):
    """The twelve token facts of each block, as the C++ computes them."""
    rows = np.zeros((len(page.blocks), len(NAMES)), np.float32)
    cache = {}
    for i, block in enumerate(page.blocks):
        for scope, name in enumerate(SCOPES):
            key = (scope, block[name])
            if key not in cache:
                values = [tables[scope][t] for t in block[name] if t in tables[scope]]
                cache[key] = ((max(values), min(values), sum(values) / len(values), len(values))
                              if values else UNKNOWN)
            rows[i, 4 * scope:4 * scope + 4] = cache[key]
    return rows
