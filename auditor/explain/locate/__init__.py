"""In: sums that do not add up. Out: the changes that would settle them, the likeliest first."""
