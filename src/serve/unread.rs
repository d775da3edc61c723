//! Answers that wait to be read: their bytes are counted, all together and for each address, until the last of them is sent.

use super::places::{Permit, Places};
use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};
use std::{
    net::IpAddr,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

/// The bytes of all answers that wait. One address may have three quarters of them.
const MAX_BYTES: u32 = 8 << 20;

/// Answers up to this length are not counted: as many as there are connections take no room worth speaking of.
const MAX_SHORT: u64 = 4 << 10;

/// The places of bytes.
pub(super) struct Unread(Arc<Places>);

impl Unread {
    pub(super) fn new() -> Self {
        Self(Places::of(MAX_BYTES))
    }

    /// A body whose bytes are counted for an address; `None` if too many of that address wait already.
    pub(super) fn count(&self, address: IpAddr, body: Body) -> Option<Body> {
        let length = body.size_hint().exact().unwrap_or(u64::from(MAX_BYTES));
        if length <= MAX_SHORT {
            return Some(body);
        }
        let place = self.0.take_many(address, u32::try_from(length).ok()?)?;
        Some(Body::new(Counted { body, place: Arc::new(place) }))
    }
}

/// A body with the place of its bytes.
struct Counted {
    body: Body,
    place: Arc<Permit>,
}

/// Bytes that free their place when they are sent.
struct HeldBytes {
    bytes: Bytes,
    _place: Arc<Permit>,
}

impl AsRef<[u8]> for HeldBytes {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl HttpBody for Counted {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let place = Arc::clone(&self.place);
        let held = move |bytes| Bytes::from_owner(HeldBytes { bytes, _place: Arc::clone(&place) });
        let frame = Pin::new(&mut self.body).poll_frame(context);
        frame.map(|frame| frame.map(|frame| frame.map(|frame| frame.map_data(held))))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
