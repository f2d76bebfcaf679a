"""Writes Tests/NNTests/Generated/GoldenLosses.swift: losses and optimizer steps by PyTorch, float64.

Run by hand inside the reference environment (scripts/reference-test.sh makes it):
    .venv-reference/bin/python Tests/Reference/golden_losses.py
Inputs come from a 31-bit congruential generator that the Swift side repeats bit for bit.
"""
import torch
import torch.nn.functional as F

from golden import portable, write


def dice(probabilities, target, keep=None, epsilon=1e-5):
    """SSL4MIS's form: squared sums over the whole batch, mean over all classes."""
    classes = probabilities.shape[1]
    keep = torch.ones_like(target, dtype=torch.bool) if keep is None else keep
    total = 0
    for c in range(classes):
        s, t = probabilities[:, c][keep], (target == c)[keep].double()
        total = total + 1 - (2 * (s * t).sum() + epsilon) / ((s * s).sum() + (t * t).sum() + epsilon)
    return total / classes


def steps(make):
    """Three parameters, five steps on the gradients of a fixed quadratic form; the final values."""
    start = [portable(70, 3, 4), portable(71, 4), portable(72, 2, 2)]
    goals = [portable(80, 3, 4), portable(81, 4), portable(82, 2, 2)]
    parameters = [torch.nn.Parameter(p.clone()) for p in start]
    optimizer = make(parameters)
    for step in range(5):
        optimizer.zero_grad()
        loss = sum((((p - g) ** 2) * (i + 1)).sum() for i, (p, g) in enumerate(zip(parameters, goals)))
        loss.backward()
        for group in optimizer.param_groups:
            group["lr"] = group["base"] * (1 - step / 10)
        optimizer.step()
    return torch.cat([p.detach().flatten() for p in parameters])


class Lars(torch.optim.Optimizer):
    """solo-learn's rule, written again: trust ratio, clipped, none for vectors."""

    def __init__(self, groups, momentum, eta, clip):
        super().__init__(groups, {"momentum": momentum, "eta": eta, "clip": clip})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                g = p.grad
                if group["weight_decay"] > 0:
                    trust = group["eta"] * p.norm() / (g.norm() + group["weight_decay"] * p.norm() + 1e-8)
                    if group["clip"]:
                        trust = min(trust / group["lr"], torch.tensor(1.0))
                    g = (g + group["weight_decay"] * p) * trust
                v = self.state[p].setdefault("v", torch.zeros_like(p))
                v.mul_(group["momentum"]).add_(g)
                p.sub_(group["lr"] * v)


def grouped(rule, decay, **settings):
    """Vectors without decay; the last parameter at a tenth of the rate."""

    def make(parameters):
        a, b, c = parameters
        groups = [
            {"params": [a], "base": settings["lr"], "weight_decay": decay},
            {"params": [b], "base": settings["lr"], "weight_decay": 0.0},
            {"params": [c], "base": settings["lr"] * 0.1, "weight_decay": decay},
        ]
        for group in groups:
            group["lr"] = group["base"]
        rest = {key: value for key, value in settings.items() if key != "lr"}
        return rule(groups, **rest)

    return make


x, y = portable(20, 2, 3, 4, 4) * 3, portable(21, 2, 3, 4, 4) * 3
labels = torch.arange(32).reshape(2, 4, 4) * 7 % 3
holed = labels.clone()
holed[:, 1, :] = 255
weights = torch.tensor([0.5, 1.0, 2.0])
px, py = x.softmax(1), y.softmax(1)
confidence, guess = px.max(1)
a, b = portable(1, 4, 8), portable(2, 4, 8)
w, s = portable(60, 6, 3) * 3, portable(61, 6, 3) * 3

golden = {
    "portable": portable(1, 4),
    "softDice": dice(px, labels),
    "crossEntropy": F.cross_entropy(x, labels),
    "segmentation": 0.5 * (F.cross_entropy(x, labels) + dice(px, labels)),
    "segmentationIgnoring": 0.5
    * (F.cross_entropy(x, holed, ignore_index=255) + dice(px, holed, keep=holed != 255)),
    "crossEntropyWeighted": F.cross_entropy(x, labels, weight=weights),
    "crossEntropyWeightedIgnoring": F.cross_entropy(x, holed, weight=weights, ignore_index=255),
    "crossEntropySmoothed": F.cross_entropy(x, labels, label_smoothing=0.1),
    "crossPseudoSupervision": torch.stack(
        [F.cross_entropy(x, py.argmax(1)), F.cross_entropy(y, px.argmax(1))]),
    "crossTeaching": torch.stack([dice(px, py.argmax(1)), dice(py, px.argmax(1))]),
    "confidentDice": dice(py, guess, keep=confidence >= 0.6),
    "meanSquared": ((px - py) ** 2).mean(),
    "softCrossEntropy": F.cross_entropy(s, w.softmax(1)),
    "kullbackLeibler": F.kl_div(s.log_softmax(1), w.softmax(1), reduction="batchmean"),
    "entropies": -(w.softmax(1) * w.log_softmax(1)).sum(1),
    "cosineDistance": (2 - 2 * F.cosine_similarity(a, b)).mean(),
    "sgd": steps(grouped(torch.optim.SGD, 0.01, lr=0.05, momentum=0.9)),
    "sgdNesterov": steps(grouped(torch.optim.SGD, 0.01, lr=0.05, momentum=0.9, nesterov=True)),
    "sgdPlain": steps(grouped(torch.optim.SGD, 0.01, lr=0.05)),
    "adamW": steps(grouped(torch.optim.AdamW, 0.1, lr=0.02)),
    "lars": steps(grouped(Lars, 0.01, lr=0.1, momentum=0.9, eta=0.02, clip=True)),
    "larsUnclipped": steps(grouped(Lars, 0.01, lr=0.5, momentum=0.9, eta=0.02, clip=False)),
}

write("NNTests/Generated/GoldenLosses.swift", "Golden", "Values of losses and optimizers by PyTorch in float64.", __file__, golden)
