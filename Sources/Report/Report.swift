public import Foundation
import Base
import Mustache

/// The page that a run leaves behind: one HTML file that needs no network, no script and no other
/// file, on a light or a dark screen or on paper.
public enum Report {
  /// Writes the page atomically.
  ///
  /// - Parameters:
  ///   - content: what it shows.
  ///   - url: the file, usually `report.html` in the run folder.
  /// - Throws: when the file cannot be written.
  public static func write(_ content: ReportContent, to url: URL) throws {
    try AtomicFile.write(html(content), to: url)
  }

  /// The page as text: HTML that is well-formed XML too.
  public static func html(_ content: ReportContent) throws -> String {
    let library = MustacheLibrary(
      templates: try Template.all.mapValues { try MustacheTemplate(string: $0) })
    guard let page = library.render(PageView(content), withTemplate: Template.page) else {
      preconditionFailure("the page is one of the templates")
    }
    return page
  }
}
