"""In: checked or extracted reports. Out: text, JSON and CSV; a renderer decides nothing."""
