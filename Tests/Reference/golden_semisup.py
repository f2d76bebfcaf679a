"""Writes Tests/SemiSupTests/Generated: GoldenSemiSup.swift (confident pseudo-labels) and
GoldenMethods.swift (losses, thresholds and selections of the methods), by PyTorch in float64.

Run by hand inside the reference environment (scripts/reference-venv.sh makes it):
    .venv-reference/bin/python Tests/Reference/golden_semisup.py
"""
import math

import torch
import torch.nn.functional as F

from golden import portable, write


def band(labels):
    """Pixels with another class among their eight neighbours, looked up one by one."""
    b, h, w = labels.shape
    near = torch.zeros_like(labels, dtype=torch.bool)
    for n in range(b):
        for i in range(h):
            for j in range(w):
                window = labels[n, max(i - 1, 0) : i + 2, max(j - 1, 0) : j + 2]
                near[n, i, j] = (window != labels[n, i, j]).any()
    return near


def confident(weak, threshold, absent):
    confidence, label = weak.softmax(1).max(1)
    return torch.where(confidence >= threshold, label, torch.full_like(label, absent))


images, views = portable(60, 6, 3) * 3, portable(61, 6, 3) * 3
classes = confident(images, 0.8, -1)
# Coarse maps, so that there is something left inside the contours.
weak = F.interpolate(portable(20, 2, 3, 2, 2) * 6, size=(12, 12), mode="nearest")
strong = portable(21, 2, 3, 12, 12) * 3
pixels = confident(weak, 0.6, 255)
pixels[band(weak.argmax(1))] = 255
# A map of which less than half is left is dropped whole.
pixels[(pixels != 255).double().mean((1, 2)) < 0.5] = 255
print("left of each map:", (pixels != 255).double().mean((1, 2)).tolist())

write("SemiSupTests/Generated/GoldenSemiSup.swift", "Golden",
      "Confident pseudo-labels and the losses on them, by PyTorch in float64.", __file__, {
          "images": images, "views": views, "classes": classes,
          "classLoss": F.cross_entropy(views, classes, ignore_index=-1),
          "weak": weak, "strong": strong, "pixels": pixels,
          "pixelLoss": F.cross_entropy(strong, pixels, ignore_index=255),
      })


# The losses, thresholds and selections of the methods, on inputs that the Swift side repeats.
def dice(probabilities, target, keep=None, epsilon=1e-5):
    """SSL4MIS's form: squared sums over the whole batch, mean over all classes."""
    keep = torch.ones_like(target, dtype=torch.bool) if keep is None else keep
    total = 0
    for c in range(probabilities.shape[1]):
        s, t = probabilities[:, c][keep], (target == c)[keep].double()
        total = total + 1 - (2 * (s * t).sum() + epsilon) / ((s * s).sum() + (t * t).sum() + epsilon)
    return total / probabilities.shape[1]


def ramp(t, length):
    return 1.0 if length == 0 else math.exp(-5 * (1 - min(max(t, 0), length) / length) ** 2)


def scalar(*values):
    """Numbers as one tensor."""
    numbers = [float(v) for v in values]
    return torch.tensor(numbers[0] if len(numbers) == 1 else numbers)


x, y = portable(20, 2, 3, 4, 4) * 3, portable(21, 2, 3, 4, 4) * 3
labels = torch.arange(32).reshape(2, 4, 4) * 7 % 3
p, q = x.softmax(1), y.softmax(1)
confidence, guess = p.max(1)
keep = confidence >= 0.6
entropies = F.cross_entropy(y, guess, reduction="none")

mean = torch.stack([(portable(30 + i, 2, 3, 4, 4) * 3).softmax(1) for i in range(8)]).mean(0)


def uamt(classes, mean=mean):
    uncertainty = -(mean * (mean + 1e-6).log()).sum(1)
    mask = (uncertainty < (0.75 + 0.25 * ramp(300, 1000)) * math.log(classes)).double()
    return mask, (mask.unsqueeze(1) * (p - q) ** 2).sum() / (classes * mask.sum() + 1e-16)


weak, strong = portable(60, 6, 3) * 3, portable(61, 6, 3) * 3
shares = weak.softmax(1)
top, best = shares.max(1)
sure = top >= 0.8
beta = torch.tensor([1.0, 0.5, 0.2])

m = 0.9
tau = m / 3 + (1 - m) * top.mean()
model = m / 3 + (1 - m) * shares.mean(0)
hist = m / 3 + (1 - m) * torch.bincount(best, minlength=3).double() / 6


def fairness(logits, mask):
    """FreeMatch's self-adaptive fairness, after USB's entropy_loss."""
    chosen = logits[mask].softmax(1)
    counts = torch.bincount(chosen.argmax(1), minlength=3).double()
    counts = counts / counts.sum()
    target = model / hist
    target = target / target.sum()
    scaled = torch.where(counts == 0, torch.zeros_like(counts), chosen.mean(0) / counts)
    scaled = scaled / scaled.sum()
    return (target * torch.log(scaled + 1e-12)).sum()


mu, var = m / 3 + (1 - m) * top.mean(), m + (1 - m) * top.var(unbiased=True)
gap = torch.clamp(top - 0.8, max=0)
sharp = shares ** 2 / (shares ** 2).sum(1, keepdim=True)
entropy = -(shares * shares.log()).sum(1)

write("SemiSupTests/Generated/GoldenMethods.swift", "GoldenMethods",
      "Losses, thresholds and selections of the methods, by PyTorch in float64.", __file__, {
          "ramp": scalar(*[ramp(t, 1) for t in (0, 0.25, 0.5, 0.75, 1, 2)]),
          "average": scalar(*[min(1 - 1 / (t + 1), 0.99) for t in (0, 1, 9, 98, 99, 500)]),
          "supervised": scalar(0.5 * (F.cross_entropy(x, labels) + dice(p, labels))),
          "meanTeacher": scalar(((p - q) ** 2).mean()),
          "uncertain": scalar((0.75 + 0.25 * ramp(300, 1000)) * math.log(3)),
          "uncertainKept": scalar(uamt(3)[0].mean()),
          "uncertainLoss": scalar(uamt(3)[1]),
          # One pass, so that there is something left under ln 2.
          "uncertainBinary": scalar(*[v.mean() for v in uamt(2, (portable(30, 2, 3, 4, 4) * 3).softmax(1))]),
          "crossPseudo": scalar(F.cross_entropy(x, q.argmax(1)), F.cross_entropy(y, p.argmax(1))),
          "crossTeaching": scalar(dice(p, q.argmax(1)), dice(q, p.argmax(1))),
          "mapsKept": scalar(keep.double().mean()),
          "mapsAll": scalar((entropies * keep).mean()),
          "mapsOfKept": scalar((entropies * keep).sum() / keep.sum()),
          # The copied mistake: unsure probabilities times 0, then argmax, is class 0.
          "argmaxZero": (p * keep.unsqueeze(1)).argmax(1),
          "uniMatch": scalar(dice(q, guess, keep)),
          # Two strong views and dropped features, each weighed as published.
          "uniMatchTotal": scalar(sum(
              share * dice((portable(seed, 2, 3, 4, 4) * 3).softmax(1), guess, keep)
              for seed, share in ((21, 0.25), (22, 0.25), (23, 0.5)))),
          "imagesKept": scalar(sure.double().mean()),
          "imagesLoss": scalar((F.cross_entropy(strong, best, reduction="none") * sure).mean()),
          "flex": 0.95 * beta / (2 - beta),
          "freeGlobal": scalar(tau),
          "free": tau * model / model.max(),
          "freeFairness": scalar(fairness(strong, top >= 0.6)),
          "softStatistics": scalar(mu, var),
          "soft": torch.exp(-gap ** 2 / (2 * 0.02 / 4)),
          "sharpened": sharp,
          "entropy": entropy,
          "normalizedEntropy": entropy / math.log(3),
      })
