"""`pipeline image` as the reference tests of decoding call it."""
import json
import pathlib
import subprocess
import tempfile

import numpy as np

LIMIT = 60  # seconds; a file that takes longer hangs
BAD_INPUT = 65


class Refusal(Exception):
    """The program would not read a file, and said why."""


class ImageProgram:
    def __init__(self, path):
        self.path = path
        self.folder = tempfile.TemporaryDirectory()
        self.array = pathlib.Path(self.folder.name, "array.npy")

    def read(self, file, *options):
        """The array, and what the program says of the image."""
        answer = subprocess.run(
            [self.path, "image", str(file), "--npy", str(self.array), *options],
            capture_output=True, text=True, timeout=LIMIT)
        if answer.returncode == BAD_INPUT:
            raise Refusal(answer.stderr.strip())
        if answer.returncode != 0:
            raise AssertionError(f"exit code {answer.returncode}: {answer.stderr.strip()}")
        return np.load(self.array), json.loads(answer.stdout)


class Tally:
    """Counts verdicts, and prints those that are no success."""

    def __init__(self):
        self.counts = {}
        self.failures = 0

    def add(self, verdict, name="", detail="", fine=True):
        self.counts[verdict] = self.counts.get(verdict, 0) + 1
        if not fine:
            self.failures += 1
            print(f"BAD {verdict}: {name} {detail}")

    def check(self, verdict, holds, name, detail=""):
        self.add(verdict if holds else f"{verdict} NOT", name, detail, bool(holds))

    def report(self, title):
        counts = ", ".join(f"{value} {key}" for key, value in sorted(self.counts.items()))
        print(f"{'BAD' if self.failures else 'ok '} {title}: {counts}", flush=True)
        return self.failures == 0
