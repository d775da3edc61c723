//! Judged keys as the document `jewelcase/1`, written straight from what was found. The way by [`Entry`], which other reports can
//! change and read back, costs the server several times as much; a test holds both to the same bytes.
//!
//! [`Entry`]: crate::wire::Entry

use crate::{
    model::{
        finding::{Finding, Unanswered},
        form::KeyKind,
        subject::{AtProduct, Candidate, Subject},
    },
    serve::remedies::Remedies,
    wire::{
        SCHEMA,
        mask::{self, Keys},
        summary::Summary,
    },
};
use bytes::{BufMut, BytesMut};

/// Writes the document of these subjects, with the remedies that they name.
pub(super) fn write(buffer: &mut BytesMut, subjects: &[Subject], remedies: &Remedies, keys: Keys) {
    let mut json = Json(buffer);
    json.raw("{\"schema\":").id(SCHEMA);
    json.raw(concat!(
        ",\"tool\":{\"name\":\"",
        env!("CARGO_PKG_NAME"),
        "\",\"version\":\"",
        env!("CARGO_PKG_VERSION"),
        "\"},\"subjects\":"
    ));
    json.list(subjects, |json, subject| json.subject(subject, keys));
    json.raw(",\"remedies\":{");
    let findings = || subjects.iter().flat_map(|subject| &subject.findings);
    let mut ids: Vec<_> = findings().flat_map(|finding| &finding.remedies).map(String::as_str).collect();
    ids.sort_unstable();
    ids.dedup();
    for (index, (id, remedy)) in ids.into_iter().filter_map(|id| Some((id, remedies.get(id)?))).enumerate() {
        json.raw(if index == 0 { "" } else { "," }).text(id).raw(":").raw(remedy.get());
    }
    json.raw("},\"summary\":");
    let mut summary = Summary::default();
    for subject in subjects {
        summary.add(subject.verdict, subject.findings.iter().map(|finding| finding.severity));
    }
    json.summary(&summary);
    json.raw("}");
}

/// JSON that is being written.
struct Json<'b>(&'b mut BytesMut);

impl Json<'_> {
    fn subject(&mut self, subject: &Subject, keys: Keys) {
        let (label, start) = mask::label(subject, keys);
        self.raw("{\"kind\":").raw(match subject.kind {
            KeyKind::Key => "\"key\"",
            KeyKind::Serial => "\"serial\"",
            KeyKind::InstalledId => "\"installed-id\"",
        });
        self.raw(",\"label\":").text(&label);
        self.raw(",\"location\":null,\"form\":").optional(subject.form.as_deref());
        self.raw(",\"product\":").optional(subject.product.as_deref());
        self.raw(",\"sku\":").optional(subject.sku.map(|sku| sku.id()));
        self.raw(",\"from\":").optional(subject.package.as_deref());
        self.raw(",\"verdict\":").id(subject.verdict.id());
        self.raw(",\"findings\":").list(&subject.findings, |json, finding| json.finding(finding, start));
        self.raw(",\"unanswered\":").list(&subject.unanswered, Self::unanswered);
        self.raw(",\"properties\":{\"forms\":").list(&subject.forms, Self::candidate);
        if subject.product.is_none() {
            self.raw(",\"products\":").list(&subject.products, Self::at_product);
        }
        self.raw("}}");
    }

    fn finding(&mut self, finding: &Finding, start: usize) {
        self.raw("{\"rule\":").text(&finding.rule);
        self.raw(",\"severity\":").id(finding.severity.id());
        self.raw(",\"basis\":").id(finding.basis.id());
        self.raw(",\"message\":").text(&finding.message).raw(",\"span\":");
        match &finding.span {
            Some(span) => {
                self.raw("{\"start\":").number(span.start.saturating_sub(start) as u64);
                self.raw(",\"end\":").number(span.end.saturating_sub(start) as u64).raw("}")
            }
            None => self.raw("null"),
        };
        self.raw(",\"remedies\":").texts(&finding.remedies).raw("}");
    }

    fn unanswered(&mut self, unanswered: &Unanswered) {
        self.raw("{\"rule\":").text(&unanswered.rule).raw(",\"reason\":").text(&unanswered.reason).raw("}");
    }

    fn candidate(&mut self, candidate: &Candidate) {
        self.raw("{\"form\":").text(&candidate.form).raw(",\"why\":").text(&candidate.why()).raw("}");
    }

    fn at_product(&mut self, row: &AtProduct) {
        self.raw("{\"product\":").text(&row.product);
        self.raw(",\"sku\":").optional(row.sku.map(|sku| sku.id()));
        self.raw(",\"verdict\":").id(row.verdict.id());
        self.raw(",\"rules\":").texts(&row.rules).raw("}");
    }

    fn summary(&mut self, summary: &Summary) {
        self.raw("{\"subjects\":").number(summary.subjects);
        self.raw(",\"well_formed\":").number(summary.well_formed);
        self.raw(",\"rejected\":").number(summary.rejected);
        self.raw(",\"undecided\":").number(summary.undecided);
        self.raw(",\"unrecognized\":").number(summary.unrecognized);
        self.raw(",\"errors\":").number(summary.errors);
        self.raw(",\"warnings\":").number(summary.warnings);
        self.raw(",\"notes\":").number(summary.notes).raw("}");
    }

    fn list<T>(&mut self, items: &[T], mut write: impl FnMut(&mut Self, &T)) -> &mut Self {
        self.raw("[");
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.raw(",");
            }
            write(self, item);
        }
        self.raw("]")
    }

    fn texts(&mut self, texts: &[String]) -> &mut Self {
        self.list(texts, |json, text| {
            json.text(text);
        })
    }

    fn optional(&mut self, text: Option<&str>) -> &mut Self {
        match text {
            Some(text) => self.text(text),
            None => self.raw("null"),
        }
    }

    fn text(&mut self, text: &str) -> &mut Self {
        let escaped = |byte: u8| byte < b' ' || byte == b'"' || byte == b'\\';
        // All bytes are looked at, so that many are looked at at once.
        if text.bytes().fold(false, |found, byte| found | escaped(byte)) {
            // Nothing fails in memory, and a text is always JSON.
            let _ = serde_json::to_writer((&mut *self.0).writer(), text);
            return self;
        }
        self.raw("\"").raw(text).raw("\"")
    }

    /// An id of our own: a text without anything to escape.
    fn id(&mut self, id: &'static str) -> &mut Self {
        self.raw("\"").raw(id).raw("\"")
    }

    fn number(&mut self, number: u64) -> &mut Self {
        match u8::try_from(number) {
            Ok(digit @ 0..=9) => self.0.put_u8(b'0' + digit),
            Ok(two @ 10..=99) => self.0.put_slice(&[b'0' + two / 10, b'0' + two % 10]),
            Ok(_) | Err(_) => self.0.put_slice(number.to_string().as_bytes()),
        }
        self
    }

    fn raw(&mut self, json: &str) -> &mut Self {
        self.0.put_slice(json.as_bytes());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Catalogue, Situation, judge,
        wire::{self, Document, Entry, Located},
    };

    /// What the server sends, and what every other report of the same keys is made from.
    fn both(texts: &[&str], situation: &Situation<'_>, keys: Keys) -> (String, String) {
        let catalogue = Catalogue::built_in();
        let judged = texts.iter().map(|text| judge(catalogue, text, situation).expect("the product is known"));
        let subjects: Vec<_> = judged.collect();
        let mut buffer = BytesMut::new();
        write(&mut buffer, &subjects, &Remedies::new(catalogue), keys);
        let entries = subjects.into_iter().map(|subject| Entry::new(Located { subject, location: None }, keys));
        let usual = Document::new(entries.collect(), wire::Remedies::Catalogue(catalogue));
        (String::from_utf8(buffer.to_vec()).expect("it is text"), serde_json::to_string(&usual).expect("it is JSON"))
    }

    #[test]
    fn it_is_the_document_of_every_other_report() {
        let texts = [
            "932-9619111",
            " 9323-9619111\t",
            "111-1111111",
            "333 1111111",
            "32-64537",
            "0799-99992",
            "/k \"040-0048126\"",
            "12345-OEM-1111111-11111",
            "11.\0-\u{1b}1\u{e9}\"\\\u{7f}\u{2028}1111",
            "nonsense",
            "<xxx-xxxxxxx>",
            "",
            &"1".repeat(300),
        ];
        let catalogue = Catalogue::built_in();
        let skus = [None, Some(crate::Sku::Nfr)];
        for product in catalogue.products.ids().map(Some).chain([None]) {
            for sku in skus {
                for keys in [Keys::Masked, Keys::Shown] {
                    let (sent, usual) = both(&texts, &Situation { product, sku, ..Situation::default() }, keys);
                    assert_eq!(sent, usual);
                }
            }
        }
        let situation =
            Situation { product: Some("outlook-97"), package: Some("backoffice-server-4.0"), ..Situation::default() };
        let (sent, usual) = both(&["932-9619111"], &situation, Keys::Masked);
        assert!(sent.contains("\"steps\":[") && sent.contains("\"from\":\"backoffice-server-4.0\""), "{sent}");
        assert_eq!(sent, usual);
    }
}
