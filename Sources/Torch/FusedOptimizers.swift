import CTorch

/// One step of stochastic gradient descent over all `parameters` in place.
///
/// v ← momentum · v + (1 − dampening)(g + weightDecay · p), then p ← p − lr · v, or with `nesterov`
/// p ← p − lr · (g + momentum · v).
/// - Parameters:
///   - parameters: leaves; written.
///   - gradients: one per parameter.
///   - momentumBuffers: one per parameter, or empty without momentum; written.
///   - lr: the step size.
///   - momentum: 0 for none.
///   - dampening: 0 for none.
///   - weightDecay: 0 for none.
///   - nesterov: whether the step looks ahead.
///   - isFirstStep: whether the buffers hold nothing yet and start as the gradient.
public func fusedSGD_(
  _ parameters: [Tensor], gradients: [Tensor], momentumBuffers: [Tensor], lr: Double,
  momentum: Double = 0, dampening: Double = 0, weightDecay: Double = 0, nesterov: Bool = false,
  isFirstStep: Bool
) {
  withoutGradients {
    requireLayout(momentumBuffers, of: parameters)
    rawFusedSGD_(
      parameters, gradients: inLayout(gradients, of: parameters), momentum: momentumBuffers,
      weightDecay: weightDecay,
      momentum: momentum, lr: lr, dampening: dampening, nesterov: nesterov, maximize: false,
      isFirstStep: isFirstStep)
  }
}

/// One step of AdamW (decoupled weight decay) over all `parameters` in place.
///
/// Loshchilov, Hutter. *Decoupled Weight Decay Regularization.* ICLR 2019.
/// - Parameters:
///   - parameters: leaves; written.
///   - gradients: one per parameter.
///   - averages: running means of the gradients, zeros at first; written.
///   - squareAverages: running means of their squares, zeros at first; written.
///   - steps: float32 tensors of one element with the number of the step, from 1; read.
///   - lr: the step size.
///   - beta1: the decay of the means.
///   - beta2: the decay of the means of squares.
///   - weightDecay: per unit of `lr`.
///   - eps: added to the root of the squares.
public func fusedAdamW_(
  _ parameters: [Tensor], gradients: [Tensor], averages: [Tensor], squareAverages: [Tensor],
  steps: [Tensor], lr: Double, beta1: Double = 0.9, beta2: Double = 0.999,
  weightDecay: Double = 0.01, eps: Double = 1e-8
) {
  withoutGradients {
    requireLayout(averages, of: parameters)
    requireLayout(squareAverages, of: parameters)
    rawFusedAdamW_(
      parameters, gradients: inLayout(gradients, of: parameters), expAvgs: averages,
      expAvgSqs: squareAverages,
      maxExpAvgSqs: [], stateSteps: steps, lr: lr, beta1: beta1, beta2: beta2,
      weightDecay: weightDecay, eps: eps, amsgrad: false, maximize: false)
  }
}

// libtorch's fused steps walk all lists in memory order, whatever the strides say.

private func inLayout(_ gradients: [Tensor], of parameters: [Tensor]) -> [Tensor] {
  zip(gradients, parameters).map { gradient, parameter in
    ct_same_layout(gradient.handle, parameter.handle)
      ? gradient : parameter.emptyLike().copy_(from: gradient)
  }
}

private func requireLayout(_ buffers: [Tensor], of parameters: [Tensor]) {
  for (buffer, parameter) in zip(buffers, parameters) {
    precondition(
      ct_same_layout(buffer.handle, parameter.handle),
      "an optimizer's buffer must lie in memory as its parameter does: make it with zerosLike()")
  }
}
