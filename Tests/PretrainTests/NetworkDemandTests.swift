import Base
import Foundation
import Models
import Pretrain
import Testing

@Suite struct NetworkDemandTests {
  @Test("every method trains its own example", arguments: PretrainMethodConfiguration.choices)
  func example(choice: Choice<PretrainMethodConfiguration>) {
    var settings = PretrainConfiguration()
    settings.method = choice.value
    settings.model.architecture = choice.value.networks.example
    #expect(settings.faults() == [], "\(choice.name ?? "")")
  }

  @Test(
    "for every network that it cannot train a method names another that can",
    arguments: PretrainMethodConfiguration.choices)
  func instead(choice: Choice<PretrainMethodConfiguration>) throws {
    func faults(
      _ method: PretrainMethodConfiguration, _ architecture: Architecture
    ) -> [String] {
      var settings = PretrainConfiguration()
      (settings.method, settings.model.architecture) = (method, architecture)
      return settings.faults()
    }
    let name = try #require(choice.name)
    for architecture in Architecture.allCases {
      guard let fault = faults(choice.value, architecture).first else { continue }
      #expect(fault.contains(name) && fault.contains("\(architecture.rawValue)"), "\(fault)")
      guard let use = fault.range(of: "; use ") else {
        // It is not the network but a setting of the method's own that does not fit.
        #expect(fault.contains("set method.\(name)."), "\(fault)")
        continue
      }
      let words = fault[use.upperBound...].split { $0 == " " || $0 == "," }.map(String.init)
      let named = PretrainMethodConfiguration.choices.filter { other in
        other.name.map(words.contains) ?? false
      }
      #expect(
        named.contains { faults($0.value, architecture).isEmpty }, "\(architecture): \(fault)")
    }
  }

  @Test("another network is refused with the reason and with what to use instead")
  func refused() {
    var settings = PretrainConfiguration()
    settings.method = .decoderRestore(.init())
    #expect(settings.faults().count == 1)
    let fault = settings.faults().first ?? ""
    for words in [
      "method decoder-restore wants a segmentation network, such as unet-resnet18, not resnet18",
      "it learns a decoder", "; use simclr",
    ] { #expect(fault.contains(words), "\(fault)") }
    settings = PretrainConfiguration()
    settings.model.architecture = .unetResNet18
    #expect(settings.faults().first?.contains("wants a classification network") == true)
  }
}
