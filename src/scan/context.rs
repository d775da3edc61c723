//! The context of a run: everything that does not change during it.

use super::{
    columns::Columns,
    lexicon::FormLengths,
    matcher_cache::MatcherCache,
    product_names::{Mention, ProductNames},
    request::ReportFilter,
};
use crate::{
    answer::{known_names, known_sections},
    catalogue::{Catalogue, Lexicon},
    model::{name::Word, situation::Situation},
};
use once_cell::sync::OnceCell;

/// Everything that does not change during a run.
pub(super) struct ScanContext<'c> {
    pub(super) catalogue: &'c Catalogue,
    pub(super) matchers: MatcherCache<'c>,
    /// The user's options for all keys.
    pub(super) options: Situation<'c>,
    /// The user's options for the keys in one file.
    pub(super) by_path: Option<&'c (dyn Fn(&str) -> Situation<'c> + Sync)>,
    pub(super) filter: ReportFilter,
    pub(super) duplicates: bool,
    /// True if the other columns of a table are wanted.
    pub(super) carry: bool,
    pub(super) columns: Columns,
    pub(super) lengths: FormLengths,
    /// Made for the first text.
    pub(super) names: OnceCell<ProductNames<'c>>,
    /// Made for the first text with a bracket.
    pub(super) answer_files: OnceCell<AnswerFileNames>,
}

/// The names and sections by which answer files are recognised, in lower case.
#[derive(Debug)]
pub(super) struct AnswerFileNames {
    pub(super) sections: Vec<String>,
    pub(super) files: Vec<String>,
}

impl<'c> ScanContext<'c> {
    /// The product that a text names, if it names exactly one.
    pub(super) fn product(&self, text: &str) -> Option<&'c str> {
        self.names().product(text)
    }

    /// The products that a text, split into these words, names, in order.
    pub(super) fn mentions(&self, text: &str, words: &[Word<'_>]) -> Vec<Mention<'c>> {
        self.names().mentions(text, words)
    }

    /// The names and sections by which an answer file within a text is recognised.
    pub(super) fn answer_files(&self) -> &AnswerFileNames {
        self.answer_files.get_or_init(|| AnswerFileNames {
            sections: known_sections(self.catalogue),
            files: known_names(self.catalogue),
        })
    }

    /// The words of all languages.
    pub(super) fn lexicon(&self) -> &'c Lexicon {
        self.catalogue.lexicon()
    }

    fn names(&self) -> &ProductNames<'c> {
        self.names.get_or_init(|| ProductNames::of(self.catalogue))
    }
}
