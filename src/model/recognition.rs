//! A disc as it was recognised: its products, the evidence, and the prompts of its Setup.

use super::{
    disc::Strength,
    finding::{Finding, Unanswered},
    product::Asks,
    sku::Sku,
    source::Basis,
    verdict::Verdict,
};

/// A disc, an image, a folder or a list of files, as it was recognised.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recognition {
    /// The path that was named, and the path inside it.
    pub path: String,
    /// The volume label.
    pub label: Option<String>,
    /// The ids of the discs that it could be.
    pub discs: Vec<String>,
    /// The products that it could be, in order of their ids.
    pub products: Vec<String>,
    /// True if a marker proves them; otherwise sizes and dates suggest them.
    pub proven: bool,
    /// The channel, if it is told.
    pub sku: Option<Sku>,
    /// The edition, if it is told.
    pub edition: Option<String>,
    /// The version, if it is told.
    pub version: Option<String>,
    /// The language, if it is told.
    pub language: Option<String>,
    /// The evidence, strongest first.
    pub evidence: Vec<Evidence>,
    /// The prompts that its Setup can show.
    pub prompts: Vec<PossiblePrompt>,
    /// The findings.
    pub findings: Vec<Finding>,
    /// The questions that could not be answered.
    pub unanswered: Vec<Unanswered>,
}

/// A marker that was found on a disc.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The file or folder, or the label.
    pub path: String,
    /// The conclusion in words.
    pub says: String,
    /// The strength of the marker.
    pub strength: Strength,
    /// False if the file is there and contradicts the marker.
    pub agrees: bool,
    /// The kind of evidence.
    pub basis: Basis,
    /// The article.
    pub article: Option<String>,
    /// The work that is not Microsoft's.
    pub work: Option<String>,
}

/// A prompt that the Setup of a disc can show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PossiblePrompt {
    /// The product.
    pub product: String,
    /// The channel that it belongs to; `None`: every other.
    pub sku: Option<Sku>,
    /// The kind of answer.
    pub asks: Asks,
    /// The forms that it accepts.
    pub forms: Vec<String>,
}

impl Recognition {
    /// The product, if the disc proves a single one.
    pub fn product(&self) -> Option<&str> {
        match self.products.as_slice() {
            [only] if self.proven => Some(only),
            _ => None,
        }
    }

    /// The verdict: whether the product and the prompt are told.
    pub fn verdict(&self) -> Verdict {
        let mut asked: Vec<_> = self.prompts.iter().map(|prompt| (prompt.asks, &prompt.forms)).collect();
        asked.dedup();
        match (self.products.is_empty(), self.product(), asked.as_slice()) {
            (true, _, _) => Verdict::Unrecognized,
            (false, Some(_), [] | [(Asks::Key | Asks::Optional | Asks::Nothing, _)]) => Verdict::WellFormed,
            (false, _, _) => Verdict::Undecided,
        }
    }
}
