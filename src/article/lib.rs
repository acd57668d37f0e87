//! The closed block model of an article, and its plain text
