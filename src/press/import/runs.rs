//! Words with one look each, and the inlines that they become.

use varaq_article::{Inline, MAX_TARGET};

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Leaf {
    Text(String),
    Break,
    Note(u32),
}

/// Words with one look.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) leaf: Leaf,
    pub(super) link: Option<usize>,
    pub(super) strong: bool,
    pub(super) emphasis: bool,
    pub(super) code: bool,
}

/// Runs of words to inlines: a link around strong and emphasis around words.
pub(super) fn nested(mut runs: Vec<Run>, links: &[String]) -> Vec<Inline> {
    while runs.first().is_some_and(is_blank) {
        runs.remove(0);
    }
    while runs.last().is_some_and(is_blank) {
        runs.pop();
    }
    if let Some(Run {
        leaf: Leaf::Text(text),
        code: false,
        ..
    }) = runs.last_mut()
    {
        text.truncate(text.trim_end_matches(' ').len());
    }
    let mut out = Vec::new();
    for group in runs.chunk_by(|a, b| a.link == b.link) {
        let words = styled(group, false, false);
        let target = group.first().and_then(|run| run.link);
        match target.and_then(|at| links.get(at)) {
            Some(target) if !target.is_empty() && target.chars().count() <= MAX_TARGET => {
                out.push(Inline::Link {
                    target: target.clone(),
                    text: words,
                });
            }
            _ => out.extend(words),
        }
    }
    out
}

fn is_blank(run: &Run) -> bool {
    match &run.leaf {
        Leaf::Text(text) => text.trim_matches(' ').is_empty(),
        Leaf::Break => true,
        Leaf::Note(_) => false,
    }
}

/// Strong and emphasis around words, the one that goes on longer outside: a strong word in
/// an emphasised sentence leaves the sentence in one piece. `strong` and `emphasis` are
/// true where they are around these runs already.
fn styled(mut runs: &[Run], strong: bool, emphasis: bool) -> Vec<Inline> {
    let mut out = Vec::new();
    while !runs.is_empty() {
        let leading = |on: &dyn Fn(&Run) -> bool| runs.iter().take_while(|run| on(run)).count();
        let strong_len = leading(&|run| !strong && run.strong);
        let emphasis_len = leading(&|run| !emphasis && run.emphasis);
        let plain = |run: &Run| (strong || !run.strong) && (emphasis || !run.emphasis);
        let len = strong_len.max(emphasis_len).max(leading(&plain)).max(1);
        let (group, rest) = runs.split_at(len.min(runs.len()));
        if strong_len == 0 && emphasis_len == 0 {
            out.extend(leaves(group));
        } else if strong_len >= emphasis_len {
            out.push(Inline::Strong(styled(group, true, emphasis)));
        } else {
            out.push(Inline::Emphasis(styled(group, strong, true)));
        }
        runs = rest;
    }
    out
}

fn leaves(runs: &[Run]) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    for run in runs {
        match (&run.leaf, out.last_mut()) {
            (Leaf::Text(text), Some(Inline::Text(before))) if !run.code => before.push_str(text),
            (Leaf::Text(text), Some(Inline::Code(before))) if run.code => before.push_str(text),
            (Leaf::Text(text), _) if run.code => out.push(Inline::Code(text.clone())),
            (Leaf::Text(text), _) => out.push(Inline::Text(text.clone())),
            (Leaf::Break, _) => out.push(Inline::Break),
            (Leaf::Note(label), _) => out.push(Inline::FootnoteRef(*label)),
        }
    }
    out
}

/// Every run of white space becomes one space; none at the beginning after a space.
pub(super) fn collapse(words: &str, mut space: bool) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        // U+00A0 is meant: it keeps a number and its unit on one line.
        if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
            if !space {
                out.push(' ');
            }
            space = true;
        } else {
            out.push(c);
            space = false;
        }
    }
    out
}
