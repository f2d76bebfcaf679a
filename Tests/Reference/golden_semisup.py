"""Writes Tests/SemiSupTests/Generated/GoldenSemiSup.swift: confident pseudo-labels, by PyTorch.

Run by hand inside the reference environment (scripts/reference-venv.sh makes it):
    .venv-reference/bin/python Tests/Reference/golden_semisup.py
"""
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
