//! Turns every TOML file under `keyrules/` into compact JSON and embeds it, so that the program starts without parsing
//! TOML and reads only the entries that it is asked about. Meaning is checked by `rules check`; here only syntax can fail.

use std::{env, error::Error, fs, path::Path};

/// The folders of `keyrules/` and the name of the table that each becomes.
const FAMILIES: &[(&str, &str)] = &[
    ("forms", "FORMS"),
    ("products", "PRODUCTS"),
    ("packages", "PACKAGES"),
    ("articles", "ARTICLES"),
    ("servers", "SERVERS"),
    ("baselines", "BASELINES"),
    ("carriers", "CARRIERS"),
    ("locators", "LOCATORS"),
    ("addpack", "ADDPACK_RULES"),
    ("answer", "ANSWER_RULES"),
    ("config", "CONFIG_RULES"),
    ("input", "INPUT_RULES"),
    ("key", "KEY_RULES"),
    ("postoffice", "POSTOFFICE_RULES"),
    ("serial", "SERIAL_RULES"),
];

fn main() -> Result<(), Box<dyn Error>> {
    // The whole of it: a family need not have a folder, and for one that is missing everything would be built anew every time.
    println!("cargo::rerun-if-changed=keyrules");
    let mut tables = String::new();
    for (folder, table) in FAMILIES.iter().copied() {
        let path = Path::new("keyrules").join(folder);
        tables += &format!("pub(super) static {table}: &[(&str, &str)] = &[\n");
        for (id, json) in entries(&path)? {
            tables += &format!("    ({id:?}, {json:?}),\n");
        }
        tables += "];\n";
    }
    fs::write(Path::new(&env::var("OUT_DIR")?).join("embedded.rs"), tables)?;
    Ok(())
}

/// The entries of one folder, sorted by id.
fn entries(folder: &Path) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let mut entries = Vec::new();
    // A family that has no file yet has no folder.
    if !folder.exists() {
        return Ok(entries);
    }
    for file in fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))? {
        let path = file?.path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let id = path.file_stem().and_then(|stem| stem.to_str()).ok_or("a file name that is not Unicode")?;
        let source = fs::read_to_string(&path)?;
        let table: toml::Table = toml::from_str(&source).map_err(|error| format!("{}: {error}", path.display()))?;
        entries.push((id.to_owned(), serde_json::to_string(&table)?));
    }
    entries.sort();
    Ok(entries)
}
