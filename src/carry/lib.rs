//! The distributor's side: checking files, folders and sticks
