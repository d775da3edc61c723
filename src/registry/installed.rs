//! The values that can be numbers of installed products, and the names that the keys give to these products.

use super::value::{Format, Value, Wanted};
use crate::model::sku::Sku;

/// A text that can be the number of an installed product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installed {
    /// The path of the key in the file, `\`, and the name of the value.
    pub value: String,
    /// The text.
    pub text: String,
    /// The offset of the value's data in the file.
    pub offset: u64,
    /// A Product ID, or a key.
    pub kind: NumberKind,
    /// Names of the product that the key and its values give, the best first.
    pub names: Vec<String>,
    /// The channel, if the key tells it.
    pub sku: Option<Sku>,
    /// The key in which it is.
    place: Place,
}

/// The kind of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberKind {
    /// The number that the product shows.
    ProductId,
    /// The key that was typed at Setup.
    Key,
}

/// The key in which a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// `…\Windows\CurrentVersion`
    Windows,
    /// `…\Windows NT\CurrentVersion`
    WindowsNt,
    Other,
}

/// Adds the numbers among the values of one key.
pub(super) fn collect(format: Format, path: &[String], values: &[Value], installed: &mut Vec<Installed>) {
    let text = |wanted| values.iter().find(|value| value.wanted == wanted).map(|value| value.text.as_str());
    let place = place(path);
    let names: Vec<String> = match place {
        Place::WindowsNt => {
            let version = text(Wanted::CurrentVersion).map(|version| format!("Windows NT {version}"));
            version.into_iter().chain(text(Wanted::ProductName).map(str::to_owned)).collect()
        }
        Place::Windows if format == Format::Creg => {
            let version = text(Wanted::VersionNumber).and_then(windows);
            text(Wanted::ProductName).into_iter().chain(version).map(str::to_owned).collect()
        }
        // Windows NT repeats its own number there; its version is elsewhere.
        Place::Windows => Vec::new(),
        Place::Other => versioned(path),
    };
    let sku = text(Wanted::ProductType).filter(|_| format == Format::Creg && place == Place::Windows).and_then(sku);
    for value in values {
        let kind = match value.wanted {
            Wanted::ProductId => NumberKind::ProductId,
            Wanted::ProductKey => NumberKind::Key,
            Wanted::ProductName | Wanted::ProductType | Wanted::CurrentVersion | Wanted::VersionNumber => continue,
        };
        installed.push(Installed {
            value: format!("{}\\{}", path.join("\\"), value.name),
            text: value.text.trim().to_owned(),
            offset: value.offset,
            kind,
            names: names.clone(),
            sku,
            place,
        });
    }
}

/// Names the system for the numbers that Windows NT repeats in another key.
pub(super) fn name_systems(installed: &mut [Installed]) {
    let system = installed.iter().find(|number| number.place == Place::WindowsNt);
    let Some(names) = system.map(|number| number.names.clone()) else { return };
    let repeated = installed.iter_mut().filter(|number| number.place == Place::Windows && number.names.is_empty());
    repeated.for_each(|number| number.names.clone_from(&names));
}

fn place(path: &[String]) -> Place {
    let is = |text: &str, name: &str| text.eq_ignore_ascii_case(name);
    match path {
        [.., parent, key] if is(key, "CurrentVersion") && is(parent, "Windows") => Place::Windows,
        [.., parent, key] if is(key, "CurrentVersion") && is(parent, "Windows NT") => Place::WindowsNt,
        _ => Place::Other,
    }
}

/// The name of a system by its version.
fn windows(version: &str) -> Option<&'static str> {
    let mut parts = version.split('.');
    match (parts.next()?, parts.next()?.get(..2)?) {
        ("4", "00") => Some("Windows 95"),
        ("4", "10") => Some("Windows 98"),
        ("4", "90") => Some("Windows Me"),
        _ => None,
    }
}

/// `Visual FoxPro 3.0` for the path `…\Visual FoxPro\3.0\Registration`: a version counts with the name above it.
fn versioned(path: &[String]) -> Vec<String> {
    let is_version = |text: &str| text.starts_with(|c: char| c.is_ascii_digit()) && text.contains('.');
    let pairs = path.windows(2).filter_map(|pair| match pair {
        [name, version] if is_version(version) => Some(format!("{name} {version}")),
        _ => None,
    });
    pairs.collect()
}

/// The channel by the type of Windows 98 and Me, according to public write-ups that agree with the registry of an OEM copy.
fn sku(product_type: &str) -> Option<Sku> {
    match product_type {
        "101" => Some(Sku::Retail),
        "102" => Some(Sku::Upgrade),
        "110" => Some(Sku::Select),
        "111" => Some(Sku::Msdn),
        "115" => Some(Sku::Oem),
        _ => None,
    }
}
