//! Checks where a container stores its blocks, before any of them is read.

use super::block_map::{BlockMap, Location};
use crate::source::{Fault, view::View};

/// The number of blocks whose locations are checked: 256 GB of a VDI, 16 GB of most others. Disks of the 1990s are smaller.
const MAX_BLOCKS: u64 = 1 << 18;

/// The faults of the block locations: one fault for blocks beyond the end of the file, one for tables that cannot be read or that locate
/// two blocks in one place.
///
/// Block contents are not checked, and blocks may still be readable.
pub(super) fn survey(map: &dyn BlockMap, view: &View) -> Vec<Fault> {
    let (mut stored, mut end, mut faults) = (Vec::new(), 0, Vec::new());
    let blocks = map.length().div_ceil(map.block());
    let mut number = 0;
    while number < blocks.min(MAX_BLOCKS) {
        let next = number.saturating_add(1);
        number = match map.locate(number) {
            Ok(Location::Zeros { until }) => until.max(next),
            Ok(Location::Stored(start)) => {
                stored.push(start);
                end =
                    end.max(start.saturating_add(
                        map.block().min(map.length().saturating_sub(number.saturating_mul(map.block()))),
                    ));
                next
            }
            // The last compressed block need not fill its last sector.
            Ok(Location::Packed { start, length, .. }) => {
                end = end.max(start.saturating_add(length.min(1)));
                next
            }
            Err(fault) => {
                faults.push(fault);
                break;
            }
        };
    }
    if end > view.length() {
        let message = format!("expected blocks up to {end:#x}; the file ends at {:#x}", view.length());
        faults.insert(0, Fault::truncated("", message).at(view.length()));
    }
    stored.sort_unstable();
    let length = map.before().saturating_add(map.block());
    let shared =
        stored.iter().zip(stored.iter().skip(1)).find(|(first, second)| second.saturating_sub(**first) < length);
    faults.extend(
        shared.map(|(_, second)| {
            Fault::corrupt("", "two blocks of the disk have the same place in the file").at(*second)
        }),
    );
    faults
}
