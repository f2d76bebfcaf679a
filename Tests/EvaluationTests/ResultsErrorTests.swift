import Base
import Evaluation
import Foundation
import Testing

@Suite struct ResultsErrorTests {
  private let nowhere = URL(fileURLWithPath: "/nowhere/results.csv")

  @Test("a table of results that cannot be used says why, where and what to do")
  func results() throws {
    let missing = #expect(throws: ResultsError.self) { try ResultsTable(reading: nowhere) }
    #expect(
      missing?.description == """
        error: the results cannot be read
          at:  results.csv
          fix: give the results.csv that `pipeline compare` wrote
        """)
    let other = #expect(throws: ResultsError.self) {
      try ResultsTable(parsing: "arm,value\n", file: "a.csv")
    }
    #expect(
      other?.description == """
        error: these are not results of a study: the first line is another
          at:  a.csv
          fix: the first line must be dataset,mode,arm,seed,round,labels,metric,value,seconds
        """)
  }

  @Test("the lines that are no results are named, the first ten of them")
  func lines() {
    let head = ResultsTable.columns.joined(separator: ",") + "\n"
    let row = "a,classification,random,1,0,10,accuracy,0.5,1\n"
    func refusal(_ lines: String) -> ResultsError? {
      #expect(throws: ResultsError.self) { try ResultsTable(parsing: head + lines, file: "a.csv") }
    }
    let two = refusal("x\n" + row + row.replacingOccurrences(of: "0.5", with: "nan"))
    #expect(two?.what == "not a row of results: line 2, 4" && two?.place == "a.csv")
    #expect(two?.remedy?.contains("remove or correct these lines") == true)
    let many = refusal(String(repeating: "x\n", count: 12))
    #expect(many?.what.hasSuffix("line 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 2 more") == true)
  }

  @Test("a summary that cannot be read says what writes one")
  func summary() {
    let error = #expect(throws: Diagnostic.self) { try StudySummary(reading: nowhere) }
    #expect(error?.what == "the summary of a study cannot be read")
    #expect(error?.place == "results.csv")
    #expect(error?.remedy?.contains("`pipeline compare`") == true)
  }
}
