//! `headhuntr practice`: the practice Greenhouse in the foreground, or the whole walked here.
//!
//! It opens nothing but made-up people, so its credential may be told; commands read it from a file all the same, as
//! they would read a real one.

mod catalogue;
mod running;
mod script;
mod walk;

use crate::args::Practice;
use crate::exit::Status;
use crate::folder;
use crate::host::asked_to_end;
use crate::output::Output;
use engine::error::{Code, Error};
use script::Step;
use serde_json::{Value, json};
use simulator::{Options, Samples, Simulator};
use std::io;
use std::path::{Path, PathBuf};

/// The passphrase of a scratch vault for made-up secrets: it need not be a secret.
const PASSPHRASE: &str = "practice makes perfect";

/// A practice Greenhouse that is open, and the folder that goes away with it.
struct Open {
    simulator: Simulator,
    samples: Samples,
    secret: PathBuf,
    folder: Scratch,
}

/// A folder that goes away when this is dropped.
struct Scratch(PathBuf);

/// Opens it, says where everything is, and waits for the end; or walks, or changes one that runs.
///
/// # Errors
/// `InputInvalid` where the port is taken or nobody runs, `StoreUnwritable` where the samples cannot be written.
pub async fn carry_out(args: &Practice, output: Output) -> Result<Status, Error> {
    if args.list {
        catalogue::list(output);
        return Ok(Status::Done);
    }
    if let Some(address) = &args.running {
        return running::change(address, args, output).await;
    }
    let ending = asked_to_end();
    let open = open(args).await?;
    if args.walk {
        return walk::walk(&open, output).await;
    }
    output.document(&open.told());
    output.aside(&open.in_words(args.scenario.name())?);
    tokio::select! {
        () = ending => {}
        () = open.simulator.stopped() => {}
    }
    open.simulator.stop().await;
    Ok(Status::Done)
}

async fn open(args: &Practice) -> Result<Open, Error> {
    let simulator = Simulator::start(options(args)?).await.map_err(|error| {
        let detail = format!("{error}. Choose another with --port, or leave it out");
        Error::new(Code::InputInvalid, detail).caused_by(error)
    })?;
    let unwritable = |error: io::Error| {
        Error::new(Code::StoreUnwritable, "The sample files cannot be written").caused_by(error)
    };
    let name = format!("headhuntr-practice-{}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    // What a former program of this number left when it was killed is of no use to anybody.
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir(&folder).map_err(unwritable)?;
    let folder = Scratch(folder);
    let kept = args.samples.clone();
    let place = kept.unwrap_or_else(|| folder.0.join("samples"));
    let samples = simulator.write_samples(&place).map_err(unwritable)?;
    let secret = folder.0.join("client-secret");
    std::fs::write(&secret, simulator.client_secret()).map_err(unwritable)?;
    Ok(Open {
        simulator,
        samples,
        secret,
        folder,
    })
}

/// # Errors
/// `InputInvalid` where a switch is none.
fn options(args: &Practice) -> Result<Options, Error> {
    let usual = Options::scenario(args.scenario);
    let quirks = usual.quirks.with(args.switches.iter().cloned());
    let quirks = quirks.map_err(|not_one| Error::new(Code::InputInvalid, not_one.to_string()))?;
    Ok(Options {
        port: args.port,
        candidates: args.candidates,
        seed: args.seed,
        faults: args.faults.clone(),
        quirks,
        ..usual
    })
}

impl Open {
    /// Returns all a program wants to know.
    fn told(&self) -> Value {
        let Self {
            simulator, samples, ..
        } = self;
        let control = simulator.control_url();
        json!({
            "harvest_url": simulator.harvest_url(),
            "harvest_v1_url": simulator.harvest_v1_url(),
            "auth_url": simulator.auth_url(),
            "control_url": control,
            "journal_url": format!("{control}/journal"),
            "world_url": format!("{control}/world"),
            "made_url": format!("{control}/world/new"),
            "client_id": simulator.client_id(),
            "client_secret": simulator.client_secret(),
            "client_secret_file": self.secret,
            "api_key": simulator.api_key(),
            "export": samples.user_export,
            "team": samples.team,
            "candidates": samples.candidates,
            "candidates_jsonl": samples.candidates_jsonl,
            "data": self.data(),
            "vault": self.vault(),
        })
    }

    fn data(&self) -> PathBuf {
        self.folder.0.join("data")
    }

    fn vault(&self) -> PathBuf {
        self.folder.0.join("vault")
    }

    /// Returns the commands of the whole walk.
    fn script(&self) -> Vec<Step> {
        script::script(&self.simulator, &self.samples, &self.secret)
    }

    /// Returns what a person types in another terminal.
    fn in_words(&self, scenario: &str) -> Result<String, Error> {
        let program = program()?;
        let mut text = format!(
            "A practice Greenhouse is open ({scenario}). Ctrl-C closes it; nothing of it is kept.\n\n\
             Sample files:\n  {}\n  {}\n  {}\n  {}\n\n\
             In another terminal:\n",
            self.samples.user_export.display(),
            self.samples.team.display(),
            self.samples.candidates.display(),
            self.samples.candidates_jsonl.display(),
        );
        let set = [
            (folder::DATA, quoted(&self.data().display().to_string())),
            (folder::VAULT, quoted(&self.vault().display().to_string())),
            (folder::PASSPHRASE, quoted(PASSPHRASE)),
        ];
        for (name, value) in set {
            text.push_str(&format!("  export {name}={value}\n"));
        }
        let program = quoted(&program.display().to_string());
        for step in self.script() {
            text.push_str(&format!("  {}\n", step.typed(&program)));
        }
        text.push_str(&format!(
            "\nTo break things on purpose, and to see what happened:\n  \
             {program} practice --running {0} --fault 503,every=3\n  \
             {program} practice --running {0} --mend\n  \
             {program} practice --running {0} --show journal\n",
            self.simulator.control_url()
        ));
        Ok(text)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // A folder in the system's temporary place that cannot be removed now is removed by the system later.
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// Returns this program, to be called again.
fn program() -> Result<PathBuf, Error> {
    std::env::current_exe().map_err(|error| {
        Error::new(Code::Unexpected, "This program does not know where it lies").caused_by(error)
    })
}

/// Returns a word as a shell reads it as one.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@,+%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_stays_one_word_in_a_shell() {
        assert_eq!(
            quoted("/tmp/a-b.csv"),
            "/tmp/a-b.csv",
            "plain words stay plain"
        );
        assert_eq!(quoted("it's me"), "'it'\\''s me'", "quotes inside are kept");
    }
}
