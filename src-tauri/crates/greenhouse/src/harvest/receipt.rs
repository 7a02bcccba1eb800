//! Writing, and the proof that a write took effect.

use super::Harvest;
use crate::{
    error::{Error, WriteError},
    request::{Answer, Call},
};
use domain::ids::ActingUser;
use jiff::Timestamp;
use reqwest::Method;
use serde::Serialize;
use serde_json::Value;

/// The proof that a write took effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt<Id> {
    /// What was made or changed.
    pub id: Id,
    /// On whose behalf.
    pub acting: ActingUser,
    /// Greenhouse's clock when it answered, where it says.
    pub at: Option<Timestamp>,
    /// The id to tell Greenhouse's support.
    pub request_id: Option<String>,
}

impl<Id> Receipt<Id> {
    pub(crate) fn map<Other>(self, id: impl FnOnce(Id) -> Other) -> Receipt<Other> {
        let Self {
            id: old,
            acting,
            at,
            request_id,
        } = self;
        Receipt {
            id: id(old),
            acting,
            at,
            request_id,
        }
    }
}

/// What a write is and where it goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target<'a> {
    /// For errors: capitalised, and never naming a person.
    pub(super) operation: &'a str,
    /// Below Harvest's base.
    pub(super) path: &'a str,
    /// The member that holds the record where the answer is wrapped, such as `candidate`.
    pub(super) member: &'static str,
}

impl Harvest {
    /// Makes something and returns its receipt, with the answer to read more from.
    pub(super) async fn post(
        &self,
        acting: ActingUser,
        target: Target<'_>,
        body: &(impl Serialize + Sync),
    ) -> Result<(Receipt<i64>, Value), WriteError> {
        let answer = self.write(Method::POST, acting, target, body).await?;
        // From here on it has had its effect; only its name may be unknown.
        let content: Value = answer.json(target.operation).map_err(WriteError::Unknown)?;
        let id = id_of(&content).or_else(|| id_of(content.get(target.member)?));
        let unnamed =
            || WriteError::Unknown(answer.garbled(target.operation, "no id of what was made"));
        let id = id.ok_or_else(unnamed)?;
        Ok((receipt(&answer, acting, id), content))
    }

    /// Changes something. Its answer may hold the record, or nothing at all.
    pub(super) async fn patch(
        &self,
        acting: ActingUser,
        target: Target<'_>,
        id: i64,
        body: &(impl Serialize + Sync),
    ) -> Result<Receipt<i64>, WriteError> {
        let answer = self.write(Method::PATCH, acting, target, body).await?;
        Ok(receipt(&answer, acting, id))
    }

    async fn write(
        &self,
        method: Method,
        acting: ActingUser,
        target: Target<'_>,
        body: &(impl Serialize + Sync),
    ) -> Result<Answer, WriteError> {
        let body = serde_json::to_vec(body)
            .map_err(|_| invalid(target.operation, "The body is no JSON"))?;
        let line = self.line();
        let url = line.base.join(target.path);
        let call = Call {
            operation: target.operation,
            method,
            url,
            body: Some(body),
            acting: Some(acting),
        };
        line.write(&call).await
    }
}

/// Returns the error of a write that breaks a known rule and is therefore not sent.
pub(crate) fn invalid(operation: &str, why: impl Into<String>) -> WriteError {
    WriteError::NotSent(Error::Invalid {
        operation: operation.to_owned(),
        why: why.into(),
    })
}

/// Returns the receipt of a write that was answered with yes.
pub(crate) fn receipt<Id>(answer: &Answer, acting: ActingUser, id: Id) -> Receipt<Id> {
    Receipt {
        id,
        acting,
        at: answer.server_time(),
        request_id: answer.request_id(),
    }
}

/// Reads an id, which some servers send as a text.
pub(crate) fn id_of(record: &Value) -> Option<i64> {
    let id = domain::ids::number(record.get("id")?).ok();
    id.filter(|id| *id > 0)
}
