#!/usr/bin/env python3
"""Tests of tools/train: how blocks get their labels and weights, and the facts of the second look."""
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools" / "train"))
try:
    import numpy  # noqa: F401  (of tools/train/requirements.txt; the build does not need it)
    import align
    import class_tokens
    import data
    import score_facts
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

STORY = "The dam above the town held after a night of heavy rain"
GATE = "Engineers had worked until dawn to open the second gate"


def labels(blocks, gold):
    return align.align([align.tokens(block) for block in blocks], gold)[0]


class Labels(unittest.TestCase):
    def test_blocks_of_the_gold_text(self):
        self.assertEqual(labels(["Home", STORY, "Read more about the weather today", GATE],
                                f"{STORY}\n{GATE}"), [0, 1, 0, 1])

    def test_text_that_is_repeated_counts_once(self):
        self.assertEqual(sum(labels([STORY, GATE, STORY], f"{STORY}\n{GATE}")), 2)

    def test_a_short_block_needs_its_place(self):
        self.assertEqual(labels(["the town", STORY], "the town\n" + STORY), [1, 1])
        self.assertEqual(labels([STORY, "Sport"], STORY), [1, 0])

    def test_how_much_of_gold_was_found(self):
        words = [align.tokens(STORY)]
        self.assertEqual(align.align(words, STORY)[2], 1)
        self.assertLess(align.align(words, f"{STORY}\n{GATE}")[2], 0.6)

    def test_snippets(self):
        blocks = [{"text": STORY}, {"text": "Share this"}, {"text": GATE}]
        found, known = data.label_by_snippets(
            blocks, {"with": ["held after a night"], "without": ["share this"]})
        self.assertEqual((found, known), ([1, 0, 0], [True, True, False]))


class CutGold(unittest.TestCase):
    """A gold text that ends in the midst of the article."""
    NAMES = [*data.GROUP_FACTS, "prose"]

    def end(self, words, labels, kinds):
        rows = [[kind] * len(data.GROUP_FACTS) + [1] for kind in kinds]
        return data.end_of_cut(words, labels, rows, self.NAMES)

    def test_text_of_the_same_kind_that_goes_on(self):
        self.assertEqual(self.end([60, 60, 5, 90, 90, 40], [1, 1, 0, 0, 0, 0], [1, 1, 2, 1, 1, 3]), 4)

    def test_a_note_about_the_author_is_no_article(self):
        self.assertIsNone(self.end([60, 60, 40], [1, 1, 0], [1, 1, 1]))

    def test_text_of_another_kind_is_no_article(self):
        self.assertIsNone(self.end([60, 60, 300], [1, 1, 0], [1, 1, 2]))

    def test_a_page_without_article(self):
        self.assertIsNone(self.end([300], [0], [1]))

    def test_what_stands_behind_the_cut_has_no_label(self):
        page = data.Page("set", "id", "site.com")
        page.blocks = [{"words": w} for w in (100, 5, 200, 9)]
        page.labels, page.known = [1, 0, 0, 0], [True] * 4
        page.rows = [[kind] * len(data.GROUP_FACTS) + [1] for kind in (1, 2, 1, 2)]
        data.unlabel_behind_cut(page, self.NAMES)
        self.assertEqual(page.known, [True, False, False, True])


class Weights(unittest.TestCase):
    def test_the_rest_of_a_page_is_bounded(self):
        self.assertEqual(data.bound_rest([1.0, 6.0, 2.0], [1, 0, 0]), [1.0, 3.0, 1.0])

    def test_a_small_rest_is_left_as_it_is(self):
        self.assertEqual(data.bound_rest([1.0, 0.5], [1, 0]), [1.0, 0.5])
        self.assertEqual(data.bound_rest([], []), [])


class Sites(unittest.TestCase):
    def test_registered_domains(self):
        self.assertEqual(data.site_of("https://www.bbc.co.uk/news"), "bbc.co.uk")
        self.assertEqual(data.site_of("https://news.example.com/a"), "example.com")
        self.assertEqual(data.page_key("pages/0001.html.gz"), "0001")


class Tokens(unittest.TestCase):
    def test_tokens_of_few_sites_are_left_out(self):
        counts = class_tokens.TokenCounts()
        for site in range(class_tokens.LEAST_SITES):
            page = data.Page("set", str(site), f"site{site}.com")
            page.shares = [{"story": 1.0}, {}, {}]
            if site == 0:
                page.shares[0]["rare"] = 1.0
            counts.add(page)
        self.assertEqual(list(counts.table()[0]), ["story"])


class ScoreFacts(unittest.TestCase):
    """The page of tests/unit/extract/score_facts_test.cpp, and what must come out there, too."""

    def facts(self, scores):
        rows = score_facts.encode(numpy.array(scores, float), [10, 10, 10, 1, 10], [0, 0, 0, 2, 0], [5, 5, 5, 7, 9])
        return dict(zip(score_facts.NAMES, rows.T.tolist()))

    def test_neighbours_and_largest(self):
        facts = self.facts([-9, 2, 1, -3, 0])
        self.assertEqual(facts["first_score"], [-6, 2, 1, -3, 0])
        self.assertEqual(facts["score_before2"], [-7, -7, -6, 2, 1])
        self.assertEqual(facts["score_after1"], [2, 1, -3, 0, -7])
        self.assertEqual(facts["score_most_before"], [-7, -6, 2, 2, 2])
        self.assertEqual(facts["score_most_after"], [2, 1, 0, 0, -7])
        self.assertEqual(facts["sure_after"], [1, 999, 999, 999, 999])

    def test_shares_of_words(self):
        facts = self.facts([0] * 5)
        for name, block, value in (("article_share", 0, 20.5 / 42), ("article_share_before", 1, 5 / 21.5),
                                   ("article_share_after", 1, 10.5 / 21.5), ("article_near2", 0, 15 / 31),
                                   ("article_near5", 2, 20.5 / 42), ("article_before15", 2, 10 / 21),
                                   ("article_after5", 3, 5 / 11)):
            self.assertAlmostEqual(facts[name][block], value, 5, name)

    def test_ends_groups_and_sections(self):
        self.assertEqual(self.facts([1, -1, 2, -4, -1])["behind_article"], [0, 0, 0, 1, 2])
        facts = self.facts([6, 0, -6, 1, 0])
        self.assertEqual(facts["alike_score_most"], [6, 6, 6, 1, 0])
        self.assertAlmostEqual(facts["alike_article"][1], 10 / 21, 5)
        self.assertAlmostEqual(facts["next_section_article"][0], (5 + 0.731059) / 12, 5)


if __name__ == "__main__":
    unittest.main()
