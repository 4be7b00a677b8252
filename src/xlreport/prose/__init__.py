"""Reading Chinese administrative prose: numbers, sentences, phrases, lists. Knows nothing of forms."""
