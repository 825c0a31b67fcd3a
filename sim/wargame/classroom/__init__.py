"""What teachers and students use: one history told, its odds, what if."""
