//! The exit status: what a script does next.

use crate::output::Output;
use engine::call::RunKind;
use engine::error::{Code, Error, Problem, Remedy};
use engine::view::{RunOutcome, RunRow};
use std::process::ExitCode;

/// What a script does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Nothing: it is done.
    Done,
    /// Tell us: something unexpected happened.
    Unexpected,
    /// Call it differently.
    Usage,
    /// Have a person do something.
    Person,
    /// Try again later.
    Later,
}

impl Status {
    /// Returns what to do about an error.
    #[must_use]
    pub fn of_error(error: &Error) -> Self {
        Self::of_code(error.code)
    }

    /// Returns what to do about a problem; nothing to do where there is none.
    #[must_use]
    pub fn of_problem(problem: Option<&Problem>) -> Self {
        problem.map_or(Self::Done, |problem| Self::of_code(problem.code))
    }

    /// Returns what to do about how a run ended.
    #[must_use]
    pub fn of_run(run: &RunRow) -> Self {
        match run.outcome {
            // All that was due was done, and something may be due later.
            Some(RunOutcome::Done) => Self::of_problem(run.problem.as_ref()),
            // People who wait for a decision are no business of a pull.
            Some(RunOutcome::NeedsYou) if run.kind == RunKind::Pull => {
                Self::of_problem(run.problem.as_ref())
            }
            Some(RunOutcome::NeedsYou) => Self::Person,
            Some(RunOutcome::Cancelled | RunOutcome::Interrupted) | None => Self::Later,
            Some(RunOutcome::Failed) => match Self::of_problem(run.problem.as_ref()) {
                Self::Done => Self::Unexpected,
                other => other,
            },
        }
    }

    /// Returns its number.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Unexpected => 1,
            Self::Usage => 2,
            Self::Person => 3,
            Self::Later => 4,
        }
    }

    fn of_code(code: Code) -> Self {
        match code.remedy() {
            Remedy::Report => Self::Unexpected,
            Remedy::Usage => Self::Usage,
            Remedy::Person => Self::Person,
            Remedy::Later => Self::Later,
        }
    }
}

/// Says what is wrong with how this was called, to a script as JSON too; or prints the help that was asked for.
pub fn wrongly_called(wrong: &clap::Error) -> Status {
    // What was typed could not be read, so a script's wish is looked for in it as it stands.
    let json = std::env::args_os().any(|word| word == "--json");
    if json && wrong.use_stderr() {
        let said = wrong.to_string();
        let said = said.trim_start_matches("error: ").trim_end();
        Output { json }.error(&Error::new(Code::InputInvalid, said));
        return Status::Usage;
    }
    wrong.exit()
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status.number())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_can_tell_what_to_do_next() {
        let number = |code| Status::of_code(code).number();
        assert_eq!(number(Code::Unexpected), 1, "a fault of ours");
        assert_eq!(number(Code::FileWrongKind), 2, "call it differently");
        assert_eq!(
            number(Code::CredentialRejected),
            3,
            "a person has to do something"
        );
        assert_eq!(number(Code::Offline), 4, "try again later");
    }

    #[test]
    fn a_run_that_left_something_for_later_says_so() {
        let run = |problem: Option<Code>| RunRow {
            run: 1,
            kind: RunKind::Push,
            started_at: jiff::Timestamp::UNIX_EPOCH,
            ended_at: None,
            outcome: Some(RunOutcome::Done),
            pulled_at: None,
            pulled: 0,
            sent: 0,
            refused: 0,
            needs_you: 0,
            requests: 0,
            problem: problem.map(|code| Problem::of(code, "")),
        };
        assert_eq!(Status::of_run(&run(None)).number(), 0, "all is done");
        let put_off = run(Some(Code::GreenhouseTrouble));
        assert_eq!(Status::of_run(&put_off).number(), 4, "try again later");
    }
}
