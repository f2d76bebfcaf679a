import Base
import Foundation
import Synchronization
import Testing

@Suite struct ProgressTests {
  /// A clock that the test sets, and what was printed.
  private final class Stage: Sendable {
    let time = Mutex(0.0)
    let printed = Mutex("")

    func progress(_ total: Int, isTerminal: Bool) -> Base.Progress {
      Base.Progress(
        "reading", total: total, unit: "images", isTerminal: isTerminal,
        now: { self.time.withLock { $0 } }, emit: { text in self.printed.withLock { $0 += text } })
    }

    func at(_ seconds: Double) { time.withLock { $0 = seconds } }
    var text: String { printed.withLock { $0 } }
  }

  @Test("without a terminal, a line at most every ten seconds")
  func plain() {
    let stage = Stage()
    let progress = stage.progress(1000, isTerminal: false)
    for second in 1...25 {
      stage.at(Double(second))
      progress.advance(to: second * 20, note: second == 20 ? "loss 0.5" : "")
    }
    stage.at(50)
    progress.advance(to: 1000)
    progress.finish()
    progress.finish()
    #expect(
      stage.text == """
        reading  200/1000 images  20/s  40 s left
        reading  400/1000 images  20/s  30 s left  loss 0.5
        reading  1000/1000 images  20/s  in 50 s
        reading  1000/1000 images  20/s  in 50 s

        """)
  }

  @Test("on a terminal, a bar that overwrites itself")
  func bar() {
    let stage = Stage()
    let progress = stage.progress(8, isTerminal: true)
    stage.at(1)
    progress.advance(to: 2, note: "long note")
    progress.advance(to: 3)
    stage.at(4)
    progress.advance(to: 8)
    progress.finish()
    #expect(
      stage.text == "\rreading [======                  ]  2/8 images  2.00/s  3 s left  long note"
        + "\rreading [========================]  8/8 images  2.00/s  in 4 s             "
        + "\rreading [========================]  8/8 images  2.00/s  in 4 s\n")
  }

  @Test(
    "puts seconds into words",
    arguments: [(0.4, "0 s"), (59.4, "59 s"), (200, "3 min 20 s"), (7500, "2 h 05 min")])
  func durations(seconds: Double, words: String) {
    #expect(Base.Progress.duration(seconds) == words)
  }

  @Test("a total of nothing is no trouble")
  func nothing() {
    let stage = Stage()
    stage.progress(0, isTerminal: true).finish()
    #expect(stage.text.contains("0/0 images"))
  }
}
