//! The place of a mistake in a notation, with a mark under it.

use crate::model::pack::NotationError;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// The text with a mark under the part that was not expected.
pub fn snippet(error: &NotationError) -> String {
    // If the text ends too early, the mark is after it.
    let text = format!("{} ", error.text);
    let span = error.span.start..error.span.end.max(error.span.start.saturating_add(1));
    let label = format!("expected {}", error.expected);
    let snippet =
        Snippet::source(text).line_numbering(false).annotation(AnnotationKind::Primary.span(span).label(label));
    Renderer::styled().render(&[Group::with_level(Level::ERROR).element(snippet)])
}
