"""Sheets to print: blocks of words, as HTML and as PDF."""
