//! Recognises the contents of a file: an archive, a disk with partitions, or a single file system.

mod disk;

use super::{
    CodePage, Discovery, Fault, Opened, Part, Volume,
    beside::{Beside, Nothing},
    container,
    fat::{Fat, Unfit},
    iso::Iso,
    mark::{self, HEAD_BYTES},
    nesting::Nesting,
    refusal::{Mark, Refusal},
    view::{Bytes, View},
};
#[cfg(feature = "archives")]
use super::{archive, fault::Loss, gzip};
use crate::{model::within::copy, parse::partition};
use std::sync::Arc;

/// Opens the contents of a view, or the disk in it if it is a container.
pub(super) fn open(
    view: &View,
    beside: &dyn Beside,
    nesting: &Nesting,
    discovery: Discovery,
) -> Result<Opened, Refusal> {
    let head = head(view)?;
    if view.length() == 0 {
        let message = "expected an archive or an image; found nothing, for the file is empty";
        return Err(Refusal::unknown(Fault::unsupported("", message)));
    }
    if mark::is_gzip(&head) {
        return open_gzip(view, beside, nesting, discovery);
    }
    let mut faults = Vec::new();
    let disk = container::open(view, beside, &mut faults)?;
    let mut opened = match &disk {
        Some(disk) => match open_image(disk, &self::head(disk)?, nesting, discovery) {
            Ok(opened) => opened,
            // The container's fault is probably the cause.
            Err(Refusal { fault, .. }) => Opened { volumes: Vec::new(), faults: vec![fault] },
        },
        None => open_image(view, &head, nesting, discovery)?,
    };
    opened.faults.splice(0..0, faults);
    Ok(opened)
}

/// Returns `true` if a file with this beginning is an archive or an image, even if it cannot be opened.
pub(super) fn begins_with_files(head: Vec<u8>, nesting: &Nesting) -> bool {
    if !mark::may_hold_files(&head) {
        return false;
    }
    let probe = View::over(Beginning(head));
    match open(&probe, &Nothing, nesting, Discovery::Met) {
        Ok(_) => true,
        Err(refusal) => refusal.mark == Mark::Sure,
    }
}

/// The first bytes of something longer.
struct Beginning(Vec<u8>);

impl Bytes for Beginning {
    fn length(&self) -> u64 {
        1 << 40
    }

    fn read(&self, offset: u64, into: &mut [u8]) -> Result<usize, Fault> {
        let there = usize::try_from(offset).ok().and_then(|offset| self.0.get(offset..)).unwrap_or_default();
        if there.is_empty() {
            return Err(Fault::truncated("", "only the beginning is there"));
        }
        Ok(copy(there, into))
    }
}

fn head(view: &View) -> Result<Vec<u8>, Fault> {
    let mut head = vec![0; HEAD_BYTES];
    let read = view.read(0, &mut head, "")?;
    head.truncate(read);
    Ok(head)
}

fn open_image(view: &View, head: &[u8], nesting: &Nesting, discovery: Discovery) -> Result<Opened, Refusal> {
    if mark::is_archive(head) {
        return Ok(open_archive(view, nesting)?);
    }
    let mut opened = Opened { volumes: Vec::new(), faults: Vec::new() };
    match file_system(view, nesting.code_page, "", &mut opened.faults) {
        Ok(volume) => opened.volumes.push(Part::new("", volume, nesting)),
        Err(refusal) => match partition_table(view) {
            Some(table)
                if table.iter().any(|partition| partition.is_used() && disk::start(partition) < view.length()) =>
            {
                disk::open(view, &table, nesting, &mut opened)
            }
            // A copy of a partition table is not a disk.
            Some(_) => {
                let message = "expected the partitions that its table names; the image ends before them";
                return Err(Refusal::weak(Fault::truncated("", message).at(view.absolute(view.length()))));
            }
            // A self-extracting program begins like any program, and ends like an archive.
            None if discovery == Discovery::Named || mark::is_program(head) => {
                return open_archive(view, nesting).map_err(|_| refusal);
            }
            None => return Err(refusal),
        },
    }
    Ok(opened)
}

/// Opens the file system at the beginning of a view; faults have `label` as their path.
///
/// # Errors
/// There is none, or none that is known here.
fn file_system(
    view: &View,
    code_page: CodePage,
    label: &str,
    faults: &mut Vec<Fault>,
) -> Result<Arc<dyn Volume>, Refusal> {
    if let Some(iso) = Iso::open(view, code_page) {
        let iso = iso.map_err(|fault| Fault { path: label.to_owned(), ..fault })?;
        faults.extend(iso.cut(label));
        return Ok(Arc::new(iso));
    }
    let head = head(view).map_err(|fault| Fault { path: label.to_owned(), ..fault })?;
    let expected = "expected a ZIP archive, a FAT or an ISO 9660 image";
    if let Some((offset, what)) = mark::other(&head) {
        let fault = Fault::unsupported(label, format!("{expected}; found {what}"));
        return Err(fault.at(view.absolute(offset as u64)).into());
    }
    let fat = Fat::open(view, &head, code_page).map_err(|unfit| match unfit {
        Unfit::Unmarked => {
            let fault = Fault::unsupported(label, format!("{expected}; found no mark of any"));
            Refusal::unknown(fault.at(view.absolute(0)))
        }
        Unfit::BootSector(what) => Refusal::weak(damaged(view, label, &what)),
        Unfit::Fat(what) => damaged(view, label, &what).into(),
    })?;
    if fat.length() > view.length() {
        let message = format!("expected a file system of {} bytes; found {} of them", fat.length(), view.length());
        let fault = Fault::truncated(label, message).at(view.absolute(view.length()));
        // A copy of a boot sector, as Windows NT keeps it, is not a disk.
        if fat.table_start() >= view.length() {
            return Err(Refusal::weak(fault));
        }
        faults.push(fault);
    }
    Ok(Arc::new(Arc::new(fat)))
}

fn damaged(view: &View, label: &str, what: &str) -> Fault {
    Fault::corrupt(label, format!("boot sector: {what}")).at(view.absolute(0))
}

/// The partition table of a disk with partitions.
fn partition_table(view: &View) -> Option<[partition::Partition; 4]> {
    let mut sector = [0; 512];
    view.fill(0, &mut sector, "").ok()?;
    partition::table(&sector).filter(|table| table.iter().any(partition::Partition::is_used))
}

#[cfg(feature = "archives")]
fn open_gzip(view: &View, beside: &dyn Beside, nesting: &Nesting, discovery: Discovery) -> Result<Opened, Refusal> {
    // Most compressed files are texts, and not worth unpacking here.
    let (head, damage) = gzip::head(view, nesting)?;
    let within = nesting.deeper()?;
    if !begins_with_files(head, &within) {
        let message = "expected an archive or an image; found data packed by gzip, which is neither";
        return Err(Refusal::unknown(damage.unwrap_or_else(|| Fault::unsupported("", message))));
    }
    let (content, fault) = gzip::open(view, nesting)?;
    match (open(&content, beside, &within, discovery), fault) {
        (Ok(opened), fault) => Ok(Opened { faults: fault.into_iter().chain(opened.faults).collect(), ..opened }),
        // The fault of the file is probably the cause.
        (Err(refusal), fault) => {
            let fault = fault.filter(|fault| fault.loss == Loss::Unread);
            Err(Refusal { fault: fault.unwrap_or(refusal.fault), ..refusal })
        }
    }
}

#[cfg(not(feature = "archives"))]
fn open_gzip(_view: &View, _beside: &dyn Beside, _nesting: &Nesting, _discovery: Discovery) -> Result<Opened, Refusal> {
    Err(Fault::unsupported("", "this build unpacks nothing: the feature `archives` is off").into())
}

#[cfg(feature = "archives")]
fn open_archive(view: &View, nesting: &Nesting) -> Result<Opened, Fault> {
    archive::open(view, nesting)
}

#[cfg(not(feature = "archives"))]
fn open_archive(_view: &View, _nesting: &Nesting) -> Result<Opened, Fault> {
    Err(Fault::unsupported("", "this build reads no ZIP archives: the feature `archives` is off"))
}
