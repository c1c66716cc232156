"""Formats of a derivation: documents in Markdown, LaTeX, HTML and DOCX, data in JSON, programs in three languages."""
