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


a, b = portable(1, 4, 8), portable(2, 4, 8)
leaf = a.clone().requires_grad_()
contrastive(leaf, b, 0.2).backward()
votes = neighbours(portable(13, 12, 8), torch.arange(12) % 3, portable(14, 4, 8), 5)

write("PretrainTests/Generated/GoldenPretrain.swift", "Golden",
      "What pretraining computes, by PyTorch in float64.", __file__, {
          "contrastive": torch.stack([contrastive(a, b, 0.5), contrastive(a, b, 0.2)]),
          "contrastiveGradient": leaf.grad.norm(),
          "contrastiveGrouped": contrastive(a, b, 0.2, [0, 0, 1, 2]),
          "votes": votes,
          "called": votes.argmax(1),
          "collapse": collapse(portable(15, 16, 8)),
      })
