//! The sales channels (stock-keeping units) through which a product was sold.

use super::name::{key, without_maker, words};
use serde::{Deserialize, Deserializer, Serialize};

/// A channel, which may decide which key Setup asks for and which remedy applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Sku {
    /// Bought in a shop.
    Retail,
    /// The full packaged product: a retail box in its later, re-released make-up.
    Fpp,
    /// Not for resale: given to partners and the press.
    Nfr,
    /// Sold with a machine, or by a bank with its service.
    Oem,
    /// The Select volume-licence programme.
    Select,
    /// The Microsoft Developer Network subscription.
    Msdn,
    /// A time-limited or press trial copy.
    Evaluation,
    /// A kit for Certified Partners.
    Partner,
    /// An upgrade edition, plain or competitive.
    Upgrade,
    /// The BackOffice Test Platform.
    TestPlatform,
    /// The Solution Provider programme.
    SolutionProvider,
}

impl Sku {
    /// Every channel, in the order of the contract.
    pub const ALL: [Self; 11] = [
        Self::Retail,
        Self::Fpp,
        Self::Nfr,
        Self::Oem,
        Self::Select,
        Self::Msdn,
        Self::Evaluation,
        Self::Partner,
        Self::Upgrade,
        Self::TestPlatform,
        Self::SolutionProvider,
    ];

    /// The ids, in the same order.
    #[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, which refuses an index outside")]
    const IDS: [&'static str; 11] = {
        let mut ids = [""; 11];
        let mut at = 0;
        while at < ids.len() {
            ids[at] = Self::ALL[at].id();
            at += 1;
        }
        ids
    };

    /// The id used on the command line, in rule files and in reports.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Retail => "retail",
            Self::Fpp => "fpp",
            Self::Nfr => "nfr",
            Self::Oem => "oem",
            Self::Select => "select",
            Self::Msdn => "msdn",
            Self::Evaluation => "evaluation",
            Self::Partner => "partner",
            Self::Upgrade => "upgrade",
            Self::TestPlatform => "test-platform",
            Self::SolutionProvider => "solution-provider",
        }
    }

    /// The channel with an id, a name or an alias, in any case, with or without spaces, hyphens and punctuation.
    ///
    /// ```
    /// use jewelcase::Sku;
    /// assert_eq!(Sku::named("Not for Resale"), Some(Sku::Nfr));
    /// assert_eq!(Sku::named("academic"), None);
    /// ```
    pub fn named(name: &str) -> Option<Self> {
        let normalize = |name: &str| key(without_maker(&words(name)));
        let name = normalize(name);
        let is_named =
            |sku: &Self| [sku.id(), sku.name()].iter().chain(sku.aliases()).any(|own| normalize(own) == name);
        Self::ALL.into_iter().find(is_named)
    }

    /// Other names that people use.
    fn aliases(self) -> &'static [&'static str] {
        match self {
            Self::Retail => &["retail box", "retail version", "retail edition"],
            Self::Fpp => &["full package product", "full packaged products"],
            Self::Nfr => &["not for resale copy", "NFR copy"],
            Self::Oem => &["original equipment manufacturer", "OEM version", "OEM edition", "system builder"],
            Self::Select => &["Select CD", "Select licence", "Select license", "Select agreement"],
            Self::Msdn => &["Developer Network", "MSDN subscription", "MSDN Universal", "MSDN Professional"],
            Self::Evaluation => {
                &["eval", "evaluation copy", "evaluation version", "evaluation edition", "trial", "trial version"]
            }
            Self::Partner => &["partner kit"],
            Self::Upgrade => &["upgrade version", "upgrade edition", "version upgrade", "competitive upgrade"],
            Self::TestPlatform => &["BackOffice Test Platform"],
            Self::SolutionProvider => &["Certified Solution Provider", "MCSP"],
        }
    }

    /// The name of the channel in a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Self::Retail => "retail",
            Self::Fpp => "full packaged product",
            Self::Nfr => "not for resale",
            Self::Oem => "OEM",
            Self::Select => "Select",
            Self::Msdn => "MSDN",
            Self::Evaluation => "evaluation",
            Self::Partner => "Certified Partner",
            Self::Upgrade => "upgrade",
            Self::TestPlatform => "Test Platform",
            Self::SolutionProvider => "Solution Provider",
        }
    }
}

/// Reads a channel by any of its names, in input that a person writes: a configuration, a request.
///
/// # Errors
/// The text does not name a channel; the error lists all ids.
pub(crate) fn by_name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Sku>, D::Error> {
    use serde::de::Error;
    let Some(name) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
    Sku::named(&name).map(Some).ok_or_else(|| D::Error::unknown_variant(&name, &Sku::IDS))
}
