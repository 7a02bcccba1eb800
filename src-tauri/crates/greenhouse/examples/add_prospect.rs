//! Adds a made-up person as a prospect on behalf of a user, looking for them first, and says what is known of the
//! outcome whatever happens.
//!
//! ```text
//! GREENHOUSE_CLIENT_ID=… GREENHOUSE_CLIENT_SECRET=… cargo run -p greenhouse --example add_prospect -- 9001
//! ```
//! The number is the Greenhouse user who is shown as the author.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "an example is a program: it prints, and takes its settings from outside"
)]

#[path = "shared/client.rs"]
mod client;

use domain::ids::ActingUser;
use greenhouse::{
    WriteError,
    wire::{ApplicationArm, Contact, NewCandidate, ProspectArm},
};
use std::{env, error::Error};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let user = env::args().nth(1).ok_or("Say on whose behalf: a user id")?;
    let acting = ActingUser(user.parse()?);
    let harvest = client::from_environment()?;

    let email = "iris@example.org";
    let there = harvest
        .candidates()
        .find_by_email(&[email.to_owned()])
        .await?;
    if let Some(person) = there.first() {
        println!("Already there: candidate {}", person.value.id);
        return Ok(());
    }
    let person = NewCandidate {
        first_name: "Iris".to_owned(),
        last_name: "Vane".to_owned(),
        email_addresses: vec![Contact::new(email, "personal")],
        application: Some(ApplicationArm::Prospect(ProspectArm::default())),
        ..NewCandidate::default()
    };
    match harvest.candidates().create(acting, &person).await {
        Ok(made) => println!("Added: candidate {}", made.receipt.id),
        Err(WriteError::Refused(why)) => eprintln!("Not added, and not to be sent again: {why}"),
        Err(WriteError::NotSent(why)) => eprintln!("Not added; it may be sent later: {why}"),
        Err(WriteError::Unknown(why)) => eprintln!("Look before sending again: {why}"),
    }
    Ok(())
}
