"""Writes Tests/PretrainTests/Generated/GoldenPretrain.swift: what pretraining computes, by PyTorch.

Run by hand inside the reference environment (scripts/reference-venv.sh makes it):
    .venv-reference/bin/python Tests/Reference/golden_pretrain.py
"""
import torch
import torch.nn.functional as F

from golden import portable, write


def contrastive(a, b, temperature, groups=None):
    """NT-Xent, term by term; other images of a row's group stand in no sum."""
    n = len(a)
    groups = groups or list(range(n))
    z = F.normalize(torch.cat([a, b]), dim=1)
    total = 0
    for i in range(2 * n):
        others = [j for j in range(2 * n)
                  if j != i and (j % n == i % n or groups[j % n] != groups[i % n])]
        logits = torch.stack([z[i] @ z[j] for j in others]) / temperature
        total = total - logits[others.index((i + n) % (2 * n))] + torch.logsumexp(logits, 0)
    return total / (2 * n)


def neighbours(bank, labels, queries, k, temperature=0.07):
    """DINO's vote: exp(cosine / T) of the k nearest, by class, summing to 1."""
    similarity = F.normalize(queries, dim=1) @ F.normalize(bank, dim=1).T
    nearest, index = similarity.topk(k)
    votes = torch.zeros(len(queries), int(labels.max()) + 1)
    votes.scatter_add_(1, labels[index], (nearest / temperature).exp())
    return votes / votes.sum(1, keepdim=True)


def rank(share, least):
    share = share / share.sum() + least
    return (-(share * share.log()).sum()).exp()


def collapse(rows):
    """Spread, RankMe of singular values and of their squares, mean cosine."""
    z = F.normalize(rows, dim=1)
    sigma = torch.linalg.svdvals(z - z.mean(0))
    cosines = (z @ z.T)[~torch.eye(len(z), dtype=torch.bool)]
    spread = z.std(0).mean() * z.shape[1] ** 0.5
    return torch.stack([spread, rank(sigma, 1e-7), rank(sigma**2, 1e-12), cosines.mean()])


def momentum(queries, keys, queue, temperature):
    """MoCo v2, row by row: the positive against itself and the queue."""
    q, k, queue = (F.normalize(x, dim=1) for x in (queries, keys, queue))
    rows = [torch.cat([(q[i] @ k[i])[None], queue @ q[i]]) / temperature for i in range(len(q))]
    return torch.stack([torch.logsumexp(row, 0) - row[0] for row in rows]).mean()


def momentum3(queries, keys, temperature):
    """MoCo v3: cross-entropy over the keys of the batch, times twice the temperature."""
    logits = F.normalize(queries, dim=1) @ F.normalize(keys, dim=1).T / temperature
    return 2 * temperature * F.cross_entropy(logits, torch.arange(len(queries)))


def cosines(p, z):
    return F.cosine_similarity(p, z.detach(), dim=1)


def byol(p1, z2, p2, z1):
    """The mean squared distance of normalised rows, both directions."""
    return sum((F.normalize(p, dim=1) - F.normalize(z.detach(), dim=1)).square().sum(1).mean()
               for p, z in ((p1, z2), (p2, z1)))


def simsiam(p1, z2, p2, z1):
    return -(cosines(p1, z2).mean() + cosines(p2, z1).mean()) / 2


def barlow(a, b, redundancy):
    """Barlow twins through PyTorch's own normalisation, with explicit sums."""
    c = F.batch_norm(a, None, None, training=True).T @ F.batch_norm(b, None, None, training=True)
    c = c / len(a)
    on = sum((1 - c[j, j]) ** 2 for j in range(len(c)))
    off = sum(c[j, k] ** 2 for j in range(len(c)) for k in range(len(c)) if j != k)
    return on + redundancy * off


def vicreg(a, b):
    """The terms and their sum; covariances by torch.cov."""
    invariance = F.mse_loss(a, b)
    hinge = [F.relu(1 - (torch.diagonal(torch.cov(z.T)) + 1e-4).sqrt()).mean() for z in (a, b)]
    off = [c.square().sum() - torch.diagonal(c).square().sum()
           for c in (torch.cov(a.T), torch.cov(b.T))]
    variance, covariance = sum(hinge) / 2, sum(off) / a.shape[1]
    return torch.stack([invariance, variance, covariance,
                        25 * invariance + 25 * variance + covariance])


def dense(trunk_q, trunk_k, q, k, queue, temperature):
    """DenseCL's dense term, place by place, and the places found; inputs [B, D, S]."""
    found, losses, queue = [], [], F.normalize(queue, dim=1)
    for image in range(len(q)):
        for place in range(q.shape[2]):
            likeness = [F.cosine_similarity(trunk_q[image, :, place], trunk_k[image, :, other], 0)
                        for other in range(k.shape[2])]
            best = int(torch.stack(likeness).argmax())
            found.append(best)
            losses.append(momentum(q[image, :, place][None], k[image, :, best][None], queue,
                                   temperature))
    return torch.stack(losses).mean(), torch.tensor(found)


def slope(loss, *inputs):
    """Norm of the gradient with respect to the first input."""
    first = inputs[0].clone().requires_grad_()
    loss(first, *inputs[1:]).backward()
    return first.grad.norm()


def cut(images, side):
    """Patches one by one: rows of patches, then columns; within a patch row, column, channel."""
    corners = [(y, x) for y in range(0, images.shape[2], side)
               for x in range(0, images.shape[3], side)]
    patches = [[[image[c, y + i, x + j] for i in range(side) for j in range(side)
                 for c in range(len(image))] for y, x in corners] for image in images]
    return torch.tensor(patches)


def patch_loss(predicted, patches, masked, normalizing):
    """He et al. 2022: squared errors, mean over a patch, mean over the masked patches."""
    total = []
    for image in range(len(patches)):
        for place in masked:
            target = patches[image, place]
            if normalizing:
                target = (target - target.mean()) / (target.var() + 1e-6).sqrt()
            total.append(((predicted[image, place] - target) ** 2).mean())
    return torch.stack(total).mean()


def positions(rows, columns, width):
    """Sines and cosines of the column, then of the row; a zero row for the class token first."""
    omega = 10000 ** (-torch.arange(width // 4) / (width / 4))
    wave = lambda place: torch.cat([(place * omega).sin(), (place * omega).cos()])
    places = [torch.cat([wave(x), wave(y)]) for y in range(rows) for x in range(columns)]
    return torch.stack([torch.zeros(width)] + places)


def dino(student, teacher, centre, warm, cold):
    """Caron et al. 2021, algorithm 1, with the loops of the authors' code."""
    total, terms = 0, 0
    for i, t in enumerate(teacher):
        q = F.softmax((t - centre) / cold, dim=1)
        for j, s in enumerate(student):
            if i != j:
                total = total + (-q * F.log_softmax(s / warm, dim=1)).sum(1).mean()
                terms += 1
    return total / terms


a, b = portable(1, 4, 8), portable(2, 4, 8)
c, d, queue = portable(3, 4, 8), portable(4, 4, 8), portable(5, 16, 8)
places = [portable(seed, 2, 8, 4) for seed in (8, 9, 10, 11)]
denseLoss, denseFound = dense(*places, queue, 0.2)
both = lambda x, y, z, w: momentum3(x, y, 0.2) + momentum3(z, w, 0.2)
leaf = a.clone().requires_grad_()
contrastive(leaf, b, 0.2).backward()
images, painted = portable(6, 2, 3, 16, 16), portable(7, 2, 16, 48)
hidden = [place for place in range(16) if place % 4]
square = torch.arange(18).reshape(1, 2, 3, 3)
crops, globals_ = [portable(41 + i, 4, 8) for i in range(4)], [portable(51 + i, 4, 8) for i in (0, 1)]
centre = 0.1 * portable(40, 8)
votes = neighbours(portable(13, 12, 8), torch.arange(12) % 3, portable(14, 4, 8), 5)

write("PretrainTests/Generated/GoldenPretrain.swift", "Golden",
      "What pretraining computes, by PyTorch in float64.", __file__, {
          "contrastive": torch.stack([contrastive(a, b, 0.5), contrastive(a, b, 0.2)]),
          "contrastiveGradient": leaf.grad.norm(),
          "contrastiveGrouped": contrastive(a, b, 0.2, [0, 0, 1, 2]),
          "votes": votes,
          "called": votes.argmax(1),
          "collapse": collapse(portable(15, 16, 8)),
          "moCo": torch.stack([momentum(a, b, queue, 0.2),
                               slope(lambda x: momentum(x, b, queue, 0.2), a)]),
          "moCoV3": torch.stack([both(a, b, c, d), slope(both, a, b, c, d)]),
          "byol": torch.stack([byol(a, b, c, d), slope(byol, a, b, c, d)]),
          "simSiam": torch.stack([simsiam(a, b, c, d), slope(simsiam, a, b, c, d)]),
          "barlow": torch.stack([barlow(a, b, 0.0051),
                                 slope(lambda x: barlow(x, b, 0.0051), a)]),
          "vicReg": torch.cat([vicreg(a, b), slope(lambda x: vicreg(x, b)[3], a)[None]]),
          "dense": torch.stack([denseLoss,
                                slope(lambda x: dense(*places[:2], x, places[3], queue, 0.2)[0],
                                      places[2])]),
          "denseFound": denseFound,
          "patchLoss": torch.stack([
              patch_loss(painted, cut(images, 4), hidden, normalizing)
              for normalizing in (False, True)]),
          "patch": cut(images, 4)[1, 6],
          "positions": positions(2, 3, 8),
          "rotation": F.cross_entropy(portable(12, 4, 4), torch.arange(4)),
          "turned": torch.cat([torch.rot90(square, k, (2, 3)) for k in range(4)]),
          "dino": dino(crops, globals_, centre, 0.1, 0.04),
          "dinoCentre": 0.9 * centre + 0.1 * torch.cat(globals_).mean(0),
          "cass": (2 - 2 * F.cosine_similarity(a, b)).mean(),
      })
