//! The exit status: what a script does next.

use engine::error::{Error, Remedy};
use std::process::ExitCode;

/// Returns the exit status for an error: 1 unexpected, 2 usage, 3 needs a person, 4 try again later.
#[must_use]
pub fn status(error: &Error) -> ExitCode {
    ExitCode::from(number(error.code.remedy()))
}

const fn number(remedy: Remedy) -> u8 {
    match remedy {
        Remedy::Report => 1,
        Remedy::Usage => 2,
        Remedy::Person => 3,
        Remedy::Later => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::error::Code;

    #[test]
    fn a_script_can_tell_what_to_do_next() {
        let number = |code: Code| number(code.remedy());
        assert_eq!(number(Code::Unexpected), 1, "a fault of ours");
        assert_eq!(number(Code::FileWrongKind), 2, "call it differently");
        assert_eq!(
            number(Code::CredentialRejected),
            3,
            "a person has to do something"
        );
        assert_eq!(number(Code::Offline), 4, "try again later");
    }
}
