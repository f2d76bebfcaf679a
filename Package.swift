// swift-tools-version: 6.2
import PackageDescription

/// libtorch as `scripts/setup.sh` unpacks it.
let torch = Context.packageDirectory + "/.libtorch"

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let swiftCSV = Target.Dependency.product(name: "SwiftCSV", package: "SwiftCSV")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

/// A module of ours, in `Sources/NAME`; what it may import stands in its list.
func module(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// The tests of a module, in `Tests/NAMETests`.
func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.target(name: name)] + dependencies,
    swiftSettings: settings)
}

let package = Package(
  name: "modicum",
  products: [
    .executable(name: "pipeline", targets: ["pipeline"]),
    .library(name: "CTorchLibrary", type: .dynamic, targets: ["CTorchLibrary"]),
    .library(name: "Imaging", targets: ["Imaging"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/swiftcsv/SwiftCSV", exact: "0.10.0"),
  ],
  targets: [
    // Foundations
    module("Base", [yams, logging, crypto]),
    .target(name: "CTorch"),
    .target(
      name: "CTorchLibrary", dependencies: ["CTorch"],
      cxxSettings: [
        .unsafeFlags([
          "-isystem", torch + "/include",
          "-isystem", torch + "/include/torch/csrc/api/include",
        ])
      ],
      linkerSettings: [
        .linkedLibrary("torch_cpu"), .linkedLibrary("c10"), .linkedLibrary("openblas"),
        .unsafeFlags(["-L" + torch + "/lib", "-Xlinker", "-rpath", "-Xlinker", torch + "/lib"]),
      ]),
    .target(
      name: "CImaging",
      linkerSettings: [
        .linkedLibrary("png"), .linkedLibrary("deflate"), .linkedLibrary("jpeg"),
        .linkedLibrary("openjp2"), .linkedLibrary("dcmdata"), .linkedLibrary("dcmimgle"),
        .linkedLibrary("dcmimage"),
        .linkedLibrary("dcmjpeg"), .linkedLibrary("dcmjpls"),
        .linkedLibrary("oflog"), .linkedLibrary("ofstd"),
      ]),
    .target(name: "COpenBLAS", linkerSettings: [.linkedLibrary("openblas")]),
    module("Torch", ["Base", "CTorch"]),
    module("NN", ["Base", "Torch"]),
    .target(name: "CZlib", linkerSettings: [.linkedLibrary("z")]),
    module("Archive", ["CZlib"]),
    module("Imaging", ["Base", "Archive", "CImaging"]),
    .target(name: "CSandbox"),
    module("Pool", ["Base", "Archive", "Imaging", "CSandbox", grdb, swiftCSV]),
    // Floor 1
    module("Models", ["Base", "Archive", "NN", "Torch"]),
    module("Training", ["Base", "NN", "Torch", "Imaging", "Pool"]),
    module("Evaluation", ["Base"]),
    // Floor 2
    module("Query", ["Base", "Torch", "COpenBLAS"]),
    module(
      "Pretrain", ["Base", "Torch", "NN", "Imaging", "Pool", "Models", "Training", "Evaluation"]),
    module(
      "FineTune", ["Base", "Torch", "NN", "Imaging", "Pool", "Models", "Training", "Evaluation"]),
    module(
      "SemiSup", ["Base", "Torch", "NN", "Imaging", "Pool", "Models", "Training", "Evaluation"]),
    // Floor 3
    module(
      "ActiveLearning",
      [
        "Base", "Torch", "NN", "Imaging", "Pool", "Models", "Training", "Evaluation", "Query",
        "Pretrain", "FineTune", "SemiSup",
      ]),
    // Floor 4
    module(
      "Study",
      [
        "Base", "Torch", "NN", "Imaging", "Pool", "Models", "Training", "Evaluation", "Query",
        "Pretrain", "FineTune", "SemiSup", "ActiveLearning",
      ]),
    module("Report", ["Base", "Imaging", "Pool", "Evaluation", mustache]),
    // CLI
    .executableTarget(
      name: "pipeline",
      dependencies: [
        "Base", "Torch", "NN", "Imaging", "Pool", "Models", "Training", "Evaluation", "Query",
        "Pretrain", "FineTune", "SemiSup", "ActiveLearning", "Study", "Report", argumentParser,
      ],
      swiftSettings: settings),
    // Tests
    .testTarget(name: "ArchitectureTests", swiftSettings: settings),
    tests("Base"),
    tests("Torch", ["Base"]),
    tests("NN", ["Base", "Torch"]),
    tests("Archive"),
    tests("Imaging", ["Base"]),
    tests("Pool", ["Base", "Imaging"]),
    tests("Models", ["Base", "NN", "Torch"]),
    tests("Training", ["Base", "NN", "Torch", "Imaging", "Pool"]),
    tests("Evaluation", ["Base"]),
    tests("Query", ["Base", "Torch"]),
    tests(
      "Pretrain", ["Base", "Torch", "NN", "Imaging", "Pool", "Models", "Training", "Evaluation"]),
    tests(
      "FineTune", ["Base", "Torch", "NN", "Imaging", "Pool", "Models", "Training", "Evaluation"]),
    tests("SemiSup", ["Base", "Torch", "NN", "Imaging", "Pool", "Models", "Training"]),
    tests(
      "ActiveLearning",
      ["Base", "Torch", "NN", "Imaging", "Pool", "Models", "Training", "FineTune", "Query"]),
    tests("Study", ["Base", "Evaluation", "Query", "Torch"]),
    tests("Report", ["Base", "Evaluation", "Imaging", "Pool"]),
    // Runs the built program as a user would.
    .testTarget(
      name: "PipelineTests", dependencies: ["Archive", "Base", "Imaging", "Pool"],
      swiftSettings: settings),
  ],
  cxxLanguageStandard: .cxx20
)
