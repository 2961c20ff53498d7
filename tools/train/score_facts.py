"""The facts of the scorer's second look, as src/extract/score_facts.cpp computes them (score_facts.h says what each is)."""
import numpy as np

BOUND, NONE, SURE, SURE_WORDS, NEVER = 6, -7, 1.5, 8, 999
NAMES = ("first_score score_before1 score_before2 score_after1 score_after2 score_most_before score_most_after "
         "article_near2 article_near5 article_before15 article_after5 article_words article_share "
         "article_share_before article_share_after sure_after behind_article alike_article alike_article_words "
         "alike_article_share alike_score_most section_article next_section_article").split()


def shifted(values, by, none):
    """values[i + by], `none` where there is no such."""
    out = np.full(len(values), none, float)
    if by > 0:
        out[:-by or None] = values[by:]
    else:
        out[-by:] = values[:by]
    return out


def largest_before(scores):
    return np.concatenate([[NONE], np.maximum.accumulate(scores)[:-1]])


def blocks_to_sure(scores, words):
    out, distance = np.empty(len(scores)), NEVER
    for i in range(len(scores) - 1, -1, -1):
        out[i] = distance
        if scores[i] > SURE and words[i] >= SURE_WORDS:
            distance = 0
        if distance != NEVER:
            distance += 1
    return out


def end_of_stretch(gain):
    total = largest = end = 0
    for i, value in enumerate(gain):
        total = max(total, 0) + value
        if total > largest:
            largest, end = total, i + 1
    return end


def encode(scores, words, headings, alike):
    """A row for each block of a page: `scores` of the first look, the blocks' words, whether each is a heading, and
    its group of blocks that look alike."""
    count = len(scores)
    at = np.arange(count)
    scores = np.clip(scores, -BOUND, BOUND).astype(np.float32).astype(float)
    words = np.asarray(words, float)
    article = words / (1 + np.exp(-scores))
    all_words, all_article = (np.concatenate([[0], np.cumsum(x)]) for x in (words, article))
    total = all_article[-1]

    def share(first, last):
        first, last = np.clip(first, 0, count), np.clip(last, 0, count)
        return (all_article[last] - all_article[first]) / (all_words[last] - all_words[first] + 1)

    _, alike = np.unique(alike, return_inverse=True)
    group_words, group_article = np.bincount(alike, words), np.bincount(alike, article)
    group_most = np.full(len(group_words), NONE, float)
    np.maximum.at(group_most, alike, scores)
    section = np.cumsum(np.asarray(headings) > 0)
    section_share = np.bincount(section, article) / (np.bincount(section, words) + 1)
    end = end_of_stretch(article - 0.5 * words)
    return np.stack([
        scores, *(shifted(scores, by, NONE) for by in (-1, -2, 1, 2)),
        largest_before(scores), largest_before(scores[::-1])[::-1],
        share(at - 2, at + 3), share(at - 5, at + 6), share(at - 15, at), share(at + 1, at + 6),
        np.full(count, total), np.full(count, total / (all_words[-1] + 1)),
        all_article[:-1] / (total + 1), (total - all_article[1:]) / (total + 1),
        blocks_to_sure(scores, words), np.maximum(at - end + 1, 0),
        (group_article[alike] - article) / (group_words[alike] - words + 1), group_article[alike],
        group_article[alike] / (total + 1), group_most[alike],
        section_share[section], section_share[np.minimum(section + 1, len(section_share) - 1)],
    ], axis=1).astype(np.float32)
