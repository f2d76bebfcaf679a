import Base
import Foundation
import Testing
import Torch

private let root = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

@Suite("The library behind the table")
struct LibraryTests {
  @Test("a missing file is one error that says what, where and what to do")
  func missing() throws {
    let error = try #require(
      #expect(throws: Diagnostic.self) { try Library.open(["/nowhere/libCTorchLibrary.so"]) })
    #expect(error.what == "libtorch cannot be used")
    #expect(error.place?.contains("/nowhere/libCTorchLibrary.so: ") == true)
    #expect(error.remedy?.contains("scripts/setup.sh") == true)
  }

  @Test("what is no library, or another library, is refused with the reason")
  func unfit() throws {
    let text = try TemporaryFile(Data("not a library".utf8))
    let error = try #require(
      #expect(throws: Diagnostic.self) { try Library.open([text.url.path, "libm.so.6"]) })
    #expect(error.place?.contains(text.url.path) == true)
    #expect(error.place?.contains("libm.so.6: it is no library of this program") == true)
  }

  @Test("a library that does not open leaves the open one in use")
  func keepsTheOpenOne() throws {
    try TorchRuntime.load()
    _ = try? Library.open(["/nowhere/libCTorchLibrary.so"])
    #expect(Tensor.ones([2]).sum().item() == 2)
  }

  @Test("names its version and devices, and takes a number of threads")
  func runtime() throws {
    #expect(TorchRuntime.version.hasPrefix("2."))
    let before = TorchRuntime.threads
    #expect(before >= 1 && TorchRuntime.cudaDeviceCount >= 0)
    TorchRuntime.threads = 1
    #expect(TorchRuntime.threads == 1)
    TorchRuntime.threads = before
  }

  @Test("device names", arguments: ["gpu", "cuda:", "cuda:x", "cuda:-1", "cuda:99", "CPU", ""])
  func devices(_ name: String) throws {
    let error = #expect(throws: Diagnostic.self) { try Device(name) }
    #expect(error?.exitCode == .usage && error?.what.contains("'\(name)'") == true)
    #expect(try Device("cpu") == .cpu)
    #expect(try Device("auto").isCPU == (TorchRuntime.cudaDeviceCount == 0))
    #expect(Device.cuda(1).description == "cuda:1")
  }

  @Test(
    "the generated files are what the generator writes",
    .enabled(if: FileManager.default.fileExists(atPath: root.path + "/.libtorch/include/ATen")))
  func generatedFilesAreCurrent() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(try run("scripts/generate-torch.py", "--out", folder.path) == 0)
    let files = [
      "Sources/CTorch/Generated/Operators.h", "Sources/CTorchLibrary/Generated/Operators.cpp",
      "Sources/Torch/Generated/Operators.swift",
    ]
    for file in files {
      let fresh = try Data(contentsOf: folder.appendingPathComponent(file))
      let committed = try Data(contentsOf: root.appendingPathComponent(file))
      #expect(fresh == committed, "\(file) is stale: run scripts/generate-torch.py")
    }
  }

  @Test("the generator stops where the headers are missing")
  func generatorWithoutHeaders() throws {
    #expect(try run("scripts/generate-torch.py", "--headers", "/nowhere", "--out", "/nowhere") == 1)
  }

  private func run(_ script: String, _ arguments: String...) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", root.path + "/" + script] + arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}

@Suite("Programming errors")
struct TrapTests {
  private func expectMessage(_ result: ExitTest.Result?, _ parts: String...) throws {
    let text = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    for part in parts { #expect(text.contains(part), "\(part) is not in: \(text)") }
  }

  @Test("an operator names itself, its operands and libtorch's reason")
  func shapes() async throws {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor.ones([2, 3]).matmul(Tensor.ones([2, 3], dtype: .float64))
    }
    try expectMessage(result, "matmul", "[2, 3] float32, [2, 3] float64", "fix:")
  }

  @Test("so does one with a list")
  func lists() async throws {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = cat([Tensor.ones([2, 3]), Tensor.ones([3, 2])], dim: 0)
    }
    try expectMessage(
      result, "cat", "[2, 3] float32, [3, 2] float32", "Sizes of tensors must match")
  }

  @Test("values that do not fill the shape")
  func values() async throws {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor([1, 2, 3] as [Float], [2, 2])
    }
    try expectMessage(result, "the shape needs 16 bytes, not 12")
  }

  @Test("a backward pass without a graph")
  func backward() async throws {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      Tensor.ones([1]).backward()
    }
    try expectMessage(result, "backward", "does not require grad")
  }

  @Test("item() of several elements")
  func item() async throws {
    await #expect(processExitsWith: .failure) { _ = Tensor.ones([2]).item() }
  }
}
