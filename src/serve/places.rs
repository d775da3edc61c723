//! The places, for connections or for bytes, that each address has: fewer than there are, so that no caller keeps all others out.

use super::rate::network;
use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

/// Counts the places of each address, and of all. The addresses of one customer's network count as one.
#[derive(Debug)]
pub(super) struct Places {
    /// The places that there are, and the most that one address may have.
    all: u32,
    each: u32,
    taken: Mutex<Taken>,
}

/// The places that are taken.
#[derive(Debug, Default)]
struct Taken {
    all: u32,
    each: HashMap<IpAddr, u32>,
}

/// Places of an address, free again when this is dropped.
#[derive(Debug)]
pub(super) struct Permit {
    places: Arc<Places>,
    address: IpAddr,
    count: u32,
}

impl Places {
    /// Of all places, one address may have three quarters, and always one.
    pub(super) fn of(all: u32) -> Arc<Self> {
        Arc::new(Self { all, each: all.saturating_sub(all / 4).max(1), taken: Mutex::default() })
    }

    /// A place of an address; `None` if it has all of its own.
    pub(super) fn take(self: &Arc<Self>, address: IpAddr) -> Option<Permit> {
        self.take_many(address, 1)
    }

    /// So many places of an address; `None` if there are not so many for it.
    pub(super) fn take_many(self: &Arc<Self>, address: IpAddr, count: u32) -> Option<Permit> {
        let address = network(address);
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let own = taken.each.get(&address).copied().unwrap_or_default().checked_add(count)?;
        let all = taken.all.checked_add(count)?;
        if own > self.each || all > self.all {
            return None;
        }
        taken.all = all;
        taken.each.insert(address, own);
        Some(Permit { places: Arc::clone(self), address, count })
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut taken = self.places.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.all = taken.all.saturating_sub(self.count);
        if let Some(count) = taken.each.get_mut(&self.address) {
            *count = count.saturating_sub(self.count);
            if *count == 0 {
                taken.each.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Places;
    use std::net::{IpAddr, Ipv4Addr};

    #[test]
    fn one_address_leaves_places_for_others() {
        let [one, other] = [1, 2].map(|last| IpAddr::from(Ipv4Addr::new(127, 0, 0, last)));
        let places = Places::of(8);
        let mut held: Vec<_> = (0..8).filter_map(|_| places.take(one)).collect();
        assert_eq!(held.len(), 6);
        assert!(places.take(other).is_some());
        held.pop();
        assert!(places.take(one).is_some(), "a place that is free again");
        drop(held);
        assert!(places.taken.lock().is_ok_and(|taken| taken.each.is_empty()), "no address is remembered");
        assert!(Places::of(1).take(one).is_some());
    }

    #[test]
    fn bytes_are_places_and_the_addresses_of_a_network_share_them() {
        let [one, other] = [1, 2].map(|last| IpAddr::from(Ipv4Addr::new(127, 0, 0, last)));
        let bytes = Places::of(1000);
        let held = bytes.take_many(one, 700);
        assert!(held.is_some() && bytes.take_many(one, 60).is_none() && bytes.take_many(other, 310).is_none());
        assert!(bytes.take_many(other, 300).is_some() && bytes.take_many(one, u32::MAX).is_none());
        let network = |text: &str| text.parse::<IpAddr>().expect("an address");
        let places = Places::of(4);
        let held: Vec<_> = ["2001:db8::1", "2001:db8::2", "2001:db8::3", "2001:db8::4"]
            .iter()
            .filter_map(|address| places.take(network(address)))
            .collect();
        assert_eq!(held.len(), 3);
    }
}
