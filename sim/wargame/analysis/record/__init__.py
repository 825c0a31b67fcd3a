"""The historical record of Korea, and the model held against it."""
