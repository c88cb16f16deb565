// Loads, but registers nothing.
