// FineTune
