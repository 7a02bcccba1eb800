//! Verifies a delivery and says what it tells. Without arguments it signs and verifies a made-up one.
//!
//! ```text
//! GREENHOUSE_WEBHOOK_SECRET=… cargo run -p greenhouse --example verify_webhook -- 'sha256 <hex>' < body.json
//! ```
//! The body must be the very bytes that arrived: parsed and written anew they are other bytes.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "an example is a program: it prints, and takes its settings from outside"
)]

use domain::secret::Secret;
use greenhouse::webhook::{Event, sign, verify};
use std::{
    env,
    error::Error,
    io::{self, Read as _},
};

fn main() -> Result<(), Box<dyn Error>> {
    let (secret, signature, body) = match env::args().nth(1) {
        Some(signature) => {
            let mut body = Vec::new();
            io::stdin().read_to_end(&mut body)?;
            let secret = Secret::new(env::var("GREENHOUSE_WEBHOOK_SECRET")?);
            (secret, Some(signature), body)
        }
        None => {
            let (secret, body) = (
                Secret::new("a made-up key"),
                br#"{"action":"ping"}"#.to_vec(),
            );
            let signature = sign(&secret, &body);
            (secret, signature, body)
        }
    };
    verify(&secret, signature.as_deref(), &body)?;
    println!(
        "It is Greenhouse's, and tells: {:?}",
        Event::parse(&body)?.kind()
    );
    Ok(())
}
