//! Habits of Hugo, Jekyll and Zola, and what becomes of them.
