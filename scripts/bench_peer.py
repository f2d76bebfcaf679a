"""PyTorch's eager training step, the peer of `pipeline bench step`.

Reads lines `STEPS` and answers each with that many steps' times as one JSON list of pairs: seconds
on the clock, and of all threads on a processor.
The network, batch, data type, threads and optimizer are those of the program's own step; PyTorch
runs at its best plain settings: fused optimizer, gradients set to none, the faster memory format.

usage: bench_peer.py MODEL THREADS FORMAT     (MODEL: resnet18, unet-plain, vit-small;
                                               FORMAT: nchw or nhwc)
"""

import json
import sys
import time

import cpu_torchvision  # noqa: F401
import torch
import torch.nn.functional as F
from torch import nn


class Block(nn.Sequential):
    def __init__(self, inputs, outputs):
        super().__init__(
            nn.Conv2d(inputs, outputs, 3, padding=1, bias=False),
            nn.BatchNorm2d(outputs),
            nn.ReLU(inplace=True),
        )


class Double(nn.Module):
    def __init__(self, inputs, outputs, dropout=0.1):
        super().__init__()
        self.first, self.second = Block(inputs, outputs), Block(outputs, outputs)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        return self.second(self.dropout(self.first(x)))


class PlainUNet(nn.Module):
    """The plain U-Net of the program: 32 to 512 channels, bilinear enlargement."""

    def __init__(self, classes, channels):
        super().__init__()
        widths = [32 << level for level in range(5)]
        self.encoder = nn.ModuleList(
            Double(channels if i == 0 else widths[i - 1], widths[i]) for i in range(5)
        )
        self.decoder = nn.ModuleList(
            Double(widths[i + 1] + widths[i], widths[i]) for i in reversed(range(4))
        )
        self.head = nn.Conv2d(widths[0], classes, 1)

    def forward(self, x):
        maps = []
        for level in self.encoder:
            x = level(F.max_pool2d(x, 2) if maps else x)
            maps.append(x)
        for level, skip in zip(self.decoder, reversed(maps[:-1])):
            x = F.interpolate(x, size=skip.shape[2:], mode="bilinear", align_corners=False)
            x = level(torch.cat([skip, x], 1))
        return self.head(x)


def make(model):
    """Network, images, targets, loss and optimizer of a model's step."""
    torch.manual_seed(0)
    if model == "unet-plain":
        return PlainUNet(2, 3), torch.rand(8, 3, 128, 128), torch.randint(2, (8, 128, 128))
    if model == "resnet18":
        from torchvision.models import resnet18

        return resnet18(num_classes=10), torch.rand(32, 3, 64, 64), torch.randint(10, (32,))
    import timm

    network = timm.create_model(
        "vit_small_patch16_224", img_size=64, patch_size=8, num_classes=10
    )
    return network, torch.rand(32, 3, 64, 64), torch.randint(10, (32,))


def main():
    model, threads, layout = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    torch.set_num_threads(threads)
    network, images, target = make(model)
    network.train()
    if layout == "nhwc":
        network = network.to(memory_format=torch.channels_last)
        images = images.to(memory_format=torch.channels_last)
    if model == "vit-small":
        optimizer = torch.optim.AdamW(network.parameters(), lr=1e-4, fused=True)
    else:
        optimizer = torch.optim.SGD(
            network.parameters(), lr=1e-2, momentum=0.9, weight_decay=5e-4, fused=True
        )

    def step():
        optimizer.zero_grad(set_to_none=True)
        F.cross_entropy(network(images), target).backward()
        optimizer.step()

    for line in sys.stdin:
        times = []
        for _ in range(int(line)):
            start, processor = time.perf_counter(), time.process_time()
            step()
            times.append((time.perf_counter() - start, time.process_time() - processor))
        print(json.dumps(times), flush=True)


if __name__ == "__main__":
    main()
