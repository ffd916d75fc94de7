"""Text to vectors: `encode(texts) -> float32 (n_texts, dim)`, rows of unit length, in order."""
