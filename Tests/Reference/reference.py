"""Compares `pipeline model run` with torchvision and timm, both ways.

    .venv-reference/bin/python Tests/Reference/reference.py path/to/pipeline

For every model: random weights from the reference library (running statistics and affine parts
moved away from their first values) go through `model run`, and the logits must agree; then weights
that `model init` drew are loaded by the reference, strictly, and the logits must agree again.
"""
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "scripts"))
import cpu_torchvision  # noqa: E402, F401
import timm  # noqa: E402
import torchvision  # noqa: E402
from safetensors.torch import load_file, save_file  # noqa: E402
from swin_unet import SwinUNet  # noqa: E402

# Logits of random networks are of order 1; float32 sums in another order differ by some 1e-6.
TOLERANCE = 1e-4

MODELS = [
    ("resnet18", 7, 3, (64, 64), [], lambda: torchvision.models.resnet18(num_classes=7)),
    ("resnet34", 5, 3, (65, 63), [], lambda: torchvision.models.resnet34(num_classes=5)),
    ("resnet50", 10, 3, (64, 64), [], lambda: torchvision.models.resnet50(num_classes=10)),
    ("resnet18", 2, 1, (64, 64), [], lambda: grey(torchvision.models.resnet18(num_classes=2))),
    ("alexnet", 5, 3, (224, 200), [], lambda: torchvision.models.alexnet(num_classes=5)),
    ("densenet121", 5, 3, (64, 72), [], lambda: torchvision.models.densenet121(num_classes=5)),
    ("vit-base", 4, 3, (224, 224), [],
     lambda: timm.create_model("vit_base_patch16_224", num_classes=4)),
    ("swin-unet", 3, 1, (64, 64), ["--patch", "2", "--window", "4"],
     lambda: SwinUNet(3, 1, 64, patch=2, window=4)),
    ("swin-unet", 3, 3, (128, 128), ["--window", "8"], lambda: SwinUNet(3, 3, 128, 4, 8)),
    ("swin-unet", 9, 3, (224, 224), [], lambda: SwinUNet(9, 3, 224, 4, 7)),
    ("swin-unet", 2, 1, (32, 32), ["--window", "8"], lambda: SwinUNet(2, 1, 32, 2, 8)),
    ("vit-small", 10, 3, (224, 224), [],
     lambda: timm.create_model("vit_small_patch16_224", num_classes=10)),
    ("vit-tiny", 4, 1, (32, 32), ["--patch", "8"],
     lambda: timm.create_model(
         "vit_tiny_patch16_224", num_classes=4, img_size=32, patch_size=8, in_chans=1)),
    ("efficientnet-lite0", 6, 3, (96, 96), [],
     lambda: timm.create_model("efficientnet_lite0", num_classes=6)),
    ("tf-efficientnet-lite0", 6, 3, (96, 95), [],
     lambda: timm.create_model("tf_efficientnet_lite0", num_classes=6)),
    ("tf-efficientnet-lite0", 3, 1, (61, 64), [],
     lambda: timm.create_model("tf_efficientnet_lite0", num_classes=3, in_chans=1)),
]


def grey(model):
    model.conv1 = torch.nn.Conv2d(1, 64, 7, stride=2, padding=3, bias=False)
    return model


def disturb(model, generator):
    """Moves normalisation and biases, which start at 0 and 1 and would hide a swap."""
    for name, value in model.state_dict().items():
        noise = torch.rand(value.shape, generator=generator)
        if name.endswith("running_var"):
            value.copy_(0.5 + noise)
        elif value.is_floating_point() and value.dim() <= 1:
            value.add_(0.4 * noise - 0.2)
        elif name in ("cls_token", "pos_embed") or name.endswith("bias_table"):
            value.add_(noise - 0.5)


def run(pipeline, name, classes, channels, options, weights, x, folder):
    np.save(folder / "x.npy", x.numpy())
    subprocess.run(
        [pipeline, "model", "run", "--model", name, "--classes", str(classes), "--channels",
         str(channels), "--weights", weights, "--input", folder / "x.npy", "--output",
         folder / "y.npy", *options], check=True)
    return torch.from_numpy(np.load(folder / "y.npy"))


def compare(label, ours, theirs):
    difference = (ours - theirs).abs().max().item()
    spread = theirs.std().item()
    fine = ours.shape == theirs.shape and difference < TOLERANCE * max(1.0, theirs.abs().max().item())
    print(f"{'ok ' if fine else 'BAD'} {label:45s} difference {difference:.1e}, spread {spread:.2f}")
    return fine


def main():
    pipeline = sys.argv[1]
    fine = True
    for index, (name, classes, channels, size, options, make) in enumerate(MODELS):
        with tempfile.TemporaryDirectory() as temporary, torch.no_grad():
            folder = pathlib.Path(temporary)
            generator = torch.Generator().manual_seed(index)
            torch.manual_seed(index)
            model = make().eval()
            disturb(model, generator)
            x = torch.randn(3, channels, *size, generator=generator)
            save_file(model.state_dict(), folder / "theirs.safetensors")
            y = run(pipeline, name, classes, channels, options, folder / "theirs.safetensors", x, folder)
            fine &= compare(f"{name} [{channels} channels] their weights", y, model(x))
            torch.save(model.state_dict(), folder / "theirs.pth")
            y = run(pipeline, name, classes, channels, options, folder / "theirs.pth", x, folder)
            fine &= compare(f"{name} [{channels} channels] their .pth", y, model(x))
            drawn = folder / "ours.safetensors"
            subprocess.run(
                [pipeline, "model", "init", "--model", name, "--classes", str(classes), "--channels",
                 str(channels), "--image-size", str(size[0]), "--seed", "3", "--out", drawn, *options],
                check=True)
            model.load_state_dict(load_file(drawn), strict=True)
            y = run(pipeline, name, classes, channels, options, drawn, x, folder)
            fine &= compare(f"{name} [{channels} channels] our weights", y, model(x))
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main()
