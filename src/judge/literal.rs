//! Values that Microsoft printed: placeholders, misprints, and keys that are taken before any arithmetic.

use super::{Case, Ruling, sentence::finding_of};
use crate::model::{reading::Reading, rule::Value, severity::Severity};

/// The rules that know literal values, in the order in which they are reported.
pub(crate) const RULES: [&str; 3] = ["key/misprint", "key/placeholder", "key/published"];

impl Case<'_, '_> {
    /// Reports every known value that the reading is; says whether this product takes it before any arithmetic.
    pub(super) fn literals(&self, reading: &Reading<'_, '_>, product: Option<&str>, ruling: &mut Ruling<'_>) -> bool {
        let Some(written) = canonical(reading) else {
            return false;
        };
        let mut taken = false;
        for id in RULES {
            let Some(rule) = self.catalogue.rules.get(id) else { continue };
            let concerns = |value: &&Value| {
                value.text.eq_ignore_ascii_case(&written)
                    && match product {
                        // A placeholder that Setup takes is published only for the products that take it.
                        Some(product) => {
                            value.products.is_empty()
                                || value.products.iter().any(|id| id == product)
                                || id == "key/published"
                        }
                        None => true,
                    }
            };
            for value in rule.values.iter().filter(concerns) {
                let for_this = product.is_some_and(|product| value.products.iter().any(|id| id == product));
                let placeholder = ruling.findings.iter().any(|finding| finding.rule == "key/placeholder");
                if id == "key/published" && placeholder && !for_this {
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
        }
        taken
    }
}

/// The characters in the groups of the form, with hyphens between them; `None` where a part was not read.
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
    Some(written)
}
