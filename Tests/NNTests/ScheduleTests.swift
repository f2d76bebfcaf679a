import Base
import Foundation
import NN
import Testing

@Suite struct ScheduleTests {
  @Test("cosine warms up in equal parts, starts at 1 and falls to its floor")
  func cosine() {
    let schedule = Schedule.cosine(warmUp: 0.1, floor: 0.2)
    let rates = [0, 4, 9, 10, 55, 100].map { schedule.rate(step: $0, total: 100) }
    #expect(zip(rates, [0.1, 0.5, 1, 1, 0.6, 0.2]).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test("the other courses are those of their formulas")
  func others() {
    #expect(Schedule.constant.rate(step: 7, total: 10) == 1)
    #expect(abs(Schedule.polynomial.rate(step: 75, total: 100) - pow(0.25, 0.9)) < 1e-12)
    #expect(Schedule.polynomial.rate(step: 100, total: 100) == 0)
    #expect(Schedule.sevenSixteenths.rate(step: 0, total: 8) == 1)
    #expect(abs(Schedule.sevenSixteenths.rate(step: 8, total: 8) - 0.195090322) < 1e-9)
  }

  @Test("the Gaussian ramp rises from e⁻⁵ to 1")
  func ramp() {
    let golden = [0.006737947, 0.060054668, 0.286504797, 0.731615629, 1, 1]
    let values = [0, 25, 50, 75, 100, 200].map { Schedule.ramp(step: $0, length: 100) }
    #expect(zip(values, golden).allSatisfy { abs($0 - $1) < 1e-9 })
    #expect(Schedule.ramp(step: 0, length: 0) == 1)
  }

  private struct Settings: Codable, Equatable {
    var schedule = Schedule.constant
  }

  @Test("a schedule is written as a name, or with a part of its settings")
  func coding() throws {
    func read(_ text: String) throws -> Schedule {
      try StrictYAML.decode(Settings.self, from: text, file: "test", over: Settings()).schedule
    }
    #expect(try read("schedule: cosine") == .cosine)
    #expect(try read("schedule: {cosine: {warmUp: 0.2}}") == .cosine(warmUp: 0.2, floor: 0))
    #expect(try read("schedule: seven-sixteenths") == .sevenSixteenths)
    for schedule in [Schedule.constant, .cosine, .polynomial, .sevenSixteenths] {
      #expect(try read(StrictYAML.encode(Settings(schedule: schedule))) == schedule)
    }
    #expect(throws: (any Error).self) { try read("schedule: {cosine: {warmup: 0.2}}") }
  }
}
