"""Who: bodies, people, the posts they hold, and what a post allows where."""
