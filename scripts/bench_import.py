"""How quickly images come in, and how much memory that takes.

usage: bench_import.py PROGRAM OUT.json [--slices 400] [--blocks 3] [--memory]

Slices of 512 × 512 at 16 bits are made up (a round body, CT numbers, noise of 12 HU) and written as
uncompressed DICOM, each with its own pixels, in groups of 40. They are imported into a new pool,
decoded in helper processes, with everything written to the disk: on one core (`taskset`, one
thread) and on two; the runs take turns and the medians count. `--memory` imports a multi-frame file
of 1 GB and a folder of 100,000 files, and tells the largest sum of the resident memory of all
processes of the program.
"""

import argparse
import json
import os
import random
import resource
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from array import array
from math import cos, sin

SIDE = 512


def element(group, number, kind, value):
    """An element in explicit VR, little endian."""
    if isinstance(value, str):
        value = value.encode() + (b" " if kind != "UI" else b"\0") * (len(value) % 2)
    head = struct.pack("<HH", group, number) + kind.encode()
    if kind in ("OB", "OW"):
        return head + struct.pack("<HI", 0, len(value)) + value
    return head + struct.pack("<H", len(value)) + value


def header(side, name, frames=1):
    """All of a file but its pixels: CT Image Storage, Explicit VR Little Endian."""
    meta = (element(2, 0x2, "UI", "1.2.840.10008.5.1.4.1.1.2") +
            element(2, 0x3, "UI", f"1.2.3.{name}") +
            element(2, 0x10, "UI", "1.2.840.10008.1.2.1"))
    short = lambda value: struct.pack("<H", value)
    data = (element(8, 0x16, "UI", "1.2.840.10008.5.1.4.1.1.2") +
            element(8, 0x18, "UI", f"1.2.3.{name}") + element(8, 0x60, "CS", "CT") +
            element(0x10, 0x10, "PN", f"Invented^{name}") +
            element(0x28, 0x2, "US", short(1)) + element(0x28, 0x4, "CS", "MONOCHROME2") +
            element(0x28, 0x8, "IS", str(frames)) +
            element(0x28, 0x10, "US", short(side)) + element(0x28, 0x11, "US", short(side)) +
            element(0x28, 0x100, "US", short(16)) + element(0x28, 0x101, "US", short(16)) +
            element(0x28, 0x102, "US", short(15)) + element(0x28, 0x103, "US", short(1)) +
            element(0x28, 0x1052, "DS", "0") + element(0x28, 0x1053, "DS", "1"))
    length = element(2, 0, "UL", struct.pack("<I", len(meta)))
    return bytes(128) + b"DICM" + length + meta + data


def slice_pixels(side):
    """A body on air, with noise."""
    draw = random.Random(7)
    pixels = array("h")
    for y in range(side):
        for x in range(side):
            u, v = (x / side - .5) / .4, (y / side - .5) / .3
            r = u * u + v * v
            value = 40 + 60 * sin(x / 23) * cos(y / 31) if r < 1 else -1000
            value = -850 + 50 * sin(x / 9) if r < .3 else 700 if abs(r - .9) < .03 else value
            pixels.append(round(value + draw.gauss(0, 12 if r < 1 else 7)))
    return pixels.tobytes()


def rotated(pixels, number):
    """Other pixels of the same kind: rows begin elsewhere, and the first pixel tells the number."""
    start = 2 * (number * 7919 % (len(pixels) // 2))
    turned = pixels[start:] + pixels[:start]
    return struct.pack("<i", number) + turned[4:]


def write_slices(folder, count, side):
    pixels = slice_pixels(side)
    for number in range(count):
        group = os.path.join(folder, f"{number // 40:05d}")
        os.makedirs(group, exist_ok=True)
        with open(os.path.join(group, f"{number:06d}.dcm"), "wb") as file:
            file.write(header(side, number) + element(0x7FE0, 0x10, "OW", rotated(pixels, number)))


def write_frames(path, count, side):
    pixels = slice_pixels(side)
    with open(path, "wb") as file:
        file.write(header(side, 1, count))
        file.write(struct.pack("<HH", 0x7FE0, 0x10) + b"OW" +
                   struct.pack("<HI", 0, count * len(pixels)))
        for number in range(count):
            file.write(rotated(pixels, number))


def import_command(program, source, pool, threads):
    return [program, "import", source, "--pool", pool, "--threads", str(threads), "--folders",
            "groups", "--json", "--key", pool + ".key"]


def processor_seconds():
    """Of all processes that were waited for, helpers among them."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def slices_per_second(program, source, scratch, threads, cores):
    """Files a second from the first request to the last commit, as the program itself counts; and
    a second of a processor, from the program's start to its end."""
    pool = os.path.join(scratch, "pool")
    shutil.rmtree(pool, ignore_errors=True)
    os.sync()
    command = ["taskset", "-c", cores] + import_command(program, source, pool, threads)
    start = processor_seconds()
    summary = json.loads(subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout)
    if summary["quarantined"] or summary["items"] != summary["files"]:
        sys.exit(f"bench: not every slice came in: {summary}")
    return summary["filesPerSecond"], summary["files"] / (processor_seconds() - start)


def throughput(program, scratch, slices, blocks):
    source = os.path.join(scratch, "slices")
    write_slices(source, slices, SIDE)
    rates = {1: [], 2: []}
    for _ in range(blocks):
        rates[1].append(slices_per_second(program, source, scratch, 1, "0"))
        rates[2].append(slices_per_second(program, source, scratch, 2, "0,1"))
    (one, work_one), (two, work_two) = (
        [statistics.median(column) for column in zip(*rates[threads])] for threads in (1, 2))
    return {"import_slices_per_s_core": one, "import_slices_per_s_2": two,
            "import_scaling_2": two / one, "import_slices_per_cpu_s": work_one,
            "import_slices_per_cpu_s_2": work_two}


def resident(root):
    """Bytes in memory of a process and all below it; shared pages count for each."""
    parents, sizes = {}, {}
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        try:
            with open(f"/proc/{name}/status") as file:
                fields = dict(line.split(":", 1) for line in file if ":" in line)
            parents[int(name)] = int(fields["PPid"])
            sizes[int(name)] = int(fields.get("VmRSS", "0 kB").split()[0]) * 1024
        except (OSError, KeyError):
            continue
    family = {root}
    while True:
        more = {process for process, parent in parents.items() if parent in family} - family
        if not more:
            return sum(sizes.get(process, 0) for process in family)
        family |= more


def peak_megabytes(program, source, scratch):
    pool = os.path.join(scratch, "pool")
    shutil.rmtree(pool, ignore_errors=True)
    start = time.monotonic()
    process = subprocess.Popen(import_command(program, source, pool, 2),
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    peak = 0
    while process.poll() is None:
        peak = max(peak, resident(process.pid))
        time.sleep(0.02)
    summary = json.loads(process.stdout.read())
    print(f"{summary['items']} images of {summary['files']} files in "
          f"{time.monotonic() - start:.0f} s: {peak / 1e6:.0f} MB", flush=True)
    return peak / 1e6


def memory(program, scratch):
    long_file = os.path.join(scratch, "long")
    os.makedirs(long_file)
    write_frames(os.path.join(long_file, "frames.dcm"), 2048, SIDE)
    results = {"import_1gb_rss_mb": peak_megabytes(program, long_file, scratch)}
    shutil.rmtree(long_file)
    many = os.path.join(scratch, "many")
    write_slices(many, 100_000, 64)
    return results | {"import_100k_rss_mb": peak_megabytes(program, many, scratch)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("out")
    parser.add_argument("--slices", type=int, default=400)
    parser.add_argument("--blocks", type=int, default=3)
    parser.add_argument("--memory", action="store_true")
    options = parser.parse_args()
    scratch = tempfile.mkdtemp(prefix="bench-import-", dir=os.path.dirname(options.out) or ".")
    try:
        results = (memory(options.program, scratch) if options.memory else
                   throughput(options.program, scratch, options.slices, options.blocks))
    finally:
        shutil.rmtree(scratch)
    known = {}
    if os.path.exists(options.out):
        with open(options.out) as file:
            known = json.load(file)
    with open(options.out, "w") as file:
        json.dump(known | results, file, indent=2, sort_keys=True)
    for name, value in results.items():
        print(f"{name}: {value:.4g}")


if __name__ == "__main__":
    main()
