//! Plain lists: a key on each line.

use crate::{
    parse::remark::is_remark,
    scan::{
        collect::collector::{Before, Collector, TextStart},
        row_context::RowContext,
    },
};

/// Reads a plain list, key by key.
pub(in crate::scan) fn read(chunk: &[u8], collector: &mut Collector<'_, '_, '_>) {
    for (line, text) in (0..).zip(chunk.split_inclusive(|byte| *byte == b'\n')) {
        let text = text.strip_suffix(b"\n").unwrap_or(text);
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        let decoded = collector.decode(text).into_owned();
        let key = decoded.trim_start();
        if !key.trim().is_empty() && !is_remark(key.as_bytes()) {
            let blank = decoded.len().saturating_sub(key.len());
            let before = text.get(..blank).unwrap_or_default();
            collector.key(
                key.trim_end(),
                TextStart { line, before: Before::Bytes(before) },
                &RowContext::default(),
                None,
            );
        }
        collector.lines(1);
    }
}
