//! The families of entries: the one table that everything else reads.
//!
//! A family is a row here and a type in the model; what is written of its entries is a function in the report and in the pages, which the
//! compiler asks for.

use super::{
    EntryTable,
    lint::{self, Complaint},
    table::{FamilyEntry, Table},
};
use crate::model::{
    answer_source::AnswerSource, article::Article, example::Example, form::Form, package::Package, product::Product,
    reference_postoffice::ReferencePostoffice, rule::Rule, serial_location::SerialLocation, server::Server,
};

/// Makes of the rows below: the list of families, the tables of a catalogue, and an entry of any family.
macro_rules! families {
    ($($(#[doc = $doc:literal])+ $family:ident {
        id: $id:literal, table: $table:ident, folders: $folders:expr, heading: $heading:literal, about: $about:literal,
        examples: $examples:expr, lint: $lint:expr,
    })+) => {
        /// A family of entries, which have one type and a folder of their own.
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

            /// The JSON Schema as the types make it.
            #[cfg(feature = "schema")]
            pub fn generated_schema(self) -> String {
                match self {
                    $(Self::$family => format!("{:#}\n", schemars::schema_for!($family).as_value()),)+
                }
            }
        }

        /// The entries of a catalogue, by family.
        #[derive(Debug)]
        pub struct Tables {
            $($(#[doc = $doc])+ pub $table: EntryTable<$family>,)+
        }

        impl Tables {
            pub(super) fn empty() -> Self {
                Self { $($table: EntryTable::new($id),)+ }
            }

            /// The table of a family.
            pub(crate) fn table(&self, family: Family) -> &dyn Table {
                match family { $(Family::$family => &self.$table,)+ }
            }

            pub(super) fn table_mut(&mut self, family: Family) -> &mut dyn Table {
                match family { $(Family::$family => &mut self.$table,)+ }
            }
        }

        /// An entry of any family.
        #[derive(Clone, Copy, Debug)]
        pub(crate) enum AnyEntry<'c> {
            $($family(&'c $family),)+
        }

        $(impl FamilyEntry for $family {
            fn title(&self) -> &str {
                &self.title
            }

            fn examples(&self) -> &[Example] {
                let examples: fn(&Self) -> &[Example] = $examples;
                examples(self)
            }

            fn complaints(&self, catalogue: &Tables, id: &str) -> Vec<Complaint> {
                let lint: fn(&Tables, &str, &Self) -> Vec<Complaint> = $lint;
                lint(catalogue, id, self)
            }

            fn any(&self) -> AnyEntry<'_> {
                AnyEntry::$family(self)
            }
        })+
    };
}

families! {
    /// Products, such as `outlook-97`.
    Product {
        id: "product",
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
        table: rules,
        folders: &[
            Folder::prefixed("addpack", "addpack/"),
            Folder::prefixed("answer", "answer/"),
            Folder::prefixed("config", "config/"),
            Folder::prefixed("input", "input/"),
            Folder::prefixed("key", "key/"),
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
        table: answer_sources,
        folders: &[Folder::of("carriers")],
        heading: "Answer files",
        about: "The answer files and command lines that hand a key over to Setup, and what can be wrong with them.",
        examples: |source| &source.examples,
        lint: lint::answer_source,
    }
    /// Postoffices as some Setup leaves them, such as `fresh-3.5`.
    ReferencePostoffice {
        id: "baseline",
        table: reference_postoffices,
        folders: &[Folder::of("baselines")],
        heading: "Postoffices",
        about: "What Setup leaves on the disk of a Mail postoffice: directories, files and their sizes.",
        examples: |reference| &reference.examples,
        lint: lint::reference_postoffice,
    }
    /// Servers and the add packs that they take, such as `small-business-server-4.0`.
    Server {
        id: "server",
        table: servers,
        folders: &[Folder::of("servers")],
        heading: "Servers",
        about: "The servers that count client licences, and the add packs that they take.",
        examples: |server| &server.examples,
        lint: lint::server,
    }
    /// Proven places of the serial in `MASTER.GLB`.
    SerialLocation {
        id: "locator",
        table: serial_locations,
        folders: &[Folder::of("locators")],
        heading: "Places of the serial",
        about: "Where MASTER.GLB of a Mail postoffice keeps its serial, as files with known serials prove.",
        // It proves itself by the bytes that it has read.
        examples: |_| &[],
        lint: lint::serial_location,
    }
}

/// What is known of a family whatever its type.
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

    /// What a page about the whole family is headed with.
    pub fn heading(self) -> &'static str {
        self.row().heading
    }

    /// What its entries say, in a sentence.
    pub fn about(self) -> &'static str {
        self.row().about
    }

    /// The JSON Schema (draft 2020-12) of its files, as the repository has it.
    pub fn schema(self) -> &'static str {
        self.row().schema
    }

    /// Every family with each of its folders.
    pub fn all_folders() -> impl Iterator<Item = (Self, Folder)> {
        Self::ALL.iter().flat_map(|&family| family.folders().iter().map(move |&folder| (family, folder)))
    }
}
