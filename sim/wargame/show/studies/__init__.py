"""What each study says, as tables and figures."""
