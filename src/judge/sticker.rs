//! Stickers of OEM copies of which only a part was read.

use super::{Case, Ruling};
use crate::model::within::Within;

impl<'a> Case<'a, '_> {
    /// Returns `true` if the text is the sticker of an OEM copy without its first group: `OEM-NNNNNNN-NNNNN`.
    pub(super) fn lacks_first_group(&self) -> bool {
        let groups = self.written.groups.iter().map(|span| self.written.text.within(span.clone())).collect::<Vec<_>>();
        let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
        match groups.as_slice() {
            [oem, serial, last] => {
                oem.eq_ignore_ascii_case("OEM")
                    && digits(serial)
                    && digits(last)
                    && (serial.len(), last.len()) == (7, 5)
            }
            _ => false,
        }
    }

    /// A sticker without its first group. At a `product` it reaches Setup unchanged.
    pub(super) fn without_first_group(&self, product: Option<&'a str>) -> Ruling<'a> {
        let expected = "the five digits before OEM are missing: they are on the same sticker";
        let fill = [("found", "this is a Windows OEM key without its first group"), ("expected", expected)];
        let mut finding = self.finding("key/wrong-length", &fill);
        finding.span = Some(self.written.body());
        let near = self.catalogue.forms.entry("oem-key").map(|(id, _)| id);
        Ruling { at_prompt: product.is_some(), near, findings: vec![finding], ..Ruling::default() }
    }
}
