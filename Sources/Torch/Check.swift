import Base
import CTorch

/// Traps if an operator failed: its name, its operands' shapes and libtorch's message are printed.
@inline(__always)
func check(_ status: Int32, _ operation: StaticString, _ operands: @autoclosure () -> [Tensor?]) {
  if status != 0 { fail(operation, operands()) }
}

@inline(never)
private func fail(_ operation: StaticString, _ operands: [Tensor?]) -> Never {
  let message = String(cString: ct_last_error())
  let shown = operands.map { $0?.summary ?? "none" }.joined(separator: ", ")
  fatal(
    Diagnostic(
      "\(operation) cannot be applied to (\(shown)): \(message)", at: "\(operation)",
      fix: "this is a programming error; please report it with the lines above", exit: .bug))
}

/// The handles of `list`, which must outlive their use.
func handles(_ list: [Tensor]) -> [OpaquePointer?] {
  list.map { $0.handle }
}

func handles(_ list: [Tensor?]) -> [OpaquePointer?] {
  list.map { $0?.handle }
}

/// Takes over a list of handles and frees the array that held them.
func adopt(_ list: UnsafeMutablePointer<OpaquePointer?>?, _ count: Int) -> [Tensor] {
  let tensors = UnsafeBufferPointer(start: list, count: count).map { Tensor(adopting: $0) }
  ct_free_list(list)
  return tensors
}
