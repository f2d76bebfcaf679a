import Base
import Foundation
import Imaging

/// Decodes in a helper process, and starts another one where a file was the end of it.
///
/// What a helper says is not believed: lengths, shapes and words are checked, and what a file of an
/// attacker made of it ends with that file's group of requests at the latest.
final class HelperDecoder: EntryDecoder {
  private let program: String
  private let limits: DecodeLimits
  private var helper: HelperProcess?

  init(_ program: String, _ limits: DecodeLimits) {
    self.program = program
    self.limits = limits
  }

  func decode(
    _ request: DecodeRequest, _ take: (DecodedFrame) throws -> Void
  ) throws -> DecodeOutcome {
    var taken = 0
    return try guarded(.decode(request)) { helper, patience in
      var frames = 0
      var last = request.numbers.lowerBound - 1
      while true {
        switch try helper.reply(&patience) {
        case .frame(let header):
          guard header.frame > last, header.frame < request.numbers.upperBound,
            (header.mask != nil) == (request.mask != nil)
          else { throw HelperEnd.nonsense }
          last = header.frame
          let frame = try self.frame(header, helper, &patience)
          frames += 1
          // The second helper begins again, with the same frames.
          if frames <= taken { continue }
          taken += 1
          try take(frame)
        case .done(let bytes, let place): return .done(bytes: bytes, place)
        case .refused(let refusal): return .refused(refusal.printable)
        default: throw HelperEnd.nonsense
        }
      }
    } refused: {
      .refused($0)
    }
  }

  func labels(ofArchive path: String) throws -> Result<ArchiveLabels, Refusal> {
    try guarded(.labels(archive: path)) { helper, patience in
      switch try helper.reply(&patience) {
      case .labels(let labels): return .success(labels)
      case .refused(let refusal): return .failure(refusal.printable)
      default: throw HelperEnd.nonsense
      }
    } refused: {
      .failure($0)
    }
  }

  /// Sends a request and lets `body` read the replies.
  ///
  /// A helper that has served other files before may have been spoilt by one of them: only a fresh
  /// one that falls too puts the blame on this file.
  private func guarded<Answer>(
    _ request: WireRequest, _ body: (HelperProcess, inout Double) throws -> Answer,
    refused: (Refusal) -> Answer
  ) throws -> Answer {
    let seconds = limits.seconds(forBytes: request.fileBytes)
    while true {
      let isFresh = helper == nil
      let helper = try self.helper ?? start()
      var patience = Double(seconds)
      do {
        try helper.send(request)
        let answer = try body(helper, &patience)
        self.helper = helper
        return answer
      } catch {
        self.helper = nil
        guard let end = error as? HelperEnd else { throw error }
        if isFresh || end == .silence { return refused(Refusal(end, seconds: seconds)) }
      }
    }
  }

  private func start() throws -> HelperProcess {
    let helper = try HelperProcess(program, arguments: DecodeHelper.arguments(limits))
    var patience = 60.0
    do {
      let hello = try helper.reply(&patience)
      guard hello == .hello(version: WireReply.version) else { throw HelperEnd.nonsense }
      return helper
    } catch is HelperEnd {
      throw Diagnostic(
        "the decoding helper does not start", at: program,
        fix: "free memory, or raise the limits of this shell (`ulimit -a`)")
    }
  }

  /// The frame whose header came; its samples and its mask follow.
  private func frame(
    _ header: FrameHeader, _ helper: HelperProcess, _ patience: inout Double
  ) throws -> DecodedFrame {
    guard header.byteCount <= limits.memory else { throw HelperEnd.nonsense }
    let packed = try helper.bytes(header.byteCount, &patience)
    let mask = try header.mask.map { mask in
      let png = Data(try helper.bytes(mask.byteCount, &patience))
      guard MaskPNG.isOne(png, height: header.shape.height, width: header.shape.width) else {
        throw HelperEnd.nonsense
      }
      return DecodedFrame.Mask(hash: mask.hash, png: png, top: mask.top, ignores: mask.ignores)
    }
    return DecodedFrame(
      frame: header.frame, hash: header.hash, shape: header.shape, packed: packed, mask: mask)
  }
}

extension Refusal {
  /// What the end of a helper says about the file that it was reading.
  fileprivate init(_ end: HelperEnd, seconds: Int) {
    let sound = "if other programs read it, give the import again with --retry and a larger "
    switch end {
    case .signal(SIGXCPU):
      self.init(
        "decoding it takes more than \(seconds) s of a processor", fix: sound + "--decode-seconds")
    case .silence:
      self.init(
        "decoding it does not come to an end in \(seconds) s", fix: sound + "--decode-seconds")
    case .signal(let number):
      self.init(
        "decoding it crashed (signal \(number)), or needs more memory than it may take",
        fix: "export it again from where it came; \(sound)--decode-memory")
    case .exit, .nonsense:
      self.init("decoding it broke off", fix: "export it again from where it came")
    }
  }

  /// The same in printable characters, and not long.
  fileprivate var printable: Refusal {
    func cleaned(_ text: String) -> String {
      String(
        String.UnicodeScalarView(
          text.unicodeScalars.prefix(400).map { $0.properties.isWhitespace ? " " : $0 }
            .filter { $0.properties.generalCategory != .control && $0.value != 0xFFFD }))
    }
    return Refusal(cleaned(reason), fix: remedy.map(cleaned))
  }
}

/// The PNG that `MaskCodec` makes: 8-bit greys, nothing beside them.
enum MaskPNG {
  /// Whether these bytes have the outer form of such a mask of that size.
  ///
  /// So a helper that an attacker took over cannot hand a PNG of another kind to the rest of the
  /// program.
  static func isOne(_ png: Data, height: Int, width: Int) -> Bool {
    func word(_ at: Int) -> Int { png[at..<at + 4].reduce(0) { $0 << 8 | Int($1) } }
    guard png.startIndex == 0, png.count >= 45, png.starts(with: [0x89] + "PNG\r\n\u{1a}\n".utf8),
      word(8) == 13, word(16) == width, word(20) == height,
      png[24..<29].elementsEqual([8, 0, 0, 0, 0])
    else { return false }
    var place = 33
    var kinds: [String] = []
    while place <= png.count - 12 {
      kinds.append(String(decoding: png[place + 4..<place + 8], as: UTF8.self))
      place += word(place) + 12
    }
    return place == png.count && kinds.last == "IEND"
      && kinds.dropLast().allSatisfy { $0 == "IDAT" }
  }
}
