//! A virtual disk of VMware: a sparse file, or a text that names the files with its sectors.

mod joined;
mod sparse;

use crate::{
    parse::vmdk::{self, DESCRIPTION, Description, Extent},
    source::{
        Fault,
        beside::{Beside, last_name},
        view::View,
    },
};
use joined::Joined;
use sparse::Sparse;

const SECTOR_BYTES: u64 = 512;

/// The maximum number of files that make up a disk: 512 GB in files of 2 GB. All of them stay open.
const MAX_EXTENTS: usize = 256;

/// Opens the disk of a sparse file.
pub(super) fn open(view: &View, faults: &mut Vec<Fault>) -> Result<View, Fault> {
    let sparse = Sparse::read(view)?;
    if let Some(text) = sparse.description()? {
        let description = read_description(&text)?;
        let sectors: u64 = description.extents.iter().fold(0, |sum, extent| sum.saturating_add(extent.sectors));
        if sectors != sparse.sectors() {
            let message =
                format!("expected the {sectors} sectors that its description names; found {}", sparse.sectors());
            return Err(Fault::corrupt("", message));
        }
    }
    sparse.open(faults)
}

/// Recognises a text that describes a disk by its first bytes.
pub(super) fn is_description(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    head.get(..DESCRIPTION.len()).is_some_and(|head| head.eq_ignore_ascii_case(DESCRIPTION))
}

/// Recognises a file that a description beside it names, by VMware's naming: `disk-flat.vmdk` or `disk-s001.vmdk` beside `disk.vmdk`.
pub(super) fn is_extent(beside: &dyn Beside) -> bool {
    let Some(name) = beside.name() else { return false };
    let described = || {
        let (stem, ending) = name.rsplit_once('.').filter(|(_, ending)| ending.eq_ignore_ascii_case("vmdk"))?;
        let (disk, part) = stem.rsplit_once('-')?;
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let is_part =
            part.eq_ignore_ascii_case("flat") || part.strip_prefix(['s', 'S', 'f', 'F']).is_some_and(is_number);
        let view = is_part.then(|| beside.open(&format!("{disk}.{ending}"))).and_then(Result::ok)??;
        super::description(&view).ok()?
    };
    let text = described().filter(|text| is_description(text.as_bytes()));
    let description = text.and_then(|text| read_description(&text).ok());
    let is_own = |extent: &Extent| extent.name.as_deref().is_some_and(|own| last_name(own).eq_ignore_ascii_case(name));
    description.is_some_and(|description| description.extents.iter().any(is_own))
}

/// Opens the disk that a text describes.
pub(super) fn open_description(view: &View, beside: &dyn Beside, faults: &mut Vec<Fault>) -> Result<View, Fault> {
    let Some(text) = super::description(view)? else {
        let message =
            format!("expected a description of at most {} bytes; found {}", super::MAX_DESCRIPTION, view.length());
        return Err(Fault::unsupported("", message));
    };
    let description = read_description(&text)?;
    if description.extents.len() > MAX_EXTENTS {
        let message = format!("expected a disk of at most {MAX_EXTENTS} files; found {}", description.extents.len());
        return Err(Fault::unsupported("", message));
    }
    let mut joined = Joined::default();
    for extent in &description.extents {
        let length = extent.sectors.saturating_mul(SECTOR_BYTES);
        super::check_length(joined.end().saturating_add(length))?;
        joined.add(length, open_extent(extent, length, beside, faults)?);
    }
    Ok(View::over(joined))
}

fn read_description(text: &str) -> Result<Description, Fault> {
    let description = vmdk::description(text).map_err(|line| {
        Fault::corrupt(
            "",
            format!("expected the length, the kind and the name of a file in line {line} of its description"),
        )
    })?;
    if description.parent.is_some() {
        return Err(Fault::unsupported("", "this virtual disk contains only the differences from another one"));
    }
    if description.extents.is_empty() {
        return Err(Fault::corrupt("", "expected a description that names files; found none"));
    }
    Ok(description)
}

/// The sectors of one file; `None` for zeros that are not stored.
fn open_extent(
    extent: &Extent,
    length: u64,
    beside: &dyn Beside,
    faults: &mut Vec<Fault>,
) -> Result<Option<View>, Fault> {
    let kind = extent.kind.as_str();
    if kind == "ZERO" {
        return Ok(None);
    }
    if !["FLAT", "VMFS", "SPARSE"].contains(&kind) {
        let kind: String = kind.chars().filter(char::is_ascii_alphanumeric).take(20).collect();
        return Err(Fault::unsupported(
            "",
            format!("expected files of the kinds FLAT and SPARSE; found the kind {kind}"),
        ));
    }
    let Some(name) = extent.name.as_deref().map(last_name) else {
        return Err(Fault::corrupt("", "expected the name of a file in its description; found none"));
    };
    let missing = || Fault::unreadable("", format!("expected the file `{name}` beside its description; found none"));
    let view = beside.open(&name)?.ok_or_else(missing)?;
    let sectors = match kind {
        "SPARSE" => Sparse::read(&view)?.open(faults)?,
        _ => view.part(extent.start.saturating_mul(SECTOR_BYTES), length),
    };
    if sectors.length() < length {
        let message = format!("expected {length} bytes in `{name}`; found {}", sectors.length());
        faults.push(Fault::truncated("", message));
    }
    Ok(Some(sectors))
}
