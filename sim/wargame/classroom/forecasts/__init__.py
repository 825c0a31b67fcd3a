"""What a class expected, and how it fared."""
