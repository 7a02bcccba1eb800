//! Faults as one types them, and what is no fault: a misspelt one would be played on everything, or never.

use super::NewFault;
use crate::harvest::filter;
use serde_json::{Map, Value};
use std::{fmt, str::FromStr};

/// How faults are typed, for people.
pub const FAULTS: &str = "\
A fault is what goes wrong, then on which requests, separated by commas:
  503                                        every request is answered 503
  503,resource=candidates,method=POST,count=2
  answer_lost,resource=applications,method=POST,skip=3,count=1
  slow,millis=2000,every=5
  revoke_scope,scope=harvest:notes:create,skip=40

What goes wrong:
  400 to 599                     this status, instead of the request being looked at
  status_after_effect,status=N   the request takes effect, and is answered with N all the same
  answer_lost                    the request takes effect, and the connection ends before the answer
  cut_body                       the connection ends in the middle of the answer
  stall                          the answer stops in its middle and never goes on
  slow,millis=N                  the answer comes N milliseconds later
  offline                        the connection ends before the request is looked at
  html                           200 with a page for people instead of JSON
  bad_json                       200 with JSON that ends too early
  redirect,to=URL                302 to somebody else
  foreign_link,to=URL            the Link of a page leads to somebody else
  eat_budget,requests=N          somebody else spends N requests of the limit at the same moment
  revoke_tokens                  every token ends with this request
  revoke_scope,scope=SCOPE       the credential lacks a scope from this request on
  deactivate_user[,user=ID]      a user (id or e-mail; else the acting one) is deactivated from this request on
  clock_skew,seconds=N           Greenhouse's clock is N seconds off from this request on

On which requests (all of them where nothing is said):
  resource=NAME    candidates, applications, jobs and so on; token and introspect as well
  method=METHOD    GET, POST, PATCH or DELETE
  acting=ID        those of one acting user
  skip=N           not on the first N of them
  every=N          on every Nth of them
  probability=P    on each with this probability, from 0 to 1; the same seed throws the same dice
  count=N          N times, then never again";

const METHODS: [&str; 5] = ["GET", "POST", "PATCH", "PUT", "DELETE"];

/// What is no list of v3 and can be broken all the same.
const OTHER_RESOURCES: [&str; 5] = ["token", "introspect", "job_stages", "prospects", "webhooks"];

/// Members whose values stay texts, even where they look like numbers.
const TEXTS: [&str; 6] = ["kind", "method", "resource", "to", "scope", "user"];

/// Why something is not a fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}. A fault reads like `503,resource=candidates,method=POST,count=2`")]
pub struct NotAFault(String);

impl FromStr for NewFault {
    type Err = NotAFault;

    fn from_str(text: &str) -> Result<Self, NotAFault> {
        let mut members = Map::new();
        for part in text.split(',').map(str::trim) {
            let (name, value) = match part.split_once('=') {
                Some((name, value)) => (name.trim(), value.trim()),
                None if members.is_empty() && part.parse::<u16>().is_ok() => ("status", part),
                None if members.is_empty() && !part.is_empty() => ("kind", part),
                None => return Err(NotAFault(format!("`{part}` has no `=`"))),
            };
            let former = members.insert(name.to_owned(), value_of(name, value));
            if former.is_some() {
                return Err(NotAFault(format!("`{name}` is given twice")));
            }
        }
        Self::read(members)
    }
}

impl fmt::Display for NewFault {
    /// Prints it as one types it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let members = serde_json::to_value(self).unwrap_or_default();
        let status = members
            .get("status")
            .filter(|_| self.kind.name() == "status");
        match status {
            Some(status) => write!(f, "{status}")?,
            None => f.write_str(self.kind.name())?,
        }
        let said = |(name, value): &(&String, &Value)| {
            let in_front = *name == "kind" || (*name == "status" && status.is_some());
            let usual = value.is_null() || (*name == "skip" && self.skip == 0);
            !in_front && !usual
        };
        for (name, value) in members.as_object().into_iter().flatten().filter(said) {
            match value {
                Value::String(text) => write!(f, ",{name}={text}")?,
                other => write!(f, ",{name}={other}")?,
            }
        }
        Ok(())
    }
}

fn value_of(name: &str, value: &str) -> Value {
    let number = serde_json::from_str::<serde_json::Number>(value);
    match number {
        Ok(number) if !TEXTS.contains(&name) => number.into(),
        Ok(_) | Err(_) => Value::String(value.to_owned()),
    }
}

impl NewFault {
    /// Reads a fault from the members of a JSON object. A status alone says the kind.
    ///
    /// # Errors
    ///
    /// Refuses what would not do what it says: unknown members, values out of range.
    pub(crate) fn read(mut members: Map<String, Value>) -> Result<Self, NotAFault> {
        if !members.contains_key("kind") && members.contains_key("status") {
            members.insert("kind".into(), "status".into());
        }
        let named: Vec<String> = members.keys().cloned().collect();
        let fault: Self =
            serde_json::from_value(members.into()).map_err(|error| NotAFault(error.to_string()))?;
        fault.check(&named)?;
        Ok(fault)
    }

    fn check(&self, named: &[String]) -> Result<(), NotAFault> {
        let known = serde_json::to_value(self).unwrap_or_default();
        for name in named {
            if known.get(name).is_none() {
                let kind = self.kind.name();
                return Err(NotAFault(format!("`{name}` says nothing to `{kind}`")));
            }
        }
        let status = known.get("status").and_then(Value::as_u64);
        let wrong = [
            (
                status.is_some_and(|it| !(400..=599).contains(&it)),
                "status",
                "is from 400 to 599",
            ),
            (self.every == Some(0), "every", "is 1 or more"),
            (self.count == Some(0), "count", "is 1 or more"),
            (
                self.probability
                    .is_some_and(|it| !(0.0..=1.0).contains(&it)),
                "probability",
                "is from 0 to 1",
            ),
            (
                self.method.as_deref().is_some_and(|it| !is_method(it)),
                "method",
                "is no method",
            ),
            (
                self.resource.as_deref().is_some_and(|it| !is_resource(it)),
                "resource",
                "is none that there is",
            ),
        ];
        match wrong.iter().find(|(is_wrong, ..)| *is_wrong) {
            Some((_, name, rule)) => Err(NotAFault(format!("`{name}` {rule}"))),
            None => Ok(()),
        }
    }
}

fn is_method(name: &str) -> bool {
    METHODS
        .iter()
        .any(|method| method.eq_ignore_ascii_case(name))
}

fn is_resource(name: &str) -> bool {
    let name = name.to_lowercase();
    filter::resource(&name).is_some() || OTHER_RESOURCES.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::FaultKind;

    fn check(typed: &str, expected: NewFault) {
        assert_eq!(
            expected.to_string().parse(),
            Ok(expected.clone()),
            "{typed}: printed"
        );
        assert_eq!(typed.parse(), Ok(expected), "{typed}");
    }

    #[test]
    fn a_fault_can_be_typed() {
        let status = |status| NewFault::always(FaultKind::Status { status });
        check("503", status(503));
        check("status=503", status(503));
        let twice = status(503).on("POST", "candidates").times(2);
        check("503,resource=candidates,method=POST,count=2", twice.clone());
        check(
            "kind=status,status=503,method=POST,resource=candidates,count=2",
            twice,
        );
        let lost = NewFault::always(FaultKind::AnswerLost).after(3);
        check("answer_lost, skip=3", lost);
        check(
            "slow,millis=20,every=5",
            NewFault::always(FaultKind::Slow { millis: 20 }).every(5),
        );
        let scope = "harvest:notes:create".to_owned();
        check(
            "revoke_scope,scope=harvest:notes:create",
            NewFault::always(FaultKind::RevokeScope { scope }),
        );
        check(
            "clock_skew,seconds=-90",
            NewFault::always(FaultKind::ClockSkew { seconds: -90 }),
        );
        let user = Some("4100000103".to_owned());
        check(
            "deactivate_user,user=4100000103",
            NewFault::always(FaultKind::DeactivateUser { user }),
        );
        check(
            "deactivate_user",
            NewFault::always(FaultKind::DeactivateUser { user: None }),
        );
    }

    #[test]
    fn what_would_do_something_else_is_no_fault() {
        for wrong in [
            "",
            "200",
            "700",
            "earthquake",
            "status=many",
            "503,recource=candidates",
            "503,resource=candidate",
            "503,method=FETCH",
            "503,count=0",
            "503,every=0",
            "503,probability=2",
            "503,502",
            "503,count=1,count=2",
            "slow",
            "answer_lost,millis=5",
            "revoke_scope",
        ] {
            let read = wrong.parse::<NewFault>();
            assert!(read.is_err(), "{wrong:?} must not pass as {read:?}");
        }
    }

    #[test]
    fn everything_that_is_printed_for_people_is_true() {
        let begins = |line: &str| line.starts_with("  ") && !line.starts_with("   ");
        let (examples, rest) = FAULTS.split_once("\n\n").unwrap();
        let (kinds, _) = rest.split_once("\n\n").unwrap();
        let typed = |line: &str| line.trim().split("  ").next().unwrap().to_owned();
        for line in examples.lines().filter(|line| begins(line)) {
            let read = typed(line).parse::<NewFault>();
            assert!(read.is_ok(), "{line}: {read:?}");
        }
        let filled = |line: &str| {
            typed(line)
                .replace("400 to 599", "404")
                .replace("[,user=ID]", "")
                .replace("=URL", "=https://example.com")
                .replace("=SCOPE", "=harvest:notes:create")
                .replace("=N", "=500")
        };
        let read: Vec<_> = kinds
            .lines()
            .filter(|line| begins(line))
            .map(|line| filled(line).parse::<NewFault>().unwrap().kind.name())
            .collect();
        assert_eq!(read.len(), 16, "every kind is told of: {read:?}");
    }
}
