//! A stream of bytes, unpacked as often as gzip has packed it, within the bounds of its input.

use super::{Fault, mark, nesting::Nesting};
use std::io::{self, Cursor, Read};
#[cfg(feature = "archives")]
use std::io::{BufRead, BufReader};

/// Bytes that show whether gzip has packed a stream.
pub(super) const MARK_BYTES: usize = 3;

/// A reader of what `reader` gives, without the packing of gzip, however often it was packed.
///
/// # Errors
/// Its beginning cannot be read, or it is packed more often than is unpacked.
pub(super) fn unpacked(reader: impl Read + Send + 'static, nesting: &Nesting) -> io::Result<Box<dyn Read + Send>> {
    let (mut reader, mut nesting): (Box<dyn Read + Send>, _) = (Box::new(reader), nesting.clone());
    loop {
        let mut head = Vec::new();
        let failure = reader.by_ref().take(MARK_BYTES as u64).read_to_end(&mut head).err();
        if let Some(error) = failure {
            return if head.is_empty() {
                Err(error)
            } else {
                Ok(Box::new(Cursor::new(head).chain(Failing(Some(error)))))
            };
        }
        let is_gzip = mark::is_gzip(&head);
        reader = Box::new(Cursor::new(head).chain(reader));
        if !is_gzip {
            return Ok(reader);
        }
        nesting = nesting.deeper()?;
        reader = gunzipped(reader, &nesting);
    }
}

#[cfg(feature = "archives")]
fn gunzipped(reader: Box<dyn Read + Send>, nesting: &Nesting) -> Box<dyn Read + Send> {
    let decoder = flate2::bufread::GzDecoder::new(Ahead::new(reader));
    Box::new(Gunzip { state: Some(decoder), nesting: nesting.clone() })
}

#[cfg(not(feature = "archives"))]
fn gunzipped(_reader: Box<dyn Read + Send>, _nesting: &Nesting) -> Box<dyn Read + Send> {
    let message = "this build unpacks nothing: the feature `archives` is off";
    Box::new(Failing(Some(Fault::unsupported("", message).into())))
}

/// What gzip has packed, in one file or several after each other.
#[cfg(feature = "archives")]
struct Gunzip<R> {
    /// None at the end, and after a fault.
    state: Option<flate2::bufread::GzDecoder<Ahead<R>>>,
    nesting: Nesting,
}

/// A buffered reader that can look at the next few bytes, even at the end of its buffer.
#[cfg(feature = "archives")]
struct Ahead<R> {
    /// The bytes that were looked at, as far as they have not been read since.
    seen: Cursor<Vec<u8>>,
    rest: BufReader<R>,
}

#[cfg(feature = "archives")]
impl<R: Read> Ahead<R> {
    fn new(reader: R) -> Self {
        Self { seen: Cursor::default(), rest: BufReader::with_capacity(1 << 15, reader) }
    }

    /// The next bytes, enough for every signature; fewer only before the end.
    fn peek(&mut self) -> io::Result<Vec<u8>> {
        let mut next = Vec::new();
        self.by_ref().take(mark::MARK_BYTES as u64).read_to_end(&mut next)?;
        self.seen = Cursor::new(next.clone());
        Ok(next)
    }
}

#[cfg(feature = "archives")]
impl<R: Read> Read for Ahead<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self.seen.read(into)? {
            0 => self.rest.read(into),
            read => Ok(read),
        }
    }
}

#[cfg(feature = "archives")]
impl<R: Read> BufRead for Ahead<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self.seen.fill_buf()? {
            [] => self.rest.fill_buf(),
            seen => Ok(seen),
        }
    }

    fn consume(&mut self, amount: usize) {
        match self.seen.fill_buf() {
            Ok([]) | Err(_) => self.rest.consume(amount),
            Ok(_) => self.seen.consume(amount),
        }
    }
}

#[cfg(feature = "archives")]
impl<R: Read> Gunzip<R> {
    /// Goes on with what follows a file that was read to its end.
    fn next(&mut self) -> io::Result<()> {
        let Some(decoder) = self.state.take() else { return Ok(()) };
        let mut rest = decoder.into_inner();
        let next = rest.peek()?;
        if next.is_empty() {
            return Ok(());
        }
        if mark::is_next_gzip(&next) {
            self.state = Some(flate2::bufread::GzDecoder::new(rest));
            return Ok(());
        }
        if mark::is_archive(&next) {
            return Err(Fault::corrupt("", "an archive follows the end of the gzip file, and was not read").into());
        }
        // Tapes and blocks are filled up with zeros.
        if is_blank(&mut rest)? {
            return Ok(());
        }
        Err(Fault::remark("", "the gzip file ends here; what follows is not part of it, and was not read").into())
    }
}

#[cfg(feature = "archives")]
impl<R: Read> Read for Gunzip<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while !into.is_empty()
            && let Some(decoder) = &mut self.state
        {
            match decoder.read(into) {
                Ok(0) => self.next()?,
                Ok(read) => {
                    self.nesting.unpack(read as u64)?;
                    return Ok(read);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.state = None;
                    return Err(error);
                }
            }
        }
        Ok(0)
    }
}

/// Whether nothing but zeros follows; no more than a tape's block of them.
#[cfg(feature = "archives")]
fn is_blank(rest: &mut impl BufRead) -> io::Result<bool> {
    const MAX_PADDING: u64 = 1 << 20;
    let mut bytes = Vec::new();
    rest.take(MAX_PADDING).read_to_end(&mut bytes)?;
    Ok(bytes.iter().all(|byte| *byte == 0) && rest.fill_buf()?.is_empty())
}

/// Fails once, where the reading of the beginning has failed.
pub(super) struct Failing(pub(super) Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _into: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

#[cfg(all(test, feature = "archives"))]
mod tests {
    use super::*;
    use crate::{model::severity::Severity, source::CodePage};
    use std::io::Write;

    /// Gives a byte at a time.
    struct Slow(Cursor<Vec<u8>>);

    impl Read for Slow {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let length = into.len().min(1);
            self.0.read(&mut into[..length])
        }
    }

    /// Caches and downloads leave bytes after a gzip file, which can begin as another file would.
    #[test]
    fn other_bytes_after_the_end_are_no_damage() {
        let read = |after: &[u8]| {
            let packed = [gzip(b"one"), after.to_vec()].concat();
            let mut bytes = Vec::new();
            let mut reader =
                unpacked(Slow(Cursor::new(packed)), &Nesting::new(CodePage::default(), 0)).expect("a gzip file");
            let fault = reader.read_to_end(&mut bytes).map_err(Fault::from).err();
            (bytes, fault.map(|fault| (fault.rule, fault.severity_within())))
        };
        let one = b"one".to_vec();
        assert_eq!(read(b""), (one.clone(), None));
        assert_eq!(read(&[0; 512]), (one.clone(), None));
        assert_eq!(read(&gzip(b" two")), (b"one two".to_vec(), None));
        for after in [&b"\x1F"[..], b"\x1F\x1F", b"\x1F\x8B\x01rest", b"other", b"\0\0\x01"] {
            assert_eq!(read(after), (one.clone(), Some(("input/corrupt-image", Severity::Note))), "{after:?}");
        }
        for after in [&b"\x1F\x8B"[..], b"\x1F\x8B\x08", b"\x1F\x8B\x08\0\0"] {
            assert_eq!(read(after), (one.clone(), Some(("input/truncated", Severity::Error))), "{after:?}");
        }
        assert_eq!(read(b"PK\x03\x04"), (one, Some(("input/corrupt-image", Severity::Error))));
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).expect("memory can be written");
        encoder.finish().expect("memory can be written")
    }

    /// All that an input unpacks to is counted, in whatever reader it is unpacked.
    #[test]
    fn a_stream_unpacks_to_no_more_than_its_input_may() {
        let read = |nesting: &Nesting| {
            let mut bytes = Vec::new();
            let reader = unpacked(Cursor::new(gzip(&gzip(&[b'x'; 100_000]))), nesting);
            reader.and_then(|mut reader| reader.read_to_end(&mut bytes)).map_err(|error| Fault::from(error).to_string())
        };
        assert_eq!(read(&Nesting::new(CodePage::default(), 0)), Ok(100_000));
        let nesting = Nesting::new(CodePage::default(), 0);
        nesting.unpack((8 << 30) - 50_000).expect("it is less than 8 GiB");
        let message = "this input unpacks to more than 8589934592 bytes; the rest was not read";
        assert_eq!(read(&nesting), Err(message.to_owned()));
        // Of what comes through a pipe each byte may unpack to as many as of a file.
        let nesting = Nesting::new(CodePage::default(), 0);
        nesting.unpack((8 << 30) - 50_000).expect("it is less than 8 GiB");
        nesting.arrive(1000);
        assert_eq!(read(&nesting), Ok(100_000));
    }
}
