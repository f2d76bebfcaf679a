"""Decoding ratios against Pillow and pydicom, in alternating blocks of one run.

usage: bench_decode.py PROGRAM OUT.json [--blocks 9]

One core each. For every kind of file two processes stand ready: `pipeline bench decode` and this
script again as the peer (`--peer`). A block is one pass of each over the same files, in an order
that turns round every other block; a ratio is theirs / ours in processor time (ours / theirs in
images per second), the median over blocks, with quartiles. PNG and JPEG are made 128×128 by areas,
JPEG after Pillow's `draft`. The files are made up here: slopes, edges and noise like scans.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

import jpeg_lossless
import numpy as np

SIDE = 128
PROCESSOR = 1


def scene(height, width, channels, levels, seed):
    """Something like a scan: round bodies with soft edges, a dark surround, noise within."""
    generator = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width] / max(height, width)
    planes = []
    for _ in range(channels):
        image = np.zeros((height, width))
        for _ in range(9):
            cy, cx = generator.uniform(0.25, 0.75, 2)
            radius, level = generator.uniform(0.05, 0.3), generator.uniform(0.1, 0.4)
            image += level / (1 + np.exp((np.hypot(y - cy, x - cx) - radius) * 120))
        image += generator.normal(0, 0.006, image.shape) * (image > 0.05)
        planes.append(image)
    stacked = np.clip(np.stack(planes, -1), 0, 1) * (levels - 1)
    return stacked[..., 0] if channels == 1 else stacked


def pictures(folder, ending, **options):
    from PIL import Image

    paths = []
    for seed, (size, channels) in enumerate(
            [((512, 512), 1), ((512, 512), 3), ((1024, 768), 3), ((1536, 1152), 1)] * 2):
        paths.append(os.path.join(folder, f"{seed}.{ending}"))
        Image.fromarray(scene(*size, channels, 256, seed).astype("u1")).save(paths[-1], **options)
    return paths


def slices(folder, label, compress):
    from pydicom.dataset import FileDataset, FileMetaDataset
    from pydicom.uid import ExplicitVRLittleEndian

    paths = []
    for seed in range(6):
        meta = FileMetaDataset()
        meta.TransferSyntaxUID = ExplicitVRLittleEndian
        meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.2"
        meta.MediaStorageSOPInstanceUID = f"1.2.826.0.1.3680043.8.498.{seed}"
        ds = FileDataset(None, {}, file_meta=meta, preamble=b"\0" * 128)
        ds.SOPClassUID, ds.SOPInstanceUID = meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID
        ds.PatientName, ds.StudyDate, ds.Modality = "Nobody", "20200101", "CT"
        ds.RescaleSlope, ds.RescaleIntercept = "1", "-1024"
        ds.WindowCenter, ds.WindowWidth = "40", "400"
        ds.PixelSpacing, ds.SliceThickness = ["0.7", "0.7"], "2.5"
        ds.ImagePositionPatient, ds.ImageOrientationPatient = [0, 0, seed], [1, 0, 0, 0, 1, 0]
        ds.Rows = ds.Columns = 512
        ds.SamplesPerPixel, ds.PhotometricInterpretation = 1, "MONOCHROME2"
        ds.BitsAllocated, ds.BitsStored, ds.HighBit, ds.PixelRepresentation = 16, 12, 11, 0
        pixels = scene(512, 512, 1, 4096, seed).astype("<u2")
        ds.PixelData = pixels.tobytes()
        ds["PixelData"].VR = "OW"
        compress(ds, pixels)
        paths.append(os.path.join(folder, f"{label}{seed}.dcm"))
        ds.save_as(paths[-1], enforce_file_format=True)
    return paths


def lossless_jpeg(ds, pixels):
    from pydicom.encaps import encapsulate
    from pydicom.uid import JPEGLosslessSV1

    ds.file_meta.TransferSyntaxUID = JPEGLosslessSV1
    ds.PixelData = encapsulate([jpeg_lossless.encoded(pixels)])
    ds["PixelData"].VR = "OB"
    ds["PixelData"].is_undefined_length = True


def dicom_kinds(folder):
    from pydicom.uid import JPEG2000Lossless, RLELossless

    return {
        "decode_dicom_plain": slices(folder, "plain", lambda ds, pixels: None),
        "decode_dicom_rle": slices(folder, "rle", lambda ds, pixels: ds.compress(RLELossless)),
        "decode_dicom_jpeg": slices(folder, "jpeg", lossless_jpeg),
        "decode_j2k": slices(folder, "j2k", lambda ds, pixels: ds.compress(JPEG2000Lossless)),
    }


class Contestant:
    """A process that times passes over files on demand."""

    def __init__(self, command):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def seconds(self, passes):
        self.process.stdin.write(f"{passes}\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            sys.exit(f"bench_decode: {self.process.args[0]} ended early")
        return statistics.median(times[PROCESSOR] for times in json.loads(answer))

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def measure(key, program, files, blocks, side):
    square = ["--side", str(side)] if side else []
    contestants = [Contestant([program, "bench", "decode", *square, *files]),
                   Contestant([sys.executable, __file__, "--peer", *square, *files])]
    for contestant in contestants:
        contestant.seconds(2)
    ratios, ours = [], []
    for block in range(blocks):
        order = contestants if block % 2 == 0 else contestants[::-1]
        times = {id(contestant): contestant.seconds(3) for contestant in order}
        ours.append(times[id(contestants[0])] / len(files))
        ratios.append(times[id(contestants[1])] / times[id(contestants[0])])
    for contestant in contestants:
        contestant.close()
    low, middle, high = statistics.quantiles(ratios, n=4, method="inclusive")
    milliseconds = 1e3 * statistics.median(ours)
    print(f"{key}_ratio: {middle:.2f} ({low:.2f} to {high:.2f}), {milliseconds:.2f} ms", flush=True)
    return {f"{key}_ratio": middle, f"{key}_ratio_q1": low, f"{key}_ratio_q3": high,
            f"{key}_ms": milliseconds}


def peer(files, side):
    """Answers lines `PASSES` with their times: what Pillow or pydicom makes of the same files."""
    def picture(path):
        from PIL import Image

        image = Image.open(path)
        image.draft(None, (side, side))
        image.resize((side, side), Image.BOX).load()

    def dicom(path):
        import pydicom

        return pydicom.dcmread(path).pixel_array

    decode = dicom if files[0].endswith(".dcm") else picture
    for line in sys.stdin:
        times = []
        for _ in range(int(line)):
            start, processor = time.perf_counter(), time.process_time()
            for path in files:
                decode(path)
            times.append((time.perf_counter() - start, time.process_time() - processor))
        print(json.dumps(times), flush=True)


def compare(program, out, blocks):
    results = {}
    if os.path.exists(out):
        with open(out) as file:
            results = json.load(file)
    with tempfile.TemporaryDirectory() as folder:
        kinds = {"decode_png": pictures(folder, "png"),
                 "decode_jpeg": pictures(folder, "jpg", quality=90)}
        for key, files in kinds.items():
            results |= measure(key, program, files, blocks, SIDE)
        for key, files in dicom_kinds(folder).items():
            results |= measure(key, program, files, blocks, None)
    parts = [results[f"decode_dicom_{kind}_ratio"] for kind in ("plain", "rle", "jpeg")]
    results["decode_dicom_ratio"] = statistics.geometric_mean(parts)
    print(f"decode_dicom_ratio: {results['decode_dicom_ratio']:.2f}")
    with open(out, "w") as file:
        json.dump(results, file, indent=1, sort_keys=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("arguments", nargs="+")
    parser.add_argument("--peer", action="store_true")
    parser.add_argument("--side", type=int)
    parser.add_argument("--blocks", type=int, default=9)
    options = parser.parse_args()
    if options.peer:
        peer(options.arguments, options.side)
    else:
        compare(*options.arguments, options.blocks)


if __name__ == "__main__":
    main()
