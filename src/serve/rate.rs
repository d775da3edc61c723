//! The rate limit: a token bucket for each address, for a bounded number of addresses.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, PoisonError},
    time::Instant,
};

/// The maximum number of addresses that are remembered; beyond them, those with full buckets are forgotten.
const MAX_ADDRESSES: usize = 4096;

/// The buckets.
pub(super) struct Rates {
    per_second: f64,
    burst: f64,
    buckets: Mutex<HashMap<IpAddr, Bucket>>,
}

#[derive(Clone, Copy)]
struct Bucket {
    tokens: f64,
    filled: Instant,
}

impl Rates {
    /// Buckets of `burst` tokens, refilled at `per_second`.
    pub(super) fn new(per_second: u32, burst: u32) -> Self {
        Self { per_second: per_second.into(), burst: burst.into(), buckets: Mutex::default() }
    }

    /// Takes a token of this address; returns `false` if there was none.
    pub(super) fn take(&self, address: IpAddr, now: Instant) -> bool {
        // A panic elsewhere leaves no bucket half written.
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let network = network(address);
        if buckets.len() >= MAX_ADDRESSES && !buckets.contains_key(&network) {
            buckets.retain(|_, bucket| self.tokens(bucket, now) < self.burst);
            if buckets.len() >= MAX_ADDRESSES {
                return false;
            }
        }
        let bucket = buckets.entry(network).or_insert(Bucket { tokens: self.burst, filled: now });
        *bucket = Bucket { tokens: self.tokens(bucket, now), filled: now };
        let allowed = bucket.tokens >= 1.0;
        if allowed {
            bucket.tokens -= 1.0;
        }
        allowed
    }

    /// The number of tokens in a bucket at a time.
    fn tokens(&self, bucket: &Bucket, now: Instant) -> f64 {
        let since = now.saturating_duration_since(bucket.filled).as_secs_f64();
        (bucket.tokens + since * self.per_second).min(self.burst)
    }
}

/// One customer has a whole IPv6 network of 64 bits.
pub(super) fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_ADDRESSES, Rates};
    use std::{
        net::IpAddr,
        time::{Duration, Instant},
    };

    #[test]
    fn a_bucket_empties_and_fills_again() {
        let (rates, start) = (Rates::new(2, 3), Instant::now());
        let one = IpAddr::from([192, 0, 2, 1]);
        let taken = |after: u64, address| rates.take(address, start + Duration::from_millis(after));
        assert_eq!(
            [0, 0, 0, 0, 499, 500, 501].map(|after| taken(after, one)),
            [true, true, true, false, false, true, false]
        );
        assert!(taken(0, IpAddr::from([192, 0, 2, 2])), "another address has a bucket of its own");
    }

    #[test]
    fn the_addresses_of_one_network_share_a_bucket() {
        let (rates, now) = (Rates::new(1, 1), Instant::now());
        let address = |text: &str| text.parse::<IpAddr>().expect("an address");
        assert!(rates.take(address("2001:db8::1"), now));
        assert!(!rates.take(address("2001:db8::2"), now));
        assert!(rates.take(address("2001:db8:0:1::1"), now));
    }

    #[test]
    fn memory_is_bounded_and_full_buckets_make_room() {
        let (rates, start) = (Rates::new(1, 1), Instant::now());
        let address = |number: usize| IpAddr::from(u32::try_from(number).expect("small").to_be_bytes());
        assert!((0..MAX_ADDRESSES).all(|number| rates.take(address(number), start)));
        assert!(!rates.take(address(MAX_ADDRESSES), start));
        assert!(rates.take(address(MAX_ADDRESSES), start + Duration::from_secs(2)));
    }
}
