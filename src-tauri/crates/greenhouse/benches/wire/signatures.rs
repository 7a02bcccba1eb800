//! Signatures against the floor of the hash alone.

use domain::secret::Secret;
use greenhouse::webhook::{sign, verify};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use std::{
    hint::black_box,
    time::{Duration, Instant},
};

const DELIVERIES: u32 = 2_000;
/// Each figure is the best of so many.
const TRIES: u32 = 5;

pub(crate) fn report() {
    let (secret, body) = (Secret::new("a made-up key"), vec![b'x'; 4096]);
    let signature = sign(&secret, &body).unwrap();
    let floor = best(|| {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes()).unwrap();
        mac.update(&body);
        black_box(mac.finalize());
    });
    let took = best(|| verify(&secret, Some(&signature), &body).unwrap());
    let ratio = took.as_secs_f64() / floor.as_secs_f64();
    let each = f64::from(DELIVERIES) / took.as_secs_f64();
    println!("\n{DELIVERIES} deliveries of 4 KiB\n");
    println!(
        "HMAC-SHA256 alone {floor:.1?}, verified {took:.1?}: {ratio:.2} of the floor, {each:.0} a second"
    );
}

fn best(mut work: impl FnMut()) -> Duration {
    let timed = (0..TRIES).map(|_| {
        let begin = Instant::now();
        (0..DELIVERIES).for_each(|_| work());
        begin.elapsed()
    });
    timed.min().unwrap_or_default()
}
