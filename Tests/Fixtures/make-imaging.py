"""Remakes Tests/Fixtures/imaging: small images of every kind, and what the reference readers see.

Run by hand in a virtual environment that holds numpy 2.4.6, Pillow 13.0.0, pydicom 3.0.2,
pylibjpeg 2.1.0 (-libjpeg 2.5.0, -openjpeg 2.6.0, -rle 2.2.0) and nibabel 5.4.2:

    python Tests/Fixtures/make-imaging.py

Every FILE gets FILE.npy beside it: the samples that Pillow, pydicom or nibabel gives for it,
[frames, rows, columns, samples] without frames and samples where there is one.
"""

import io
import pathlib
import struct
import zlib

import nibabel
import numpy as np
import pydicom
from PIL import Image, ImageOps
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.pixels import apply_color_lut, apply_modality_lut, apply_voi_lut
from pydicom.sequence import Sequence
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian, ExplicitVRBigEndian, ExplicitVRLittleEndian,
    ImplicitVRLittleEndian, JPEG2000Lossless, JPEGBaseline8Bit, RLELossless)

HERE = pathlib.Path(__file__).parent / "imaging"
ROWS, COLUMNS = 19, 23


def pattern(channels, levels, dtype, rows=ROWS, columns=COLUMNS, frames=1):
    """Smooth, with corners that differ, so that no turn or mirroring goes unseen."""
    z, y, x, c = np.mgrid[0:frames, 0:rows, 0:columns, 0:channels].astype(float)
    value = 0.5 + 0.25 * np.sin(x / 3 + c + z) + 0.2 * np.cos(y / 4 - c) + 0.002 * x - 0.001 * y
    value = np.clip(value, 0, 1) * (levels - 1)
    return value.reshape(frames, rows, columns, channels).astype(dtype).squeeze()


def expect(name, array):
    array = np.ascontiguousarray(array)
    np.save(HERE / f"{name}.npy", array.astype(array.dtype.newbyteorder("=")))


def picture(name, image, mode=None, **options):
    path = HERE / name
    image.save(path, **options)
    opened = Image.open(path)
    opened.load()
    expect(name, np.asarray(opened.convert(mode) if mode else opened))


def png_bytes(rows, bits, colour, width, height, palette=None, adam7=False):
    """A PNG of packed rows, for what Pillow does not write."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, int(adam7))
    body = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
    if palette is not None:
        body += chunk(b"PLTE", palette)
    return body + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def packed(values, bits):
    """Rows of `bits`-bit values behind filter bytes of 0."""
    out = bytearray()
    for row in values:
        out.append(0)
        if bits >= 8:
            out += row.astype(f">u{bits // 8}").tobytes()
            continue
        text = "".join(format(int(v), f"0{bits}b") for v in np.ravel(row))
        text += "0" * (-len(text) % 8)
        out += bytes(int(text[i : i + 8], 2) for i in range(0, len(text), 8))
    return bytes(out)


def interlaced(values, bits):
    """The seven passes of Adam7."""
    steps = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
    out = b""
    for y, x, dy, dx in steps:
        part = values[y::dy, x::dx]
        if part.size:
            out += packed(part, bits)
    return out


def make_png():
    picture("grey8.png", Image.fromarray(pattern(1, 256, "u1")))
    picture("rgb8.png", Image.fromarray(pattern(3, 256, "u1")))
    rgba = np.concatenate([pattern(3, 256, "u1"), pattern(1, 256, "u1")[..., None]], axis=-1)
    picture("rgba8.png", Image.fromarray(rgba), "RGB")
    picture("grey-alpha8.png", Image.fromarray(rgba[..., 2:]), "L")
    picture("palette8.png", Image.fromarray(pattern(3, 256, "u1")).quantize(32), "RGB")
    grey16 = pattern(1, 65536, "u2")
    picture("grey16.png", Image.fromarray(grey16))
    for bits in (1, 2, 4):
        values = pattern(1, 1 << bits, "u1")
        name = f"grey{bits}.png"
        (HERE / name).write_bytes(png_bytes(packed(values, bits), bits, 0, COLUMNS, ROWS))
        expect(name, np.asarray(Image.open(HERE / name).convert("L")))
        expect(f"grey{bits}-labels.png", values)
    rgb16 = pattern(3, 65536, "u2")
    (HERE / "rgb16.png").write_bytes(png_bytes(packed(rgb16, 16), 16, 2, COLUMNS, ROWS))
    expect("rgb16.png", rgb16)
    (HERE / "interlaced.png").write_bytes(
        png_bytes(interlaced(pattern(3, 256, "u1"), 8), 8, 2, COLUMNS, ROWS, adam7=True))
    expect("interlaced.png", np.asarray(Image.open(HERE / "interlaced.png")))
    colours = bytes(range(0, 48))
    values = pattern(1, 16, "u1")
    (HERE / "palette4.png").write_bytes(
        png_bytes(packed(values, 4), 4, 3, COLUMNS, ROWS, palette=colours))
    expect("palette4.png", np.asarray(Image.open(HERE / "palette4.png").convert("RGB")))
    expect("palette4-labels.png", values)


def make_jpeg():
    rgb = Image.fromarray(pattern(3, 256, "u1", 37, 45))
    picture("grey.jpg", rgb.convert("L"), quality=90)
    picture("rgb.jpg", rgb, quality=90)
    picture("rgb-444.jpg", rgb, quality=90, subsampling=0)
    picture("progressive.jpg", rgb, quality=90, progressive=True)
    picture("cmyk.jpg", rgb.convert("CMYK"), "RGB", quality=95)
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[274] = orientation
        name = f"exif{orientation}.jpg"
        rgb.save(HERE / name, quality=90, exif=exif)
        expect(name, np.asarray(ImageOps.exif_transpose(Image.open(HERE / name))))


def dataset(array, syntax, bits_stored=None, photometric=None, frames=1, samples=1):
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = syntax
    meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.7"
    meta.MediaStorageSOPInstanceUID = "1.2.826.0.1.3680043.8.498.1"
    ds = FileDataset(
        None, {}, file_meta=meta, preamble=b"\0" * 128, is_implicit_VR=syntax.is_implicit_VR,
        is_little_endian=syntax.is_little_endian)
    ds.SOPClassUID = meta.MediaStorageSOPClassUID
    ds.SOPInstanceUID = meta.MediaStorageSOPInstanceUID
    ds.PatientName = "Planted^Identifier"
    ds.PatientID = "PLANTED-7"
    shape = array.shape[1:] if frames > 1 else array.shape
    ds.Rows, ds.Columns = shape[:2]
    if frames > 1:
        ds.NumberOfFrames = frames
    ds.SamplesPerPixel = samples
    ds.PhotometricInterpretation = photometric or ("RGB" if samples == 3 else "MONOCHROME2")
    if samples == 3:
        ds.PlanarConfiguration = 0
    ds.BitsAllocated = array.dtype.itemsize * 8
    ds.BitsStored = bits_stored or ds.BitsAllocated
    ds.HighBit = ds.BitsStored - 1
    ds.PixelRepresentation = int(array.dtype.kind == "i")
    swapped = syntax == ExplicitVRBigEndian
    data = array.astype(array.dtype.newbyteorder(">")).tobytes() if swapped else array.tobytes()
    ds.PixelData = data + b"\0" * (len(data) % 2)
    ds["PixelData"].VR = "OB" if array.dtype.itemsize == 1 else "OW"
    return ds


def store(name, ds, expected=None):
    path = HERE / name
    ds.save_as(path, enforce_file_format=True)
    expect(name, pydicom.dcmread(path).pixel_array if expected is None else expected)


def jpeg_frames(array):
    for frame in array:
        file = io.BytesIO()
        Image.fromarray(frame).save(file, "JPEG", quality=95, subsampling=0)
        yield file.getvalue()


def j2k(array):
    file = io.BytesIO()
    Image.fromarray(array).save(file, "JPEG2000", irreversible=False, no_jp2=True)
    return file.getvalue()


def make_dicom():
    grey12, signed = pattern(1, 4096, "u2"), pattern(1, 4096, "i2") - 1024
    colour = pattern(3, 256, "u1")
    ct = dataset(signed, ExplicitVRLittleEndian)
    ct.RescaleSlope, ct.RescaleIntercept = "1.5", "-24"
    ct.WindowCenter, ct.WindowWidth = ["40", "300"], ["400", "1500"]
    ct.PixelSpacing, ct.SliceThickness = ["0.7", "0.8"], "2.5"
    ct.ImagePositionPatient = ["-100", "-90", "30"]
    ct.ImageOrientationPatient = ["1", "0", "0", "0", "1", "0"]
    store("ct.dcm", ct)
    physical = apply_modality_lut(ct.pixel_array, ct)
    expect("ct-modality", physical)
    for function in ("LINEAR", "LINEAR_EXACT", "SIGMOID"):
        ct.VOILUTFunction = function
        windowed = apply_voi_lut(physical, ct)
        # pydicom spreads over the range of the stored type; 0...1 is what we compare.
        low, high = -(2**15) * 1.5 - 24, (2**15 - 1) * 1.5 - 24
        expect(f"ct-{function.lower()}", ((windowed - low) / (high - low)).astype("f8"))
    store("implicit.dcm", dataset(grey12, ImplicitVRLittleEndian, 12))
    store("big.dcm", dataset(signed, ExplicitVRBigEndian))
    store("big-rgb.dcm", dataset(colour, ExplicitVRBigEndian, samples=3), colour)
    words = dataset(colour, ExplicitVRBigEndian, samples=3)
    words.PixelData = np.frombuffer(words.PixelData, "<u2").byteswap().tobytes()
    words["PixelData"].VR = "OW"
    store("big-rgb-words.dcm", words, colour)
    big32 = pattern(1, 1 << 30, "u4")
    store("big32.dcm", dataset(big32, ExplicitVRBigEndian))
    store("little32.dcm", dataset(big32, ExplicitVRLittleEndian))
    store("deflated.dcm", dataset(grey12, DeflatedExplicitVRLittleEndian, 12))
    store("inverted.dcm", dataset(grey12, ExplicitVRLittleEndian, 12, "MONOCHROME1"))
    store("rgb.dcm", dataset(colour, ExplicitVRLittleEndian, samples=3))
    planar = dataset(colour, ExplicitVRLittleEndian, samples=3)
    planar.PlanarConfiguration = 1
    data = colour.transpose(2, 0, 1).tobytes()
    planar.PixelData = data + b"\0" * (len(data) % 2)
    store("planar.dcm", planar)
    store("ybr.dcm", dataset(colour, ExplicitVRLittleEndian, photometric="YBR_FULL", samples=3))
    even = pattern(3, 256, "u1", 18, 22)
    sub = dataset(even, ExplicitVRLittleEndian, photometric="YBR_FULL_422", samples=3)
    pairs = even.reshape(-1, 2, 3)
    sub.PixelData = np.stack([pairs[:, 0, 0], pairs[:, 1, 0], pairs[:, 0, 1], pairs[:, 0, 2]], 1).tobytes()
    store("ybr422.dcm", sub)
    frames = pattern(1, 4096, "u2", frames=3)
    store("frames.dcm", dataset(frames, ExplicitVRLittleEndian, 12, frames=3))
    bits = dataset(pattern(1, 2, "u1", 7, 9, 3), ExplicitVRLittleEndian, frames=3)
    bits.BitsAllocated, bits.BitsStored, bits.HighBit = 1, 1, 0
    flat = np.packbits(pattern(1, 2, "u1", 7, 9, 3).ravel(), bitorder="little").tobytes()
    bits.PixelData = flat + b"\0" * (len(flat) % 2)
    store("bits.dcm", bits)
    indexed = dataset(pattern(1, 200, "u1"), ExplicitVRLittleEndian, photometric="PALETTE COLOR")
    for offset, name in enumerate(("Red", "Green", "Blue")):
        setattr(indexed, f"{name}PaletteColorLookupTableDescriptor", [200, 0, 16])
        table = (np.arange(200) * 300 + offset * 77).astype("<u2")
        setattr(indexed, f"{name}PaletteColorLookupTableData", table.tobytes())
    store("palette.dcm", indexed)
    expect("palette-rgb", (apply_color_lut(indexed.pixel_array, indexed) >> 8).astype("u1"))
    for name, source, options in (
        ("rle.dcm", grey12, {"bits_stored": 12}),
        ("rle-rgb.dcm", colour, {"samples": 3}),
        ("rle-frames.dcm", frames, {"bits_stored": 12, "frames": 3}),
    ):
        ds = dataset(source, ExplicitVRLittleEndian, **options)
        ds.compress(RLELossless)
        store(name, ds, source)
    grey_jpeg = dataset(pattern(1, 256, "u1", frames=2), JPEGBaseline8Bit, frames=2)
    grey_jpeg.PixelData = encapsulate(list(jpeg_frames(pattern(1, 256, "u1", frames=2))))
    grey_jpeg["PixelData"].is_undefined_length = True
    store("jpeg.dcm", grey_jpeg)
    colour_jpeg = dataset(colour, JPEGBaseline8Bit, photometric="YBR_FULL", samples=3)
    colour_jpeg.PixelData = encapsulate(list(jpeg_frames([colour])))
    colour_jpeg["PixelData"].is_undefined_length = True
    store("jpeg-ybr.dcm", colour_jpeg)
    wavelet = dataset(grey12, JPEG2000Lossless, 12)
    wavelet.PixelData = encapsulate([j2k(grey12)])
    wavelet["PixelData"].is_undefined_length = True
    wavelet.BitsStored, wavelet.HighBit = 16, 15
    store("j2k.dcm", wavelet, grey12)
    wavelet_rgb = dataset(colour, JPEG2000Lossless, photometric="YBR_RCT", samples=3)
    wavelet_rgb.PixelData = encapsulate([j2k(colour)])
    wavelet_rgb["PixelData"].is_undefined_length = True
    store("j2k-rgb.dcm", wavelet_rgb, colour)


def table(first, entries, bits):
    item = Dataset()
    item.add_new("LUTDescriptor", "US", [entries, first, bits])
    item.add_new("LUTData", "US", [(i * i) % (1 << bits) for i in range(entries)])
    return item


def make_dicom_values():
    """Tables, and frames that differ in rescale, window and place."""
    physical = dataset(pattern(1, 4096, "u2"), ExplicitVRLittleEndian, 12)
    physical.ModalityLUTSequence = Sequence([table(50, 3000, 16)])
    store("modality-table.dcm", physical)
    expect("modality-table-physical", apply_modality_lut(physical.pixel_array, physical))
    shown = dataset(pattern(1, 4096, "u2"), ExplicitVRLittleEndian, 12)
    shown.VOILUTSequence = Sequence([table(100, 2000, 12), table(0, 9, 8)])
    shown.WindowCenter, shown.WindowWidth = "5", "10"
    store("voi-table.dcm", shown)
    expect("voi-table-levels", apply_voi_lut(shown.pixel_array, shown).astype("f4") / 4095 * 255)
    for name, step in (("enhanced.dcm", (0.0, 2.5)), ("uneven.dcm", (0.5, 2.5))):
        store(name, enhanced(*step))


def enhanced(bend, step):
    """Four frames; their places are an even stack where `bend` is 0."""
    ds = dataset(pattern(1, 4096, "u2", 9, 11, 4), ExplicitVRLittleEndian, 12, frames=4)
    measures, orientation = Dataset(), Dataset()
    measures.PixelSpacing, measures.SliceThickness = ["0.5", "0.25"], "3"
    orientation.ImageOrientationPatient = ["0", "1", "0", "0", "0", "-1"]
    ds.SharedFunctionalGroupsSequence = Sequence([Dataset()])
    ds.SharedFunctionalGroupsSequence[0].PixelMeasuresSequence = Sequence([measures])
    ds.SharedFunctionalGroupsSequence[0].PlaneOrientationSequence = Sequence([orientation])
    ds.PerFrameFunctionalGroupsSequence = Sequence()
    for index in range(4):
        value, window, place, item = (Dataset() for _ in range(4))
        differs = index if bend else 0
        value.RescaleSlope, value.RescaleIntercept = str(2 + differs), str(-10 * differs)
        window.WindowCenter, window.WindowWidth = str(1000 + 100 * differs), "2000"
        place.ImagePositionPatient = [str(10 - step * index - bend * index**2), "-20", "30"]
        item.PixelValueTransformationSequence = Sequence([value])
        item.FrameVOILUTSequence = Sequence([window])
        item.PlanePositionSequence = Sequence([place])
        ds.PerFrameFunctionalGroupsSequence.append(item)
    return ds


def volume(dtype):
    levels = {"i1": 128, "u1": 256, "i2": 3000, "u2": 60000}.get(dtype, 100000)
    return pattern(1, levels, dtype, 5, 6, 4).transpose(2, 1, 0)  # [i, j, k] = [6, 5, 4]


def make_nifti():
    affine = np.array([[-0.9, 0.1, 0, 12], [0, 0.1, 1.1, -7], [0.2, 2, 0, 3], [0, 0, 0, 1]])
    types = ["i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f4", "f8"]
    for order, word in (("<", "little"), (">", "big")):
        for dtype in types:
            data = volume(dtype)
            header = nibabel.Nifti1Header(endianness=order)
            header.set_data_dtype(np.dtype(order + dtype))
            image = nibabel.Nifti1Image(data, affine, header, dtype=np.dtype(dtype))
            name = f"{word}-{dtype}.nii"
            nibabel.save(image, HERE / name)
            expect(name, np.asarray(nibabel.load(HERE / name).dataobj).transpose(2, 1, 0))
    scaled = nibabel.Nifti1Image(volume("i2"), affine)
    scaled.header.set_slope_inter(0.5, -3)
    nibabel.save(scaled, HERE / "scaled.nii.gz")
    loaded = nibabel.load(HERE / "scaled.nii.gz")
    expect("scaled.nii.gz", np.asarray(loaded.dataobj.get_unscaled()).transpose(2, 1, 0))
    expect("scaled-modality", loaded.get_fdata().astype("f4").transpose(2, 1, 0))
    expect("scaled-affine", loaded.affine[:3])
    turned = nibabel.Nifti1Image(volume("i2"), None)
    rotation = nibabel.eulerangles.euler2mat(0.3, -0.4, 0.5) @ np.diag([0.9, 1.1, 2])
    form = np.eye(4)
    form[:3, :3], form[:3, 3] = rotation, [4, -5, 6]
    turned.set_qform(form, code=1)
    turned.set_sform(None, code=0)
    nibabel.save(turned, HERE / "qform.nii.gz")
    expect("qform.nii.gz", np.asarray(turned.dataobj).transpose(2, 1, 0))
    expect("qform-affine", nibabel.load(HERE / "qform.nii.gz").affine[:3])
    colours = np.zeros((6, 5, 4), dtype=[("R", "u1"), ("G", "u1"), ("B", "u1")])
    for channel, name in enumerate("RGB"):
        colours[name] = volume("u1") // (channel + 1)
    nibabel.save(nibabel.Nifti1Image(colours, affine), HERE / "rgb.nii")
    expect("rgb.nii", np.stack([colours[c] for c in "RGB"], -1).transpose(2, 1, 0, 3))
    time = np.stack([volume("u1"), volume("u1") // 2], -1)
    nibabel.save(nibabel.Nifti1Image(time, affine), HERE / "time.nii")
    expect("time.nii", time.transpose(3, 2, 1, 0).reshape(8, 5, 6))


def make_npz():
    arrays = {}
    for offset, (part, count) in enumerate((("train", 5), ("val", 2), ("test", 3))):
        arrays[f"{part}_images"] = pattern(3, 256, "u1", 8, 8, count) + offset
        arrays[f"{part}_labels"] = (np.arange(count * 2).reshape(count, 2) + offset).astype("u1")
    np.savez(HERE / "stored.npz", **arrays)
    np.savez_compressed(HERE / "deflated.npz", **arrays)
    expect("train_images", arrays["train_images"])
    expect("test_labels", arrays["test_labels"])
    fortran = np.asfortranarray(pattern(3, 3000, "i2", 4, 5, 2))
    np.savez(HERE / "fortran.npz", cube=fortran)
    expect("fortran", fortran)
    np.savez(HERE / "types.npz", i8=np.array([-5, 7, 1 << 20]), big=np.array([1 << 40, -1]),
             b1=np.array([True, False]), f8=np.array([[0.5, -2.25]]), be=np.array([258, -3], ">i2"))


def make_resized():
    grey, colour = pattern(1, 256, "u1", 61, 47), pattern(3, 256, "u1", 61, 47)
    noise = np.random.default_rng(7).integers(0, 256, (61, 47), "u1")
    real = pattern(1, 5000, "f4", 61, 47)
    expect("resize-grey", grey)
    expect("resize-colour", colour)
    expect("resize-noise", noise)
    expect("resize-real", real)
    filters = {"area": Image.BOX, "bilinear": Image.BILINEAR, "lanczos": Image.LANCZOS}
    for label, source in (("grey", grey), ("colour", colour), ("noise", noise), ("real", real)):
        for name, filter in filters.items():
            for height, width in ((16, 16), (20, 90), (128, 128)):
                out = Image.fromarray(source).resize((width, height), filter)
                expect(f"resize-{label}-{name}-{height}x{width}", np.asarray(out))
    labels = pattern(1, 5, "u1", 61, 47)
    expect("resize-labels", labels)
    out = Image.fromarray(labels).resize((20, 30), Image.NEAREST)
    expect("resize-labels-nearest-30x20", np.asarray(out))


if __name__ == "__main__":
    HERE.mkdir(exist_ok=True)
    for path in HERE.iterdir():
        path.unlink()
    for make in (make_png, make_jpeg, make_dicom, make_dicom_values, make_nifti, make_npz, make_resized):
        make()
