//! A look at everything, and a file for support.
//!
//! **Invariant:** the file is made of figures, states and codes that are named here one by one. Texts that could carry a
//! name, an address or a secret are never copied into it.

use crate::Engine;
use crate::error::{Code, Error, Problem};
use crate::saved;
use crate::view::{
    Check, Diagnosis, HomeView, Overview, RunRow, SlotState, SupportFile, WebhooksView,
};
use domain::setup::Step;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// How many runs the file for support tells of.
const RUNS: u32 = 50;

impl Engine {
    /// Looks at everything once, Greenhouse included. What is wrong is an answer and no error.
    ///
    /// # Errors
    /// As every read of the store.
    pub async fn diagnose(&self) -> Result<Diagnosis, Error> {
        let intact = self.list_audit(0, 1).await?;
        let entries = format!("{} entries", intact.total);
        let log = (!intact.intact).then(|| {
            Problem::saying(
                Code::StoreDamaged,
                "The audit log was changed outside this app",
                "An entry does not fit the one before it.",
                "Find out who can write to the data folder; restore the data file from a backup if in doubt.",
            )
        });
        let mut checks = vec![
            self.check_store().await?,
            check("The audit log", &entries, log),
        ];
        checks.extend(self.check_connection().await?);
        let overview = self.overview().await?;
        checks.push(set_up(&overview));
        checks.push(self.check_mapping().await?);
        checks.push(webhooks(&self.webhooks().await?));
        let runs = self.list_runs(0, 1).await?;
        checks.push(last_run(runs.rows.first()));
        let home = self.home().await?;
        checks.push(needs_you(&home, &checks));
        Ok(Diagnosis {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            checks,
        })
    }

    /// Looks at everything once and returns the file for support.
    ///
    /// # Errors
    /// As every read of the store.
    pub async fn support_file(&self) -> Result<SupportFile, Error> {
        let diagnosis = self.diagnose().await?;
        let text = self.support_bundle(&diagnosis).await?;
        Ok(SupportFile {
            name: format!("headhuntr-support-{}.json", self.today()),
            checks: diagnosis.checks,
            text,
        })
    }

    /// Saves the file for support: into a folder under a name of its own, or to a file that is not there yet. Returns
    /// where.
    ///
    /// # Errors
    /// As every read of the store; `FileUnreadable` where it cannot be written.
    pub async fn save_support_file(
        &self,
        diagnosis: &Diagnosis,
        path: &Path,
    ) -> Result<PathBuf, Error> {
        let name = saved::Name {
            stem: "headhuntr-support",
            day: self.today(),
            ending: "json",
        };
        saved::save(path, name, self.support_bundle(diagnosis).await?).await
    }

    /// Returns the file for support as text: what was found, how the set-up stands, and how the last runs went.
    ///
    /// # Errors
    /// As every read of the store.
    async fn support_bundle(&self, diagnosis: &Diagnosis) -> Result<String, Error> {
        let overview = self.overview().await?;
        let mapping = self.mapping().await?;
        let home = self.home().await?;
        let runs = self.list_runs(0, RUNS).await?;
        let checks = diagnosis.checks.iter();
        let bundle = json!({
            "made_at": self.now(),
            "version": diagnosis.version,
            "system": { "os": std::env::consts::OS, "arch": std::env::consts::ARCH },
            "checks": checks.map(|it| json!({ "name": it.name, "problem": code(it.problem.as_ref()) })).collect::<Vec<_>>(),
            "steps": overview.steps.iter().map(|it| json!({ "step": it.step, "state": it.state, "reasons": it.reasons })).collect::<Vec<_>>(),
            "activated_at": overview.activated_at,
            "mapping": {
                "team": mapping.team, "confirmed": mapping.confirmed, "certain": mapping.certain, "likely": mapping.likely,
                "unmatched": mapping.unmatched, "left_out": mapping.left_out, "broken": mapping.broken,
            },
            "home": {
                "last_pull_at": home.last_pull_at, "last_webhook_at": home.last_webhook_at, "waiting": home.waiting,
                "waiting_changes": home.waiting_changes, "sent_people": home.sent_people, "paused": home.paused,
                "needs_you": home.needs_you.iter().map(|it| json!({ "code": it.problem.code, "count": it.count })).collect::<Vec<_>>(),
                "mirror": home.mirror,
            },
            "runs": runs.rows.iter().map(run).collect::<Vec<_>>(),
        });
        serde_json::to_string_pretty(&bundle).map_err(|error| {
            Error::new(
                Code::Unexpected,
                "The file for support could not be written",
            )
            .caused_by(error)
        })
    }

    /// Reads the whole file.
    async fn check_store(&self) -> Result<Check, Error> {
        let found = self.db().read(|reader| reader.check_integrity()).await?;
        let damaged = found.first().map(|what| {
            Problem::of(
                Code::StoreDamaged,
                &format!("{what}; {} findings", found.len()),
            )
        });
        Ok(check("The store", "opens and is whole", damaged))
    }

    /// Asks the vault, then Greenhouse.
    async fn check_connection(&self) -> Result<Vec<Check>, Error> {
        const VAULT: &str = "The secrets";
        const CREDENTIAL: &str = "The credential";
        let view = self.credential().await?;
        let vault = check(VAULT, &self.kept().place, view.vault_problem);
        if view.accepted.is_none() {
            let absent = Problem::of(Code::CredentialMissing, "");
            return Ok(vec![vault, check(CREDENTIAL, "", Some(absent))]);
        }
        if self.held_by().is_some() {
            // What Greenhouse answers could not be kept: whoever holds the store asks it.
            let found = format!(
                "{} of {} permissions when it was last asked",
                view.granted, view.required
            );
            return Ok(vec![vault, check(CREDENTIAL, &found, view.problem)]);
        }
        let credential = match self.check_credential().await {
            Ok(view) => {
                let found = format!("{} of {} permissions", view.granted, view.required);
                check(CREDENTIAL, &found, view.problem)
            }
            Err(error) => check(CREDENTIAL, "could not be asked", Some(error.problem())),
        };
        Ok(vec![vault, credential])
    }

    async fn check_mapping(&self) -> Result<Check, Error> {
        let view = self.mapping().await?;
        let found = format!("{} of {} people confirmed", view.confirmed, view.team);
        let broken = (view.broken > 0).then(|| {
            let detail = format!("{} accounts do not work", view.broken);
            Problem::of(Code::MappingIncomplete, &detail)
        });
        let is_open = view.team == 0 || view.confirmed + view.left_out < view.team;
        Ok(open_while(is_open, check("The mapping", &found, broken)))
    }
}

fn check(name: &str, found: &str, problem: Option<Problem>) -> Check {
    Check {
        name: name.to_owned(),
        found: found.to_owned(),
        problem,
        open: false,
    }
}

/// Says of a check that what it looked at is still to be done.
fn open_while(is_open: bool, check: Check) -> Check {
    Check {
        open: is_open && check.problem.is_none(),
        ..check
    }
}

fn set_up(overview: &Overview) -> Check {
    let open = overview.steps.iter().filter(|it| !it.reasons.is_empty());
    let open: Vec<&str> = open.map(|it| it.title.as_str()).collect();
    let found = if overview.activated_at.is_some() {
        "activated".to_owned()
    } else if open.is_empty() {
        "not activated".to_owned()
    } else {
        format!("not activated; look at {}", open.join(", "))
    };
    // Not having activated is no trouble; having activated on what no longer holds is.
    let activate = overview.steps.iter().find(|it| it.step == Step::Activate);
    let stale =
        overview.activated_at.is_some() && activate.is_some_and(|it| !it.reasons.is_empty());
    let problem = stale.then(|| Problem::of(Code::NotReady, &open.join(", ")));
    let is_open = overview.activated_at.is_none();
    open_while(is_open, check("The set-up", &found, problem))
}

fn webhooks(view: &WebhooksView) -> Check {
    let live = view.slots.iter().filter(|it| it.state == SlotState::Live);
    let found = format!("{} of {} live", live.count(), view.slots.len());
    let slot = view.slots.iter().find_map(|it| it.problem.clone());
    // Where nothing listens now, the address cannot lead here: that is no trouble of the address.
    let address = view.address_problem.clone();
    let address = address.filter(|_| view.listening_at.is_some());
    let mut slots = view.slots.iter();
    let is_open = slots.any(|it| !matches!(it.state, SlotState::Live | SlotState::Off));
    open_while(is_open, check("Webhooks", &found, slot.or(address)))
}

fn last_run(run: Option<&RunRow>) -> Check {
    const NAME: &str = "The last run";
    let Some(run) = run else {
        return open_while(true, check(NAME, "none yet", None));
    };
    let found = format!(
        "{}: {} read, {} sent, {} refused",
        run.started_at.strftime("%Y-%m-%d %H:%M UTC"),
        run.pulled,
        run.sent,
        run.refused
    );
    check(NAME, &found, run.problem.clone())
}

/// What home says needs a person; what is not said by another check is said here.
fn needs_you(home: &HomeView, said: &[Check]) -> Check {
    let found = match home.needs_you.len() {
        0 => "nothing".to_owned(),
        1 => "1 thing".to_owned(),
        many => format!("{many} things"),
    };
    let is_said = |problem: &Problem| {
        let mut said = said.iter().filter_map(|it| it.problem.as_ref());
        said.any(|it| it.code == problem.code)
    };
    let mut open = home.needs_you.iter().map(|it| &it.problem);
    let open = open.find(|it| !is_said(it)).cloned();
    check("What needs a person", &found, open)
}

fn run(row: &RunRow) -> Value {
    json!({
        "run": row.run, "kind": row.kind, "started_at": row.started_at, "ended_at": row.ended_at, "outcome": row.outcome,
        "pulled": row.pulled, "sent": row.sent, "refused": row.refused, "needs_you": row.needs_you,
        "requests": row.requests, "problem": code(row.problem.as_ref()),
    })
}

fn code(problem: Option<&Problem>) -> Value {
    problem.map_or(
        Value::Null,
        |it| json!({ "code": it.code, "number": it.number }),
    )
}
