import Base
import Foundation
import Testing

@Suite(.serialized) struct StopSignalTests {
  @Test("a signal is remembered instead of ending the process", arguments: [SIGINT, SIGTERM])
  func remembered(signal: Int32) {
    StopSignal.install()
    defer { StopSignal.forget() }
    #expect(StopSignal.requested == nil)
    send(signal)
    #expect(StopSignal.requested == signal)
  }

  /// Sends a signal to this process and waits, a second at most, until some thread has taken it.
  private func send(_ signal: Int32) {
    kill(getpid(), signal)
    for _ in 0..<1000 where StopSignal.requested == nil { usleep(1000) }
  }

  @Test("a second signal finds the system's own action again")
  func second() {
    StopSignal.install()
    defer { StopSignal.forget() }
    send(SIGTERM)
    var action = sigaction()
    sigaction(SIGTERM, nil, &action)
    #expect(action.__sigaction_handler.sa_handler == nil)
    StopSignal.install()
  }
}
