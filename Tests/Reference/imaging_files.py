"""Compares `pipeline image` with nibabel, NumPy and Pillow on files made up for it.

    .venv-reference/bin/python Tests/Reference/imaging_files.py path/to/pipeline

NIfTI, npz and PNG must equal exactly, JPEG to a level of 256, images made smaller or larger to a
level; masks take over classes only.
"""
import io
import itertools
import pathlib
import struct
import sys
import tempfile
import zlib

import nibabel
import numpy as np
from image_program import ImageProgram, Tally
from PIL import Image, ImageOps

LEVEL = 1  # of 256


def values(shape, kind, seed=0):
    """Numbers all over a type's range."""
    generator = np.random.default_rng(seed)
    kind = np.dtype(kind)
    if kind.kind == "f":
        return generator.normal(0, 1e4, shape).astype(kind)
    limits = np.iinfo(kind)
    low, high = (limits.min, limits.max) if kind.itemsize < 8 else (-(2**31), 2**31 - 1)
    return generator.integers(max(low, limits.min), high, shape, endpoint=True).astype(kind)


def scene(height, width, channels, levels=256, seed=0):
    """Slopes, edges and noise."""
    y, x = np.mgrid[0:height, 0:width]
    planes = [(y * (c + 1) / height + x / width) % 1 for c in range(channels)]
    image = np.stack(planes, -1) + ((x // 7 + y // 5) % 2)[..., None] * 0.4
    image += np.random.default_rng(seed).uniform(-0.15, 0.15, image.shape)
    image = np.clip(image / image.max(), 0, 1) * (levels - 1)
    return image[..., 0] if channels == 1 else image


# NIfTI --------------------------------------------------------------------------------------------

ORIENTATIONS = {
    "ras": np.eye(4), "las": np.diag([-1, 1, 1, 1.0]), "lps": np.diag([-1, -1, 1, 1.0]),
    "oblique": np.array([[-0.9, 0.1, 0.3, 12], [0.2, 0.1, 1.1, -7], [0.2, 2, 0.1, 3], [0, 0, 0, 1]]),
    "swapped": np.array([[0, 0, 2, 5], [1.5, 0, 0, 6], [0, -0.7, 0, 7], [0, 0, 0, 1.0]]),
}


def as_frames(data):
    """[i, j, k, ...] as frames of rows of columns; further axes are further frames."""
    turned = data.T
    while turned.ndim < 2:
        turned = turned[None]
    turned = turned.reshape((-1,) + turned.shape[-2:])
    return turned[0] if turned.shape[0] == 1 else turned


def compare_nifti(tally, program, file, name):
    loaded = nibabel.load(file)
    stored = as_frames(np.asarray(loaded.dataobj.get_unscaled()))
    ours, said = program.read(file, "--stored")
    same = np.array_equal(ours, stored)
    if stored.dtype.itemsize == 8 and stored.dtype.kind in "iu":
        same = same and ours.dtype in (np.dtype("i4"), np.dtype("f8"))
    else:
        same = same and ours.dtype == stored.dtype.newbyteorder("=")
    tally.check("voxels", same, name, f"{ours.shape} {ours.dtype} {stored.shape} {stored.dtype}")
    physical, _ = program.read(file, "--modality")
    tally.check("physical values", np.array_equal(physical, as_frames(loaded.get_fdata())), name)
    affine = np.array(said["geometry"]["affine"]).reshape(3, 4)
    # Fields of the header are float32.
    tally.check("affine", np.allclose(affine, loaded.affine[:3], rtol=1e-6, atol=1e-5), name,
                f"{affine} {loaded.affine}")


def nifti_files(folder):
    kinds = ["i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f4", "f8"]
    for kind, order, ending in itertools.product(kinds, "<>", (".nii", ".nii.gz")):
        header = nibabel.Nifti1Header(endianness=order)
        header.set_data_dtype(np.dtype(order + kind))
        data = values((7, 6, 5), kind)
        image = nibabel.Nifti1Image(data, ORIENTATIONS["oblique"], header, dtype=np.dtype(kind))
        file = folder / f"v{ending}"
        nibabel.save(image, file)
        yield f"{order}{kind}{ending}", file
    for shape in ((9,), (9, 8), (9, 8, 1), (9, 8, 3, 4), (3, 4, 1, 2, 3)):
        file = folder / "shape.nii.gz"
        nibabel.save(nibabel.Nifti1Image(values(shape, "i2"), np.eye(4)), file)
        yield f"shape {shape}", file
    for (name, affine), form in itertools.product(ORIENTATIONS.items(), ("q", "s", "both", "none")):
        rotation = affine.copy()
        if form in ("q", "both") and name == "oblique":
            rotation[:3, :3] = np.linalg.qr(affine[:3, :3])[0] * [0.9, 1.1, 2]
        image = nibabel.Nifti1Image(values((7, 6, 5), "i2"), rotation)
        image.header.set_zooms((0.9, 1.1, 2))
        image.set_qform(rotation if form in ("q", "both") else None, 1 if form in ("q", "both") else 0)
        image.set_sform(rotation if form in ("s", "both") else None, 2 if form in ("s", "both") else 0)
        file = folder / "form.nii"
        nibabel.save(image, file)
        yield f"{name} {form}", file
    for slope, inter in ((0.5, -3), (2, 0), (1, 7), (-0.1, 0.3), (0, 5)):
        file = folder / "scaled.nii"
        nibabel.save(nibabel.Nifti1Image(values((7, 6, 5), "i2"), np.eye(4)), file)
        content = bytearray(file.read_bytes())
        content[112:120] = struct.pack("<ff", slope, inter)
        file.write_bytes(content)
        yield f"slope {slope}, {inter}", file


def nifti(program, folder):
    tally = Tally()
    for name, file in nifti_files(folder):
        compare_nifti(tally, program, file, name)
    file = folder / "frames.nii.gz"
    data = values((7, 6, 5, 2), "i2")
    nibabel.save(nibabel.Nifti1Image(data, ORIENTATIONS["oblique"]), file)
    for frame in (0, 4, 5, 9):
        ours, said = program.read(file, "--stored", "--frame", str(frame))
        tally.check("one frame", np.array_equal(ours, as_frames(data)[frame]), frame)
        place = ORIENTATIONS["oblique"][:3] @ [0, 0, frame % 5, 1]
        found = np.array(said["geometry"]["affine"]).reshape(3, 4)[:, 3]
        tally.check("place of a frame", np.allclose(found, place, atol=1e-5), frame)
    return tally.report("NIfTI and nibabel")


# npz ----------------------------------------------------------------------------------------------


def npz(program, folder):
    tally = Tally()
    kinds = ["?", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f4", "f8"]
    arrays = {}
    for kind in kinds:
        for order in "<>":
            data = (values((3, 4, 5), "u1") > 99) if kind == "?" else values((3, 4, 5), kind)
            arrays[f"{kind}{order}".replace("?", "b").replace("<", "l").replace(">", "m")] = (
                data.astype(np.dtype(kind).newbyteorder(order)))
    for shape in ((3, 4), (3, 4, 5), (2, 3, 4, 3)):
        arrays[f"fortran{len(shape)}"] = np.asfortranarray(values(shape, "i2"))
    for size in (28, 64, 128, 224):
        arrays[f"grey{size}"] = values((4, size, size), "u1")
        arrays[f"colour{size}"] = values((4, size, size, 3), "u1")
    for save in (np.savez, np.savez_compressed):
        file = folder / "arrays.npz"
        save(file, **arrays)
        for name, expected in arrays.items():
            ours, _ = program.read(file, "--array", name)
            tally.check("array", np.array_equal(ours, expected) and ours.shape == expected.shape, name,
                        f"{ours.shape} {ours.dtype}")
    return tally.report("npz and NumPy")


# PNG ----------------------------------------------------------------------------------------------

PASSES = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2),
          (1, 0, 2, 1)]


def packed(rows, bits):
    """Rows of samples behind filter bytes of 0."""
    out = bytearray()
    for row in rows.reshape(rows.shape[0], -1):
        out.append(0)
        if bits >= 8:
            out += row.astype(f">u{bits // 8}").tobytes()
        else:
            text = "".join(format(int(v), f"0{bits}b") for v in row)
            text += "0" * (-len(text) % 8)
            out += bytes(int(text[i:i + 8], 2) for i in range(0, len(text), 8))
    return bytes(out)


def png(samples, bits, colour, adam7, extra=()):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    parts = [samples[y::dy, x::dx] for y, x, dy, dx in PASSES] if adam7 else [samples]
    data = b"".join(packed(part, bits) for part in parts if part.size)
    head = struct.pack(">IIBBBBB", samples.shape[1], samples.shape[0], bits, colour, 0, 0, adam7)
    body = b"".join(chunk(kind, content) for kind, content in extra)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body + chunk(b"IDAT", zlib.compress(data))
            + chunk(b"IEND", b""))


GREY, RGB, PALETTE, GREY_ALPHA, RGBA = 0, 2, 3, 4, 6
DEPTHS = {GREY: (1, 2, 4, 8, 16), RGB: (8, 16), PALETTE: (1, 2, 4, 8), GREY_ALPHA: (8, 16),
          RGBA: (8, 16)}
CHANNELS = {GREY: 1, RGB: 3, PALETTE: 1, GREY_ALPHA: 2, RGBA: 4}


def png_files():
    for colour, depths in DEPTHS.items():
        for bits, adam7, transparent, size in itertools.product(
                depths, (0, 1), (False, True), ((13, 17), (1, 1), (40, 3))):
            samples = values(size + (CHANNELS[colour],), "u2", bits) >> (16 - bits)
            extra = []
            if colour == PALETTE:
                extra.append((b"PLTE", values((3 << bits,), "u1").tobytes()))
            if transparent and colour in (GREY, RGB):
                extra.append((b"tRNS", struct.pack(f">{CHANNELS[colour]}H", *[1] * CHANNELS[colour])))
            elif transparent and colour == PALETTE:
                extra.append((b"tRNS", bytes(range(1 << bits))))
            elif transparent:
                continue
            name = f"colour type {colour}, {bits} bits, {size}, " + ("adam7 " * adam7) + (
                "tRNS" * transparent)
            yield name, colour, bits, samples, png(samples, bits, colour, adam7, extra)


def png_expected(content, colour, bits, samples):
    """Pillow's pixels without alpha; of 16 bits it keeps 8, except of grey, so there the file's."""
    image = Image.open(io.BytesIO(content))
    if bits == 16:
        kept = samples[..., :3] if colour in (RGB, RGBA) else samples[..., 0]
        if colour == GREY:
            assert np.array_equal(np.asarray(image), kept)
        elif colour != GREY_ALPHA:
            seen = np.asarray(image.convert("RGB"))
            assert np.array_equal(seen, kept >> 8), "Pillow keeps the upper bytes"
        return kept
    return np.asarray(image.convert("L" if colour in (GREY, GREY_ALPHA) else "RGB"))


def png_images(program, folder):
    tally = Tally()
    for name, colour, bits, samples, content in png_files():
        file = folder / "image.png"
        file.write_bytes(content)
        ours, _ = program.read(file, "--stored")
        expected = png_expected(content, colour, bits, samples)
        tally.check("image", np.array_equal(ours, expected) and ours.dtype == expected.dtype, name)
    return tally.report("PNG and Pillow")


# JPEG ---------------------------------------------------------------------------------------------


def ycck(image):
    """A four-component JPEG in YCCK, which Pillow reads but does not write: CMYK planes whose first
    three are declared as Y, Cb and Cr by Adobe's marker."""
    file = io.BytesIO()
    image.convert("CMYK").save(file, "JPEG", quality=95)
    content = file.getvalue()
    place = content.index(b"Adobe")
    return content[:place + 11] + b"\x02" + content[place + 12:]


def jpeg_files():
    for size in ((45, 37), (64, 64), (8, 9), (1, 1)):
        colour = Image.fromarray(scene(*size, 3).astype("u1"))
        for progressive, quality in itertools.product((False, True), (30, 90, 100)):
            options = {"progressive": progressive, "quality": quality}
            yield f"grey {size} {options}", save_jpeg(colour.convert("L"), **options)
            for subsampling in ("4:4:4", "4:2:2", "4:2:0"):
                yield (f"colour {size} {options} {subsampling}",
                       save_jpeg(colour, subsampling=subsampling, **options))
            yield f"cmyk {size} {options}", save_jpeg(colour.convert("CMYK"), **options)
        yield f"ycck {size}", ycck(colour)
        yield f"restart markers {size}", save_jpeg(colour, restart_marker_blocks=2)
        yield f"restart rows {size}", save_jpeg(colour, restart_marker_rows=1, progressive=True)
        yield f"optimised {size}", save_jpeg(colour, optimize=True)
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[274] = orientation
        yield (f"orientation {orientation}",
               save_jpeg(Image.fromarray(scene(45, 37, 3).astype("u1")), exif=exif))


def save_jpeg(image, **options):
    file = io.BytesIO()
    image.save(file, "JPEG", **options)
    return file.getvalue()


def jpeg(program, folder):
    tally = Tally()
    for name, content in jpeg_files():
        file = folder / "image.jpg"
        file.write_bytes(content)
        image = ImageOps.exif_transpose(Image.open(io.BytesIO(content)))
        expected = np.asarray(image if image.mode == "L" else image.convert("RGB")).astype("i4")
        ours, _ = program.read(file, "--stored")
        fine = ours.shape == expected.shape
        largest = np.abs(ours - expected).max() if fine else None
        tally.check("within a level", fine and largest <= LEVEL, name, f"{ours.shape} {largest}")
        if fine and largest == 0:
            tally.add("of these identical")
    return tally.report("JPEG and Pillow")


# Sizes --------------------------------------------------------------------------------------------

FILTERS = {"area": Image.BOX, "bilinear": Image.BILINEAR, "lanczos": Image.LANCZOS}
SIZES = [(16, 16), (20, 90), (128, 128), (61, 30), (1, 7), (47, 61)]


def sizes(program, folder):
    tally = Tally()
    for channels, seed, (label, filter), size in itertools.product(
            (1, 3), (0, 1), FILTERS.items(), SIZES):
        source = Image.fromarray(scene(61, 47, channels, seed=seed).astype("u1"))
        file = folder / "source.png"
        source.save(file)
        ours, _ = program.read(file, "--size", f"{size[0]}x{size[1]}", "--filter", label)
        expected = np.asarray(source.resize(size[::-1], filter)).astype("i4")
        tally.check("within a level", np.abs(ours - expected).max() <= LEVEL,
                    f"{label} {size} {channels}")
        tally.check("identical", np.array_equal(ours, expected), f"{label} {size} {channels}")
    for size in SIZES:
        mask = Image.fromarray(scene(61, 47, 1, 5).astype("u1"))
        file = folder / "mask.png"
        mask.save(file)
        nearest, _ = program.read(file, "--size", f"{size[0]}x{size[1]}", "--filter", "nearest")
        expected = np.asarray(mask.resize(size[::-1], Image.NEAREST))
        tally.check("nearest", np.array_equal(nearest, expected), size)
        most, _ = program.read(file, "--size", f"{size[0]}x{size[1]}", "--filter", "majority")
        tally.check("majority", np.array_equal(most, majority(np.asarray(mask), size)), size)
    return tally.report("sizes and Pillow")


def majority(mask, size):
    """The class with the largest area under each new pixel, in whole numbers; of equals the least."""
    (height, width), (rows, columns) = mask.shape, size
    fine = mask.repeat(rows, 0).repeat(columns, 1)
    blocks = fine.reshape(rows, height, columns, width).transpose(0, 2, 1, 3).reshape(*size, -1)
    counts = np.stack([(blocks == value).sum(-1) for value in range(mask.max() + 1)])
    return counts.argmax(0).astype(mask.dtype)


def main():
    program = ImageProgram(sys.argv[1])
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        results = [test(program, folder) for test in (nifti, npz, png_images, jpeg, sizes)]
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
