//! What was tried and what was made, as it is shown and handed on. We ask for no permission to delete, so undoing is a
//! person's work in Greenhouse: the list of what was made leads them there.

use crate::Engine;
use crate::error::{Error, Problem};
use crate::people::{code_named, sent_as};
use crate::table::{Form, TableText, shown, written};
use crate::view::{AttemptRow, ChangeHistory, MadePage, MadeRow, PersonHistory};
use domain::ids::CandidateId;
use greenhouse::Address;
use store::{Attempt, Made, OutboxRow, Reader, Slice, StoreError};

/// Where people look at Greenhouse itself.
const GREENHOUSE: &str = "https://app.greenhouse.io";

impl Engine {
    /// Returns everything that was tried for one person, with what came of it.
    ///
    /// # Errors
    /// `NotFound` where there is no such person.
    pub async fn person_history(&self, person: i64) -> Result<PersonHistory, Error> {
        let with_links = self.is_greenhouse_itself().await?;
        self.db()
            .read(move |reader| {
                let name = reader.people().load(person)?.candidate.full_name();
                let receipts = reader.ledger().of(person)?;
                let mut changes = Vec::new();
                for row in reader.outbox().of(person)? {
                    let receipt = receipts.iter().find(|it| it.key == row.key);
                    let made = receipt.map(|receipt| Made {
                        receipt: receipt.clone(),
                        headhuntr_id: String::new(),
                        name: name.clone(),
                    });
                    let made = made.map(|it| made_row(it, with_links));
                    changes.push(change(reader, &row, made)?);
                }
                Ok(PersonHistory {
                    person,
                    name,
                    changes,
                })
            })
            .await
    }

    /// Returns one page of what was made in Greenhouse, oldest first.
    ///
    /// # Errors
    /// As every read of the store.
    pub async fn list_made(&self, offset: u32, limit: u32) -> Result<MadePage, Error> {
        let with_links = self.is_greenhouse_itself().await?;
        let slice = Slice { offset, limit };
        let page = self
            .db()
            .read(move |reader| reader.ledger().made(slice))
            .await?;
        let rows = page.rows.into_iter();
        Ok(MadePage {
            rows: rows.map(|made| made_row(made, with_links)).collect(),
            total: page.total,
        })
    }

    /// Returns everything made in Greenhouse, as a table for a spreadsheet.
    ///
    /// # Errors
    /// As every read of the store.
    pub async fn made_table(&self, form: Form) -> Result<TableText, Error> {
        let made = self.list_made(0, u32::MAX).await?.rows;
        Ok(written(form, COLUMNS, made.iter().map(cells)))
    }

    /// Whether people can be looked at under Greenhouse's own address.
    async fn is_greenhouse_itself(&self) -> Result<bool, Error> {
        let credential = self.db().read(|reader| reader.credential().find()).await?;
        let address = credential.and_then(|it| Address::parse(&it.harvest_url).ok());
        Ok(address.is_some_and(|it| it.url().host_str() == Some("harvest.greenhouse.io")))
    }
}

const COLUMNS: [&str; 10] = [
    "When",
    "Headhuntr candidate ID",
    "Name",
    "What",
    "Candidate ID",
    "Application ID",
    "ID",
    "On behalf of",
    "The person was there before",
    "Page in Greenhouse",
];

fn cells(row: &MadeRow) -> [String; 10] {
    let there_before = if row.joined { "yes" } else { "" };
    [
        row.at.to_string(),
        row.headhuntr_id.clone(),
        row.name.clone(),
        row.what.clone(),
        shown(row.candidate.as_ref()),
        shown(row.application.as_ref()),
        shown(row.made.as_ref()),
        row.acting.to_string(),
        there_before.to_owned(),
        shown(row.link.as_ref()),
    ]
}

fn change(
    reader: &Reader,
    row: &OutboxRow,
    receipt: Option<MadeRow>,
) -> Result<ChangeHistory, StoreError> {
    let attempts = reader.outbox().attempts(row.id)?;
    let code = row.code.as_deref().map(code_named);
    Ok(ChangeHistory {
        what: sent_as(row.kind).to_owned(),
        state: row.state.name().to_owned(),
        acting: row.acting.0,
        problem: code.map(|code| Problem::of(code, &row.detail)),
        attempts: attempts.into_iter().map(attempt).collect(),
        receipt,
    })
}

fn attempt(attempt: Attempt) -> AttemptRow {
    AttemptRow {
        started_at: attempt.started_at,
        ended_at: attempt.ended_at,
        request: attempt.request,
        outcome: attempt.outcome.name().to_owned(),
        status: attempt.status,
        request_id: attempt.request_id,
    }
}

fn made_row(made: Made, with_links: bool) -> MadeRow {
    let Made {
        receipt,
        headhuntr_id,
        name,
    } = made;
    let effect = receipt.effect;
    let link = effect.candidate.filter(|_| with_links);
    let what = sent_as(receipt.kind);
    let ids = [
        effect.candidate.map(|id| format!("candidate {id}")),
        effect.application.map(|id| format!("application {id}")),
        effect.made.map(|id| format!("{what} {id}")),
    ];
    let ids: Vec<String> = ids.into_iter().flatten().collect();
    MadeRow {
        person: receipt.person,
        headhuntr_id,
        name,
        what: what.to_owned(),
        ids: ids.join(", "),
        found: effect.found,
        joined: effect.joined,
        candidate: effect.candidate,
        application: effect.application,
        made: effect.made,
        acting: receipt.acting.0,
        at: receipt.at,
        link: link.map(page_of),
    }
}

/// Returns the page of somebody in Greenhouse.
fn page_of(candidate: CandidateId) -> String {
    format!("{GREENHOUSE}/people/{candidate}")
}
