//! Changing a practice Greenhouse that runs in another terminal, and looking at it.

use crate::args::{Practice, Show};
use crate::exit::Status;
use crate::output::Output;
use engine::error::{Code, Error};
use simulator::{Remote, RemoteError};

/// Mends, switches and breaks what is asked for, then prints what is to be shown as one JSON document.
///
/// # Errors
/// `InputInvalid` where no practice Greenhouse runs at the address, or it refuses.
pub(super) async fn change(
    address: &str,
    args: &Practice,
    output: Output,
) -> Result<Status, Error> {
    let told = told(address, args)
        .await
        .map_err(|error| Error::new(Code::InputInvalid, error.to_string()).caused_by(error))?;
    output.document(&told);
    Ok(Status::Done)
}

async fn told(address: &str, args: &Practice) -> Result<serde_json::Value, RemoteError> {
    let remote = Remote::at(address)?;
    if args.mend {
        remote.mend().await?;
    }
    if !args.switches.is_empty() {
        remote.change(&args.switches).await?;
    }
    for fault in &args.faults {
        remote.add_fault(fault).await?;
    }
    match args.show {
        Show::State => remote.overview().await,
        Show::Journal => remote.journal().await,
        Show::Made => remote.world(true).await,
        Show::World => remote.world(false).await,
    }
}
