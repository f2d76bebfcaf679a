import Base
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
