"""Compares `pipeline image` with pydicom, on every DICOM file at hand and on made-up ones.

    .venv-reference/bin/python Tests/Reference/imaging_dicom.py path/to/pipeline

Files are those that come with pydicom, and those below MODICUM_DATA/dicom-zoo where that is set.
What pydicom decodes must come out the same: identical, or, behind a lossy transfer syntax, within
a tenth of a grey level in the mean; what differs stands in `docs/formats.md`. Physical values
must equal `apply_modality_lut`, displayed ones `apply_voi_lut` of them to one of 256 levels.
"""
import logging
import os
import pathlib
import sys
import tempfile
import warnings

import dicom_datasets
import numpy as np
import pydicom
from image_program import ImageProgram, Refusal, Tally
from pydicom.pixels import apply_modality_lut, apply_voi_lut
from pydicom.uid import JPEG2000, JPEGBaseline8Bit, JPEGExtended12Bit, JPEGLSNearLossless

LOSSY = {JPEGBaseline8Bit, JPEGExtended12Bit, JPEGLSNearLossless, JPEG2000}
MEAN = 0.1  # grey levels, of lossy files
LEVEL = 1  # of 256, of displayed values
EXPLAINED = {"SC_rgb_dcmtk_+eb+cy+n1.dcm", "SC_rgb_dcmtk_+eb+cy+np.dcm",
             "pyd_SC_rgb_dcmtk__eb_cy_np.dcm"}
NO_IMAGES = {".txt", ".json", ".dump", ".icc", ".gz", ".py", ".csv", ".md"}


def files():
    folders = [pathlib.Path(pydicom.__file__).parent / "data/test_files"]
    if "MODICUM_DATA" in os.environ:
        folders.append(pathlib.Path(os.environ["MODICUM_DATA"]) / "dicom-zoo")
    for folder in folders:
        if not folder.is_dir():
            print(f"    {folder} is not there: skipped")
        yield from sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix not in NO_IMAGES)


def pydicom_reads(file):
    """The data set and its pixels, None where pydicom reads none."""
    try:
        ds = pydicom.dcmread(file)
        return ds, ds.pixel_array
    except Exception:  # pydicom has no common class of its errors
        return None, None


def compare_stored(tally, name, ds, expected, ours):
    if ours.shape != expected.shape or ours.dtype != expected.dtype.newbyteorder("="):
        tally.add("shape or type differs", name, f"{ours.shape} {ours.dtype}", False)
        return False
    if np.array_equal(ours, expected):
        tally.add("identical")
        return True
    mean = np.abs(ours.astype("f8") - expected).mean()
    lossy = ds.file_meta.TransferSyntaxUID in LOSSY
    if lossy and mean <= MEAN:
        tally.add(f"lossy within {MEAN} in the mean")
    elif name in EXPLAINED:
        tally.add("different, explained")
    else:
        tally.add("different", name, f"{mean:.4f} in the mean", False)
    return False


def levels(ds, shown):
    """What `apply_voi_lut` gives, spread over 0...255; pydicom keeps the range of the values."""
    if ds.get("VOILUTSequence"):
        low, high = 0, 2 ** ds.VOILUTSequence[0].LUTDescriptor[2] - 1
    elif ds.get("ModalityLUTSequence"):
        low, high = 0, 2 ** ds.ModalityLUTSequence[0].LUTDescriptor[2] - 1
    else:
        bits = ds.BitsStored
        low, high = (0, 2**bits - 1) if ds.PixelRepresentation == 0 else (
            -(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
    if "RescaleSlope" in ds and "RescaleIntercept" in ds and not ds.get("VOILUTSequence"):
        low, high = (v * ds.RescaleSlope + ds.RescaleIntercept for v in (low, high))
    spread = 255 * (shown.astype("f8") - low) / (high - low)
    return 255 - spread if ds.PhotometricInterpretation == "MONOCHROME1" else spread


def compare_values(tally, name, ds, file, program, expected):
    physical = apply_modality_lut(expected, ds)
    ours, _ = program.read(file, "--modality")
    tally.check("physical equal", np.array_equal(ours, physical), name)
    if not ds.get("VOILUTSequence") and ds.get("WindowCenter") is None:
        return
    if ds.PhotometricInterpretation not in ("MONOCHROME1", "MONOCHROME2"):
        return
    wanted = levels(ds, apply_voi_lut(physical, ds))
    shown, _ = program.read(file, "--display")
    tally.check("shown within a level", np.abs(shown - wanted).max() <= LEVEL, name,
                f"{np.abs(shown - wanted).max():.2f}")


def compare_file(tally, file, program, name=None):
    name = name or file.name
    ds, expected = pydicom_reads(file)
    try:
        ours, _ = program.read(file, "--stored")
    except Refusal as refusal:
        fine = expected is None
        tally.add("refused by both" if fine else "refused here only", name, refusal, fine)
        return
    if expected is None:
        tally.add("read here only")
    elif compare_stored(tally, name, ds, expected, ours):
        compare_values(tally, name, ds, file, program, expected)


def real_files(program):
    tally = Tally()
    for file in files():
        compare_file(tally, file, program)
    return tally.report("DICOM files")


def made_up_files(program, folder):
    tally = Tally()
    kinds = (dicom_datasets.native, dicom_datasets.palettes, dicom_datasets.compressed,
             dicom_datasets.meanings)
    for kind in kinds:
        for name, ds in kind():
            file = folder / "made-up.dcm"
            ds.save_as(file, enforce_file_format=True)
            compare_file(tally, file, program, name)
    tally.check("no refusal", not {"refused by both", "read here only"} & set(tally.counts), "any")
    return tally.report("made-up DICOM")


def frames(program, folder):
    """An enhanced file, whose frames differ: each by its own functional groups."""
    tally = Tally()
    ds = dicom_datasets.enhanced()
    file = folder / "enhanced.dcm"
    ds.save_as(file, enforce_file_format=True)
    stored = ds.pixel_array.astype("f8")
    groups = ds.PerFrameFunctionalGroupsSequence
    slopes = [float(g.PixelValueTransformationSequence[0].RescaleSlope) for g in groups]
    offsets = [float(g.PixelValueTransformationSequence[0].RescaleIntercept) for g in groups]
    expected = np.stack([s * a + b for s, a, b in zip(stored, slopes, offsets)])
    whole, said = program.read(file, "--modality")
    tally.check("physical values", np.array_equal(whole, expected), "all frames")
    for index, group in enumerate(groups):
        one, alone = program.read(file, "--modality", "--frame", str(index))
        tally.check("physical values", np.array_equal(one, expected[index]), f"frame {index}")
        place = [float(v) for v in group.PlanePositionSequence[0].ImagePositionPatient]
        found = [alone["geometry"]["affine"][axis * 4 + 3] for axis in range(3)]
        tally.check("position", np.allclose(found, [-place[0], -place[1], place[2]]), index)
        centre = float(group.FrameVOILUTSequence[0].WindowCenter)
        tally.check("window", alone["windows"][0]["centre"] == centre, index)
        tally.check("told of each frame", said["frameValues"][index]["geometry"] == alone["geometry"],
                    index)
    return tally.report("enhanced DICOM")


FAULTS = [  # a keyword, its value, one of the same length that is none, and how it is told
    ("RescaleSlope", "1.2500", b"nan   ", "Rescale Slope (0028,1053)"),
    ("RescaleSlope", "1.2500", b"inf   ", "Rescale Slope (0028,1053)"),
    ("RescaleIntercept", "-1024.", b"abc   ", "Rescale Intercept (0028,1052)"),
    ("WindowCenter", "40.000", b"0x1F  ", "Window Center (0028,1050)"),
    ("WindowWidth", "400.00", b"1e9999", "Window Width (0028,1051)"),
    ("PixelSpacing", ["0.5000", "0.5000"], b"-inf  ", "Pixel Spacing (0028,0030)"),
    ("NumberOfFrames", "000001", b"1A    ", "Number of Frames (0028,0008)"),
    ("ImagePositionPatient", ["1", "2", "3.5555"], b"NAN   ", "Image Position (Patient) (0020,0032)"),
]


def faults(program, folder):
    """A decimal or integer string that is no finite number stops the file, by its name."""
    tally = Tally()
    for keyword, value, bad, told in FAULTS:
        ds = dicom_datasets.grey(pydicom.uid.ExplicitVRLittleEndian, 12, False)
        ds.RescaleSlope, ds.RescaleIntercept = "1", "0"
        ds.WindowCenter, ds.WindowWidth = "1", "2"
        ds.ImagePositionPatient, ds.ImageOrientationPatient = [0, 0, 0], [1, 0, 0, 0, 1, 0]
        setattr(ds, keyword, value)
        file = folder / "fault.dcm"
        ds.save_as(file, enforce_file_format=True)
        last = (value if isinstance(value, str) else value[-1]).encode()
        content = file.read_bytes()
        assert content.count(last) >= 1, keyword
        place = content.rindex(last)
        file.write_bytes(content[:place] + bad + content[place + len(bad):])
        try:
            program.read(file, "--stored")
            tally.add("accepted", keyword, bad, False)
        except Refusal as refusal:
            tally.check("told by name", told in str(refusal), keyword, refusal)
    return tally.report("numbers that are none")


def explained():
    """The table in docs/formats.md tells of every file that may differ."""
    text = (pathlib.Path(__file__).parents[2] / "docs/formats.md").read_text()
    tally = Tally()
    for name in sorted(EXPLAINED):
        if not name.startswith("pyd_"):  # the same file under another name
            tally.check("explained", name in text, name)
    return tally.report("differences")


def main():
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    program = ImageProgram(sys.argv[1])
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        results = [real_files(program), made_up_files(program, folder), frames(program, folder),
                   faults(program, folder), explained()]
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
