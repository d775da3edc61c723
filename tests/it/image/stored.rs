//! The images that public tools have made, which the repository keeps packed in `tests/data/images`.

use flate2::read::GzDecoder;
use std::{fs::File, io::Read, path::Path};

/// An image by its name.
pub fn stored(name: &str) -> Vec<u8> {
    let path = Path::new("tests/data/images").join(format!("{name}.gz"));
    let mut image = Vec::new();
    let packed = File::open(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    GzDecoder::new(packed).read_to_end(&mut image).expect("it is packed");
    image
}
