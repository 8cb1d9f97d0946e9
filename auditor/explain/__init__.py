"""In: a report and how each rule ended on it. Out: findings and a verdict that a person reads."""
