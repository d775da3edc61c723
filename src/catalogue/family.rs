//! The families of entries: the one table that everything else reads.
//!
//! A family is a row here and a type in the model. The output of its entries is a function in the report and in the pages, which the
//! compiler asks for.

/// Passes the rows to another macro: those of this file, of the tables, and of the operations on tables.
macro_rules! families {
    ($use_rows:ident) => {
        $use_rows! {
            /// Products, such as `outlook-97`.
            Product {
                id: "product",
                entry: crate::model::product::Product,
                table: products,
                folders: &[Folder::of("products")],
                heading: "Products",
                about: "What each Setup asks for, per channel and package.",
                examples: |product| &product.examples,
                lint: lint::product,
            }
            /// Packages, such as `backoffice-server-4.0`.
            Package {
                id: "package",
                entry: crate::model::package::Package,
                table: packages,
                folders: &[Folder::of("packages")],
                heading: "Packages",
                about: "The boxes, kits and sets that products came in.",
                examples: |package| &package.examples,
                lint: lint::package,
            }
            /// Forms, such as `cd-key-10`.
            Form {
                id: "form",
                entry: crate::model::form::Form,
                table: forms,
                folders: &[Folder::of("forms")],
                heading: "Forms",
                about: "What keys, Product IDs and serials look like, and their arithmetic.",
                examples: |form| &form.examples,
                lint: lint::form,
            }
            /// Rules, such as `key/digit-sum`.
            Rule {
                id: "rule",
                entry: crate::model::rule::Rule,
                table: rules,
                folders: &[
                    Folder::prefixed("addpack", "addpack/"),
                    Folder::prefixed("answer", "answer/"),
                    Folder::prefixed("config", "config/"),
                    Folder::prefixed("input", "input/"),
                    Folder::prefixed("key", "key/"),
                    Folder::prefixed("media", "media/"),
                    Folder::prefixed("postoffice", "postoffice/"),
                    Folder::prefixed("serial", "serial/"),
                ],
                heading: "Rules",
                about: "What can be found in a key, a serial or a plan, and what it means.",
                examples: |rule| &rule.examples,
                lint: lint::rule,
            }
            /// Articles, such as `Q180399`.
            Article {
                id: "article",
                entry: crate::model::article::Article,
                table: articles,
                folders: &[Folder::of("articles")],
                heading: "Articles",
                about: "What Microsoft's Knowledge Base says, retold: what is seen, why, and what to do.",
                examples: |article| &article.examples,
                lint: lint::article,
            }
            /// Answer files and command lines, such as `exchange-5.5-ini`.
            AnswerSource {
                id: "carrier",
                entry: crate::model::answer_source::AnswerSource,
                table: answer_sources,
                folders: &[Folder::of("carriers")],
                heading: "Answer files",
                about: "The answer files and command lines that give Setup a key, and what can be wrong with them.",
                examples: |source| &source.examples,
                lint: lint::answer_source,
            }
            /// Postoffices as some Setup leaves them, such as `fresh-3.5`.
            ReferencePostoffice {
                id: "baseline",
                entry: crate::model::reference_postoffice::ReferencePostoffice,
                table: reference_postoffices,
                folders: &[Folder::of("baselines")],
                heading: "Postoffices",
                about: "What Setup leaves on the disk of a Mail postoffice: directories, files and their sizes.",
                examples: |reference| &reference.examples,
                lint: lint::reference_postoffice,
            }
            /// Servers and the add packs that they accept, such as `small-business-server-4.0`.
            Server {
                id: "server",
                entry: crate::model::server::Server,
                table: servers,
                folders: &[Folder::of("servers")],
                heading: "Servers",
                about: "The servers that count client licences, and the add packs that they accept.",
                examples: |server| &server.examples,
                lint: lint::server,
            }
            /// Install discs and the markers by which they are known, such as `windows-nt-4.0-workstation`.
            Disc {
                id: "media",
                entry: crate::model::disc::Disc,
                table: discs,
                folders: &[Folder::of("discs")],
                heading: "Discs",
                about: "The install discs that are known, and the files, sizes and labels by which they are known.",
                examples: |disc| &disc.examples,
                lint: lint::disc,
            }
            /// The words of the trade of a language, such as `german`.
            Language {
                id: "language",
                entry: crate::model::language::Language,
                table: languages,
                folders: &[Folder::of("words")],
                heading: "Words",
                about: "The words that announce a key, or say what else a number is, per language.",
                // Pieces of text, which are not keys, have a type of their own.
                examples: |_| &[],
                lint: lint::language,
            }
            /// Proven locations of the serial in `MASTER.GLB`.
            SerialLocation {
                id: "locator",
                entry: crate::model::serial_location::SerialLocation,
                table: serial_locations,
                folders: &[Folder::of("locators")],
                heading: "Places of the serial",
                about: "Where MASTER.GLB of a Mail postoffice keeps its serial, as files with known serials prove.",
                // The bytes that it has read are its proof.
                examples: |_| &[],
                lint: lint::serial_location,
            }
        }
    };
}

pub(super) use families;

/// Generates the untyped description of each family from the rows.
macro_rules! family {
    ($($(#[doc = $doc:literal])+ $family:ident {
        id: $id:literal, entry: $entry:ty, table: $table:ident, folders: $folders:expr, heading: $heading:literal, about: $about:literal,
        examples: $examples:expr, lint: $lint:expr,
    })+) => {
        /// A family of entries, which share a type and have folders of their own.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Family {
            $($(#[doc = $doc])+ $family,)+
        }

        impl Family {
            /// Every family, in the order in which they are listed.
            pub const ALL: &[Self] = &[$(Self::$family),+];

            fn row(self) -> &'static Row {
                match self {
                    $(Self::$family => {
                        const ROW: Row = Row {
                            id: $id,
                            folders: $folders,
                            heading: $heading,
                            about: $about,
                            schema: include_str!(concat!("../../keyrules/schema/", $id, ".json")),
                        };
                        &ROW
                    })+
                }
            }
        }
    };
}

families!(family);

/// The description of a family, independent of its type.
struct Row {
    id: &'static str,
    folders: &'static [Folder],
    heading: &'static str,
    about: &'static str,
    schema: &'static str,
}

/// A folder of rule files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Folder {
    /// Its name below `keyrules/`.
    pub name: &'static str,
    /// The beginning of the ids of its files.
    pub prefix: &'static str,
}

impl Folder {
    const fn of(name: &'static str) -> Self {
        Self { name, prefix: "" }
    }

    const fn prefixed(name: &'static str, prefix: &'static str) -> Self {
        Self { name, prefix }
    }
}

impl Family {
    /// The word used on the command line and in reports.
    pub fn id(self) -> &'static str {
        self.row().id
    }

    /// The family of this id.
    pub fn of(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|family| family.id() == id)
    }

    /// The folders of its files.
    pub fn folders(self) -> &'static [Folder] {
        self.row().folders
    }

    /// The heading of a page about the whole family.
    pub fn heading(self) -> &'static str {
        self.row().heading
    }

    /// A sentence about its entries.
    pub fn about(self) -> &'static str {
        self.row().about
    }

    /// The JSON Schema (draft 2020-12) of its files, as stored in the repository.
    pub fn schema(self) -> &'static str {
        self.row().schema
    }

    /// Every family with each of its folders.
    pub fn all_folders() -> impl Iterator<Item = (Self, Folder)> {
        Self::ALL.iter().flat_map(|&family| family.folders().iter().map(move |&folder| (family, folder)))
    }
}
