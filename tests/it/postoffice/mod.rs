//! Makes postoffices of real bytes: a reference postoffice with any faults, as a folder, an archive or a disk image.

#![allow(dead_code, reason = "every test takes what it needs")]

use jewelcase::Catalogue;
use jewelcase::internals::{
    model::{
        audit::Audit,
        postoffice::Postoffice as Facts,
        specimen::Specimen,
        tree::{Item, number},
    },
    postoffice::{
        specimen::facts,
        survey::{Origin, Survey},
    },
    source::{self, CodePage},
};
use std::{
    collections::BTreeMap,
    fs,
    io::Cursor,
    path::{Path, PathBuf},
};

/// A postoffice as bytes: files, and directories whose paths end with `/`.
#[derive(Clone, Debug)]
pub struct Postoffice {
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Postoffice {
    /// A new full postoffice of Mail 3.5.
    pub fn fresh() -> Self {
        Self::of(&Specimen { base: "fresh-3.5".to_owned(), ..Specimen::default() })
    }

    /// A workgroup postoffice.
    pub fn workgroup() -> Self {
        Self::of(&Specimen { base: "workgroup".to_owned(), ..Specimen::default() })
    }

    /// The bytes of a postoffice that an example describes.
    pub fn of(specimen: &Specimen) -> Self {
        let facts = facts(Catalogue::built_in(), specimen).expect("the baseline is in the catalogue");
        let mut files = BTreeMap::new();
        for (path, item) in facts.tree.iter() {
            match item {
                Item::Directory => files.insert(format!("{path}/"), Vec::new()),
                // No rule asks how long a help file is, and shorter ones make the tests faster.
                Item::File(_) if path.ends_with(".HLP") => files.insert(path.to_owned(), vec![0; 16]),
                Item::File(size) => files.insert(path.to_owned(), vec![0; size as usize]),
            };
        }
        let mut postoffice = Self { files };
        postoffice.fill(&facts);
        postoffice
    }

    /// Writes the published bytes where they belong.
    fn fill(&mut self, facts: &Facts) {
        if let Some(control) = facts.control {
            self.put("GLB/CONTROL.GLB", 0, &control.mailbags.to_le_bytes());
            self.put("GLB/CONTROL.GLB", 4, &control.letters.to_le_bytes());
        }
        if let Some(master) = facts.master {
            self.put("GLB/MASTER.GLB", 0x93, &[master.gateways, master.security]);
        }
        if let Some(counter) = facts.folder_counter {
            self.put("FOLDERS/SERIALNO.IDX", 0, &counter.to_le_bytes());
        }
        for (at, network) in facts.networks.iter().flatten().enumerate() {
            let mut record = vec![u8::from(network.active), network.kind];
            record.extend(padded(&network.name, 11));
            record.extend(padded(&network.definition, 9 + 11));
            record.extend(padded(&network.queue, 9));
            self.put("GLB/NETWORK.GLB", at * 122, &record);
        }
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for external in facts.externals.iter().flatten() {
            let (place, path) =
                (places.entry(&external.definition).or_default(), format!("XTN/{}.XTN", external.definition));
            let mut head = vec![u8::from(external.active)];
            head.extend(padded(&external.name, 11));
            head.extend(padded(&external.queue, 9));
            self.put(&path, *place * 698, &head);
            self.put(&path, *place * 698 + 0x289, &external.indirect.to_le_bytes());
            *place += 1;
        }
        for (mailbag, messages) in facts.headers.iter().flatten() {
            for (at, message) in messages.iter().enumerate() {
                self.put(&format!("MBG/{mailbag}.MBG"), at * 116 + 0x43, format!("{message:08X}\0").as_bytes());
            }
        }
        for (at, address) in facts.addresses.iter().flatten().enumerate() {
            self.put("NME/ADMIN.NME", at * 45, &address.kind);
            self.put("NME/ADMIN.NME", at * 45 + 0x29, &address.mailbag.to_le_bytes());
        }
        for (path, names) in facts.indexed.iter().flatten() {
            for (at, name) in names.iter().enumerate() {
                self.put(path, at * 9, format!("{name}\0").as_bytes());
            }
        }
        for (path, owners) in facts.owners.iter().flatten() {
            self.put(path, 0x0B, &owners.to_le_bytes());
        }
    }

    /// Overwrites bytes of a file that has room for them.
    pub fn put(&mut self, path: &str, offset: usize, bytes: &[u8]) {
        if let Some(place) = self.files.get_mut(path).and_then(|file| file.get_mut(offset..offset + bytes.len())) {
            place.copy_from_slice(bytes);
        }
    }

    /// With a file in the place of what was there.
    pub fn with(mut self, path: &str, content: &[u8]) -> Self {
        self.files.insert(path.to_owned(), content.to_vec());
        self
    }

    /// Without these files, or directories with all that is in them.
    pub fn without(mut self, paths: &[&str]) -> Self {
        let inside =
            |path: &str, lost: &str| path == lost || path.strip_prefix(lost).is_some_and(|rest| rest.starts_with('/'));
        self.files.retain(|path, _| !paths.iter().any(|lost| inside(path.trim_end_matches('/'), lost)));
        self
    }

    /// As a copy that leaves out what is empty.
    pub fn without_empty_directories(mut self) -> Self {
        self.files.retain(|path, _| !path.ends_with('/') && !path.ends_with("POPULATE.MSM"));
        self
    }

    /// With bytes in MASTER.GLB.
    pub fn master(mut self, offset: usize, bytes: &[u8]) -> Self {
        self.put("GLB/MASTER.GLB", offset, bytes);
        self
    }

    /// Paths and contents, below a folder, as the makers of images take them.
    pub fn below(&self, folder: &str) -> Vec<(String, Vec<u8>)> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        self.files.iter().map(|(path, content)| (format!("{prefix}{path}"), content.clone())).collect()
    }

    /// Writes it into a folder of the machine.
    pub fn write(&self, folder: &Path) {
        for (path, content) in &self.files {
            let place = folder.join(path);
            if path.ends_with('/') {
                fs::create_dir_all(&place).expect("the folder can be made");
            } else {
                fs::create_dir_all(place.parent().expect("below the folder")).expect("the folder can be made");
                fs::write(&place, content).expect("the file can be written");
            }
        }
    }
}

/// Borrowed, as the makers of images want it.
pub fn borrowed(files: &[(String, Vec<u8>)]) -> Vec<(&str, &[u8])> {
    files.iter().map(|(path, content)| (path.as_str(), content.as_slice())).collect()
}

fn padded(text: &str, width: usize) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    bytes.resize(width, 0);
    bytes
}

/// An empty folder for one test, below the folder that cargo keeps for tests.
pub fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("the folder can be emptied");
    }
    fs::create_dir_all(&folder).expect("the folder can be made");
    folder
}

/// What is said of every postoffice of an image or archive.
pub fn audited(image: Vec<u8>) -> Vec<Audit> {
    let opened = source::open_reader(Cursor::new(image), CodePage::default()).expect("the image is known");
    let mut survey = Survey::new(Catalogue::built_in());
    for part in &opened.volumes {
        survey.volume(Origin { path: "image", identity: "image" }, part, &|| ());
    }
    survey.finish()
}

/// The rules that were found in a postoffice, without what concerns its serial.
pub fn rules(audit: &Audit) -> Vec<(String, String)> {
    let findings = audit.findings.iter().map(|found| (found.finding.rule.clone(), found.finding.message.clone()));
    let mut rules: Vec<_> = findings.filter(|(rule, _)| !rule.starts_with("serial/")).collect();
    rules.sort();
    rules
}

/// A name of eight hexadecimal digits.
pub fn hexadecimal(name: &str) -> u32 {
    number(name).expect("eight hexadecimal digits")
}
