import Base
import Foundation
import Testing

@Suite struct DiagnosticTests {
  @Test("prints what, where and the remedy, continued lines indented")
  func description() {
    let error = Diagnostic("two\nlines", at: "a.yaml", fix: "do\nthis")
    #expect(
      error.description == """
        error: two
               lines
          at:  a.yaml
          fix: do
               this
        """)
    #expect(error.exitCode == .badInput)
  }

  @Test("leaves out what is not known")
  func short() {
    #expect(Diagnostic("it broke", exit: .bug).description == "error: it broke")
  }

  @Test("a stopped run tells how to go on and ends with the signal's code")
  func stopped() {
    let error = Stopped(signal: SIGTERM, at: "step 3 of 9")
    #expect(error.exitCode == .terminated)
    #expect(Stopped(signal: SIGINT).exitCode == .interrupted)
    #expect(
      error.description == """
        error: stopped on request; everything up to here is saved
          at:  step 3 of 9
          fix: give the same command with --resume to go on from here
        """)
  }
}
