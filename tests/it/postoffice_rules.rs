//! The rules of postoffices on real bytes: every example of every rule, MAILINT's own list, and the false alarms.

use crate::image::{fat12_floppy, fat16_disk, zip};
use crate::postoffice::{Postoffice, audited, borrowed, rules};
use jewelcase::Catalogue;
use jewelcase::internals::{
    model::{example::Example, severity::Severity, verdict::Verdict},
    postoffice::specimen,
};
use std::collections::BTreeSet;

/// Every example of the catalogue that describes a postoffice.
fn examples() -> Vec<(String, &'static Example)> {
    let catalogue = Catalogue::built_in();
    let rules = catalogue.rules.iter().flat_map(|(id, rule)| rule.examples.iter().map(move |example| (id, example)));
    let references = catalogue
        .reference_postoffices
        .iter()
        .flat_map(|(id, entry)| entry.examples.iter().map(move |example| (id, example)));
    let articles =
        catalogue.articles.iter().flat_map(|(id, entry)| entry.examples.iter().map(move |example| (id, example)));
    let all = rules.chain(references).chain(articles).filter(|(_, example)| example.postoffice.is_some());
    all.map(|(id, example)| (format!("{id}: {}", example.why), example)).collect()
}

/// What the described postoffice gives is what its bytes give: the facts are read as they are meant.
#[test]
fn every_example_gives_the_same_from_its_bytes() {
    let catalogue = Catalogue::built_in();
    let mut seen = 0;
    for (name, example) in examples() {
        let specimen = example.postoffice.as_ref().expect("only those that describe one");
        let described = specimen::audit(catalogue, specimen).expect("the baseline is in the catalogue");
        // What cannot be read has no bytes; days are the volume's, and names are in inventories only.
        if !specimen.unread.is_empty() || !specimen.written.is_empty() || specimen.network.is_some() {
            continue;
        }
        let path = specimen.path.clone().unwrap_or_else(|| "MAILDATA".to_owned()).replace("C:/", "");
        let files = Postoffice::of(specimen).below(&path);
        let read = audited(zip(&borrowed(&files)));
        if described.verdict() == Verdict::Rejected && rules(&described)[0].0 == "postoffice/not-found" {
            assert!(read.is_empty(), "{name}");
            continue;
        }
        let [read] = read.as_slice() else { panic!("{name}: {} postoffices", read.len()) };
        let said = |audit| {
            rules(audit).into_iter().map(|(rule, message)| (rule, message.replace("image/", "").replace("C:/", "")))
        };
        assert_eq!(said(read).collect::<Vec<_>>(), said(&described).collect::<Vec<_>>(), "{name}");
        assert_eq!(read.class, described.class, "{name}");
        seen += 1;
    }
    assert!(seen >= 70, "{seen} examples were compared");
}

/// The same postoffice with the same faults, on an archive, a floppy and a hard disk.
#[test]
fn the_kind_of_volume_changes_nothing() {
    let broken = Postoffice::fresh()
        .without(&["HLP/ENGMAI.HLP", "HLP/ADMIN.HLP", "P1", "KEY/INQUEUE.KEY", "GLB/TID.GLB"])
        .with("GLB/ACCESS.GLB", &[0; 587])
        .with("NME/ADMINSHD.NME", &[0; 90]);
    let files = broken.below("MAILDATA");
    let files = borrowed(&files);
    let said = [zip(&files), fat12_floppy(&files), fat16_disk(&files)].map(audited);
    for audits in &said {
        assert_eq!(audits.len(), 1);
        assert_eq!(rules(&audits[0]), rules(&said[0][0]));
    }
    let found: BTreeSet<_> = rules(&said[0][0]).into_iter().map(|(rule, _)| rule).collect();
    let expected =
        ["admin-twin", "directory-missing", "file-missing", "mbg-without-key", "queue-missing", "record-size"];
    assert_eq!(found, expected.map(|rule| format!("postoffice/{rule}")).into());
}

/// What MAILINT reports of a tree, by the description of Q132744: directories, core files, pairs, sizes, twins.
fn mailint(postoffice: &Postoffice) -> BTreeSet<(&'static str, String)> {
    let has = |path: &str| postoffice.files.contains_key(path);
    let is_directory = |path: &str| {
        let prefix = format!("{path}/");
        postoffice.files.keys().any(|other| other.starts_with(&prefix))
    };
    let mut list = BTreeSet::new();
    let buckets = |folder: &str, name: &str| (0..16).map(|n| format!("{folder}/{name}{n:X}")).collect::<Vec<_>>();
    let main = "XTN CAL FOLDERS GLB GRP HLP INF INI KEY LOG USR MBG MEM MMF NME P1 TPL MAI ATT".split(' ');
    let directories: Vec<_> = main.map(str::to_owned).chain(buckets("ATT", "AT")).chain(buckets("MAI", "MA")).collect();
    assert_eq!(directories.len(), 51);
    for path in directories {
        if has(&path) {
            list.insert(("Directory Is a File", path));
        } else if !is_directory(&path) {
            list.insert(("Directory Does Not Exist", path));
        }
    }
    let core =
        "ACCESS ACCESS2 ACCESS3 CONTROL GLOBAL GROUP GRPMEM MASTER NETPO NETWORK PROCESS REQCONF RNETSEM SRVCONF TID";
    let core = core.split(' ').map(|name| format!("GLB/{name}.GLB"));
    let lists = ["NME/ADMIN.NME", "NME/ADMINSHD.NME", "GRP/ADMIN.GRP", "GRP/ADMINSHD.GRP"].map(str::to_owned);
    list.extend(core.chain(lists).filter(|path| !has(path)).map(|path| ("File Does Not Exist", path)));
    for path in postoffice.files.keys() {
        for (folder, twin, message) in
            [("KEY", "MBG", "KEY Exists Without MBG"), ("MBG", "KEY", "MBG Exists Without KEY")]
        {
            let name =
                path.strip_prefix(&format!("{folder}/")).and_then(|name| name.strip_suffix(&format!(".{folder}")));
            if name.is_some_and(|name| !has(&format!("{twin}/{name}.{twin}"))) {
                list.insert((message, path.clone()));
            }
        }
    }
    let sizes = [
        ("GLB/ACCESS.GLB", 0, 586),
        ("GLB/ACCESS2.GLB", 0, 69),
        ("GLB/ACCESS3.GLB", 0, 512),
        ("GLB/GROUP.GLB", 4, 51),
        ("GLB/GRPMEM.GLB", 4, 128),
        ("GLB/NETPO.GLB", 4, 43),
        ("GLB/NETWORK.GLB", 0, 122),
        ("GLB/PROCESS.GLB", 512, 197),
    ];
    let endings = [(".NME", 45), (".GRP", 8), (".MBG", 116), (".USR", 53), (".XTN", 698)];
    let fixed = [("GLB/CONTROL.GLB", 8), ("GLB/MASTER.GLB", 176), ("GLB/TID.GLB", 4), ("GLB/GLOBAL.GLB", 512)];
    for (path, content) in &postoffice.files {
        let size = content.len();
        let record = sizes.iter().find(|(name, ..)| name == path).map(|(_, head, record)| (*head, *record));
        let record =
            record.or_else(|| endings.iter().find(|(end, _)| path.ends_with(end)).map(|(_, record)| (0, *record)));
        let uneven = record.is_some_and(|(head, record)| size < head || (size - head) % record != 0);
        let wrong = fixed.iter().any(|(name, fixed)| name == path && size != *fixed);
        if uneven || wrong || path.ends_with(".KEY") && size != 560 {
            list.insert(("Corrupt File", path.clone()));
        }
    }
    for (list_path, twin) in [("NME/ADMIN.NME", "NME/ADMINSHD.NME"), ("GRP/ADMIN.GRP", "GRP/ADMINSHD.GRP")] {
        let size = |path: &str| postoffice.files.get(path).map(Vec::len);
        if size(twin).is_some() && size(list_path).is_some() && size(list_path) != size(twin) {
            list.insert(("sizes differ", list_path.to_owned()));
        }
    }
    list
}

/// Our findings in MAILINT's words.
fn ours(postoffice: &Postoffice) -> BTreeSet<(&'static str, String)> {
    let files = postoffice.below("");
    let audits = audited(zip(&borrowed(&files)));
    let findings = audits[0].findings.iter().filter_map(|found| {
        let message = match found.finding.rule.as_str() {
            "postoffice/directory-missing" => "Directory Does Not Exist",
            "postoffice/directory-is-file" => "Directory Is a File",
            "postoffice/file-missing" => "File Does Not Exist",
            "postoffice/key-without-mbg" => "KEY Exists Without MBG",
            "postoffice/mbg-without-key" => "MBG Exists Without KEY",
            "postoffice/file-size" | "postoffice/record-size" => "Corrupt File",
            "postoffice/admin-twin" => "sizes differ",
            _ => return None,
        };
        Some((message, found.path.clone().expect("these findings name a file")))
    });
    findings.collect()
}

/// The paths that some rule keeps quiet about.
fn quiet() -> BTreeSet<String> {
    let rules = Catalogue::built_in().rules.iter();
    rules.flat_map(|(_, rule)| &rule.quiet).flat_map(|quiet| quiet.paths.iter().cloned()).collect()
}

#[test]
fn mailints_list_is_reproduced_without_its_false_alarms() {
    let new = Postoffice::fresh();
    let alarms: BTreeSet<_> = mailint(&new).into_iter().map(|(_, path)| path).collect();
    // The four false errors of a new postoffice.
    assert_eq!(
        alarms,
        ["GLB/RNETSEM.GLB", "GLB/SRVCONF.GLB", "GRP/ADMINSHD.GRP", "NME/ADMINSHD.NME"].map(str::to_owned).into()
    );
    assert_eq!(ours(&new), BTreeSet::new());

    // Of directories that may be empty, two: three are a copy that left them out.
    let broken = new
        .without(&["ATT/AT8", "MAI/MA3", "CAL", "INI", "GLB/GLOBAL.GLB", "GLB/TID.GLB", "NME/ADMIN.NME"])
        .without(&["KEY/SYSTEM.KEY", "MBG/INQUEUE3.MBG"])
        .with("ATT/AT8", b"a file")
        .with("GLB/ACCESS2.GLB", &[0; 70])
        .with("GLB/MASTER.GLB", &[0; 100])
        .with("GLB/CONTROL.GLB", &[])
        .with("GLB/NETPO.GLB", &[0; 50])
        .with("KEY/0000002A.KEY", &[0; 559])
        .with("MBG/0000002B.MBG", &[0; 117])
        .with("USR/0000002C.USR", &[0; 54])
        .with("XTN/00000002.XTN", &[0; 3015])
        .with("GRP/ADMINSHD.GRP", &[0; 16])
        .with("NME/GAL.NME", &[0; 44]);
    let missed: Vec<_> = mailint(&broken).difference(&ours(&broken)).cloned().collect();
    let kept_quiet: Vec<_> = missed.iter().filter(|(_, path)| quiet().contains(path)).cloned().collect();
    assert_eq!(missed, kept_quiet, "MAILINT finds these, and no rule says why they are no fault");
    let alarms: BTreeSet<_> = missed.iter().map(|(_, path)| path.as_str()).collect();
    assert_eq!(alarms, ["GLB/RNETSEM.GLB", "GLB/SRVCONF.GLB", "NME/ADMINSHD.NME"].into());
    assert_eq!(ours(&broken).difference(&mailint(&broken)).collect::<Vec<_>>(), Vec::<&(&str, String)>::new());
}

/// Each false alarm of the notes, on a postoffice that shows it.
#[test]
fn known_false_alarms_stay_quiet() {
    let fresh = Postoffice::fresh;
    let old = |postoffice: Postoffice| postoffice.with("GLB/DS_MSG.GLB", &[0; 30_000]);
    let cases: [(&str, Postoffice); 10] = [
        ("a new postoffice lacks RNETSEM, SRVCONF and the twins", fresh()),
        ("a workgroup postoffice whose bytes look like gateways", Postoffice::workgroup().master(0x93, &[0xFF, 1])),
        ("version 2.1 and 3.0 have no INI", old(fresh()).without(&["INI"])),
        (
            "version 2.1 has no CAL, MMF, SYSTEM and address list",
            old(fresh()).without(&["INI", "CAL", "MMF", "KEY/SYSTEM.KEY", "MBG/SYSTEM.MBG", "GLB/REQTRANS.GLB"]),
        ),
        (
            "more mailbags than users",
            fresh()
                .with("KEY/0000000A.KEY", &[0; 560])
                .with("MBG/0000000A.MBG", &[])
                .with("GLB/CONTROL.GLB", &[11, 0, 0, 0, 1, 0, 0, 0]),
        ),
        ("left-overs of the 3.2a Setup", fresh().with("GLB/DELTID.GLB", &[0; 4]).with("GLB/NPTRANS.GLB", &[0; 4])),
        ("REQTRANS after everything was acknowledged", fresh().with("GLB/REQTRANS.GLB", &[0; 49])),
        ("REQTRANS that PODIAG made", fresh().with("GLB/REQTRANS.GLB", &[0; 60])),
        ("the Dir-Sync server", fresh().with("GLB/SRVCONF.GLB", &[0; 2048]).with("GLB/MSTTRANS.GLB", &[0; 40])),
        (
            "the other spelling of its file",
            fresh().with("GLB/SVRCONF.GLB", &[0; 2048]).with("GLB/MSTTRANS.GLB", &[0; 40]),
        ),
    ];
    for (name, postoffice) in cases {
        let files = postoffice.below("PO");
        let audits = audited(zip(&borrowed(&files)));
        assert_eq!(rules(&audits[0]), [], "{name}");
    }
}

/// A connector's postoffice has a hidden record of the Connection gateway's kind (Q201120).
#[test]
fn a_connectors_hidden_record_is_no_half_installed_gateway() {
    let mut connector = Postoffice::fresh().master(0x20, b"22-28798").with("GLB/NETWORK.GLB", &[0; 244]);
    connector.put("GLB/NETWORK.GLB", 0, b"\x01\x00EXCHANGE");
    connector.put("GLB/NETWORK.GLB", 122, b"\x01\x10MSMAIL");
    let files = connector.below("CONNECT/MSMCON/MAILDATA");
    let audits = audited(zip(&borrowed(&files)));
    assert_eq!(audits[0].class.id(), "connector");
    assert_eq!(rules(&audits[0]), []);
}

/// What cannot be a fault by its evidence is never told as one.
#[test]
fn no_check_weighs_more_than_its_evidence() {
    for (_, audit) in examples().iter().map(|(name, example)| {
        let specimen = example.postoffice.as_ref().expect("only those that describe one");
        (name, specimen::audit(Catalogue::built_in(), specimen).expect("the baseline is in the catalogue"))
    }) {
        for found in audit.findings {
            let inferred = found.finding.basis == jewelcase::internals::model::source::Basis::Inferred;
            assert!(!inferred || found.finding.severity < Severity::Error, "{:?}", found.finding);
        }
    }
}

/// A remedy that names files is offered only for findings about them.
#[test]
fn a_remedy_is_offered_for_its_files_alone() {
    let folder = crate::postoffice::scratch("rules-with-files");
    let article = "title = 'A test'\ntext_at_hand = false\napplies_to = ['tests']\nsymptom = 'none'\ncause = 'none'\n\n[[remedies]]\ntitle = 'For lists'\naction = 'look'\nsteps = ['Do nothing.']\napplies_to = ['tests']\nbasis = 'documented'\n[remedies.when]\nrules = ['postoffice/file-missing']\nfiles = ['NME/*.NME']\n\n[[sources]]\narticle = 'Q1'\nbasis = 'documented'\nsays = 'nothing'\n\n[[examples]]\ntext = '32-64537'\nwhy = 'An example is needed.'\n";
    std::fs::create_dir_all(folder.join("articles")).expect("the folder can be made");
    std::fs::write(folder.join("articles/Q1.toml"), article).expect("the file can be written");
    let catalogue = Catalogue::with_folder(&folder).expect("the file is well formed");
    let lacking = |path: &str| {
        let specimen = jewelcase::internals::model::specimen::Specimen {
            base: "fresh-3.5".to_owned(),
            lacks: vec![path.to_owned()],
            ..Default::default()
        };
        let audit = specimen::audit(&catalogue, &specimen).expect("the baseline is in the catalogue");
        audit.findings.iter().any(|found| found.finding.remedies.contains(&"Q1".to_owned()))
    };
    assert!(lacking("NME/ADMIN.NME"));
    assert!(!lacking("GLB/TID.GLB"));
}
