"""A plain encoder of lossless JPEG (ITU-T T.81, process 14, predictor 1) for made-up test files."""

import struct

import numpy as np


def encoded(pixels, bits=16):
    """The file of a grey image of at most 16 bits."""
    differences = predicted(pixels.astype(np.int64), bits)
    sizes = np.zeros(differences.shape, np.int64)
    for size in range(1, 18):
        sizes[np.abs(differences) >= 1 << (size - 1)] = size
    lengths = code_lengths(np.bincount(sizes, minlength=17))
    codes = canonical(lengths)
    return (b"\xff\xd8" + segment(0xC3, struct.pack(">BHHBBBB", bits, *pixels.shape, 1, 1, 0x11, 0))
            + segment(0xC4, table(lengths)) + segment(0xDA, bytes([1, 1, 0, 1, 0, 0]))
            + stuffed(differences, sizes, lengths, codes) + b"\xff\xd9")


def segment(marker, body):
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def predicted(pixels, bits):
    """Each pixel less its left neighbour, the first of a row less the one above; modulo 2^16."""
    before = np.empty_like(pixels)
    before[:, 1:] = pixels[:, :-1]
    before[1:, 0] = pixels[:-1, 0]
    before[0, 0] = 1 << (bits - 1)
    return ((pixels - before + (1 << 15)) % (1 << 16) - (1 << 15)).ravel()


def code_lengths(counts):
    """Bits of each size's code: Huffman's, by merging the two rarest; no code of ones alone."""
    groups = [(int(count), [size]) for size, count in enumerate(counts) if count] + [(0, [-1])]
    lengths = {size: 0 for _, sizes in groups for size in sizes}
    while len(groups) > 1:
        groups.sort(key=lambda group: group[0])
        (first, some), (second, others), *rest = groups
        for size in some + others:
            lengths[size] += 1
        groups = rest + [(first + second, some + others)]
    del lengths[-1]
    return lengths


def ordered(lengths):
    return sorted(lengths, key=lambda size: (lengths[size], size))


def canonical(lengths):
    codes, code, length = {}, 0, 0
    for size in ordered(lengths):
        code <<= lengths[size] - length
        length = lengths[size]
        codes[size] = code
        code += 1
    return codes


def table(lengths):
    counts = [sum(1 for value in lengths.values() if value == bits) for bits in range(1, 17)]
    return bytes([0]) + bytes(counts) + bytes(ordered(lengths))


def stuffed(differences, sizes, lengths, codes):
    """Codes and their extra bits as bytes; a zero follows each byte of ones."""
    code = np.array([codes.get(size, 0) for size in range(17)])[sizes]
    length = np.array([lengths.get(size, 0) for size in range(17)])[sizes]
    extra = np.where(differences < 0, differences + (1 << sizes) - 1, differences)
    sizes = np.where(sizes == 16, 0, sizes)  # there is but one difference of that size
    whole, total = (code << sizes) | (extra & ((1 << sizes) - 1)), length + sizes
    places = np.arange(total.max())
    bits = (whole[:, None] >> np.maximum(total[:, None] - 1 - places, 0)) & 1
    stream = bits[places < total[:, None]].astype("u1")
    stream = np.concatenate([stream, np.ones(-len(stream) % 8, "u1")])
    return np.packbits(stream).tobytes().replace(b"\xff", b"\xff\x00")
