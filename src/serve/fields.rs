//! The fields of a form: from the body of a POST, or the query of a GET.

use super::problem::{Audience, Problem};
use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Request},
    http::{Method, Response, StatusCode, header},
};
use percent_encoding::percent_decode_str;

/// Fields in the order in which they were sent.
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads `name=value&name=value`.
    pub(super) fn read(text: &str) -> Self {
        let pairs = text.split('&').filter(|pair| !pair.is_empty());
        Self(
            pairs
                .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
                .map(|(name, value)| (decoded(name), decoded(value)))
                .collect(),
        )
    }

    /// Returns `true` if a field of this name was sent, even empty. Without it, a form is only shown.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(other, _)| other == name)
    }

    /// The first value of this name; empty if none was sent.
    pub(super) fn get(&self, name: &str) -> &str {
        self.chosen(name).unwrap_or_default()
    }

    /// The first value of this name, if it is not empty: a choice from a list, or a tick.
    pub(super) fn chosen(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(other, _)| other == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Response<Body>;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        if request.method() != Method::POST {
            return Ok(Self::read(request.uri().query().unwrap_or_default()));
        }
        let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        if !content_type.is_some_and(|found| is(found, "application/x-www-form-urlencoded")) {
            let detail = "expected the fields of a form";
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail).response(Audience::Person));
        }
        let body = Bytes::from_request(request, state)
            .await
            .map_err(|error| Problem::of_body(&error).response(Audience::Person))?;
        Ok(Self::read(&String::from_utf8_lossy(&body)))
    }
}

/// Returns `true` if a content type, which may have parameters, is this one.
pub(super) fn is(found: &str, expected: &str) -> bool {
    found.split(';').next().is_some_and(|found| found.trim().eq_ignore_ascii_case(expected))
}

/// A name or value as typed. Browsers that do not know `accept-charset` send Windows-1252.
fn decoded(text: &str) -> String {
    let spaced = text.replace('+', " ");
    let bytes: Vec<u8> = percent_decode_str(&spaced).collect();
    String::from_utf8(bytes).unwrap_or_else(|error| error.as_bytes().iter().map(|byte| windows_1252(*byte)).collect())
}

/// A character of Windows-1252, as far as keys need it: its quotes and dashes; the characters above them are Latin-1.
fn windows_1252(byte: u8) -> char {
    match byte {
        0x91 => '\u{2018}',
        0x92 => '\u{2019}',
        0x93 => '\u{201C}',
        0x94 => '\u{201D}',
        0x96 => '\u{2013}',
        0x97 => '\u{2014}',
        0x80..=0x9F => char::REPLACEMENT_CHARACTER,
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::Fields;

    #[test]
    fn fields_are_decoded_from_either_alphabet() {
        let fields =
            Fields::read("key=932%2D9619111&a=x+y%2Bz&old=%93932%969619111%94&new=932%E2%80%939619111&=&&flag");
        assert_eq!(fields.get("key"), "932-9619111");
        assert_eq!(fields.get("a"), "x y+z");
        assert_eq!(fields.get("old"), "\u{201C}932\u{2013}9619111\u{201D}");
        assert_eq!(fields.get("new"), "932\u{2013}9619111");
        assert_eq!(fields.chosen("flag"), None);
        assert_eq!(fields.chosen("none"), None);
    }

    #[test]
    fn broken_escapes_are_kept_as_they_are() {
        assert_eq!(Fields::read("key=%&b=%zz&c=%4").get("key"), "%");
        assert_eq!(Fields::read("key=%00%ff").get("key"), "\0\u{FF}");
    }
}
