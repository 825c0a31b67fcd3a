"""Commands that run studies."""
