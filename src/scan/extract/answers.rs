//! Answer files and batch files, read by the `answer` module.

use super::{
    Coverage, embedded,
    text::{self, TextChunk},
};
use crate::{
    answer,
    model::{
        answer_source::Syntax,
        situation::Situation,
        within::{Within, span_at},
    },
    scan::collect::{
        collector::{Before, Collector, TextStart},
        findings::{AnswerFileExtent, AnswerFileFindings},
    },
};
use memchr::{memchr_iter, memrchr};
use std::ops::Range;

/// The largest answer file that is read as a whole, in bytes. A longer text is read in chunks of this size: only the first can be an answer
/// file, and all can be commands.
pub(in crate::scan) const LONGEST: usize = 1 << 19;

/// Reads a text in a file of this name, or a chunk of it.
pub(in crate::scan) fn read(chunk: &[u8], name: &str, coverage: Coverage, collector: &mut Collector<'_, '_, '_>) {
    let decoded = collector.decode(chunk);
    let context = collector.context();
    let options = collector.options();
    let answers = match coverage {
        Coverage::Beginning => answer::read_beginning(context.catalogue, name, &decoded, &options),
        Coverage::Whole | Coverage::Later => answer::read(context.catalogue, name, &decoded, None, &options),
    };
    let unknown = answers.answer_source.is_none() && answers.keys.is_empty() && answers.findings.is_empty();
    let answer_source = answers.answer_source.as_deref().and_then(|id| context.catalogue.answer_sources.get(id));
    let commands = answer_source.is_none_or(|answer_source| matches!(answer_source.syntax, Syntax::Command(_)));
    if unknown || coverage == Coverage::Later && !commands {
        // Not a known answer source, or the middle of one, which has no meaning without its beginning: read it as any other text.
        embedded::read(TextChunk::whole(chunk, &[]), collector);
        return;
    }
    let mut lines = Lines { text: decoded.as_bytes(), counted: 0, line: 0 };
    for key in &answers.keys {
        let (line, start) = lines.at(key.span.start);
        let situation = Situation {
            product: key.product.as_deref().and_then(|id| context.catalogue.products.entry(id)).map(|(id, _)| id),
            sku: key.sku,
            package: key.package.as_deref().and_then(|id| context.catalogue.packages.entry(id)).map(|(id, _)| id),
            purpose: key.purpose,
        };
        let before = Before::Text(decoded.within(start..key.span.start));
        collector.key_for(decoded.within(key.span.clone()), TextStart { line, before }, &situation);
    }
    let mut lines = Lines { text: decoded.as_bytes(), counted: 0, line: 0 };
    let findings = answers.findings.into_iter().map(|finding| {
        let at = finding.span.as_ref().map_or(0, |span| span.start);
        let (line, start) = lines.at(at);
        let column = (decoded.within(start..at).chars().count() as u64).saturating_add(1);
        (finding, line.saturating_add(1), column)
    });
    let linted = AnswerFileFindings {
        extent: AnswerFileExtent::File,
        answer_source: answers.answer_source,
        findings: findings.collect(),
        unanswered: answers.unanswered,
    };
    collector.answers(linted);
    // Setup skips comments and entries that it does not know; the search for keys does not.
    let taken: Vec<_> = answers.keys.iter().map(|key| in_chunk(chunk, &decoded, &key.span)).collect();
    match answer_source.map(|answer_source| &answer_source.syntax) {
        Some(Syntax::Ini(_)) => text::read(TextChunk::whole(chunk, &taken), collector),
        Some(Syntax::Command(_)) | None => embedded::read(TextChunk::whole(chunk, &taken), collector),
    };
    collector.in_order();
}

/// A range of a decoded text as a range of the chunk that it was decoded from.
fn in_chunk(chunk: &[u8], decoded: &str, span: &Range<usize>) -> Range<usize> {
    if chunk == decoded.as_bytes() {
        return span.clone();
    }
    // In a code page every byte is one character; in invalid UTF-8 the result is approximate.
    let start = decoded.within(..span.start).chars().count();
    span_at(start, decoded.within(span.clone()).chars().count())
}

/// Counts lines from one offset to the next, so that many offsets cost no more than one pass over the text.
struct Lines<'t> {
    text: &'t [u8],
    counted: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line of an offset, counted from zero, and the offset at which that line begins.
    fn at(&mut self, place: usize) -> (u64, usize) {
        let start = memrchr(b'\n', self.text.within(..place)).map_or(0, |at| at.saturating_add(1));
        if start < self.counted {
            (self.counted, self.line) = (0, 0);
        }
        self.line = self.line.saturating_add(memchr_iter(b'\n', self.text.within(self.counted..start)).count() as u64);
        self.counted = start;
        (self.line, start)
    }
}
