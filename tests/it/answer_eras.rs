//! Answer files of Windows 2000 and later beside those of Windows NT 4.0, and batch files of Windows 95 beside those of Windows 98.

use jewelcase::{Catalogue, Situation, internals::answer::read};

/// The sample of Q228557, a key that nobody has.
const LATER: &str = "X2Y23-W2B2A-XYZRA-ZEBRA-LAST5";
const EARLIER: &str = "111-1111111";

/// The answer source of a file, and the products of its keys.
fn read_as(name: &str, text: &str) -> (String, Vec<String>) {
    let answers = read(Catalogue::built_in(), name, text, None, &Situation::default());
    let products = answers.keys.iter().map(|key| key.product.clone().unwrap_or_else(|| "none".to_owned()));
    (answers.answer_source.unwrap_or_default(), products.collect())
}

/// One mark is enough, whatever the name of the file and the way in which the value is written.
#[test]
fn files_of_windows_2000_are_told_by_one_mark() {
    let texts = [
        format!("[UserData]\nProductID={LATER}\n"),
        format!("[userdata]\nproductid = \"{LATER}\"\n"),
        "[UserData]\nFullName=\"Lab\"\nProductID=XXXXX-XXXXX-XXXXX-XXXXX-XXXXX\n".to_owned(),
        format!("[Unattended]\nOemPreinstall=No\n[Lab1:UserData]\nProductID=\"{LATER}\"\n"),
        "[UserData]\nProductKey=\"REPLACE_ME\"\n".to_owned(),
        "[Unattended]\nUnattendMode=DefaultHide\n[UserData]\nProductID=REPLACE_ME\n".to_owned(),
        ";SetupMgrTag\n[UserData]\nProductID=REPLACE_ME\n".to_owned(),
        "; setupmgrtag\r\n[Unattended]\r\nOemSkipEula=Yes\r\n[UserData]\r\nProductID=REPLACE_ME\r\n".to_owned(),
        "[RemoteInstall]\nRepartition=Yes\n[UserData]\nProductID=REPLACE_ME\n".to_owned(),
        "[UserData]\nProductID=REPLACE_ME\n[OSChooser]\nDescription=\"Windows\"\n".to_owned(),
        "[UserData]\nProductID=REPLACE_ME\n[Networking]\nInstallDefaultComponents=Yes\n".to_owned(),
        "[GuiUnattended]\nOEMSkipRegional=1\n[UserData]\nProductID=REPLACE_ME\n".to_owned(),
        "[Unattended]\nInstallFilesPath=C:\\sysprep\\i386\n[UserData]\nProductID=REPLACE_ME\n".to_owned(),
    ];
    for text in texts {
        for name in ["unattend.txt", "winnt.sif", "sysprep.inf", "lab.txt"] {
            let expected = ("windows-2000-unattend".to_owned(), vec!["windows-2000".to_owned()]);
            assert_eq!(read_as(name, &text), expected, "{name}\n{text}");
        }
    }
}

/// What files of Windows NT 4.0 have too tells nothing, and a key of ten digits is stronger than any mark.
#[test]
fn files_of_windows_nt_4_stay_its_own() {
    let texts = [
        format!("[Unattended]\nNtUpgrade=no\n[UserData]\nProductID=\"{EARLIER}\"\n"),
        format!("[Data]\nMsDosInitiated=1\n[Unattended]\nOemPreinstall=yes\n[UserData]\nProductID=\"{EARLIER}\"\n"),
        format!(
            "[Unattended]\nOemSkipEula=yes\n[UserData]\nProductID=\"{EARLIER}\"\n[LicenseFilePrintData]\nAutoMode=PerSeat\n"
        ),
        "[Unattended]\nOemSkipEula=yes\n[SetupData]\nOsLoadOptions=/noguiboot\n[UserData]\nProductID=\"REPLACE_ME\"\n"
            .to_owned(),
        "[UserData]\nProductID=\"00195-OEM-0000007-00000\"\n".to_owned(),
        format!("[Unattended]\nUnattendMode=FullUnattended\n[UserData]\nProductID=\"{EARLIER}\"\n"),
        format!("[UserData]\nProductID=\"{EARLIER}\"\n[Networking]\nInstallDefaultComponents=Yes\n"),
        "[UserData]\nProductID=\"xxx-xxxxxxx\"\n".to_owned(),
    ];
    for text in texts {
        for name in ["unattend.txt", "winnt.sif", "lab.txt"] {
            let expected = ("windows-nt-4.0-unattend".to_owned(), vec!["windows-nt-4.0".to_owned()]);
            assert_eq!(read_as(name, &text), expected, "{name}\n{text}");
        }
    }
    let sysprep = format!("[NT4Preinstall]\nProductID=\"{EARLIER}\"\nOemSkipEula=yes\n");
    assert_eq!(read_as("sysprep.inf", &sysprep).0, "windows-nt-4.0-sysprep");
}

#[test]
fn batch_files_are_told_by_their_key() {
    let texts = [
        "[Setup]\nExpress=1\nProductKey=KEY\n[NameAndOrg]\nDisplay=0\n",
        "[BatchSetup]\nVersion=3.0 (32-bit)\n\n[Setup]\nProductKey=\"KEY\"\n",
        "[Setup]\nProductKey = KEY\nExpress = 1\n",
        "[NameAndOrg]\nName=\"Lab\"\n[Setup]\nProductID=KEY\n",
        "[setup]\r\nexpress=1\r\nproductid=\"KEY\"\r\n",
    ];
    for text in texts {
        for name in ["MSBATCH.INF", "lab.inf"] {
            let expected = ("windows-95-msbatch".to_owned(), vec!["windows-95".to_owned()]);
            assert_eq!(read_as(name, &text.replace("KEY", EARLIER)), expected, "{name}\n{text}");
            let expected = ("windows-98-msbatch".to_owned(), vec!["none".to_owned()]);
            assert_eq!(read_as(name, &text.replace("KEY", LATER)), expected, "{name}\n{text}");
        }
    }
    // A Setup of its own makes no batch file of Windows.
    assert_eq!(read_as("setup.ini", &format!("[Setup]\nProductKey={EARLIER}\nTitle=Lab\n")).0, "");
}
