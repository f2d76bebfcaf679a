// SemiSup
