"""From results to statistics, records, figures and a report."""
