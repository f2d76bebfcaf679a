// Made by Tests/Reference/golden_semisup.py with PyTorch 2.13.0+cpu; not edited by hand.

/// Losses, thresholds and selections of the methods, by PyTorch in float64.
enum GoldenMethods {
  static let ramp = [
    0.00673794699909, 0.0600546678953, 0.28650479686, 0.731615628947, 1.0,
    1.0,
  ]
  static let average = [
    0.0, 0.5, 0.9, 0.989898989899, 0.99,
    0.99,
  ]
  static let supervised = 0.945134289501
  static let meanTeacher = 0.203340695978
  static let uncertain = 0.847660015141
  static let uncertainKept = 0.03125
  static let uncertainLoss = 0.00151942428408
  static let uncertainBinary = [
    0.40625, 0.38827313497,
  ]
  static let crossPseudo = [
    1.95293644142, 1.94279300919,
  ]
  static let crossTeaching = [
    0.652206507163, 0.631978430412,
  ]
  static let mapsKept = 0.65625
  static let mapsAll = 1.14610898986
  static let mapsOfKept = 1.74645179408
  static let argmaxZero = [
    0, 1, 0, 0, 0,
    0, 0, 1, 0, 0,
    1, 2, 2, 0, 0,
    0, 2, 0, 0, 2,
    0, 2, 0, 2, 0,
    2, 1, 1, 1, 0,
    0, 1,
  ]
  static let uniMatch = 0.584664557981
  static let uniMatchTotal = 0.709441871123
  static let imagesKept = 0.5
  static let imagesLoss = 0.140490001544
  static let flex = [
    0.95, 0.316666666667, 0.105555555556,
  ]
  static let freeGlobal = 0.37073588348
  static let free = [
    0.342717975594, 0.37073588348, 0.364617914512,
  ]
  static let freeFairness = -10.2062008072
  static let softStatistics = [
    0.37073588348, 0.903567505431,
  ]
  static let soft = [
    0.00180903451321, 1.0, 1.0, 1.0, 0.00922840702335,
    0.000120513960177,
  ]
  static let sharpened = [
    0.328218851013, 0.662464107692, 0.00931704129512, 0.00094581903307, 0.038553464185,
    0.960500716782, 0.000619304279463, 5.38228950121e-05, 0.999326872826, 0.000587585063059,
    0.968791778242, 0.0306206366951, 0.300151285313, 0.697526586637, 0.00232212804929,
    0.146975500942, 0.665127517697, 0.187896981361,
  ]
  static let entropy = [
    0.874553651427, 0.558108204132, 0.155732072748, 0.515566086095, 0.796078539241,
    1.03905291565,
  ]
  static let normalizedEntropy = [
    0.796053039318, 0.508011980103, 0.141753441459, 0.469288475482, 0.724621913893,
    0.945786722362,
  ]
}
