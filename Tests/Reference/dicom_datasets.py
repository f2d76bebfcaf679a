"""DICOM data sets of every kind that the program reads, made up for the reference test."""
import numpy as np
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian, ExplicitVRBigEndian, ExplicitVRLittleEndian,
    ImplicitVRLittleEndian, JPEG2000, JPEG2000Lossless, RLELossless)

NATIVE = {"implicit": ImplicitVRLittleEndian, "explicit": ExplicitVRLittleEndian,
          "big": ExplicitVRBigEndian, "deflated": DeflatedExplicitVRLittleEndian}
ROWS, COLUMNS = 36, 44


def numbers(shape, bits, signed, seed):
    low = -(1 << (bits - 1)) if signed else 0
    kind = f"{'i' if signed else 'u'}{max(8, 1 << (bits - 1).bit_length()) // 8}"
    values = np.random.default_rng(seed).integers(low, low + (1 << bits), shape)
    return values.astype(kind)


def dataset(array, syntax, bits=None, photometric="MONOCHROME2", frames=1, samples=1):
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = syntax
    meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.7"
    meta.MediaStorageSOPInstanceUID = "1.2.826.0.1.3680043.8.498.1"
    ds = FileDataset(
        None, {}, file_meta=meta, preamble=b"\0" * 128, is_implicit_VR=syntax.is_implicit_VR,
        is_little_endian=syntax.is_little_endian)
    ds.SOPClassUID = meta.MediaStorageSOPClassUID
    ds.SOPInstanceUID = meta.MediaStorageSOPInstanceUID
    ds.Rows, ds.Columns = ROWS, COLUMNS
    if frames > 1:
        ds.NumberOfFrames = frames
    ds.SamplesPerPixel = samples
    ds.PhotometricInterpretation = photometric
    if samples == 3:
        ds.PlanarConfiguration = 0
    ds.BitsAllocated = array.dtype.itemsize * 8
    ds.BitsStored = bits or ds.BitsAllocated
    ds.HighBit = ds.BitsStored - 1
    ds.PixelRepresentation = int(array.dtype.kind == "i")
    store(ds, array)
    return ds


def store(ds, array):
    order = "<" if ds.file_meta.TransferSyntaxUID.is_little_endian else ">"
    data = array.astype(array.dtype.newbyteorder(order)).tobytes()
    ds.PixelData = data + b"\0" * (len(data) % 2)
    ds["PixelData"].VR = "OB" if array.dtype.itemsize == 1 else "OW"


def grey(syntax, bits, signed, photometric="MONOCHROME2", frames=1, seed=0):
    shape = (frames, ROWS, COLUMNS) if frames > 1 else (ROWS, COLUMNS)
    return dataset(numbers(shape, bits, signed, seed), syntax, bits, photometric, frames)


def colour(syntax, bits=8, photometric="RGB", frames=1, planar=False):
    array = numbers((frames, ROWS, COLUMNS, 3), bits, False, 5)
    ds = dataset(array if frames > 1 else array[0], syntax, bits, photometric, frames, 3)
    if planar:
        ds.PlanarConfiguration = 1
        store(ds, array.transpose(0, 3, 1, 2))
    return ds


def native():
    """Uncompressed pixels of every width and meaning."""
    for name, syntax in NATIVE.items():
        for bits in (8, 7, 16, 12, 32):
            for signed in (False, True):
                for frames in (1, 3):
                    yield (f"{name}-{bits}-{'signed' if signed else 'unsigned'}-{frames}",
                           grey(syntax, bits, signed, frames=frames))
        yield f"{name}-inverted", grey(syntax, 12, False, "MONOCHROME1")
        for bits in (8, 16):
            for planar in (False, True):
                for frames in (1, 2):
                    if name == "big" and bits == 8:
                        continue  # pydicom leaves the bytes of OB words where they are
                    yield (f"{name}-rgb-{bits}-{'planes' if planar else 'pixels'}-{frames}",
                           colour(syntax, bits, frames=frames, planar=planar))
    for planar in (False, True):
        yield f"ybr-{planar}", colour(ExplicitVRLittleEndian, 8, "YBR_FULL", planar=planar)
    half = dataset(numbers((ROWS, COLUMNS, 3), 8, False, 6), ExplicitVRLittleEndian,
                   photometric="YBR_FULL_422", samples=3)
    half.PixelData = numbers((ROWS * COLUMNS // 2, 4), 8, False, 7).tobytes()
    yield "ybr-422", half
    yield from bits_and_fractions()


def bits_and_fractions():
    for shape in ((ROWS, COLUMNS), (ROWS + 1, COLUMNS + 1)):
        for frames in (1, 3):
            count = frames * shape[0] * shape[1]
            ds = dataset(np.zeros(2, "u1"), ExplicitVRLittleEndian, 1)
            ds.Rows, ds.Columns = shape
            ds.BitsAllocated, ds.HighBit = 1, 0
            if frames > 1:
                ds.NumberOfFrames = frames
            packed = np.packbits(numbers((count,), 1, False, count), bitorder="little").tobytes()
            ds.PixelData = packed + b"\0" * (len(packed) % 2)
            yield f"bits-{shape[0]}-{frames}", ds
    for name in ("implicit", "explicit", "big"):
        order = "<" if name != "big" else ">"
        for kind, keyword in (("f4", "FloatPixelData"), ("f8", "DoubleFloatPixelData")):
            ds = dataset(np.zeros((ROWS, COLUMNS), "u2"), NATIVE[name])
            del ds.PixelData, ds.BitsStored, ds.HighBit, ds.PixelRepresentation
            ds.BitsAllocated = int(kind[1]) * 8
            values = np.random.default_rng(8).normal(0, 1e6, (ROWS, COLUMNS))
            setattr(ds, keyword, values.astype(order + kind).tobytes())
            yield f"{name}-{kind}", ds


def palettes():
    for bits, first, entries, depth in ((8, 0, 256, 16), (8, 10, 100, 8), (16, 1000, 3000, 16)):
        ds = grey(ExplicitVRLittleEndian, bits, False, "PALETTE COLOR")
        for offset, name in enumerate(("Red", "Green", "Blue")):
            table = numbers((entries,), depth, False, offset).astype("<u2" if depth > 8 else "u1")
            setattr(ds, f"{name}PaletteColorLookupTableDescriptor", [entries, first, depth])
            setattr(ds, f"{name}PaletteColorLookupTableData", table.tobytes())
        yield f"palette-{bits}-{depth}", ds


def compressed():
    """What pydicom itself can compress."""
    for bits in (8, 12, 16):
        for signed in (False, True):
            for frames in (1, 3):
                label = f"{bits}-{'signed' if signed else 'unsigned'}-{frames}"
                for name, syntax in (("rle", RLELossless), ("j2k", JPEG2000Lossless)):
                    ds = grey(ExplicitVRLittleEndian, bits, signed, frames=frames)
                    ds.compress(syntax)
                    yield f"{name}-{label}", ds
    for planar in (False, True):
        ds = colour(ExplicitVRLittleEndian, 8, planar=planar, frames=2)
        ds.compress(RLELossless)
        yield f"rle-rgb-{planar}", ds
    ds = colour(ExplicitVRLittleEndian, 8)
    ds.compress(JPEG2000Lossless)
    yield "j2k-rgb", ds
    smooth = np.add.outer(np.arange(ROWS) * 50, np.arange(COLUMNS) * 30).astype("u2")
    lossy = dataset(smooth, ExplicitVRLittleEndian, 12)
    lossy.compress(JPEG2000, j2k_cr=[4])
    yield "j2k-lossy", lossy


def table(first, entries, bits, explicit_type="US"):
    item = Dataset()
    item.add_new("LUTDescriptor", explicit_type, [entries, first, bits])
    item.add_new("LUTData", "US", [int(v) for v in numbers((entries,), bits, False, entries)])
    return item


def meanings():
    """Rescale, windows and tables on pixels of several kinds."""
    kinds = (("8", 8, False), ("12", 12, False), ("s16", 16, True), ("s12", 12, True))
    for label, bits, signed in kinds:
        for rescale in (None, ("1", "-1024"), ("0.1", "3.7"), ("-2.5", "7")):
            for function in (None, "LINEAR", "LINEAR_EXACT", "SIGMOID"):
                for centre, width in ((["40"], ["400"]), (["7.3", "90"], ["1", "50"]),
                                      (["-5"], ["33.3"])):
                    ds = grey(ExplicitVRLittleEndian, bits, signed)
                    if rescale:
                        ds.RescaleSlope, ds.RescaleIntercept = rescale
                        ds.RescaleType = "US"
                    ds.WindowCenter, ds.WindowWidth = centre, width
                    if function:
                        ds.VOILUTFunction = function
                    yield f"window-{label}-{rescale}-{function}-{centre[0]}", ds
    for name in ("implicit", "explicit", "big"):
        for depth in (8, 12, 16):
            # pydicom counts the places in a table of 8 bits in 8 bits.
            ds = grey(NATIVE[name], 12 if depth > 8 else 8, False)
            entries = 3000 if depth > 8 else 150
            ds.VOILUTSequence = Sequence([table(100, entries, depth), table(0, 10, 8)])
            ds.WindowCenter, ds.WindowWidth = "5", "10"
            yield f"voi-table-{name}-{depth}", ds
            if depth != 12:  # pydicom knows tables of 8 and 16 bits
                ds = grey(NATIVE[name], 12, False, "MONOCHROME1")
                ds.ModalityLUTSequence = Sequence([table(50, 2000, depth)])
                ds.WindowCenter, ds.WindowWidth = "100", "200"
                yield f"modality-table-{name}-{depth}", ds
    ds = grey(ExplicitVRLittleEndian, 16, True)
    ds.VOILUTSequence = Sequence([table(-2000, 4096, 16, "SS")])
    yield "voi-table-signed", ds


def enhanced(frames=4):
    """An enhanced multi-frame file whose frames differ in all that they may differ in."""
    ds = grey(ExplicitVRLittleEndian, 12, False, frames=frames)
    ds.SharedFunctionalGroupsSequence = Sequence([Dataset()])
    measures = Dataset()
    measures.PixelSpacing, measures.SliceThickness = ["0.5", "0.25"], "3"
    orientation = Dataset()
    orientation.ImageOrientationPatient = ["0", "1", "0", "0", "0", "-1"]
    shared = ds.SharedFunctionalGroupsSequence[0]
    shared.PixelMeasuresSequence = Sequence([measures])
    shared.PlaneOrientationSequence = Sequence([orientation])
    items = []
    for index in range(frames):
        value, window, place = Dataset(), Dataset(), Dataset()
        value.RescaleSlope, value.RescaleIntercept = str(1 + index), str(-10 * index)
        window.WindowCenter, window.WindowWidth = str(1000 * (index + 1)), "2000"
        place.ImagePositionPatient = [str(10 - 2.5 * index), "-20", "30"]
        item = Dataset()
        item.PixelValueTransformationSequence = Sequence([value])
        item.FrameVOILUTSequence = Sequence([window])
        item.PlanePositionSequence = Sequence([place])
        items.append(item)
    ds.PerFrameFunctionalGroupsSequence = Sequence(items)
    return ds
