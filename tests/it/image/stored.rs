//! The images that public tools have made, which the repository keeps packed in `tests/data/images`.

use flate2::read::DeflateDecoder;
use std::{fs, io::Read, path::Path};

/// An image by its name.
pub fn stored(name: &str) -> Vec<u8> {
    let path = Path::new("tests/data/images").join(format!("{name}.gz"));
    let mut image = Vec::new();
    let packed = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    // A head without a name has ten bytes. The checksum at the end would take most of the time of a test that is not optimised.
    DeflateDecoder::new(&packed[10..]).read_to_end(&mut image).expect("it is packed");
    image
}
