"""Text to vectors: `encode(texts) -> float32 (n_texts, dim)`, rows of unit length, in order.

Every member has a `name`, `dim`, an `identity` that changes whenever its vectors may, and
`languages`, the ISO 639-1 tags it knows, empty where that is not known.
"""
