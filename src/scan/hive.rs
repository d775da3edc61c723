//! Registry files: the numbers of installed products in them, each for the product that its key names.

use super::{
    batch::{ChunkResult, ResultBatch},
    collect::{
        collector::{Collector, Pools},
        findings::ReadFault,
    },
    context::ScanContext,
    request::Request,
};
use crate::{
    model::situation::{Purpose, Situation},
    registry::{self, Installed, MARK_LENGTH, MAX_LENGTH, NumberKind},
    source::{Discovery, Fault, InputFile, encoding::Encoding},
};
use std::{io::Read, ops::ControlFlow, sync::Arc};

/// The kind of input as which a registry file is reported.
const KIND: &str = "registry";

/// Returns `true` if a file is a registry file, compressed by gzip or not, and the user does not say that it is something else.
pub(super) fn is_registry(request: &Request<'_>, file: &InputFile) -> bool {
    if request.kind.is_some() {
        return false;
    }
    let mut head = Vec::new();
    let read = file.view().reader().take(MARK_LENGTH as u64).read_to_end(&mut head);
    // Only a packed file has to be unpacked to be recognised.
    read.is_ok() && registry::is_registry(&head) || file.is_packed() && is_registry_within(file)
}

fn is_registry_within(file: &InputFile) -> bool {
    let mut head = Vec::new();
    let read = |reader: Box<dyn Read + Send>, head| reader.take(MARK_LENGTH as u64).read_to_end(head).is_ok();
    file.reader().is_ok_and(|reader| read(reader, &mut head)) && registry::is_registry(&head)
}

/// Reads a registry file.
pub(super) fn read<'r, 'c>(
    label: &Arc<str>,
    reader: impl Read,
    discovery: Discovery,
    (context, pools): (&'r ScanContext<'c>, &Pools<'r, 'c>),
    parts: &mut ResultBatch<'_>,
) -> ControlFlow<()> {
    let mut bytes = Vec::new();
    let failure = reader.take(MAX_LENGTH as u64).read_to_end(&mut bytes).err().map(Fault::from);
    let read = registry::read(&bytes);
    let mut faults: Vec<_> = failure.into_iter().chain(read.faults).collect();
    if bytes.len() >= MAX_LENGTH {
        let message = format!("only the first {MAX_LENGTH} bytes of a registry file are read");
        faults.push(Fault { rule: "input/truncated", ..Fault::unreadable("", message) });
    }
    let mut collector = Collector::new(context, &pools.counters, label, Encoding::Utf8);
    for number in &read.installed {
        let situation = situation(number, &collector);
        collector.installed(number, &situation);
    }
    let faults = faults.iter().map(|fault| ReadFault::of(fault, fault.severity(discovery)));
    collector.faults(faults);
    let (mut first, mut length) = (true, bytes.len() as u64);
    collector.finish().hand_on(|found| {
        let (first, bytes) = (std::mem::take(&mut first), std::mem::take(&mut length));
        let (label, read_as) = (Arc::clone(label), Some(KIND.to_owned()));
        parts.add(ChunkResult { label, first, binary: false, bytes, read_as, found })
    })
}

/// The situation of a number: the product that its key names, if the catalogue has it.
fn situation<'c>(number: &Installed, collector: &Collector<'_, '_, 'c>) -> Situation<'c> {
    let catalogue = collector.context().catalogue;
    let product = number.names.iter().find_map(|name| catalogue.product(name).ok()).map(|(id, _)| id);
    let purpose = match number.kind {
        NumberKind::ProductId => Purpose::Installed,
        NumberKind::Key => Purpose::Record,
    };
    Situation { product, sku: number.sku, package: None, purpose }
}
