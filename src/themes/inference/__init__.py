"""What may be concluded from counts: intervals, latent truth, sample sizes, unseen codes."""
