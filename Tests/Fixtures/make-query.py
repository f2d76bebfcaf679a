"""Recomputes the numbers of Tests/Fixtures/query.json in float64, independently of the Swift code.

Run: python3 make-query.py   (numpy 2.4; writes query.json beside itself)
"""
import itertools
import json
import math
import pathlib

import numpy as np

import query_scores
from query_clusters import exhaustive_clustering, k_means, k_means_of_rest, prob_cover, typicality, typiclust


def plogp(p):
    p = np.asarray(p, float)
    return np.where(p > 0, p * np.log(np.where(p > 0, p, 1)), 0)


def entropy(p, axis=-1):
    return -plogp(p).sum(axis)


def scores():
    rows = np.array([[.7, .2, .1], [.4, .35, .25], [1, 0, 0], [1 / 3] * 3])
    top = np.sort(rows, 1)[:, ::-1]
    members = np.array([[.9, .1], [.1, .9]])
    mean = members.mean(0)
    votes = np.array([.75, .25])
    return {
        "rows": rows.tolist(),
        "leastConfidence": (1 - top[:, 0]).tolist(),
        "margin": (1 - (top[:, 0] - top[:, 1])).tolist(),
        "entropy": entropy(rows).tolist(),
        "members": members.tolist(),
        "bald": float(entropy(mean) - entropy(members).mean()),
        "kl": float((members * np.log(members / mean)).sum(1).mean()),
        "variance": float(members.var(0).mean()),
        "voteEntropy": float(entropy(votes)),
    }


def aift_matrix(p, epsilon, entropies, diversity):
    p = np.stack([1 - np.asarray(p, float), np.asarray(p, float)], 1)
    n = len(p)
    total = 0.0
    for j in range(n):
        if entropies:
            total += -(p[j] * np.log(p[j] + epsilon)).sum()
        if diversity:
            for l in range(n):
                if l != j:
                    total += ((p[j] - p[l]) * np.log((p[j] + epsilon) / (p[l] + epsilon))).sum()
    return float(total)


def aift():
    epsilon = 2.220446049250313e-16
    patterns = {
        "A": [.4] * 3 + [.5] * 6 + [.6] * 2,
        "B": [0, .1, .2, .3, .4, .4, .6, .7, .8, 1, 1],
        "C": [0, 0, 0, .1, .1, .9, .9, 1, 1, 1, 1],
        "D": [1] * 7 + [.9] * 4,
        "E": [0] * 7 + [.1] * 4,
        "F": [0, 0, .1, .1, .1, .1, .2, .2, .3, .9, 1],
        "G": [1, 1, .9, .9, .9, .9, .8, .8, .7, .1, 0],
    }
    result = []
    for name, p in patterns.items():
        p = np.array(p, float)
        kept = max(1, math.floor(.25 * len(p) + .5))
        positive = p.mean() - .5 > 1e-9
        order = np.argsort(-(p if positive else 1 - p), kind="stable")
        quarter = p[order][:kept]
        result.append({
            "name": name, "views": p.tolist(),
            "values": [aift_matrix(p, epsilon, True, False), aift_matrix(quarter, epsilon, True, False),
                       aift_matrix(p, epsilon, False, True), aift_matrix(quarter, epsilon, False, True)],
        })
    return result


def least_similar(vectors, u, shortlist, k, seeds=()):
    z = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    kept = sorted(range(len(u)), key=lambda i: (-u[i], i))[:shortlist]
    chosen = list(seeds) or [kept[0]]
    while len(chosen) < k + len(seeds):
        rest = [i for i in kept if i not in chosen]
        chosen.append(min(rest, key=lambda i: (max(z[i] @ z[j] for j in chosen), kept.index(i))))
    return chosen[len(seeds):]


def max_cover(vectors, u, shortlist, k, pool):
    z = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    kept = sorted(range(len(u)), key=lambda i: (-u[i], i))[:shortlist]
    chosen, values = [], []
    best = np.full(len(pool), -np.inf)
    while len(chosen) < k:
        rest = [i for i in kept if i not in chosen]
        totals = [np.maximum(best, z[pool] @ z[i]).sum() for i in rest]
        slot = int(np.argmax(totals))
        chosen.append(rest[slot])
        values.append(float(totals[slot]))
        best = np.maximum(best, z[pool] @ z[rest[slot]])
    return chosen, values


def two_stage():
    angles = np.deg2rad([0, 5, 40, 45, 90, 180])
    vectors = np.stack([np.cos(angles), np.sin(angles)], 1)
    u = [.9, .8, .7, .6, .5, .1]
    order, values = max_cover(vectors, u, 5, 3, list(range(6)))
    return {"vectors": vectors.tolist(), "uncertainty": u,
            "leastSimilar": least_similar(vectors, u, 5, 3), "maxCover": order, "values": values}


def k_center(x, labelled, budget):
    nearest = ((x[:, None] - x[labelled][None]) ** 2).sum(-1).min(1) ** .5
    chosen, utilities = [], []
    for _ in range(budget):
        i = int(np.argmax(nearest))
        chosen.append(i)
        utilities.append(float(nearest[i]))
        nearest = np.minimum(nearest, ((x - x[i]) ** 2).sum(-1) ** .5)
    return chosen, utilities


def herding(kernel, weights, labelled, budget):
    best = kernel[:, labelled].max(1) if labelled else np.zeros(len(kernel))
    chosen, gains = [], []
    for _ in range(budget):
        gain = (weights[:, None] * np.maximum(kernel - best[:, None], 0)).sum(0)
        gain[labelled + chosen] = -1
        i = int(np.argmax(gain))
        chosen.append(i)
        gains.append(float(gain[i]))
        best = np.maximum(best, kernel[:, i])
    return chosen, gains


def batch_bald(members, free, budget):
    """Greedy in the mutual information of the members and all classes of the batch, written out."""
    m, _, c = members.shape
    joint, known, chosen, gains = np.ones((m, 1)), 0.0, [], []
    noise = entropy(members).mean(0)
    for _ in range(budget):
        rest = [i for i in free if i not in chosen]
        totals = [float(entropy((joint[:, :, None] * members[:, i, None]).mean(0).ravel())) for i in rest]
        gain = [total - known - noise[i] for total, i in zip(totals, rest)]
        slot = int(np.argmax(gain))
        i = rest[slot]
        chosen.append(i)
        gains.append(float(gain[slot]))
        joint, known = (joint[:, :, None] * members[:, i, None]).reshape(m, -1), totals[slot]
    return chosen, gains


def prepared(x):
    z = np.clip((x - x.mean(0)) / x.std(0), -8, 8)
    return z / np.linalg.norm(z, axis=1, keepdims=True)


def rbf(z):
    d = np.sqrt(np.maximum(((z[:, None] - z[None]) ** 2).sum(-1), 0))
    sigma = .5 * np.median(d[np.triu_indices(len(z), 1)])
    return np.exp(-d ** 2 / (2 * sigma ** 2))


def class_balanced(p, margin, kernel, labels, free, budget):
    """Quotas by largest remainder; rare classes first; what is left over by coverage."""
    counts = np.bincount(list(labels.values()), minlength=p.shape[1])
    exact = budget * (1 / (counts + 1)) / (1 / (counts + 1)).sum()
    quotas = np.floor(exact).astype(int)
    quotas[np.argsort(quotas - exact, kind="stable")[:budget - quotas.sum()]] += 1
    chosen = []
    for c in np.argsort(counts, kind="stable"):
        if counts[c] > 0:
            members = [i for i in free if p[i].argmax() == c]
            chosen += sorted(members, key=lambda i: -margin[i])[:quotas[c]]
    assert 0 < len(chosen) < budget
    rest, gains = herding(kernel, np.ones(len(p)), sorted(labels) + chosen, budget - len(chosen))
    return chosen + rest, [float(margin[i]) for i in chosen] + gains


def clasp(u, p, classes, free, budget):
    """Without noise; one answer for each order in which the classes may have their turn."""
    share, left = divmod(int(.66 * budget), len(classes))
    assert left == 0, "the remainder is drawn"
    answers = []
    for order in itertools.permutations(classes):
        chosen, utilities = [], []
        for scores, number in [(u * p[:, c], share) for c in order] + [(u, budget)]:
            rest = [i for i in free if i not in chosen]
            best = sorted(rest, key=lambda i: -scores[i])[:min(number, budget - len(chosen))]
            chosen += best
            utilities += [float(scores[i]) for i in best]
        answers.append({"items": chosen, "utilities": utilities})
    return answers


def portable(seed, *shape):
    """Single-precision numbers of -1 ..< 1: a 31-bit congruential generator that Swift repeats."""
    values, state = [], seed
    for _ in range(math.prod(shape)):
        state = (1103515245 * state + 12345) & 0x7FFFFFFF
        values.append(state / 2**30 - 1)
    return np.array(values, np.float32).reshape(shape)


def principal():
    """k-center in 256 principal components of 264 features, of which 8 hardly differ from others."""
    x = portable(9, 2000, 264)
    x[:, 256:] = x[:, :8] + x[:, 256:] / 4
    x[5, 100] = 6
    x = x.astype(float)
    deviations = (x - x.mean(0)) / x.std(0)
    assert (np.abs(deviations) > 8).sum() == 1
    z = np.clip(deviations, -8, 8)
    variances, axes = np.linalg.eigh(z.T @ z / len(z))
    assert variances[7] < 0.1 * variances[8]
    reduced = z @ axes[:, 8:]
    reduced /= np.linalg.norm(reduced, axis=1, keepdims=True)
    items, distances = k_center(reduced, [0], 10)
    full = z / np.linalg.norm(z, axis=1, keepdims=True)
    assert np.abs(np.array(distances) - k_center(full, [0], 10)[1]).max() > 1e-4
    return {"items": items, "distances": distances}


def coverage():
    x = np.array([0, .1, .2, .3, 1, 1.05, 2])
    ball = (np.abs(x[:, None] - x[None]) <= .15).astype(float)
    order, gains = herding(ball, np.ones(7), [], 4)
    return {"x": x.tolist(), "order": order, "share": (np.cumsum(gains) / 7).tolist()}


def pool():
    rng = np.random.default_rng(20211)
    n, d, c, m = 200, 24, 4, 4
    labels = dict(enumerate([0] * 6 + [1] * 4 + [2] * 2))
    labelled = list(labels)
    x = np.round(rng.normal(size=(n, d)) + 2 * rng.normal(size=(6, d))[rng.integers(0, 6, n)], 4)
    x = x.astype(np.float32).astype(float)
    p = rng.dirichlet(np.ones(c), n).astype(np.float32).astype(float)
    members = rng.dirichlet(np.ones(c), (m, n)).astype(np.float32).astype(float)
    top = np.sort(p, 1)[:, ::-1]
    margin = 1 - (top[:, 0] - top[:, 1])
    z = prepared(x)
    kernel = rbf(z)
    free = [i for i in range(n) if i not in labelled]
    variance = members.var(0).mean(1)
    hidden = np.where(np.isin(np.arange(n), labelled), -1, variance)
    mutual = entropy(members.mean(0)) - entropy(members).mean(0)
    gradient = p.copy()
    gradient[np.arange(n), p.argmax(1)] -= 1
    gradient = gradient[:, :, None] * x[:, None, :]
    cover, values = max_cover(x, hidden, 24, 12, free)
    all_clusters = k_means(z, 6)
    centred = x - x.mean(0)
    losses = np.full(n, -1.0)
    losses[labelled] = np.round(rng.exponential(size=len(labelled)), 4).astype(np.float32)
    first = max(free, key=lambda i: np.linalg.norm(gradient[i]))
    weights = margin.copy()
    answers = {
        # Beyond the budgets of coverage here two items that only represent each other tie.
        "max-herding": herding(kernel, np.ones(n), labelled, 12),
        "uherding": herding(kernel, weights, labelled, 20),
        "k-center": k_center(z, labelled, 20),
        "hybrid": (least_similar(x, hidden, 24, 12), None),
        "max-cover": (cover, values),
        "margin": (sorted(free, key=lambda i: -margin[i])[:12], None),
        "entropy": (sorted(free, key=lambda i: -entropy(p)[i])[:12], None),
        "least-confidence": (sorted(free, key=lambda i: top[i, 0])[:12], None),
        "batch-bald": batch_bald(members, free, 5),
        "k-means": k_means_of_rest(z, free),
        "typiclust": typiclust(z, all_clusters[0], labelled, 9),
        "probcover": prob_cover(z, all_clusters[0], labelled, 12),
        "class-balanced": class_balanced(p, margin, kernel, labels, free, 14),
        "hybrid-centred": (least_similar(centred, hidden, 24, 12, labelled), None),
        "bald": (sorted(free, key=lambda i: -mutual[i])[:12], None),
    }
    answers |= query_scores.answers(z, x, p, members, losses, kernel, labels, free, herding)
    return {
        "embeddings": x.tolist(), "probabilities": p.tolist(), "members": members.tolist(),
        "losses": losses.tolist(),
        "dcom": query_scores.dcom(z, all_clusters[0], 12, 5, .8),
        "labels": {str(i): label for i, label in labels.items()},
        "clasp": clasp(entropy(p), p, range(c), free, 13),
        "claspOfPixels": clasp(members[0, :, 0], p, range(1, c), free, 46),
        "answers": {k: {"items": v[0], "utilities": v[1] or []} for k, v in answers.items()},
        "gradientNorms": np.linalg.norm(gradient.reshape(n, -1), axis=1).tolist(),
        "firstGradient": first,
        "gradientDistances": np.linalg.norm((gradient - gradient[first]).reshape(n, -1), axis=1).tolist(),
    }


def main():
    x = np.array([0., 1, 2, 10, 11, 20])[:, None]
    order, distances = k_center(x, [0], 3)
    u = np.array([0, 0, 0, .2, .4, .6, .8, 1])
    golden = {
        "scores": scores(), "aift": aift(), "twoStage": two_stage(),
        "kCenter": {"x": x[:, 0].tolist(), "order": order, "distances": distances},
        "cover": coverage(),
        "typicality": {"x": [0, 1, 2, 3, 10], "values": typicality(np.array([[0.], [1.], [2.], [3.], [10.]]), 2)},
        "principal": principal(), "clusters": exhaustive_clustering(),
        "aggregates": {"pixels": u.tolist(), "mean": float(u.mean()), "top": float(np.sort(u)[-2:].mean())},
        "pool": pool(),
    }
    path = pathlib.Path(__file__).with_name("query.json")
    path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
    for key in ("scores", "twoStage", "kCenter", "cover", "typicality", "aggregates"):
        print(key, golden[key])
    for pattern in golden["aift"]:
        print("aift", pattern["name"], np.round(pattern["values"], 4))


main()
