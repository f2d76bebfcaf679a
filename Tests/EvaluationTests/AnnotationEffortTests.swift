import Evaluation
import Testing

@Suite struct AnnotationEffortTests {
  /// ```
  /// 0 1 1 x     x: not annotated
  /// 0 1 0 x
  /// 2 0 1 1
  /// ```
  private let mask: [UInt8] = [0, 1, 1, 255, 0, 1, 0, 255, 2, 0, 1, 1]

  @Test("counts pixels, foreground, contour and components")
  func counts() {
    var effort = AnnotationEffort()
    effort.add(mask, height: 3, width: 4, units: 2)
    #expect(effort.units == 2)
    #expect(effort.pixels == 10)
    #expect(effort.foreground == 6)
    // Across: 0|1, 0|1, 1|0, 2|0, 0|1. Down: 1/0, 0/2, 1/0, 0/1.
    #expect(effort.contour == 9)
    // The three 1s above, the 2, the two 1s below.
    #expect(effort.components == 3)
    #expect(effort.images == 10.0 / 12)
  }

  @Test("images add up, and so do efforts")
  func sum() {
    var (one, both) = (AnnotationEffort(), AnnotationEffort())
    one.add(mask, height: 3, width: 4)
    both.add(mask, height: 3, width: 4)
    both.add(mask, height: 3, width: 4)
    #expect(one + one == both)
    #expect(AnnotationEffort() + one == one)
    #expect(both.images == 20.0 / 12)
    #expect(AnnotationEffort().images == 0)
  }

  @Test("components are regions, however they wind")
  func winding() {
    // A ring of class 1 with a hole, and a U whose arms meet only at the bottom.
    let ring: [UInt8] = [
      1, 1, 1, 0, 1, 0, 1,
      1, 0, 1, 0, 1, 0, 1,
      1, 1, 1, 0, 1, 1, 1,
    ]
    var effort = AnnotationEffort()
    effort.add(ring, height: 3, width: 7)
    #expect(effort.components == 2)
    var empty = AnnotationEffort()
    empty.add([UInt8](repeating: 255, count: 21), height: 3, width: 7)
    #expect([empty.pixels, empty.contour, empty.components] == [0, 0, 0])
  }

  @Test("seconds are linear in units, contour and components")
  func seconds() {
    var effort = AnnotationEffort()
    effort.add(mask, height: 3, width: 4, units: 2)
    #expect(effort.seconds(perUnit: 10, perContourPixel: 0.5, perComponent: 3) == 20 + 4.5 + 9)
  }
}
