import Imaging
import Testing

@Suite struct NPZReaderTests {
  @Test("arrays equal NumPy's, stored and deflated", arguments: ["stored.npz", "deflated.npz"])
  func arrays(name: String) throws {
    let set = try MedMNIST(Fixture.url(name))
    let images = try set.images(.train)
    #expect(images.shape == [5, 8, 8, 3])
    #expect(try images.bytes == Fixture.expected("train_images").bytes)
    #expect(try images.image(3).bytes == Array(images.bytes[3 * 192..<4 * 192]))
    #expect(try set.labels(.test) == [[2, 3], [4, 5], [6, 7]])
  }

  @Test("numbers of every type come out")
  func types() throws {
    let archive = try NPZReader(Fixture.url("types.npz"))
    #expect(archive.names == ["b1", "be", "big", "f8", "i8"])
    #expect(try archive.array("i8").ints == [-5, 7, 1 << 20])
    #expect(try archive.array("big").ints == [1 << 40, -1])
    #expect(try archive.array("b1").ints == [1, 0])
    #expect(try archive.array("be").ints == [258, -3])
    #expect(try archive.array("f8").floats == [0.5, -2.25])
  }

  @Test("an array whose first index runs fastest comes out in the usual order")
  func fortran() throws {
    let array = try NPZReader(Fixture.url("fortran.npz")).array("cube")
    #expect(array.shape == [2, 4, 5, 3])
    #expect(try array.npy() == Fixture.data("fortran.npy"))
  }

  @Test("a missing array is named")
  func missing() throws {
    let error = #expect(throws: ImageError.self) { try MedMNIST(Fixture.url("types.npz")) }
    #expect(error?.reason == .missing("the array 'train_images'"))
  }

  @Test("an image is not taken for an archive")
  func wrongFormat() {
    let error = #expect(throws: ImageError.self) { try NPZReader(Fixture.url("grey8.png")) }
    #expect(error?.reason == .unknownFormat)
  }
}
