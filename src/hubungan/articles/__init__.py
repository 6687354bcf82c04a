"""From files to articles: readers, language, furniture."""
