//! Why an account may not be confirmed, in words that name whom it concerns.

use crate::Engine;
use crate::error::{Code, Error, Words};
use domain::ids::UserId;
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
            }) => taken(
                &self.member(*member).await,
                &self.member(*by).await,
                *account,
            ),
            Some(StoreError::AccountDeactivated { account, member }) => {
                deactivated(&self.member(*member).await, *account)
            }
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
            Err(_) => "Somebody new".to_owned(),
        }
    }
}

fn taken(member: &str, by: &str, account: UserId) -> Words {
    Words {
        title: format!("{member} and {by} would share one Greenhouse account"),
        why: format!(
            "Both would be confirmed to be {account}, and what both send would appear under one name. Nothing was \
             changed."
        ),
        now: "Choose another account for one of them, or confirm both on purpose.".to_owned(),
    }
}

fn deactivated(member: &str, account: UserId) -> Words {
    Words {
        title: format!("The account chosen for {member} is deactivated"),
        why: format!(
            "{account} can no longer log in to Greenhouse, so nothing can be sent on its behalf. Nothing was changed."
        ),
        now: Code::ActingUserDeactivated.now().to_owned(),
    }
}
