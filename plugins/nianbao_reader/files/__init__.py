"""What a file is, and what it says in reading order: Word, pages, Markdown, text, PDF -> blocks."""
