//! The files that pages refer to: style sheets, script, icon. Old browsers request none of them, or ignore them.

use axum::{
    body::Body,
    http::{HeaderValue, Response, header},
};

/// A file that is part of the program.
pub(super) struct Asset {
    content_type: &'static str,
    text: &'static str,
}

/// The style sheet that every page links. Browsers with partial support for style sheets do not follow the import, so they never load the
/// real one.
pub(super) const STYLE: Asset = Asset { content_type: CSS, text: "@import url(\"modern.css\") all;\n" };

/// The style sheet.
pub(super) const MODERN: Asset = Asset { content_type: CSS, text: include_str!("asset/modern.css") };

/// The script that checks keys while they are typed.
pub(super) const SCRIPT: Asset =
    Asset { content_type: "text/javascript; charset=utf-8", text: include_str!("asset/script.js") };

/// The icon of the site.
pub(super) const ICON: Asset = Asset { content_type: "image/svg+xml", text: include_str!("asset/icon.svg") };

const CSS: &str = "text/css; charset=utf-8";

impl Asset {
    /// The response with the file. It is the same for everybody, so browsers may cache it.
    pub(super) fn response(&self) -> Response<Body> {
        let mut response = Response::new(Body::from(self.text));
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("max-age=600"));
        response
    }
}
