// Made by Tests/Reference/golden_pretrain.py with PyTorch 2.13.0+cpu; not edited by hand.

/// What pretraining computes, by PyTorch in float64.
enum Golden {
  static let contrastive = [
    2.56341910568, 4.33106218473,
  ]
  static let contrastiveGradient = 1.68723881228
  static let contrastiveGrouped = 4.2239824723
  static let votes = [
    0.0613962706911, 0.0182530274313, 0.920350701878, 0.0497459204662, 0.771749423416,
    0.178504656117, 0.0208873166584, 0.00187888751329, 0.977233795828, 0.284248345752,
    0.0198098875368, 0.695941766711,
  ]
  static let called = [
    2, 1, 2, 2,
  ]
  static let collapse = [
    0.979247382426, 7.41902166157, 6.23660028896, 0.0177481211385,
  ]
  static let moCo = [
    4.70555040792, 1.50690970173,
  ]
  static let moCoV3 = [
    2.15555024077, 0.699487163072,
  ]
  static let byol = [
    3.79307017373, 0.583605727211,
  ]
  static let simSiam = [
    -0.0517324565666, 0.145901431803,
  ]
  static let barlow = [
    14.8705084886, 8.12148011096,
  ]
  static let vicReg = [
    0.782877573996, 0.427230698991, 0.562529520961, 30.8152363456, 6.48687952101,
  ]
  static let dense = [
    4.21600702964, 1.22248021186,
  ]
  static let denseFound = [
    3, 2, 0, 1, 1,
    1, 2, 2,
  ]
}
