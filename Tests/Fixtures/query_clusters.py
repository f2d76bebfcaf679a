"""What make-query.py needs of clusterings: k-means from many starts, and the rules that go by it."""
import itertools

import numpy as np

PLANE = [
    [-.65, -.17], [1.66, .66], [-1.64, -.01], [-.62, .15], [-1.61, .24], [2.74, 1.58],
    [2.82, .51], [1.01, 2.25], [.58, 1.1], [4.67, -.88], [4.34, -.67], [5.38, -.11],
]


def typicality(x, k):
    d = np.linalg.norm(x[:, None] - x[None], axis=2)
    np.fill_diagonal(d, np.inf)
    return (1 / (np.sort(d, 1)[:, :k].mean(1) + 1e-5)).tolist()


def lloyd(x, centres):
    """Assignment and squared distances once no point changes its centre; None if a cluster dies."""
    before = None
    while True:
        squares = ((x[:, None] - centres[None]) ** 2).sum(-1)
        nearest = squares.argmin(1)
        if before is not None and (nearest == before).all():
            return nearest, squares.min(1)
        if len(set(nearest)) < len(centres):
            return None
        before, centres = nearest, np.stack([x[nearest == c].mean(0) for c in range(len(centres))])


def k_means(x, k):
    """The least inertia of 400 random starts, of which many must end there."""
    rng = np.random.default_rng(5)
    starts = [rng.choice(len(x), k, replace=False) for _ in range(400)]
    ends = [end for start in starts if (end := lloyd(x, x[start])) is not None]
    inertia = np.array([squares.sum() for _, squares in ends])
    assert (np.abs(inertia - inertia.min()) < 1e-9).sum() > 20
    return ends[int(inertia.argmin())]


def by_size(assignment):
    groups = [np.flatnonzero(assignment == c) for c in set(assignment.tolist())]
    assert len({len(g) for g in groups}) == len(groups), "clusters of equal size tie"
    return sorted(groups, key=len, reverse=True)


def nearest_to_centres(x, clustering):
    assignment, squares = clustering
    groups = by_size(assignment)
    return [int(g[squares[g].argmin()]) for g in groups], [len(g) / len(x) for g in groups]


def exhaustive_clustering():
    """Twelve points whose best three clusters, by trial of all, are where every start ends."""
    k, x = 3, np.array(PLANE)
    total = float("inf")
    for labels in itertools.product(range(k), repeat=len(x) - 1):
        labels = np.array((0,) + labels)
        cost = sum(((x[labels == c] - x[labels == c].mean(0)) ** 2).sum() for c in set(labels.tolist()))
        if cost < total:
            total, best = cost, labels
    for start in itertools.combinations(range(len(x)), k):
        end, squares = lloyd(x, x[list(start)])
        assert abs(squares.sum() - total) < 1e-9, "a start ends elsewhere"
    items, shares = nearest_to_centres(x, (end, squares))
    assert [set(g) for g in by_size(end)] == [set(g) for g in by_size(best)]
    return {"points": x.tolist(), "items": items, "shares": shares}


def typiclust(z, assignment, labelled, budget):
    groups = [g for g in by_size(assignment) if len(g) > 5]
    groups.sort(key=lambda g: (len(set(g) & set(labelled)), -len(g)))
    ranked = []
    for g in groups:
        free = [i for i in g.tolist() if i not in labelled]
        values = typicality(z[free], min(20, len(free) // 2))
        ranked.append(sorted(zip(values, free), reverse=True))
    turns = [ranking[turn] for turn in range(budget) for ranking in ranked][:budget]
    return [i for _, i in turns], [value for value, _ in turns]


def prob_cover(z, assignment, labelled, budget):
    """The largest radius at which 95 of 100 balls hold one cluster; until two balls tie.

    It is a supremum: anything up to 0.1 % less must give the same.
    """
    d = np.linalg.norm(z[:, None] - z[None], axis=2)
    other = np.where(assignment[:, None] != assignment[None], d, np.inf).min(1)
    radius = max(r for r in other if (other < r).mean() <= 0.05)
    answers = []
    for share in (1 - 1e-3, 1 - 1e-9):
        ball = (d <= radius * share).astype(float)
        best, chosen, gains = ball[:, labelled].max(1), [], []
        while len(chosen) < budget:
            gain = (ball * (1 - best)[:, None]).sum(0)
            gain[labelled + chosen] = -1
            two = np.sort(gain)[-2:]
            if two[0] == two[1]:
                break
            chosen.append(int(gain.argmax()))
            gains.append(float(two[1]))
            best = np.maximum(best, ball[:, chosen[-1]])
        answers.append((chosen, gains))
    assert answers[0] == answers[1] and len(chosen) >= 2, answers
    return answers[0]


def k_means_of_rest(z, free):
    items, shares = nearest_to_centres(z[free], k_means(z[free], 6))
    return [free[i] for i in items], shares
