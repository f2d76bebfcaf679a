"""What make-query.py needs of scores and of the rules that are made of them, written out plainly."""
import numpy as np


def plogp(p):
    return np.where(p > 0, p * np.log(np.where(p > 0, p, 1)), 0)


def expected_gradient_length(p, h):
    """The gradient of the cross-entropy by weights and bias, formed for every class."""
    lengths = np.zeros(len(p))
    for i in range(len(p)):
        for c in range(p.shape[1]):
            error = p[i] - np.eye(p.shape[1])[c]
            gradient = np.outer(error, np.append(h[i], 1))
            lengths[i] += p[i, c] * np.linalg.norm(gradient)
    return lengths


def guessed_gradient_length(p, h):
    guess = np.eye(p.shape[1])[p.argmax(1)]
    return np.array([np.linalg.norm(np.outer(p[i] - guess[i], h[i])) for i in range(len(p))])


def density(z, k=20):
    cosines = z @ z.T
    np.fill_diagonal(cosines, -np.inf)
    return np.sort(cosines, 1)[:, -k:].mean(1)


def ranked_batch(z, scores, labelled, budget):
    known, chosen, values = list(labelled), [], []
    for _ in range(budget):
        alpha = (len(z) - len(known)) / len(z)
        distance = np.linalg.norm(z[:, None] - z[known][None], axis=2).min(1)
        value = alpha * (1 - 1 / (1 + distance)) + (1 - alpha) * scores
        value[known] = -np.inf
        i = int(value.argmax())
        known.append(i)
        chosen.append(i)
        values.append(float(value[i]))
    return chosen, values


def kernel_herding(kernel, labelled, budget):
    known, chosen, values = list(labelled), [], []
    for _ in range(budget):
        value = kernel.mean(0) - kernel[known].sum(0) / (len(known) + 1)
        value[known] = -np.inf
        i = int(value.argmax())
        known.append(i)
        chosen.append(i)
        values.append(float(value[i]))
    return chosen, values


def rare_class(z, margin, labels, free, budget):
    """Three tenths by the mutual information with the rarest class, F written out as a set function."""
    counts = np.bincount(list(labels.values()))
    queries = [i for i, label in labels.items() if label == counts.argmin()]
    s = np.maximum(z @ z[queries].T, 0) * (margin[:, None] + .1)

    def information(chosen):
        return (s[chosen].max(0).sum() + s[chosen].max(1).sum()) if chosen else 0

    chosen, values = [], []
    for _ in range(int(.3 * budget)):
        gains = {i: information(chosen + [i]) - information(chosen) for i in free if i not in chosen}
        i = max(gains, key=gains.get)
        chosen.append(i)
        values.append(float(gains[i]))
    rest = sorted((i for i in free if i not in chosen), key=lambda i: -margin[i])
    rest = rest[:budget - len(chosen)]
    return chosen + rest, values + [float(margin[i]) for i in rest]


def learning_loss(z, losses, labelled, strength=1e-2):
    """Ridge regression with an intercept, by least squares on rows of its own for the penalty."""
    known = [i for i in labelled if losses[i] >= 0]
    n, d = len(known), z.shape[1]
    rows = np.hstack([z[known], np.ones((n, 1))]) / np.sqrt(n)
    penalty = np.hstack([np.eye(d) * np.sqrt(strength), np.zeros((d, 1))])
    right = np.append(losses[known] / np.sqrt(n), np.zeros(d))
    fit = np.linalg.lstsq(np.vstack([rows, penalty]), right, rcond=None)[0]
    return z @ fit[:-1] + fit[-1]


def discriminative(z, labelled, free, strength=1e-3, folds=5):
    """P(unlabelled) out of fold; the minimum of the logistic loss by damped Newton steps."""
    values = np.zeros(len(z))
    for fold in range(folds):
        learnt = [[i for slot, i in enumerate(side) if slot % folds != fold] for side in (free, labelled)]
        rows = np.hstack([z[learnt[0] + learnt[1]], np.ones((sum(map(len, learnt)), 1))])
        y = np.repeat([1., -1.], [len(side) for side in learnt])
        w = np.concatenate([np.full(len(side), .5 / len(side)) for side in learnt])
        penalty = np.full(rows.shape[1], strength)
        penalty[-1] = 0

        def loss(beta):
            return w @ np.logaddexp(0, -y * (rows @ beta)) + penalty @ beta ** 2 / 2

        beta = np.zeros(rows.shape[1])
        for _ in range(100):
            wrong = 1 / (1 + np.exp(y * (rows @ beta)))
            gradient = -rows.T @ (w * y * wrong) + penalty * beta
            hessian = (rows.T * (w * wrong * (1 - wrong))) @ rows + np.diag(penalty)
            step = np.linalg.solve(hessian, gradient)
            length = 1.
            while loss(beta - length * step) > loss(beta) and length > 1e-9:
                length /= 2
            beta -= length * step
        assert np.abs(gradient).max() < 1e-12
        asked = [i for slot, i in enumerate(free) if slot % folds == fold]
        values[asked] = 1 / (1 + np.exp(-(z[asked] @ beta[:-1] + beta[-1])))
    return values


def dcom(z, assignment, budget, steepness, turn):
    """Predictions that mostly name the item's cluster, and the batch by balls written out."""
    rng = np.random.default_rng(8)
    n, c = len(z), assignment.max() + 1
    labelled = [int(np.flatnonzero(assignment == cluster)[0]) for cluster in range(c)]
    share = np.where(rng.random(n) < .7, .6, 0)[:, None]
    p = share * np.eye(c)[assignment] + (1 - share) * rng.dirichlet(np.ones(c), n)
    p = p.astype(np.float32).astype(float)
    top = np.sort(p, 1)[:, ::-1]
    margin = 1 - (top[:, 0] - top[:, 1])
    d = np.linalg.norm(z[:, None] - z[None], axis=2)
    other = np.where(assignment[:, None] != assignment[None], d, np.inf).min(1)
    equal = np.sort(other)[int(.05 * n)] * (1 - 1e-3)
    purity = .2 * (d[:, labelled].min(1) <= equal).mean() + .4
    radii, covered = [], np.zeros(n, bool)
    for i in labelled:
        low, high = 0., 1.1
        while high - low > .05:
            middle = (low + high) / 2
            inside = d[i] <= middle
            agreeing = (p.argmax(1) == assignment[i])[inside].sum()
            low, high = (middle, high) if agreeing >= purity * inside.sum() else (low, middle)
        radii.append(low)
        covered |= d[i] <= low
    radius = max(np.mean(radii), .05)
    competence = (1 + np.exp(-steepness * (1 - turn))) / (1 + np.exp(-steepness * (covered.mean() - turn)))
    assert .2 < competence < .8, "both terms count"
    chosen, values = [], []
    while len(chosen) < budget:
        rest = [i for i in range(n) if i not in labelled and i not in chosen]
        degree = np.array([(~covered & (d[i] <= radius)).sum() for i in rest], float)
        scaled = [(v - v.min()) / (v.max() - v.min()) for v in (margin[rest], degree)]
        value = competence * scaled[0] + (1 - competence) * scaled[1]
        assert np.diff(np.sort(value)[-2:]) > 1e-4, "a tie"
        slot = int(value.argmax())
        chosen.append(rest[slot])
        values.append(float(value[slot]))
        covered |= d[rest[slot]] <= radius
    return {"probabilities": p.tolist(), "labelled": labelled,
            "answer": {"items": chosen, "utilities": values}}


def class_quota(p, scores, labels, free, budget):
    counts = np.bincount(list(labels.values()), minlength=p.shape[1])
    exact = budget * (1 / (counts + 1)) / (1 / (counts + 1)).sum()
    quotas = np.floor(exact).astype(int)
    quotas[np.argsort(quotas - exact, kind="stable")[:budget - quotas.sum()]] += 1
    chosen = []
    for c in np.argsort(counts, kind="stable"):
        members = [i for i in free if p[i].argmax() == c]
        chosen += sorted(members, key=lambda i: -scores[i])[:quotas[c]]
    rest = sorted((i for i in free if i not in chosen), key=lambda i: -scores[i])
    chosen += rest[:budget - len(chosen)]
    return chosen, [float(scores[i]) for i in chosen]


def answers(z, x, p, members, losses, kernel, labels, free, herding):
    """The answers of rules of which a pool of 200 items is asked, by the names of the catalogue."""
    labelled = list(labels)
    mean = members.mean(0)
    entropy = -plogp(p).sum(1)
    top = np.sort(p, 1)[:, ::-1]
    margin = 1 - (top[:, 0] - top[:, 1])

    def best(scores, number=12):
        order = sorted(free, key=lambda i: -scores[i])[:number]
        return order, [float(scores[i]) for i in order]

    cosine = (1 + z @ z.T) / 2
    divergence = (members * np.log(members / mean)).sum(2).mean(0)
    return {
        "variation-ratio": best(1 - mean.max(1)),
        "mc-pred-entropy": best(-plogp(mean).sum(1)),
        "mc-variance": best(members.var(0).mean(1)),
        "committee": best(members.var(0).mean(1)),
        "committee-kl": best(divergence),
        "temporal-disagreement": best(np.abs(p - members[0]).sum(1)),
        "egl": best(expected_gradient_length(p, x)),
        "badge-norm": best(guessed_gradient_length(p, x)),
        "density": best(density(z)),
        "discriminative": best(discriminative(z, labelled, free)),
        "learning-loss": best(learning_loss(z, losses, labelled)),
        "info-density": (best(entropy * np.maximum(density(z), 0))[0], None),
        "ranked-batch": ranked_batch(z, 1 - top[:, 0], labelled, 12),
        "kernel-herding": kernel_herding(kernel, labelled, 12),
        "facility-location": herding(cosine, np.ones(len(z)), labelled, 12),
        "rare-class": rare_class(z, margin, labels, free, 12),
        "class-quota": class_quota(p, margin, labels, free, 12),
    }
