// swift-tools-version: 6.2
import PackageDescription

/// The readers under libFuzzer, every branch of ours counted; `scripts/fuzz.sh` builds and runs it.
let package = Package(
  name: "fuzz",
  dependencies: [.package(name: "modicum", path: "../..")],
  targets: [
    .executableTarget(
      name: "Fuzz", dependencies: [.product(name: "Imaging", package: "modicum")],
      swiftSettings: [.swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny")])
  ])
