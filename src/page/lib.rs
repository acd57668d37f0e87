//! Text on a page: bidi, shaping, line breaking, selection geometry
