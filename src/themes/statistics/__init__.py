"""Coefficients of agreement, one a file. Each names the definition that it follows."""
