//! Finds the order that makes the most of the available disks.

use super::{PlanError, request::Request};
use crate::{
    catalogue::Catalogue,
    model::{
        pack::Pack,
        plan::{Forecast, LeftOut, Plan},
        server::How,
    },
};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
};

/// Finds, among all orders of all choices of the plan's disks, with the conversions and opened tabs that are allowed, the one
/// that ends with the most licences, spoils no disk and uses the fewest; among those, the one with the fewest new disks and the
/// fewest preparations.
///
/// # Errors
/// As [`simulate`](super::simulate).
///
/// ```
/// use jewelcase::{Catalogue, Plan, suggest};
/// let packs = ["4.0x5", "4.0x5", "4.0x20"].map(str::to_owned).to_vec();
/// let plan = Plan { server: "4.0".into(), licenses: Some(5), packs, ..Plan::default() };
/// let forecast = suggest(Catalogue::built_in(), &plan)?;
/// assert_eq!((forecast.end, forecast.steps.len(), forecast.left_out.len()), (25, 1, 2));
/// # Ok::<(), jewelcase::PlanError>(())
/// ```
pub fn suggest(catalogue: &Catalogue, plan: &Plan) -> Result<Forecast, PlanError> {
    let request = Request::read(catalogue, plan)?;
    let prepared: Vec<_> = request.packs.iter().map(|pack| request.prepared(pack)).collect();
    let mut search = Search::new(&request, &prepared);
    let best = search.best(request.licenses, &vec![0; search.new.len()]);
    let mut steps = Vec::new();
    let mut licenses = request.licenses;
    for Prepared { pack, preparations } in best.disks.iter().filter_map(|disk| prepared.get(*disk)) {
        let step = request.step(licenses, pack, preparations.clone());
        licenses = step.licenses;
        steps.push(step);
    }
    let disks = prepared.iter().zip(&request.packs).enumerate();
    let left_out =
        disks.filter(|(disk, _)| !best.disks.contains(disk)).map(|(_, (Prepared { pack, .. }, as_written))| {
            let finding = request.finding(&request.ruling(licenses, pack), licenses, pack);
            LeftOut { pack: as_written.clone(), finding }
        });
    let left_out: Vec<LeftOut> = left_out.collect();
    let mut forecast = request.forecast(steps, left_out);
    if forecast.steps.is_empty() {
        // A plan without steps has no findings of its own, so the findings say why no disk helps.
        forecast.notes = forecast.left_out.iter().map(|left| left.finding.clone()).collect();
    }
    Ok(forecast)
}

/// A disk after all permitted preparations.
struct Prepared {
    pack: Pack,
    preparations: Vec<&'static str>,
}

impl Request<'_> {
    fn prepared(&self, pack: &Pack) -> Prepared {
        let mut prepared = Prepared { pack: pack.clone(), preparations: Vec::new() };
        let sound = !pack.defective && pack.tried_on.is_none() && self.closed.is_none();
        if sound && pack.protected {
            prepared.pack.protected = false;
            prepared.preparations.push("open its write-protect tab");
        }
        let takes = self.server.takes.iter().find(|takes| takes.version == pack.version);
        if sound && !pack.converted && takes.is_some_and(|takes| takes.how == How::Converted) {
            prepared.pack.converted = true;
            prepared
                .preparations
                .push("convert it with the Client Add Packs Upgrade utility, which works once and one way");
        }
        prepared
    }
}

/// A sequence of disks, with the values by which sequences are compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Choice {
    end: u32,
    disks: Vec<usize>,
    new: usize,
    preparations: usize,
}

impl Choice {
    /// The value to maximise.
    fn merit(&self) -> (u32, Reverse<(usize, usize, usize)>) {
        (self.end, Reverse((self.disks.len(), self.new, self.preparations)))
    }
}

/// A search over states. Licences only grow, so a used disk's step is either past or untouched, and new disks of one size are
/// interchangeable: the number of licences and the number of new disks of each size that are used up determine what is left.
struct Search<'r> {
    request: &'r Request<'r>,
    prepared: &'r [Prepared],
    /// New disks by size, those with the fewest preparations first.
    new: Vec<Vec<usize>>,
    /// Used disks by the number of licences at which their step begins.
    used: BTreeMap<u32, Vec<usize>>,
    memo: HashMap<(u32, Vec<usize>), Choice>,
}

impl<'r> Search<'r> {
    fn new(request: &'r Request<'r>, prepared: &'r [Prepared]) -> Self {
        let mut new: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        let mut used: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (disk, Prepared { pack, .. }) in prepared.iter().enumerate() {
            match pack.used {
                Some((from, _)) => used.entry(from).or_default().push(disk),
                // A disk that has no effect at the first number of licences because of its state never has one.
                None if request.ruling(0, pack).outcome.raises() => new.entry(pack.size).or_default().push(disk),
                None => {}
            }
        }
        for disks in new.values_mut() {
            disks.sort_by_key(|disk| prepared.get(*disk).map_or(0, |disk| disk.preparations.len()));
        }
        Self { request, prepared, new: new.into_values().collect(), used, memo: HashMap::new() }
    }

    /// The best choice from here on.
    fn best(&mut self, licenses: u32, gone: &[usize]) -> Choice {
        let key = (licenses, gone.to_vec());
        if let Some(known) = self.memo.get(&key) {
            return known.clone();
        }
        let mut best = Choice { end: licenses, ..Choice::default() };
        let next_new = self
            .new
            .iter()
            .zip(gone)
            .enumerate()
            .filter_map(|(size, (disks, gone))| Some((*disks.get(*gone)?, Some(size))));
        let next_used = self.used.get(&licenses).into_iter().flatten().map(|disk| (*disk, None));
        let candidates: Vec<_> = next_used.chain(next_new).collect();
        for (disk, size) in candidates {
            let Some(Prepared { pack, preparations }) = self.prepared.get(disk) else { continue };
            let ruling = self.request.ruling(licenses, pack);
            if !ruling.outcome.raises() {
                continue;
            }
            let mut gone = gone.to_vec();
            if let Some(gone) = size.and_then(|size| gone.get_mut(size)) {
                *gone = gone.saturating_add(1);
            }
            let mut choice = self.best(ruling.licenses, &gone);
            choice.disks.insert(0, disk);
            choice.new = choice.new.saturating_add(usize::from(size.is_some()));
            choice.preparations = choice.preparations.saturating_add(preparations.len());
            if choice.merit() > best.merit() {
                best = choice;
            }
        }
        self.memo.insert(key, best.clone());
        best
    }
}
