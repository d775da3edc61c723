//! Turns every TOML file under `keyrules/` into compact JSON and embeds it, so that the program starts without parsing
//! TOML and reads only the entries that it is asked about. Meaning is checked by `rules check`; here only syntax can fail.

use std::{env, error::Error, fs, path::Path, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=keyrules");
    let mut folders = "static FOLDERS: &[(&str, &[(&str, &str)])] = &[\n".to_owned();
    for folder in sorted(Path::new("keyrules"))?.into_iter().filter(|path| path.is_dir()) {
        folders += &format!("    ({:?}, &[\n", name(folder.file_name())?);
        for (id, json) in entries(&folder)? {
            folders += &format!("        ({id:?}, {json:?}),\n");
        }
        folders += "    ]),\n";
    }
    folders += "];\n";
    let terms: toml::Table = toml::from_str(&fs::read_to_string("keyrules/terms.toml")?)?;
    folders += &format!("pub(super) static TERMS: &str = {:?};\n", serde_json::to_string(&terms)?);
    fs::write(Path::new(&env::var("OUT_DIR")?).join("embedded.rs"), folders)?;
    Ok(())
}

/// The entries of one folder, sorted by id.
fn entries(folder: &Path) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let mut entries = Vec::new();
    for path in sorted(folder)? {
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let source = fs::read_to_string(&path)?;
        let table: toml::Table = toml::from_str(&source).map_err(|error| format!("{}: {error}", path.display()))?;
        entries.push((name(path.file_stem())?, serde_json::to_string(&table)?));
    }
    // Names with their endings sort otherwise than those without.
    entries.sort();
    Ok(entries)
}

fn name(name: Option<&std::ffi::OsStr>) -> Result<String, Box<dyn Error>> {
    Ok(name.and_then(|name| name.to_str()).ok_or("a file name that is not Unicode")?.to_owned())
}

fn sorted(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, std::io::Error>>()?;
    paths.sort();
    Ok(paths)
}
