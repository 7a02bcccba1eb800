//! Breaking the practice Greenhouse on purpose, and mending it.

use super::told::Names;
use engine::error::{Code, Error, Problem};
use serde::{Deserialize, Serialize};
use simulator::{FaultKind, NewFault, NotAFault, Simulator};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use ts_rs::TS;

/// The permission that goes away where none is named: one whose lack is felt, and only in one place.
const SCOPE: &str = "harvest:attachments:create";

/// What can be broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FaultName {
    /// Greenhouse cannot be reached.
    Offline,
    /// A permission is taken off the credential.
    RevokeScope,
    /// A user is deactivated.
    DeactivateUser,
    /// Somebody else uses up the limit.
    RateLimit,
    /// Greenhouse answers with errors now and then.
    ServerErrors,
}

/// A fault as the practice screen shows it.
#[derive(Debug, Serialize, TS)]
pub struct FaultView {
    fault: FaultName,
    on: bool,
    words: String,
}

/// A fault of somebody's own that waits for its requests.
#[derive(Debug, Serialize, TS)]
pub struct Playing {
    id: u64,
    /// As it is typed.
    typed: String,
    /// How often it was played so far.
    played: u32,
}

/// What is broken at the moment, with what it takes to mend it.
#[derive(Default)]
pub struct Faults(Mutex<BTreeMap<FaultName, Broken>>);

/// What was done.
enum Broken {
    Offline,
    Scope(String),
    User(String),
    Played(u64),
}

impl FaultName {
    const ALL: [Self; 5] = [
        Self::Offline,
        Self::RevokeScope,
        Self::DeactivateUser,
        Self::RateLimit,
        Self::ServerErrors,
    ];

    fn words(self, broken: Option<&Broken>, names: &Names) -> String {
        match (self, broken) {
            (Self::Offline, _) => "Greenhouse cannot be reached".to_owned(),
            (Self::RevokeScope, Some(Broken::Scope(scope))) => {
                format!("The permission {scope} is taken away")
            }
            (Self::RevokeScope, _) => "A permission is taken away: adding attachments".to_owned(),
            (Self::DeactivateUser, Some(Broken::User(user))) => {
                format!("{} is deactivated", names.user(user))
            }
            (Self::DeactivateUser, _) => "A recruiter is deactivated".to_owned(),
            (Self::RateLimit, _) => "Another program uses up most of the limit".to_owned(),
            (Self::ServerErrors, _) => "Every third request is answered with an error".to_owned(),
        }
    }
}

impl Faults {
    /// Breaks something or mends it. What is so already stays so.
    pub fn set(
        &self,
        simulator: &Simulator,
        fault: FaultName,
        on: bool,
        subject: Option<String>,
    ) -> Result<(), Problem> {
        let mut broken = self.lock();
        match (on, broken.remove(&fault)) {
            (true, Some(already)) => {
                broken.insert(fault, already);
            }
            (true, None) => {
                broken.insert(fault, break_it(simulator, fault, subject)?);
            }
            (false, Some(what)) => mend(simulator, &what),
            (false, None) => {}
        }
        Ok(())
    }

    /// Plays a fault of somebody's own.
    pub fn play(&self, simulator: &Simulator, typed: &str) -> Result<(), Problem> {
        let fault: NewFault = typed.parse().map_err(|error: NotAFault| {
            Error::new(Code::InputInvalid, error.to_string()).problem()
        })?;
        simulator.add_fault(fault);
        Ok(())
    }

    /// Returns the faults of somebody's own that still wait for requests.
    pub fn playing(&self, simulator: &Simulator) -> Vec<Playing> {
        let broken = self.lock();
        let is_switch = |id: u64| {
            let mut switches = broken.values();
            switches.any(|it| matches!(it, Broken::Played(played) if *played == id))
        };
        let faults = simulator.faults().into_iter();
        let own = faults.filter(|fault| !is_switch(fault.id));
        own.map(|fault| Playing {
            id: fault.id,
            typed: fault.wanted.to_string(),
            played: fault.played,
        })
        .collect()
    }

    /// Forgets what was broken, after the world was made anew.
    pub fn forget(&self) {
        self.lock().clear();
    }

    /// Returns all that can be broken.
    pub fn view(&self, names: &Names) -> Vec<FaultView> {
        let broken = self.lock();
        let view = |fault: FaultName| {
            let what = broken.get(&fault);
            FaultView {
                fault,
                on: what.is_some(),
                words: fault.words(what, names),
            }
        };
        FaultName::ALL.map(view).into()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<FaultName, Broken>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn break_it(
    simulator: &Simulator,
    fault: FaultName,
    subject: Option<String>,
) -> Result<Broken, Problem> {
    Ok(match fault {
        FaultName::Offline => {
            simulator.set_offline(true);
            Broken::Offline
        }
        FaultName::RevokeScope => {
            let scope = subject.unwrap_or_else(|| SCOPE.to_owned());
            simulator.revoke_scope(&scope);
            Broken::Scope(scope)
        }
        FaultName::DeactivateUser => {
            let user = subject
                .or_else(|| recruiter(simulator))
                .ok_or_else(no_user)?;
            let id = user.parse().map_err(|_| no_user())?;
            simulator.deactivate_user(id).map_err(|_| no_user())?;
            Broken::User(user)
        }
        FaultName::RateLimit => Broken::Played(
            simulator.add_fault(NewFault::always(FaultKind::EatBudget { requests: 9 })),
        ),
        FaultName::ServerErrors => {
            let fault = NewFault::always(FaultKind::Status { status: 503 }).every(3);
            Broken::Played(simulator.add_fault(fault))
        }
    })
}

fn mend(simulator: &Simulator, broken: &Broken) {
    match broken {
        Broken::Offline => simulator.set_offline(false),
        Broken::Scope(scope) => simulator.grant_scope(scope),
        Broken::User(user) => {
            let back = user
                .parse()
                .is_ok_and(|id| simulator.activate_user(id).is_ok());
            if !back {
                tracing::warn!(user, "The user could not be brought back");
            }
        }
        Broken::Played(id) => {
            simulator.remove_fault(*id);
        }
    }
}

/// Returns an active user who is no Site Admin: a recruiter, whose loss stops their own people and no others.
fn recruiter(simulator: &Simulator) -> Option<String> {
    let users = simulator.world().users.into_iter();
    let mut recruiters = users.filter(|user| {
        let is_recruiter = user
            .job_title
            .as_deref()
            .is_some_and(|title| title.contains("Recruiter"));
        is_recruiter && user.site_admin != Some(true) && user.deactivated != Some(true)
    });
    recruiters.next().map(|user| user.id.to_string())
}

fn no_user() -> Problem {
    Error::new(
        Code::NotFound,
        "There is no such user in the practice Greenhouse",
    )
    .problem()
}
