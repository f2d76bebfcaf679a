"""Writes Tests/TrainingTests/Generated/GoldenTraining.swift: the loss of labelled images, term by term.

Run by hand inside the reference environment (scripts/reference-venv.sh makes it):
    .venv-reference/bin/python Tests/Reference/golden_training.py
"""
import torch

from golden import portable, write


def adjusted(logits, labels, counts, exponent):
    """Menon et al. 2021, equation 10: -log(p_y exp f_y / sum_c p_c exp f_c), p as sampled."""
    shares = torch.tensor([n**exponent if n else 0.0 for n in counts])
    prior = (shares / shares.sum()).clamp(min=1e-6)
    terms = [-torch.log(prior[y] * f[y].exp() / (prior * f.exp()).sum()) for f, y in zip(logits, labels)]
    return sum(terms) / len(terms)


def segmentation(logits, target, epsilon=1e-5):
    """Half the mean of -log p_y over the labelled pixels, half one minus their mean soft Dice."""
    classes = logits.shape[1]
    terms, overlap = [], [0.0] * classes
    size = [0.0] * classes
    for image, labels in zip(logits, target):
        for i, row in enumerate(labels.tolist()):
            for j, label in enumerate(row):
                if label == 255:
                    continue
                p = image[:, i, j].exp() / image[:, i, j].exp().sum()
                terms.append(-p[label].log())
                for c in range(classes):
                    overlap[c] = overlap[c] + p[c] * (c == label)
                    size[c] = size[c] + p[c] ** 2 + (c == label)
    dice = sum((2 * o + epsilon) / (s + epsilon) for o, s in zip(overlap, size)) / classes
    return 0.5 * sum(terms) / len(terms) + 0.5 * (1 - dice)


def with_gradient(loss, logits):
    leaf = logits.clone().requires_grad_()
    value = loss(leaf)
    value.backward()
    return value.detach(), leaf.grad


# Classes with five, three, no and two labels.
counts, labels = [5, 3, 0, 2], [0, 1, 0, 3, 1, 0]
logits = portable(62, 6, 4) * 3
exponents = [1.0, 0.5, 0.0]
pairs = [with_gradient(lambda f: adjusted(f, labels, counts, e), logits) for e in exponents]
holed = torch.arange(32).reshape(2, 4, 4) * 7 % 3
holed[:, 1, :] = 255
maps = portable(20, 2, 3, 4, 4) * 3
value, gradient = with_gradient(lambda f: segmentation(f, holed), maps)

write("TrainingTests/Generated/GoldenTraining.swift", "Golden",
      "The loss of labelled images, by PyTorch in float64.", __file__, {
          "logits": logits,
          "adjusted": torch.stack([p[0] for p in pairs]),
          "adjustedGradients": torch.stack([p[1] for p in pairs]),
          "maps": maps,
          "segmentation": value,
          "segmentationGradient": gradient,
      })
