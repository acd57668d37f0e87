//! varaq: arguments in, words out
