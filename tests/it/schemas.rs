//! The JSON Schemas and the description of the API in the repository are those that the types make.
//!
//! `UPDATE_SCHEMAS=1 cargo test --features schema schemas` writes them anew.

#[cfg(feature = "cli")]
use jewelcase::internals::config;
#[cfg(feature = "serve")]
use jewelcase::internals::serve::openapi;
use jewelcase::internals::{catalogue::Family, wire};
use std::fs;

#[test]
fn what_the_repository_has_is_what_the_types_make() {
    let mut files: Vec<_> = Family::ALL
        .iter()
        .map(|family| (format!("keyrules/schema/{}.json", family.id()), family.generated_schema()))
        .collect();
    files.push(("keyrules/schema/report.json".to_owned(), wire::schema::generated()));
    #[cfg(feature = "cli")]
    files.push(("keyrules/schema/config.json".to_owned(), config::schema::generated()));
    #[cfg(feature = "serve")]
    files.push(("docs/openapi.json".to_owned(), openapi::generated::text()));
    for (path, generated) in files {
        if std::env::var_os("UPDATE_SCHEMAS").is_some() {
            fs::write(&path, &generated).expect("the file can be written");
        }
        let stored = fs::read_to_string(&path).expect("the file is in the repository");
        assert!(stored == generated, "{path} is of older types; UPDATE_SCHEMAS=1 writes it anew");
    }
}
