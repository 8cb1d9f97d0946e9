"""In: a seed. Out: annual reports with known truth, rendered in many layouts."""
