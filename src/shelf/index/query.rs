//! A question in FTS5's words.

use varaq_article::fold::Expression;

/// The MATCH expression. Every word is a quoted string, so nothing that was typed is an
/// operator.
pub(super) fn fts(expression: &Expression) -> String {
    let mut out = String::new();
    write(expression, &mut out);
    out
}

fn write(expression: &Expression, out: &mut String) {
    match expression {
        Expression::Phrase { words, prefix } => {
            out.push('"');
            out.push_str(&words.join(" ").replace('"', ""));
            out.push('"');
            if *prefix {
                out.push('*');
            }
        }
        Expression::All(parts) => all(parts, " AND ", out),
        Expression::Any(parts) => all(parts, " OR ", out),
    }
}

fn all(parts: &[Expression], operator: &str, out: &mut String) {
    out.push('(');
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            out.push_str(operator);
        }
        write(part, out);
    }
    out.push(')');
}
