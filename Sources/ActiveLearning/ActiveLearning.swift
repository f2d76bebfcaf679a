// ActiveLearning
