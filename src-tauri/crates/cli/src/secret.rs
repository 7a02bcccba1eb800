//! Secrets that a person or a script hands over: from the environment or standard input, never from an argument.

use crate::folder::variable;
use crate::output::Output;
use domain::secret::Secret;
use engine::error::{Code, Error};
use std::io::{IsTerminal as _, Read as _};

/// The longest secret that is read; Greenhouse's are far shorter.
const LONGEST: u64 = 64 * 1024;

/// Returns a secret from the variable, or else from standard input.
///
/// # Errors
/// `InputInvalid` where nothing came.
pub fn read(name: &str, output: Output) -> Result<Secret, Error> {
    let secret = match variable(name).and_then(|text| text.into_string().ok()) {
        Some(text) => Secret::pasted(&text),
        None => from_stdin(name, output)?,
    };
    if secret.is_empty() {
        let detail = format!("The secret is read from standard input or {name}, and nothing came");
        return Err(Error::new(Code::InputInvalid, detail));
    }
    Ok(secret)
}

fn from_stdin(name: &str, output: Output) -> Result<Secret, Error> {
    if std::io::stdin().is_terminal() {
        output.aside(&format!(
            "Paste the secret, then Enter and Ctrl-D. (It shows here; to hide it, use `< FILE` or {name}.)"
        ));
    }
    let mut text = String::new();
    let read = std::io::stdin().take(LONGEST).read_to_string(&mut text);
    read.map_err(|error| {
        let detail = "The secret could not be read from standard input";
        Error::new(Code::InputInvalid, detail).caused_by(error)
    })?;
    Ok(Secret::pasted(&text))
}
