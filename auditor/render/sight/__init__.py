"""In: a document and what was recognised in it. Out: pictures of what the tool saw."""
