"""Transcript to segments: `segment(transcript) -> tuple[Segment, ...]`, never across speakers."""
