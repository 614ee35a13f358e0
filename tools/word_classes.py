#!/usr/bin/env python3
"""Makes rules/word-classes.toml from an archive: `tools/word_classes.py news.jsonl > rules/word-classes.toml`.

Words are described by how much more often than by chance other words stand one or two places before or behind them
(positive pointwise mutual information, contexts smoothed as by Levy et al., "Improving distributional similarity with
lessons learned from word embeddings", 2015), that is reduced to 64 dimensions (singular value decomposition), and like
words are put together (spherical k-means, the best of several runs). Needs numpy and scipy.
"""

import json
import re
import sys
import unicodedata
from collections import Counter

import numpy as np
import scipy.sparse as sp
from scipy.sparse.linalg import svds

WORD = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
CLASSES, LEAST, CONTEXTS, DIMENSIONS, RUNS = 64, 25, 3000, 64, 5


def read(path):
    for line in open(path, encoding="utf-8"):
        words = WORD.findall(json.loads(line)["text"])
        yield ["#" if word.isdigit() else word.lower() for word in words]


def spelling(word):
    """The same for both places of a tone (hoà, hòa)."""
    marks = unicodedata.normalize("NFD", word)
    tones = "\u0300\u0301\u0303\u0309\u0323"
    return "".join(c for c in marks if c not in tones), "".join(c for c in marks if c in tones)


def vectors(pages, number):
    rows, columns = [], []
    for words in pages:
        ids = np.array([number.get(word, -1) for word in words])
        for away in (1, 2):
            before, behind = ids[:-away], ids[away:]
            for of, beside, place in ((before, behind, away - 1), (behind, before, away + 1)):
                known = (of >= 0) & (beside >= 0) & (beside < CONTEXTS)
                rows.append(of[known])
                columns.append(beside[known] + place * CONTEXTS)
    rows, columns = np.concatenate(rows), np.concatenate(columns)
    counts = sp.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(number), 4 * CONTEXTS))
    counts.sum_duplicates()
    total, words = counts.sum(), np.asarray(counts.sum(1)).ravel()
    contexts = np.asarray(counts.sum(0)).ravel() ** 0.75
    contexts *= total / contexts.sum()
    counts = counts.tocoo()
    gain = np.log(counts.data * total / (words[counts.row] * contexts[counts.col]))
    kept = gain > 0
    gain = sp.csr_matrix((gain[kept], (counts.row[kept], counts.col[kept])), shape=counts.shape)
    left, values, _ = svds(gain, k=DIMENSIONS, random_state=1)
    points = left * np.sqrt(values)
    return points / (np.linalg.norm(points, axis=1, keepdims=True) + 1e-9)


def cluster(points, weights, random):
    centres = points[random.choice(len(points), CLASSES, replace=False)]
    for _ in range(40):
        nearest = (points @ centres.T).argmax(1)
        for i in range(CLASSES):
            if (nearest == i).any():
                centres[i] = (points[nearest == i] * weights[nearest == i, None]).sum(0)
                centres[i] /= np.linalg.norm(centres[i]) + 1e-9
    return (weights * (points @ centres.T).max(1)).sum(), nearest


def main():
    pages = list(read(sys.argv[1]))
    counts = Counter(word for words in pages for word in words)
    words = [word for word, count in counts.most_common() if count >= LEAST]
    points = vectors(pages, {word: i for i, word in enumerate(words)})
    weights = np.sqrt([counts[word] for word in words])
    random = np.random.default_rng(1)
    _, nearest = max((cluster(points, weights, random) for _ in range(RUNS)), key=lambda run: run[0])
    print("# Words that stand beside the same others, the commonest first. What the networks that choose names and metrics learn of one word")
    print("# of a class, they know of all: a word that their files do not tell apart is known as `class-N`, by the place of its class here.")
    print("# Made by tools/word_classes.py; another division means other networks (`solieu rules fit`). Of several files the last one gives")
    print("# all classes.")
    classes, seen = {}, set()
    for word, i in zip(words, nearest):
        if word.isalpha() and spelling(word) not in seen:
            seen.add(spelling(word))
            classes.setdefault(i, []).append(word)
    for number, members in enumerate(classes.values(), 1):
        lines, line = [], "   "
        for word in members:
            if len(line) + len(word) > 120:
                lines.append(line)
                line = "   "
            line += f' "{word}",'
        print(f"\n# {number}\n[[class]]\nwords = [\n" + "\n".join(lines + [line]) + "\n]")


main()
