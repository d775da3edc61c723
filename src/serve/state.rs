//! The state that all handlers share.

use super::remedies::Remedies;
use crate::catalogue::Catalogue;
use axum::extract::FromRef;
use std::sync::Arc;

/// What handlers work with.
#[derive(Clone)]
pub(super) struct AppState {
    /// The rules.
    pub(super) catalogue: &'static Catalogue,
    /// The remedies of the catalogue, ready to be sent.
    pub(super) remedies: Arc<Remedies>,
}

impl FromRef<AppState> for &'static Catalogue {
    fn from_ref(state: &AppState) -> Self {
        state.catalogue
    }
}
