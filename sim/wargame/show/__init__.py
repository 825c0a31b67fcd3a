"""How findings look: words, tables, figures, pages; nothing is computed here."""
