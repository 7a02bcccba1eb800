//! Answers a [`Call`] in JSON as the window sends it.

use crate::Engine;
use crate::call::{Call, answer};
use crate::error::{Code, Error, Problem};
use serde_json::Value;

/// Answers one request in JSON with the answer in JSON.
///
/// # Errors
/// Whatever the call ends with, in words for a person.
pub async fn dispatch(engine: &Engine, request: Value) -> Result<Value, Problem> {
    let call: Call = serde_json::from_value(request).map_err(|error| {
        Error::new(Code::Unexpected, "A request was not understood")
            .caused_by(error)
            .problem()
    })?;
    answer(engine, call).await.map_err(|error| error.problem())
}
