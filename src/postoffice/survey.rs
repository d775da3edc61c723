//! Audits every postoffice of one run: on volumes and in inventories, first individually and then in comparison.

use super::{
    assess,
    collect::{Collected, collect},
    compare::compare,
    matching::{self, Listed},
    member::Member,
    number::{Calibration, Master, SerialLookup},
    walk::{self, Unread, Walk, joined},
};
use crate::{
    catalogue::Catalogue,
    model::{
        audit::{Audit, Line},
        finding::{Finding, PostofficeFinding},
        inventory::{Inventory, Row},
        postoffice::{Class, Serial, SerialNumber, SerialSource},
        severity::Severity,
    },
    parse::serial,
    source::{Fault, Part, VolumeKind},
};

/// An audit of volumes and inventories: add opened volumes, then [`finish`](Survey::finish).
pub struct Survey<'c> {
    catalogue: &'c Catalogue,
    members: Vec<Member>,
    listed: Vec<Listed>,
}

/// The place where a volume was opened, as reports show it.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'a> {
    /// The path as a report shows it.
    pub path: &'a str,
    /// Its real location, by which two paths to one place are recognised.
    pub identity: &'a str,
}

impl<'c> Survey<'c> {
    /// Starts a run.
    pub fn new(catalogue: &'c Catalogue) -> Self {
        Self { catalogue, members: Vec::new(), listed: Vec::new() }
    }

    /// Audits every postoffice of a volume, and returns their number; `each` is called after each of them. Faults outside of postoffices
    /// become entries of their own.
    pub fn volume(&mut self, origin: Origin<'_>, part: &Part, each: &(impl Fn() + Sync)) -> usize {
        let base = joined(origin.path, &part.label);
        let identity = joined(origin.identity, &part.label);
        let catalogue = self.catalogue;
        let Walk { found, unread } = walk::walk(part, &|site| {
            let inner = joined(site.base, &site.path);
            let volume = site.volume.kind();
            let collected = collect(site, joined(&base, &inner));
            let member = member(catalogue, collected, volume, joined(&identity, &inner));
            each();
            member
        });
        let count = found.len();
        self.members.extend(found);
        for Unread { path, volume, faults } in unread {
            self.unread(&joined(&base, &path), volume, &faults);
        }
        count
    }

    /// Reports that a path leads to no postoffice.
    pub fn nothing(&mut self, path: &str, volume: &str) {
        self.nothing_but(path, volume, assess::NO_MASTER);
    }

    /// Reports that a path leads to the folder GLB of a postoffice, not to the postoffice.
    pub fn folder_glb(&mut self, path: &str, volume: &str) {
        self.nothing_but(path, volume, "MASTER.GLB is in this folder itself, so the postoffice is the folder above it");
    }

    fn nothing_but(&mut self, path: &str, volume: &str, found: &str) {
        let audit = assess::nothing(self.catalogue, path, volume, found);
        self.members.push(Member { audit, master: Master::default(), identity: None, complaints: Vec::new() });
    }

    /// Reports something that could not be read.
    pub fn unreadable(&mut self, path: &str, volume: &str, faults: &[Fault]) {
        let faults: Vec<_> = faults.iter().map(|fault| (fault.clone(), fault.severity_within())).collect();
        self.unread(path, volume, &faults);
    }

    fn unread(&mut self, path: &str, volume: &str, faults: &[(Fault, Severity)]) {
        let mut audit = assess::nothing(self.catalogue, path, volume, assess::NO_MASTER);
        audit.findings = faults.iter().map(|(fault, most)| unread(self.catalogue, fault, *most)).collect();
        self.members.push(Member { audit, master: Master::default(), identity: None, complaints: Vec::new() });
    }

    /// Adds the postoffices of an inventory as subjects of their own.
    pub fn inventory(&mut self, file: &str, inventory: &Inventory) {
        for row in &inventory.rows {
            let same = |member: &&mut Member| {
                let audit = &member.audit;
                let names = audit.network == row.network && audit.postoffice == row.postoffice;
                let path = audit.line.is_some() && audit.path == row.path.clone().unwrap_or_default();
                names && path && audit.serial.as_ref().map(|serial| &serial.text) == row.serial.as_ref()
            };
            let complaint = row.complaint.map(|number| (file.to_owned(), number));
            // A log repeats its events; a postoffice is reported once.
            let repeated = row.complaint.and_then(|_| self.members.iter_mut().find(same));
            match repeated {
                Some(member) => member.complaints.extend(complaint),
                None => {
                    let member = Member { complaints: complaint.into_iter().collect(), ..self.row(file, row) };
                    self.members.push(member);
                }
            }
        }
    }

    /// Adds an inventory as a reference for the serials of postoffices on volumes.
    pub fn reference(&mut self, file: &str, inventory: Inventory) {
        self.listed.extend(inventory.rows.into_iter().map(|row| Listed { file: file.to_owned(), row }));
    }

    fn row(&self, file: &str, row: &Row) -> Member {
        let number = row.serial.as_deref().and_then(serial::number);
        let (class, because) = match row.class {
            Some(class) => (class, "the inventory says so"),
            None if number == Some(SerialNumber::CONNECTOR) => (Class::Connector, "it has the connector's serial"),
            None if row.source == SerialSource::Event => (Class::Full, "a transfer agent serves it"),
            None => (Class::Unknown, "the inventory does not say"),
        };
        let mut audit = Audit {
            path: row.path.clone().unwrap_or_default(),
            line: Some(Line { file: file.to_owned(), line: row.line, column: row.column }),
            volume: if row.source == SerialSource::Event { "event" } else { "inventory" }.to_owned(),
            network: row.network.clone(),
            postoffice: row.postoffice.clone(),
            class,
            because: because.to_owned(),
            serial: None,
            users: None,
            findings: Vec::new(),
            unanswered: Vec::new(),
        };
        let found = row.serial.as_ref().map(|text| Serial {
            text: text.clone(),
            source: row.source,
            evidence: format!("{file}, line {}", row.line),
        });
        assess::serial(self.catalogue, &mut audit, found.ok_or_else(|| "the inventory does not give it".to_owned()));
        assess::names(self.catalogue, &mut audit);
        Member { audit, master: Master::default(), identity: None, complaints: Vec::new() }
    }

    /// Finds the serials, compares all postoffices, and returns the audit of each, in the order of the run.
    pub fn finish(mut self) -> Vec<Audit> {
        let mut calibration = Calibration::of(self.catalogue);
        calibration.learn(self.members.iter().map(|member| &member.master));
        let matches = matching::matches(&self.members, &self.listed);
        let mut used = vec![false; self.listed.len()];
        for (member, matched) in self.members.iter_mut().zip(matches) {
            let on_volume = member.identity.is_some();
            if !on_volume {
                continue;
            }
            for &at in matched.iter().flatten() {
                if let Some(used) = used.get_mut(at) {
                    *used = true;
                }
                member.complaints.extend(self.listed.get(at).and_then(Listed::complaint));
            }
            let row = matched.iter().flatten().next().and_then(|&at| self.listed.get(at));
            if let Some(Listed { row, .. }) = row {
                member.audit.network.clone_from(&row.network);
                member.audit.postoffice.clone_from(&row.postoffice);
                assess::names(self.catalogue, &mut member.audit);
            }
            let written = row.and_then(|listed| listed.serial());
            let found = match (calibration.read(&member.master), written) {
                (SerialLookup::Serial(serial, _), None) => Ok(serial),
                (SerialLookup::Serial(serial, number), Some(written)) => Ok(compared(serial, number, &written)),
                (SerialLookup::Nothing(_), Some(written)) => Ok(written),
                (SerialLookup::Nothing(reason), None) => {
                    Err(matched.err().flatten().map_or(reason.clone(), |why| format!("{reason}; {why}")))
                }
            };
            assess::serial(self.catalogue, &mut member.audit, found);
        }
        let others = self.listed.iter().zip(&used).filter(|(_, used)| !**used).map(|(listed, _)| listed);
        compare(self.catalogue, &mut self.members, others);
        self.members.into_iter().map(|member| member.audit).collect()
    }
}

/// A serial from the file with that of an inventory, if they differ.
fn compared(serial: Serial, number: SerialNumber, written: &Serial) -> Serial {
    if serial::number(&written.text) == Some(number) {
        return serial;
    }
    let evidence = format!("{}; {} says {}", serial.evidence, written.evidence, written.text);
    Serial { evidence, ..serial }
}

fn member(catalogue: &Catalogue, collected: Collected, volume: VolumeKind, identity: String) -> Member {
    let Collected { facts, because, master, faults } = collected;
    let mut audit = assess::integrity(catalogue, &facts, because, volume.name());
    audit.findings.extend(faults.iter().map(|fault| unread(catalogue, fault, fault.severity_within())));
    Member { audit, master, identity: Some(identity), complaints: Vec::new() }
}

/// A fault of the input as a finding, with `most` as its maximum severity.
fn unread(catalogue: &Catalogue, fault: &Fault, most: Severity) -> PostofficeFinding {
    let mut found: Finding = assess::input(catalogue, fault.rule, &fault.to_string());
    found.severity = found.severity.min(most);
    PostofficeFinding {
        finding: found,
        path: Some(fault.path.clone()).filter(|path| !path.is_empty() && !fault.leads_out()),
    }
}
