"""What a run leaves behind: tables, summary, report, the folder of it all, and its check."""
