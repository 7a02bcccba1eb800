//! How many people are sent within an hour before a person is asked: what goes wrong, goes wrong for few.

use super::Push;
use crate::Engine;
use crate::audit;
use crate::error::{Code, Error, Problem};
use crate::event::Topic;
use crate::view::{CapView, HomeView};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use store::{Cap, Reader, Settings, StoreError};

/// People an hour, unless a person chose another number.
const PER_HOUR: u32 = 250;
/// The most that can be chosen; Greenhouse's own limit holds nobody to more.
const MOST_PER_HOUR: u32 = 100_000;
const HOUR: SignedDuration = SignedDuration::from_hours(1);

const CHOSEN: &str = "people_per_hour";
const RAISED: &str = "people_confirmed";

/// A person agreed to send more, for an hour.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Raised {
    /// When.
    at: Timestamp,
    /// How many more.
    people: u32,
}

/// Returns how many people may be sent since when, at this moment.
pub(crate) fn now(settings: &Settings<'_>, now: Timestamp) -> Result<Cap, StoreError> {
    let since = now.saturating_sub(HOUR).unwrap_or(Timestamp::MIN);
    let raised: Option<Raised> = settings.find(RAISED)?;
    let more = raised.filter(|it| it.at >= since).map_or(0, |it| it.people);
    Ok(Cap {
        since,
        people: per_hour(settings)?.saturating_add(more),
    })
}

fn per_hour(settings: &Settings<'_>) -> Result<u32, StoreError> {
    Ok(settings.find(CHOSEN)?.unwrap_or(PER_HOUR))
}

/// Returns how the cap stands, to be shown.
pub(crate) fn view(reader: &Reader, at: Timestamp) -> Result<CapView, StoreError> {
    let cap = now(&reader.settings(), at)?;
    let sent = reader.outbox().people_sent_since(cap.since)?;
    let waiting = reader.outbox().people_waiting()?;
    Ok(CapView {
        per_hour: per_hour(&reader.settings())?,
        sent,
        waiting,
        holds: waiting > 0 && sent >= cap.people,
    })
}

/// Returns the words for a cap that holds people back.
pub(crate) fn problem(cap: CapView) -> Problem {
    Problem::of(
        Code::CapReached,
        &format!(
            "{} were sent within the hour, {} wait",
            cap.sent, cap.waiting
        ),
    )
}

impl Engine {
    /// Agrees to send everybody who waits now, beyond the number an hour.
    ///
    /// # Errors
    /// As every write of the store.
    pub async fn confirm_sending(&self) -> Result<HomeView, Error> {
        let at = self.now();
        self.db()
            .write(move |tx| {
                let cap = now(&tx.settings(), at)?;
                let people = tx.outbox().people_waiting()?;
                let sent = tx.outbox().people_sent_since(cap.since)?;
                let wanted = sent.saturating_add(people);
                let more = wanted.saturating_sub(per_hour(&tx.settings())?);
                tx.settings()
                    .set(RAISED, &Raised { at, people: more }, at)?;
                let what = format!("Agreed to send {people} more people within the hour");
                tx.audit().append(&audit::by_person(at, what, "cap"))
            })
            .await?;
        self.changed(&[Topic::Home, Topic::Audit]);
        self.home().await
    }

    /// Chooses how many people are sent within an hour before a person is asked.
    ///
    /// # Errors
    /// `InputInvalid` where the number is nought or beyond reason.
    pub async fn set_cap(&self, people_per_hour: u32) -> Result<HomeView, Error> {
        if !(1..=MOST_PER_HOUR).contains(&people_per_hour) {
            let detail = format!("Choose a number of people from 1 to {MOST_PER_HOUR}");
            return Err(Error::new(Code::InputInvalid, detail));
        }
        let at = self.now();
        self.db()
            .write(move |tx| {
                tx.settings().set(CHOSEN, &people_per_hour, at)?;
                let what = format!("Set the cap to {people_per_hour} people an hour");
                tx.audit().append(&audit::by_person(at, what, "cap"))
            })
            .await?;
        self.changed(&[Topic::Home, Topic::Audit]);
        self.home().await
    }
}

impl Push<'_> {
    /// Says with the run's end that people wait for a person to agree.
    pub(super) async fn say_where_the_cap_holds(&self) -> Result<(), Error> {
        let at = self.run.engine.now();
        let db = self.run.engine.db();
        let cap = db.read(move |reader| view(reader, at)).await?;
        if cap.holds {
            self.run.note(problem(cap));
        }
        Ok(())
    }
}
