//! Step 1: the two developer permissions of the person who sets this up, as they say themselves.
//!
//! Nothing can be read before there is a credential (`greenhouse.md`, A2), so this is a checklist, and the
//! message to whoever can grant what is missing.

use crate::Engine;
use crate::audit::by_person;
use crate::error::Error;
use crate::event::Topic;
use crate::view::{PermissionItem, PermissionsView};
use domain::setup::PermissionsFact;

impl Engine {
    /// Returns the checklist, and the message for what is not confirmed.
    ///
    /// # Errors
    /// As every read of the store.
    pub async fn permissions(&self) -> Result<PermissionsView, Error> {
        let fact = self
            .db()
            .read(|reader| reader.setup().permissions())
            .await?;
        Ok(view(fact))
    }

    /// Ticks or unticks the two.
    ///
    /// # Errors
    /// As every write of the store.
    pub async fn confirm_permissions(
        &self,
        api_credentials: bool,
        webhooks: bool,
    ) -> Result<PermissionsView, Error> {
        let now = self.now();
        let fact = PermissionsFact {
            api_credentials,
            webhooks,
        };
        self.db()
            .write(move |tx| {
                if tx.setup().permissions()? == fact {
                    return Ok(());
                }
                tx.setup().set_permissions(fact, now)?;
                let said = [api_credentials, webhooks].into_iter().filter(|it| *it);
                let what = format!("Confirmed {} of 2 developer permissions", said.count());
                tx.audit().append(&by_person(now, what, "")).map(drop)
            })
            .await?;
        self.changed(&[Topic::Overview, Topic::Review, Topic::Audit]);
        Ok(view(fact))
    }
}

fn view(fact: PermissionsFact) -> PermissionsView {
    let item = |key: &str, label: &str, reason: &str, confirmed| PermissionItem {
        key: key.to_owned(),
        label: label.to_owned(),
        reason: reason.to_owned(),
        confirmed,
    };
    let items = vec![
        item(
            "api_credentials",
            "Manage ALL organization's API Credentials",
            "To create the credential that this app uses, in the next step",
            fact.api_credentials,
        ),
        item(
            "webhooks",
            "Manage and configure webhooks",
            "To let Greenhouse tell Headhuntr at once when somebody moves on or is hired",
            fact.webhooks,
        ),
    ];
    PermissionsView {
        message: message(&items),
        items,
        path: [
            "Configure",
            "Users",
            "your name",
            "Permissions",
            "Developer Permissions",
        ]
        .map(str::to_owned)
        .to_vec(),
        granted_by: "A Site Admin who holds “Can edit another user's advanced permissions”"
            .to_owned(),
    }
}

fn message(items: &[PermissionItem]) -> String {
    let missing: Vec<String> = items
        .iter()
        .filter(|item| !item.confirmed)
        .map(|item| format!("– {}", item.label))
        .collect();
    let number = match missing.len() {
        0 => return String::new(),
        1 => "one more permission",
        _ => "two more permissions",
    };
    format!(
        "Hello,\n\nto connect Headhuntr.io with Greenhouse I need {number} on my own user:\n{}\n\n\
         Where: Configure › Users › (my name) › Permissions › Developer Permissions. To grant it, one has to be a \
         Site Admin who holds “Can edit another user's advanced permissions”.\n\nThank you!",
        missing.join("\n")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_asks_for_exactly_what_is_missing() {
        let check = |api_credentials, webhooks, expected: [bool; 2]| {
            let message = view(PermissionsFact {
                api_credentials,
                webhooks,
            })
            .message;
            let asks = ["API Credentials", "configure webhooks"].map(|it| message.contains(it));
            assert_eq!(asks, expected, "{message:?}");
        };
        check(false, false, [true, true]);
        check(true, false, [false, true]);
        check(true, true, [false, false]);
    }
}
