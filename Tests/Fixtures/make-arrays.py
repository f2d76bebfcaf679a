"""Arrays that ArrayFileTests reads, one of each element type, and files that it must refuse.

Run from the package's root: python3 Tests/Fixtures/make-arrays.py (NumPy 2.4.6).
"""

from pathlib import Path

import numpy as np

folder = Path("Tests/Fixtures/arrays")
folder.mkdir(parents=True, exist_ok=True)
for code in ["f2", "f4", "f8", "i2", "i4", "i8", "u1", "u2"]:
    # Rows 0 1 2 and 100 101 102, the largest of them the type's own where it is an integer.
    array = np.array([[0, 1, 2], [100, 101, 102]]).astype("<" + code)
    if code[0] != "f":
        array[1, 2] = np.iinfo(array.dtype).max
    np.save(folder / f"{code}.npy", array)
np.save(folder / "b1.npy", np.array([True, False, True]))
np.save(folder / "single.npy", np.float32(2.5))
np.save(folder / "fortran.npy", np.asfortranarray(np.zeros((2, 3), np.float32)))
np.save(folder / "big.npy", np.zeros(2, ">f4"))
np.save(folder / "complex.npy", np.zeros(2, np.complex64))
with open(folder / "version2.npy", "wb") as file:
    np.lib.format.write_array(file, np.arange(4, dtype="<i4"), version=(2, 0))
