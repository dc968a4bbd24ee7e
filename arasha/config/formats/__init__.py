"""Days and numbers as people write them, where Django has none (Kazakh) or those of another country (English)."""
