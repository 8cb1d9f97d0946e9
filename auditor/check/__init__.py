"""In: a Report and the rules. Out: Outcomes, one for each rule instance."""
