"""In: pictures of pages. Out: Pages and Documents as of other readers; see `reader`."""
