//! Answer files and command lines: what is found in them, and exactly where.

use jewelcase::internals::{
    answer::{Answers, MAX_FINDINGS, MAX_KEYS, read, read_beginning, recognise},
    model::answer_source::Syntax,
};
use jewelcase::{Catalogue, Purpose, Situation, Sku};
use proptest::prelude::*;
use std::fmt::Write;

const HYPHEN: &str = "@echo off\r\nrem Office for the lab\r\ncall D:\\setup.exe /q1 /k \"111-1111111\"\r\n";

/// What is said of a text, with every place shown below its line.
fn said(name: &str, text: &str, situation: &Situation<'_>) -> String {
    let answers = read(Catalogue::built_in(), name, text, None, situation);
    let mut said = format!("{name}: {}\n", answers.answer_source.as_deref().unwrap_or("not known"));
    for key in &answers.keys {
        let product = key.product.as_deref().unwrap_or("no product");
        let sku = key.sku.map_or("", |sku| sku.id());
        let package = key.package.as_deref().unwrap_or("");
        writeln!(said, "{}", format!("  key at {product} {sku} {package}").trim_end()).unwrap();
        mark(&mut said, text, key.span.start, key.span.end);
    }
    for finding in &answers.findings {
        writeln!(said, "  {:?} {} ({:?}): {}", finding.severity, finding.rule, finding.basis, finding.message).unwrap();
        if let Some(span) = &finding.span {
            mark(&mut said, text, span.start, span.end);
        }
        if !finding.remedies.is_empty() {
            writeln!(said, "    answered by {}", finding.remedies.join(", ")).unwrap();
        }
    }
    for unanswered in &answers.unanswered {
        writeln!(said, "  unanswered {}: {}", unanswered.rule, unanswered.reason).unwrap();
    }
    said
}

/// The line of a place, and carets below it.
fn mark(said: &mut String, text: &str, start: usize, end: usize) {
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[line_start..].lines().next().unwrap_or_default();
    let before = text[line_start..start].chars().count();
    writeln!(said, "    | {line}").unwrap();
    writeln!(said, "    | {}{}", " ".repeat(before), "^".repeat(text[start..end].chars().count().max(1))).unwrap();
}

fn at(product: &'static str) -> Situation<'static> {
    Situation { product: Some(product), ..Situation::default() }
}

fn of(sku: Sku) -> Situation<'static> {
    Situation { sku: Some(sku), ..Situation::default() }
}

/// An upgrade with entries that it does not read (Q186336).
const UPGRADE: &str = "[Unattended]\nOemPreinstall = Yes\nNtUpgrade = Yes\nTargetPath = WINNT\n[UserData]\nProductId = \"111-1111111\"\n\
                       FullName = \"A\"\nOrgName = \"B\"\nComputerName = C\n[GuiUnattended]\nOemSkipWelcome = 1\nTimeZone = \"(GMT)\"\n";

const NONE: Situation<'static> = Situation { product: None, sku: None, package: None, purpose: Purpose::Setup };

#[test]
fn commands() {
    let cases = [
        ("office.bat", HYPHEN, NONE),
        ("office.bat", HYPHEN, at("office-97")),
        ("office.bat", HYPHEN, at("publisher-3.0")),
        ("works.cmd", "d:\\MSWORKS\\setup/K \"1111111111\" & d:\\books95\\setup /K\"1111111111\"", NONE),
        ("vb.bat", "D:\\SETUP\\SETUP16.EXE -K 111 1111111 ^\r\n  /q\r\n", NONE),
        ("oem.bat", "setup /c 01234567890123456789", NONE),
        ("template.bat", "setup /k \"xxxxxxxxxx\"\nsetup /k \"<cdkey>\"\nsetup /k \"%1\"\nsetup /k %CDKEY%", NONE),
        ("curly.bat", "setup /k \u{201C}111\u{2013}1111111\u{201D}", NONE),
        (
            "others.bat",
            "cmd /c setup\nsetup /c config.ini\nsetup /kill 1111111111\necho setup /k 111-1111111\nkeys /k 111-1111111",
            NONE,
        ),
        ("order.cmd", "setup /k \"11111111111\" /l office.lst\nsetup /a /qn1\n", at("office-97")),
        ("outlook.bat", "setup.exe /Q:A /C:\"outlwzd.exe /Q /R:N\" \r\nOUTLWZD /m:2\nsetup /C:\"\"\n", NONE),
        ("path.bat", "setup /q setup.ini\nsetup /q c:setup.ini\nsetup /q \"d:\\my files\\setup.ini\"", NONE),
        ("exchange.bat", "if exist e:\\setup.ini setup /r /q e:\\setup.ini", NONE),
        ("exchange.bat", "SETUP /QD:\\SETUP1.INI", of(Sku::Upgrade)),
        (
            "sna.cmd",
            "Update.exe /QuietMode: \"yes\"\r\nUpdate.exe /quietmode: \"Yes\"\r\nUpdate.exe /q /b /u\r\n",
            NONE,
        ),
        ("sfu.cmd", "msiexec /i Sfusetup.msi ADDLOCAL=telnetclient,NIS PidKey=\"X2Y23W2B2AXYZRAZEBRALAST5\"\n", NONE),
        ("outlook.bat", "setup.exe /Q:A /C:\"outlwzd.exe /S:\"\"#e\"\" /Q /R:N\"", of(Sku::Select)),
    ];
    let said: Vec<_> = cases.iter().map(|(name, text, situation)| said(name, text, situation)).collect();
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn answer_files() {
    let exchange =
        "; ours\r\n[Product ID]\r\ncdkey = <111-1111111>\r\n[Licensing]\r\nPerServer=TRUE\r\nPerServerUsers=10\r\n";
    let unattend = "[Unattended]\nOemPreinstall = yes\n[UserData]\nProductID = 1111111111 ; mine\nFullName=\"É\"\n";
    let cases = [
        ("setup.ini", exchange, NONE),
        ("setup.ini", exchange, at("exchange-server-5.0")),
        ("setup.ini", "[Paths]\nServerDest=c:\\exchsrvr\n[Components]\nServices=TRUE\n", NONE),
        ("setup.ini", "[Paths]\nServerDest=c:\\exchsrvr\n[Components]\nServices=TRUE\n", at("exchange-server-5.5")),
        ("setup.ini", "[Product ID]\ncdkey=\n[ServiceAccount]\nAccountPassword=x", of(Sku::Retail)),
        ("setup.ini", "[Product ID]\ncdkey=\n[ServiceAccount]\nAccountPassword=x", of(Sku::Select)),
        ("setup.ini", "[Product ID]\npid=1111111111111\n[ServiceAccount]\nAccountPassword=x", of(Sku::Upgrade)),
        ("unattend.txt", unattend, NONE),
        ("unattend.txt", unattend, at("outlook-97")),
        ("C:\\WINNT\\System32\\$winnt$.inf", unattend, NONE),
        ("sysprep.txt", "OemSkipEula=yes\nProductID=111-1111111\n", NONE),
        ("sysprep.txt", "OemSkipEula=yes\n[NT4Preinstall]\nProductID=111-1111111\n", NONE),
        ("unattend.txt", "[UserData]\n!ProductId = \"11111111-111\"\n", NONE),
        ("sms.ini", "[Options]\nProductID=<111-1111111>\n", NONE),
        ("setup.ini", "[License]\nFullName=\nOrgName=x\n", NONE),
        ("sql.iss", "[InstallShield Silent]\n[DlgOrder]\nDlg0=SdWelcome-0\nDlg1=SdFinish-0\n[SdWelcome-0]\n", NONE),
        ("msbatch.inf", "[Setup]\nProductID=\"00195-OEM-0000007-00000\"\n[NameAndOrg]\nDisplay=1\n", of(Sku::Oem)),
        ("Msdogs.ini", "[Dogs]\nPid=\n", NONE),
        ("Reboot.ini", "[SQL]\nSaPassword=secret\n", NONE),
        ("unattend.txt", UPGRADE, NONE),
        ("unattend.txt", "[Unattended]\nFileSystem = ConvertNTFS\nNoWaitAfterTextMode = 0\n", NONE),
        ("unattend.txt", "[Unattended]\nNtUpgrade = no\n[GuiUnattended]\nAdvServerType = SERVERNT\n", NONE),
        ("unattend.txt", "[iis]\nPathPROGRoot=D:\\www\n[dac]\nDAC_DRV_SQLSRV = OFF\n", NONE),
        ("Cmdlines.txt", "[COMMANDS]\r\n\"./setup.exe /k \"111-1111111\"\"\r\n\"./sp3/update.exe -u -n -q\"\r\n", NONE),
        ("msbatch.inf", "[Setup]\nExpress=1\n[Network]\nComputerName=%pc%\n[Strings]\npc=\"LAB17\"\n", NONE),
        (
            "sms.ini",
            "[Identification]\nAction=<InstallPrimarySite>\n[Options]\nProductID=111-1111111\nSiteCode=<LA1>\n",
            NONE,
        ),
    ];
    let said: Vec<_> = cases.iter().map(|(name, text, situation)| said(name, text, situation)).collect();
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn what_is_no_carrier_is_not_taken_for_one() {
    let article = "How to install\n\nWrite the answer file with the entries that follow, and start Setup:\n\n[Unattended]\n\
                   ProductID = \"111-1111111\"\n\nThen type the command below and press the ENTER key:\n\nsetup /k \"111-1111111\"\n";
    for (name, text) in [
        ("win.ini", "[windows]\nload=\n[Desktop]\nWallpaper=(None)\n"),
        ("readme.txt", "Setup asks for a key. Run setup /k \"111-1111111\" from the CD.\n"),
        ("Q111111.txt", article),
        ("config.ini", "[Product]\nID=111-1111111\n"),
        ("log.txt", "[12:00:00] cdkey=111-1111111\n"),
        ("list.txt", "111-1111111\n111-1111111\n"),
        ("empty.bat", ""),
        ("junk", "\0\u{1}[\u{feff}=;\r\n"),
    ] {
        assert_eq!(recognise(Catalogue::built_in(), name, text), None, "{name}");
    }
    let command = "setup /k \"111-1111111\"";
    for name in ["-", "notes.txt", "x.BAT"] {
        assert_eq!(recognise(Catalogue::built_in(), name, command), Some("setup-command"), "{name}");
    }
}

/// What the user says of one product does not hold for another, and what an entry says weighs more than what the user says.
#[test]
fn the_situation_is_that_of_the_product() {
    let catalogue = Catalogue::built_in();
    let unattend = "[Unattended]\n[UserData]\nProductID=\"111-1111111\"";
    let outlook = Situation {
        product: Some("outlook-97"),
        sku: Some(Sku::Nfr),
        package: Some("backoffice-server-4.0"),
        purpose: Purpose::Setup,
    };
    let key = &read(catalogue, "unattend.txt", unattend, None, &outlook).keys[0];
    assert_eq!((key.product.as_deref(), key.sku, &key.package), (Some("windows-nt-4.0"), None, &None));
    let retail = Situation { sku: Some(Sku::Retail), package: Some("backoffice-server-4.0"), ..Situation::default() };
    let key = &read(catalogue, "unattend.txt", unattend, None, &retail).keys[0];
    assert_eq!((key.sku, key.package.as_deref()), (Some(Sku::Retail), Some("backoffice-server-4.0")));
    let key = &read(catalogue, "setup.ini", "[Product ID]\npid=1111111111111", None, &retail).keys[0];
    assert_eq!(key.sku, Some(Sku::Oem));
}

/// Every kind of junk, and more keys and lines than are looked at.
#[test]
fn hostile_texts_end_and_stay_small() {
    const LARGE: usize = 1 << 16;
    let pieces = [
        "[",
        "]",
        "=",
        "[a]\n",
        "a=1\n",
        "/k ",
        "setup /k 11111 ",
        "\"",
        "^\n",
        "&",
        "(",
        "if ",
        "for ",
        "start ",
        ";\r",
        "[Product ID]\n",
        "cdkey=1\n",
        "DlgOrder",
        "\u{FEFF}",
        "%",
        "\\",
        " ",
    ];
    for piece in pieces {
        let text = piece.repeat(LARGE / piece.len());
        for name in ["x.bat", "$winnt$.inf", "setup.ini"] {
            let answers = read(Catalogue::built_in(), name, &text, None, &NONE);
            assert!(answers.keys.len() <= MAX_KEYS && answers.findings.len() <= MAX_FINDINGS, "{piece:?}");
            is_sound(&text, &answers);
        }
    }
    let many = format!("[Product ID]\n{}", "cdkey=11111\n".repeat(MAX_KEYS + 1));
    let answers = read(Catalogue::built_in(), "setup.ini", &many, None, &NONE);
    assert_eq!(answers.keys.len(), MAX_KEYS - 1, "the heading is a line too");
    assert!(answers.unanswered.iter().any(|unanswered| unanswered.rule == "input/truncated"));
    let missing = |answers: &Answers| answers.findings.iter().any(|finding| finding.rule == "answer/missing-entry");
    assert!(!missing(&answers), "what is missing may stand behind the lines that were looked at");
    let few = "[Product ID]\ncdkey=11111\n";
    assert!(missing(&read(Catalogue::built_in(), "setup.ini", few, None, &NONE)));
    let beginning = read_beginning(Catalogue::built_in(), "setup.ini", few, &NONE);
    assert!(!missing(&beginning) && beginning.unanswered.iter().any(|unanswered| unanswered.rule == "input/truncated"));
    // A hyphen within the quotes is all that is wrong here.
    let line = "setup /k \"111-1111111\"\n";
    for (lines, most) in [(MAX_FINDINGS, &[][..]), (MAX_FINDINGS + 1, &["input/truncated"])] {
        let text = line.repeat(lines);
        let answers = read(Catalogue::built_in(), "office.bat", &text, None, &NONE);
        assert_eq!(answers.findings.len(), MAX_FINDINGS);
        assert!(answers.unanswered.iter().map(|unanswered| &*unanswered.rule).eq(most.iter().copied()));
        assert_eq!(answers.keys.len(), lines, "the keys are judged all the same");
    }
}

/// The masked reports rely on it: no sentence repeats what is in the text.
#[test]
fn no_sentence_repeats_the_text() {
    let text = "[Product ID]\ncdkey=<1234567654321>\n[Licensing]\nPerServer=7654321\n[DlgOrder]\nDlg0=1234567\n[InstallShield Silent]\n";
    for product in [None, Some("exchange-server-5.5"), Some("sql-server-7.0")] {
        let answers = read(Catalogue::built_in(), "setup.ini", text, None, &Situation { product, ..NONE });
        assert!(!answers.findings.is_empty());
        for finding in &answers.findings {
            assert!(!finding.message.contains(['7', '6']), "{}", finding.message);
        }
    }
}

/// Every answer source can be broken or holds keys, and knows its texts by more than their having brackets.
#[test]
fn every_carrier_is_of_use() {
    for (id, answer_source) in Catalogue::built_in().answer_sources.iter() {
        let useful = match &answer_source.syntax {
            Syntax::Ini(file) => {
                !(file.ids.is_empty() && file.demands.is_empty() && file.lists.is_empty() && file.ignores.is_empty())
                    || file.left_behind.is_some()
                    || file.commands.is_some()
            }
            Syntax::Command(calls) => {
                !(calls.ids.is_empty() && calls.refuses.is_empty() && calls.needs.is_empty() && calls.exact.is_empty())
            }
        };
        assert!(useful, "{id}");
    }
}

/// What must hold of every text that was read.
fn is_sound(text: &str, answers: &Answers) {
    for span in answers.findings.iter().filter_map(|finding| finding.span.as_ref()) {
        assert!(text.get(span.clone()).is_some(), "{span:?}");
    }
    for key in &answers.keys {
        let shown = text.get(key.span.clone()).expect("a key lies in its text");
        assert!(!shown.is_empty() && shown.trim() == shown && !shown.contains(['\n', '<', '>']), "{shown:?}");
    }
    assert!(answers.keys.is_sorted_by_key(|key| key.span.start));
}

/// Texts made of the words that answer sources are made of.
fn scraps() -> impl Strategy<Value = String> {
    let words = [
        "[Product ID]",
        "[UserData]",
        "[Unattended]",
        "[",
        "]",
        "cdkey",
        "!ProductID",
        "Pid",
        "=",
        "\"",
        "<",
        ">",
        "111-1111111",
        "xxx",
        "1",
        "\n",
        "\r\n",
        " ",
        "\t",
        ";",
        "setup",
        "setup16.exe",
        "d:\\msworks\\",
        "/k",
        "/K\"",
        "-c",
        "/q",
        "/r",
        "/QD:\\a",
        "/C:\"outlwzd.exe",
        "/S:\"\"#e\"\"",
        "PIDKEY=",
        "^",
        "&&",
        "|",
        "%1",
        "@",
        "rem ",
        "if ",
        "start ",
        "(",
        ")",
        "é",
        "\u{FEFF}",
        "\u{201C}",
        "\u{2013}",
        "\0",
    ];
    let word = prop_oneof![6 => proptest::sample::select(words.to_vec()).prop_map(str::to_owned), 1 => ".{0,3}"];
    proptest::collection::vec(word, 0..40).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_survived_as_any_carrier(text in prop_oneof![scraps(), ".{0,200}"], choice in any::<usize>()) {
        let catalogue = Catalogue::built_in();
        let answer_sources: Vec<_> = catalogue.answer_sources.ids().map(Some).chain([None]).collect();
        let products: Vec<_> = catalogue.products.ids().map(Some).chain([None]).collect();
        let situation = Situation { product: products[choice % products.len()], ..Situation::default() };
        let name = ["x.bat", "$winnt$.inf", "scsetup.inf", "a.ini"][choice % 4];
        let answer_source = answer_sources[choice % answer_sources.len()];
        recognise(catalogue, name, &text);
        let answers = read(catalogue, name, &text, answer_source, &situation);
        is_sound(&text, &answers);
        prop_assert_eq!(&answers, &read(catalogue, name, &text, answer_source, &situation));
    }
}
