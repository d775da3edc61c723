//! The sales channels (stock-keeping units) that a product was sold through.

use serde::{Deserialize, Serialize};

/// A channel, which may decide what key Setup asks for and which remedy applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
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

    /// The id used on the command line, in rule files and in reports.
    pub fn id(self) -> &'static str {
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

    /// The channel as people write it in a sentence.
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
