"""The page where coders verify: HTTP in, HTML out. What it shows is computed in `themes.stages`."""
