"""Vectors to scores.

Every member has `code_ids` and two methods. `score(whole, parts, owner)` takes the vectors of the
segments, float32 (n_segments, dim), the vectors of their sentences, float32 (n_parts, dim), and
for each sentence the row of its segment, int (n_parts,); it returns float64
(n_segments, n_codes) in [0, 1], rows in segment order, columns in `code_ids` order.
`locate(parts)` returns float64 (n_parts, n_codes): the higher, the more a sentence carries a
code; the highest of a segment is its evidence. All vectors have unit length.
"""
