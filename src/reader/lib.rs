//! varaq-reader: the desktop app
