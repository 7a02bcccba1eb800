//! Step 5 as it is shown: the counts, and the table with what is the matter in each row.

use super::IMPORT_PROBLEMS;
use crate::Engine;
use crate::call::MappingFilter;
use crate::error::{Code, Error, Problem};
use crate::view::{
    MappingPage, MappingRow, MappingState, MappingView, Proof, ProposalRow, ProposalsView,
};
use crate::words;
use domain::mapping::Clue;
use store::Slice;

impl Engine {
    /// Returns how the mapping stands.
    ///
    /// # Errors
    /// As every read of the store.
    pub async fn mapping(&self) -> Result<MappingView, Error> {
        let (counts, undo, problems) = self
            .db()
            .read(|reader| {
                Ok((
                    reader.mapping().counts()?,
                    reader.mapping().undo_words()?,
                    reader.settings().find::<Vec<Problem>>(IMPORT_PROBLEMS)?,
                ))
            })
            .await?;
        Ok(MappingView {
            team: counts.team,
            confirmed: counts.confirmed,
            certain: counts.certain,
            likely: counts.likely,
            unmatched: counts.unmatched,
            left_out: counts.left_out,
            broken: counts.broken,
            problems: problems.unwrap_or_default(),
            undo,
        })
    }

    /// Returns one page of the table, those that need a person first.
    ///
    /// # Errors
    /// As every read of the store.
    pub async fn list_mapping(
        &self,
        search: &str,
        filter: MappingFilter,
        offset: u32,
        limit: u32,
    ) -> Result<MappingPage, Error> {
        let search = search.trim().to_owned();
        let slice = Slice { offset, limit };
        let filter = stored(filter);
        let page = self
            .db()
            .read(move |reader| reader.mapping().list(&search, filter, slice))
            .await?;
        Ok(MappingPage {
            rows: page.rows.into_iter().map(row).collect(),
            total: page.total,
        })
    }

    /// Returns the accounts somebody may be, the likeliest first.
    ///
    /// # Errors
    /// As every read of the store.
    pub async fn list_proposals(&self, member: i64) -> Result<ProposalsView, Error> {
        let found = self
            .db()
            .read(move |reader| reader.mapping().proposals(member))
            .await?;
        let rows = found.into_iter().map(|it| ProposalRow {
            user: it.user,
            name: it.name,
            email: it.email,
            evidence: it.evidence,
            reasons: in_words(&it.clues),
        });
        Ok(ProposalsView {
            rows: rows.collect(),
        })
    }
}

pub(super) const fn stored(filter: MappingFilter) -> store::MappingFilter {
    match filter {
        MappingFilter::All => store::MappingFilter::All,
        MappingFilter::Open => store::MappingFilter::Open,
        MappingFilter::Confirmed => store::MappingFilter::Confirmed,
    }
}

fn in_words(clues: &[Clue]) -> Vec<String> {
    clues
        .iter()
        .map(|it| words::mapping::clue(*it).to_owned())
        .collect()
}

fn row(row: store::MappingRow) -> MappingRow {
    let problem = problem(&row);
    let state = match row.state {
        _ if row.member.left_out => MappingState::LeftOut,
        None => MappingState::Unmatched,
        Some(store::MappingState::Proposed) => MappingState::Proposed,
        Some(store::MappingState::Confirmed) => MappingState::Confirmed,
    };
    MappingRow {
        member: row.member.id,
        name: row.member.name,
        email: row.member.email,
        headhuntr_id: row.member.headhuntr_id,
        user: row.user,
        user_name: row.user_name,
        user_email: row.user_email,
        state,
        evidence: row.evidence,
        proof: match row.proof {
            store::Proof::Untried => Proof::Untried,
            store::Proof::Works => Proof::Works,
            store::Proof::Refused => Proof::Refused,
        },
        proved_at: row.proved_at,
        problem,
        reasons: in_words(&row.clues),
        doubt: row
            .clues
            .iter()
            .find(|it| it.is_against())
            .map(|it| words::mapping::clue(*it).to_owned()),
        choices: row.choices,
        differences: row
            .differences
            .iter()
            .map(words::mapping::difference)
            .collect(),
    }
}

/// Returns what is the matter with a row, most pressing first.
fn problem(row: &store::MappingRow) -> Option<Problem> {
    let user = row.user.filter(|_| !row.member.left_out)?;
    if row.user_deactivated == Some(true) {
        return Some(Problem::of(Code::ActingUserDeactivated, ""));
    }
    if let Some(why) = row.estranged {
        let account = row.user_name.as_deref().unwrap_or_default();
        let words = words::mapping::estranged(why, &row.member.name, account);
        return Some(Error::saying(Code::ActingUserUnknown, words).problem());
    }
    let said = row.problem.clone();
    if let Some(problem) = said.and_then(|it| serde_json::from_value(it).ok()) {
        return Some(problem);
    }
    if row.user_gone {
        return Some(Problem::saying(
            Code::ActingUserUnknown,
            "This account is not in the latest list of users",
            "It was there before. The list may be partial, or the account was merged.",
            "Read the users anew, or choose another account.",
        ));
    }
    if row.user_name.is_none() && row.proof != store::Proof::Works {
        return Some(Problem::saying(
            Code::ActingUserUnknown,
            format!("No user {user} is in the list"),
            "The list of users that was taken in does not hold this ATS id.",
            "Check the number, or take the users in anew.",
        ));
    }
    if row.sharers > 0 {
        return Some(Problem::of(Code::MappingTwice, ""));
    }
    None
}
