//! Values that Microsoft printed: placeholders, misprints, and keys that are accepted before any arithmetic.

use super::{Case, Ruling, message::finding_of};
use crate::model::{reading::Reading, severity::Severity};

pub(crate) use crate::catalogue::KNOWN_VALUE_RULES as RULES;

impl Case<'_, '_> {
    /// Reports every known value that equals the reading. Returns `true` if this product accepts it before any arithmetic.
    pub(super) fn known_values(
        &self,
        reading: &Reading<'_, '_>,
        product: Option<&str>,
        ruling: &mut Ruling<'_>,
    ) -> bool {
        let Some(written) = canonical(reading) else {
            return false;
        };
        let mut taken = false;
        for (id, rule, value) in self.catalogue.known_values(&written) {
            // A placeholder that Setup accepts counts as published only for the products that accept it.
            let named = product.map(|product| value.products.iter().any(|id| id == product));
            let concerns = value.products.is_empty() || named != Some(false) || id == "key/published";
            let for_this = named == Some(true);
            let placeholder = ruling.findings.iter().any(|finding| finding.rule == "key/placeholder");
            if !concerns || id == "key/published" && placeholder && !for_this {
                continue;
            }
            taken |= id == "key/published" && for_this;
            let mut finding = finding_of(id, rule, &[("article", &value.article), ("place", &value.place)]);
            if id == "key/misprint" && !for_this {
                finding.severity = Severity::Note;
            }
            finding.source = Some(value.article.clone());
            finding.span = Some(self.written.body());
            ruling.findings.push(finding);
        }
        taken
    }
}

/// The characters in the groups of the form, in capitals and with hyphens between them; `None` if a part was not read.
fn canonical(reading: &Reading<'_, '_>) -> Option<String> {
    let mut parts = reading.parts.iter();
    let mut written = String::with_capacity(32);
    for (index, group) in reading.form.groups.iter().enumerate() {
        if index > 0 {
            written.push('-');
        }
        for _ in &group.parts {
            written.push_str(&parts.next()?.text);
        }
    }
    written.make_ascii_uppercase();
    Some(written)
}
