//! Why something may not be decided, for whom it concerns by name.

use crate::Engine;
use crate::error::{Code, Error};
use crate::words;
use store::StoreError;

impl Engine {
    /// Returns an error about confirming with the names of those it is about; any other as it is.
    pub(super) async fn naming_whom(&self, error: Error) -> Error {
        let source = error.source.as_deref();
        let words = match source.and_then(|it| it.downcast_ref::<StoreError>()) {
            Some(StoreError::AccountTaken {
                account,
                member,
                by,
            }) => words::mapping::taken(
                &self.member(*member).await,
                &self.member(*by).await,
                *account,
            ),
            Some(StoreError::AccountDeactivated { account, member }) => {
                words::mapping::deactivated(&self.member(*member).await, *account)
            }
            Some(StoreError::AccountDoubtful {
                account,
                member,
                clue,
            }) => words::mapping::doubtful(&self.member(*member).await, *account, *clue),
            _ => return error,
        };
        Error {
            words: Some(Box::new(words)),
            ..error
        }
    }

    async fn member(&self, member: i64) -> String {
        let found = self
            .db()
            .read(move |reader| reader.team().load(member))
            .await;
        match found {
            Ok(it) if it.name.is_empty() => it.email,
            Ok(it) => it.name,
            // Whoever was to be added by what was refused is not there.
            Err(_) => words::mapping::SOMEBODY_NEW.to_owned(),
        }
    }
}

/// Returns the refusal of an address that nobody of the team has.
pub(super) fn nobody_at(email: &str) -> Error {
    Error::saying(Code::NotFound, words::mapping::nobody_at(email))
}
