"""Pages of copies: to whom a document goes, who has it, what came in, which answers are awaited."""
