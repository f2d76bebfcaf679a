import Archive
import Base

/// What can be wrong with a file of weights.
enum CheckpointError: Diagnosable, Equatable {
  /// The file ends too early.
  case truncated(position: Int, wanted: Int)
  /// The bytes do not mean what they must.
  case malformed(String, position: Int)
  /// The archive around it is damaged, or of a kind that is not read.
  case archive(String)
  /// The pickle names something that is not a tensor, a storage or a dictionary.
  case refused(String)
  /// The file asks for more than is sensible.
  case tooLarge(String)
  /// It can be read, but holds no tensors where they are expected.
  case noTensors(String)

  var what: String {
    switch self {
    case .truncated: "the weights file ends too early"
    case .malformed, .archive: "the weights file is damaged, or of another kind"
    case .refused: "the weights file holds more than tensors"
    case .tooLarge: "the weights file asks for more memory than its size allows"
    case .noTensors: "the file holds no table of named tensors"
    }
  }

  var place: String? {
    switch self {
    case .truncated(let position, let wanted): "byte \(position), where \(wanted) more are needed"
    case .malformed(let what, let position): "\(what), at byte \(position)"
    case .refused(let name): "it asks to make '\(name)'"
    case .archive(let what), .tooLarge(let what), .noTensors(let what): what
    }
  }

  var remedy: String? {
    switch self {
    case .truncated, .malformed, .archive: "fetch or copy the file again"
    case .refused:
      "no code of a file is ever run; save only `model.state_dict()`, or use a safetensors file"
    case .tooLarge, .noTensors:
      "save only `model.state_dict()`, or use a safetensors file"
    }
  }
}

/// Reads an archive, and turns what is wrong with it into a `CheckpointError`.
func archived<Value>(
  _ body: () throws(ArchiveFault) -> Value
) throws(CheckpointError) -> Value {
  do {
    return try body()
  } catch {
    switch error {
    case .truncated(let detail): throw .archive("it ends early: \(detail)")
    case .corrupt(let detail): throw .archive("damaged: \(detail)")
    case .unsupported(let detail): throw .archive(detail)
    case .tooLarge(let limit): throw .tooLarge("more than \(limit) bytes")
    case .outOfMemory: throw .tooLarge("memory ran out")
    }
  }
}
