// Pretrain
