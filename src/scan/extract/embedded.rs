//! Answer files within other files: in fenced blocks, here-documents, `echo` lines and the strings of programs.

mod block;
mod find;
mod line;
mod piece;
mod strings;

use super::{
    list_state::ListState,
    text::{self, LineCounter, TextChunk},
};
use crate::{
    answer::{self, Answers},
    model::{situation::Situation, within::Within},
    scan::collect::{
        collector::{Before, Collector, TextStart},
        findings::{AnswerFileExtent, AnswerFileFindings},
    },
};
use find::Pieces;
use piece::Piece;
use std::ops::Range;

/// Finds the keys of a chunk of text, including those of answer files within it. Returns the state that the next chunk may need.
pub(in crate::scan) fn read(chunk: TextChunk<'_>, collector: &mut Collector<'_, '_, '_>) -> ListState {
    let context = collector.context();
    let mut taken = Vec::new();
    let mut reader = Reader { chunk, keys: LineCounter::new(chunk), findings: LineCounter::new(chunk) };
    for (piece, name) in Pieces::new(chunk.bytes, || context.answer_files()) {
        let text = piece.text();
        let answers = answer::read_piece(context.catalogue, &name, &text, &collector.options());
        if answers.answer_source.is_some() {
            reader.report(&piece, &text, answers, &mut taken, collector);
        }
    }
    if taken.is_empty() {
        return text::read(chunk, collector);
    }
    taken.extend_from_slice(chunk.taken);
    taken.sort_by_key(|span| span.start);
    let state = text::read(TextChunk { taken: &taken, ..chunk }, collector);
    collector.in_order();
    state
}

/// Reports what was read, with its places in the chunk.
struct Reader<'t> {
    chunk: TextChunk<'t>,
    keys: LineCounter<'t>,
    findings: LineCounter<'t>,
}

impl Reader<'_> {
    fn report(
        &mut self,
        piece: &Piece,
        text: &str,
        answers: Answers,
        taken: &mut Vec<Range<usize>>,
        collector: &mut Collector<'_, '_, '_>,
    ) {
        let catalogue = collector.context().catalogue;
        for key in &answers.keys {
            let start = piece.host_offset(key.span.start);
            let end = piece.host_offset(key.span.end.saturating_sub(1)).saturating_add(1);
            // Another reader has read it, or the previous chunk has.
            if start < self.chunk.overlap || self.chunk.taken.iter().any(|other| other.start < end && start < other.end)
            {
                continue;
            }
            let situation = Situation {
                product: key.product.as_deref().and_then(|id| catalogue.products.entry(id)).map(|(id, _)| id),
                sku: key.sku,
                package: key.package.as_deref().and_then(|id| catalogue.packages.entry(id)).map(|(id, _)| id),
                purpose: key.purpose,
            };
            let place = self.keys.start_of(start);
            collector.begins_at(self.before(&self.keys, collector));
            collector.key_for(text.within(key.span.clone()), place, &situation);
            collector.begins_at(0);
            taken.push(start..end);
        }
        let mut findings = Vec::new();
        for finding in answers.findings {
            let start = piece.host_offset(finding.span.as_ref().map_or(0, |span| span.start));
            if start < self.chunk.overlap {
                continue;
            }
            let TextStart { line, before } = self.findings.start_of(start);
            let characters = match before {
                Before::Bytes(bytes) => collector.decode(bytes).chars().count() as u64,
                Before::Text(text) => text.chars().count() as u64,
            };
            findings.push((
                finding,
                line.saturating_add(1),
                self.before(&self.findings, collector).saturating_add(characters).saturating_add(1),
            ));
        }
        if let Some((_, line, _)) = findings.first() {
            collector.answers(AnswerFileFindings {
                extent: AnswerFileExtent::Within(line.saturating_sub(1)),
                answer_source: answers.answer_source,
                findings,
                unanswered: answers.unanswered,
            });
        }
    }

    /// The number of characters of the current line that come before the chunk.
    fn before(&self, lines: &LineCounter<'_>, collector: &Collector<'_, '_, '_>) -> u64 {
        match (lines.start, self.chunk.column) {
            (0, 1..) => {
                let overlap = collector.decode(self.chunk.bytes.within(..self.chunk.overlap)).chars().count() as u64;
                self.chunk.column.saturating_sub(overlap)
            }
            _ => 0,
        }
    }
}
