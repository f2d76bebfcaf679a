"""Writes Tests/Fixtures/checkpoints: small files as torch.save writes them, good and hostile.

Run by hand inside the reference environment (scripts/reference-test.sh makes it):
    .venv-reference/bin/python Tests/Reference/make_checkpoints.py
"""
import argparse
import collections
import os
import pathlib
import zipfile

import torch

folder = pathlib.Path(__file__).parents[1] / "Fixtures" / "checkpoints"
folder.mkdir(parents=True, exist_ok=True)


def ramp(*shape, dtype=torch.float32):
    return torch.arange(torch.Size(shape).numel()).reshape(shape).to(dtype)


shared = ramp(6)
state = collections.OrderedDict(
    [
        ("float", ramp(2, 3)),
        ("double", ramp(2, dtype=torch.float64)),
        ("half", ramp(3, dtype=torch.float16)),
        ("bfloat", ramp(3, dtype=torch.bfloat16)),
        ("long", ramp(2, 2, dtype=torch.int64)),
        ("int", ramp(2, dtype=torch.int32)),
        ("short", ramp(2, dtype=torch.int16)),
        ("char", ramp(2, dtype=torch.int8)),
        ("byte", ramp(2, dtype=torch.uint8)),
        ("bool", torch.tensor([True, False])),
        ("scalar", torch.tensor(7, dtype=torch.int64)),
        ("empty", torch.zeros(0, 4)),
        ("transposed", ramp(2, 3).t()),
        ("view", shared[2:5]),
        ("whole", shared),
        ("channels_last", ramp(1, 2, 2, 3).contiguous(memory_format=torch.channels_last)),
    ]
)
state._metadata = collections.OrderedDict([("", {"version": 1})])

torch.save(state, folder / "archive.pth")
torch.save(state, folder / "legacy.pth", _use_new_zipfile_serialization=False)
torch.save({"epoch": 3, "state_dict": state, "best": 0.5}, folder / "wrapped.pth")
torch.save({"epoch": 3, "note": "no tensors"}, folder / "no-tensors.pth")
torch.save({"a": ramp(2), "args": [1, 2]}, folder / "mixed.pth")
torch.save({"a": ramp(2), "args": argparse.Namespace(x=1)}, folder / "namespace.pth")
torch.save({"a": ramp(1).expand(1000, 1000)}, folder / "expanded.pth")


class Command:
    """What a malicious file would do: run a command while it is read."""

    def __reduce__(self):
        return os.system, ("touch /tmp/the-file-ran-a-command",)


torch.save({"a": ramp(2), "b": Command()}, folder / "command.pth")
torch.save(
    {"a": ramp(2), "b": Command()}, folder / "command-legacy.pth",
    _use_new_zipfile_serialization=False)

with zipfile.ZipFile(folder / "texts.zip", "w") as archive:
    lines = "\n".join(f"line {i} of {i * i}" for i in range(4000))
    archive.writestr(zipfile.ZipInfo("deflated.txt"), lines, zipfile.ZIP_DEFLATED, 9)
    archive.writestr(zipfile.ZipInfo("fast.txt"), lines, zipfile.ZIP_DEFLATED, 1)
    archive.writestr(zipfile.ZipInfo("short.txt"), "aaaaaaaaaaaaaaaaaaaaaaab", zipfile.ZIP_DEFLATED)
    archive.writestr(zipfile.ZipInfo("stored.txt"), lines, zipfile.ZIP_STORED)
    archive.writestr(zipfile.ZipInfo("empty.txt"), "", zipfile.ZIP_DEFLATED)
print(*sorted(p.name for p in folder.iterdir()))
