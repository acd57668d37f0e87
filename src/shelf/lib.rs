//! What a reader keeps: trusted publishers
