"""One history told: as text, Markdown or a page."""
